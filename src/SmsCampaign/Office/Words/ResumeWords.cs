namespace SmsCampaign.Office.Words;

/// <summary>What persons are told who let stopped lanes go on.</summary>
public static class ResumeWords
{
    /// <summary>What speaks against it. Whoever takes a name asks for it itself.</summary>
    public static Wording Of(ResumeFinding finding) => finding switch
    {
        ResumeFinding.NoLane => new("Cần ghi kênh gửi nào được gửi tiếp.", "Say which lanes go on."),
        ResumeFinding.NoName => new("Cần ghi người quyết định.", "Say who decides."),
        ResumeFinding.NotStopped(var lane, var stopped) => NotStopped(lane, stopped),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, null),
    };

    /// <summary>What came of one lane.</summary>
    /// <param name="by">Who decided.</param>
    public static Wording Of(ResumedLane lane, string by) => lane switch
    {
        ResumedLane.GoesOn(var name, { } answer) => new(
            $"Kênh gửi '{name}' được gửi tiếp, người quyết định: {by}. {answer}",
            $"The lane '{name}' goes on, decided by {by}. {answer}"),
        ResumedLane.GoesOn(var name, _) => new(
            $"Kênh gửi '{name}' được gửi tiếp, người quyết định: {by}. Chương trình đang chạy sẽ gửi tiếp ngay "
                + $"nếu còn trong khung giờ.",
            $"The lane '{name}' goes on, decided by {by}. A running worker sends again at "
                + $"once if its window is open."),
        ResumedLane.StaysStopped(_, var why) => why,
        ResumedLane.NotKnown(var name, var why) => new(
            $"Chưa biết kênh gửi '{name}' đã được gửi tiếp chưa. {why}",
            $"Whether the lane '{name}' goes on is not known yet. {why}"),
        _ => throw new ArgumentOutOfRangeException(nameof(lane), lane, null),
    };

    static Wording NotStopped(string lane, IReadOnlyList<string> stopped)
    {
        var names = stopped.Count == 0
            ? new Wording("không kênh nào", "none")
            : new Wording($"{string.Join(", ", stopped)}", $"{string.Join(", ", stopped)}");
        return new Wording(
            $"Kênh gửi '{lane}' không bị dừng. Các kênh đang dừng: {names}.",
            $"The lane '{lane}' is not stopped. Stopped are: {names}.");
    }
}
