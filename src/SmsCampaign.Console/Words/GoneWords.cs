using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.WebConsole.Words;

/// <summary>What somebody is told who would let go on what is not held any more: by their own press before, by somebody
/// else, or as it is over. Nothing is done by it, and what waits may be on its way.</summary>
public static class GoneWords
{
    /// <param name="what">What does not hold it any more, as part of a sentence.</param>
    /// <param name="now">How it stands now: a sentence.</param>
    /// <param name="by">Who has let it go on; null where that is not known.</param>
    public static Wording Of(Wording what, Wording now, LetGo? by) =>
        new Wording("Lần bấm này không làm gì: ", "This press has done nothing: ")
        + what
        + new Wording(". ", ". ")
        + now
        + (by is null ? new Wording("", "") : By(by));

    /// <summary>How a run stands that nobody has paused and nothing holds as a whole, or a lane of it.</summary>
    /// <param name="waiting">Messages that wait; null where that is not known.</param>
    /// <param name="isHeldElse">Whether something is listed below that holds it, or a part of it.</param>
    public static Wording OfRun(RunState state, long? waiting, bool isHeldElse) => state switch
    {
        _ when state.IsOver() => new(
            "Lượt gửi đã kết thúc nên không gửi thêm tin nào.", "The run is over: nothing more of it is sent."),
        RunState.Planned or RunState.Held => new(
            "Lượt gửi chờ phê duyệt hoặc chờ người phụ trách nên chưa gửi.",
            "The run waits for an approval or a person, and is not sent."),
        _ => Going(waiting, isHeldElse, new(
            "còn trong khung giờ và dịch vụ gửi đang chạy", "the window is open and the worker runs")),
    };

    /// <summary>How a lane stands, over all runs.</summary>
    /// <inheritdoc cref="OfRun"/>
    public static Wording OfLane(long? waiting, bool isHeldElse) => Going(waiting, isHeldElse, new(
        "còn trong khung giờ, dịch vụ gửi đang chạy và lượt gửi của tin không bị giữ lại",
        "the window is open, the worker runs and their run is not held"));

    static Wording Going(long? waiting, bool isHeldElse, Wording where) =>
        waiting == 0 ? new Wording("Không còn tin nào chờ gửi.", "No message waits any more.")
        : isHeldElse ? new Wording(
            $"Những gì còn ghi bên dưới giữ phần tin của nó; tin chờ khác ĐANG được gửi nếu {where}.",
            $"What is still listed below holds its part; what else waits IS BEING SENT where {where}.")
        : waiting is { } known ? new Wording(
            $"{Figures.Count(known)} tin chờ ĐANG được gửi nếu {where}.",
            $"What waits, {Figures.Counted(known, "message")}, IS BEING SENT where {where}.")
        : new Wording($"Tin chờ ĐANG được gửi nếu {where}.", $"What waits IS BEING SENT where {where}.");

    static Wording By(LetGo by)
    {
        var at = by.At is { } known
            ? VietnamTime.Moment(known)
            : new Wording("không rõ lúc nào", "a moment that is not known");
        return new Wording(
            $" Quyết định gửi tiếp gần nhất đã ghi: {at}, {by.Words}",
            $" Last decided on record: {at}, {by.Words}");
    }
}
