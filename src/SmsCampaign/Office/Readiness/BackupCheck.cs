using SmsCampaign.Storage.Backups;

namespace SmsCampaign.Office.Readiness;

/// <summary>How old the newest backup is that was taken of the data folder.</summary>
/// <param name="last">Reads when that was; unset: from the data folder.</param>
sealed class BackupCheck(Func<ReadyCase, BackupSign?>? last = null) : IReadyCheck
{
    public const string Called = "backup";

    /// <summary>An older one does not hold what was approved and planned since.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromHours(24);

    static readonly Wording Take = new(
        "Hãy sao lưu sang đĩa khác: sms-campaign backup THƯ-MỤC-MỚI",
        "Take one, to another disk: sms-campaign backup NEW-FOLDER");

    public string Name => Called;

    public Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken) =>
        Find(about).Alone();

    ReadyFinding Find(ReadyCase about)
    {
        if (about.Registry is null)
            return ReadyFinding.Good(new Wording("chưa có gì để sao lưu.", "there is nothing to back up yet."));
        if ((last ?? (each => BackupSign.Read(each.Data)))(about) is not { } sign)
            return ReadyFinding.Note(
                new Wording(
                    "chưa thấy bản sao lưu nào của thư mục dữ liệu này.", "no backup of this data folder is known."),
                Take);

        var age = Figures.Duration(about.Now > sign.At ? about.Now - sign.At : TimeSpan.Zero);
        return !Directory.Exists(sign.To)
            ? ReadyFinding.Note(
                new Wording(
                    $"bản mới nhất có từ {age} trước, nhưng {sign.To} không còn ở đó (hoặc chưa gắn đĩa).",
                    $"the newest is {age} old, but {sign.To} is not there any more (or not mounted)."),
                Take)
            : about.Now - sign.At > Fresh
            ? ReadyFinding.Note(
                new Wording($"bản mới nhất có từ {age} trước: {sign.To}.", $"the newest is {age} old: {sign.To}."),
                Take)
            : ReadyFinding.Good(new Wording($"{age} trước, ở {sign.To}.", $"{age} ago, at {sign.To}."));
    }
}
