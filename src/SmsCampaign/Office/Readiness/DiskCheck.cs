using SmsCampaign.Messages;
using SmsCampaign.Storage;

namespace SmsCampaign.Office.Readiness;

/// <summary>Whether the data folder's disk has room for the run, its receipts and its report.</summary>
/// <param name="freeAt">As of <see cref="ReadyTools.FreeAt"/>.</param>
sealed class DiskCheck(Func<string, long?> freeAt) : IReadyCheck
{
    public const string Called = "disk";

    /// <summary>Bytes that a message takes with its attempts, receipts and lines of the report: 0.4 GB a million
    /// (config/INSTALL.md, What to watch).</summary>
    internal const long BytesAMessage = 400;

    public string Name => Called;

    public Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken) =>
        Find(about).Alone();

    /// <summary>A folder that is not there yet will lie where the nearest one above it does.</summary>
    static string ThereOf(string folder)
    {
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above)
            folder = above;
        return folder;
    }

    ReadyFinding Find(ReadyCase about)
    {
        if (freeAt(ThereOf(about.Data.Root)) is not { } free)
            return ReadyFinding.Unknown(new Wording(
                $"hệ điều hành không cho biết đĩa của {about.Data.Root} còn trống bao nhiêu",
                $"the system does not tell how much is free on the disk of {about.Data.Root}"));

        var messages = about.Status?.Lanes.Sum(
            lane => lane.Count(MessageStatus.Planned) + lane.Count(MessageStatus.Submitting)) ?? 0;
        var floor = about.Installation.Receipts.FloorBytes;
        var needs = messages * BytesAMessage + floor;
        var (has, must) = (Figures.Count(free / DiskRoom.Unit), Figures.Count(needs / DiskRoom.Unit));
        var wants = messages > 0
            ? new Wording(
                $"cần {must} MB cho {Figures.Count(messages)} tin và mức phải chừa",
                $"{must} MB are needed for {Figures.Counted(messages, "message")} and the floor")
            : new Wording($"phải chừa {must} MB", $"{must} MB must stay free");
        var toDo = new Wording(
            $"Hãy giải phóng đĩa chứa {about.Data.Root}.", $"Make room on the disk of {about.Data.Root}.");
        return free < needs
            ? ReadyFinding.Bad(new Wording($"còn {has} MB, {wants}.", $"{has} MB are free, {wants}."), toDo)
            : free < 2 * needs
            ? ReadyFinding.Note(
                new Wording($"còn {has} MB, {wants}: vừa đủ.", $"{has} MB are free, {wants}: just enough."), toDo)
            : ReadyFinding.Good(new Wording($"còn {has} MB, {wants}.", $"{has} MB are free, {wants}."));
    }
}
