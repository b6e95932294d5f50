using System.Globalization;
using SmsCampaign.Storage.Receipts;

namespace SmsCampaign.Storage.Sqlite.Receipts;

/// <summary>
/// The files that receipts are kept in: one a calendar month of Vietnam, receipts-2026-07.db, so that old ones can be
/// dropped whole. Before there were months there was one, receipts.db: it stays the first. Those of stand-ins lie
/// apart, as receipts-2026-07.simulated.db.
/// </summary>
static class ReceiptFiles
{
    const string Damaged = ".damaged";

    /// <summary>The file of a month.</summary>
    public static string PathOf(DataFolder data, bool simulated, Month month) =>
        Path.Combine(data.Root, $"receipts-{month}{(simulated ? ".simulated" : "")}.db");

    /// <summary>The files there are, the oldest first.</summary>
    /// <returns>Month null: the one of before there were months.</returns>
    public static IReadOnlyList<(string Path, Month? Month)> Find(DataFolder data, bool simulated)
    {
        if (!Directory.Exists(data.Root))
            return [];

        var first = data.ReceiptsOf(simulated);
        var months = Directory.EnumerateFiles(data.Root, "receipts-*.db")
            .Select(path => (Path: path, Month: MonthIn(Path.GetFileName(path), simulated)))
            .Where(file => file.Month is not null)
            .OrderBy(file => file.Month!.Value.Index);
        return [.. File.Exists(first) ? [(first, null)] : Array.Empty<(string, Month?)>(), .. months];
    }

    /// <summary>Gives a damaged file a name by which nothing opens it, so that another can have its own.</summary>
    /// <remarks>What lies beside it goes first: killed in between, it stands where it was, and less of
    /// it than had come.</remarks>
    /// <returns>The name.</returns>
    public static string SetAside(string path)
    {
        var kept = path + Damaged;
        for (var at = 2; LedgerPlace.Beside.Append("").Any(suffix => File.Exists(kept + suffix)); at++)
            kept = string.Create(CultureInfo.InvariantCulture, $"{path}{Damaged}-{at}");

        foreach (var suffix in LedgerPlace.Beside.Append("").Where(suffix => File.Exists(path + suffix)))
            File.Move(path + suffix, kept + suffix);
        Disk.FlushFolder(Path.GetDirectoryName(path)!);
        return Path.GetFileName(kept);
    }

    /// <summary>The damaged files that are kept.</summary>
    public static IReadOnlyList<(string Path, Month Month)> FindSetAside(DataFolder data, bool simulated) =>
    [
        .. (Directory.Exists(data.Root) ? Directory.EnumerateFiles(data.Root, $"receipts-*.db{Damaged}*") : [])
            .Where(path => !LedgerPlace.Beside.Any(suffix => path.EndsWith(suffix, StringComparison.Ordinal)))
            .Select(path => (Path: path, Month: MonthIn(
                Path.GetFileName(path)[..Path.GetFileName(path).IndexOf(Damaged, StringComparison.Ordinal)],
                simulated)))
            .Where(file => file.Month is not null)
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => (file.Path, file.Month!.Value)),
    ];

    static Month? MonthIn(string name, bool simulated)
    {
        var (start, end) = ("receipts-", simulated ? ".simulated.db" : ".db");
        return name.StartsWith(start, StringComparison.Ordinal) && name.EndsWith(end, StringComparison.Ordinal)
            && name.Length > start.Length + end.Length
            && Month.TryParse(name[start.Length..^end.Length], out var month) ? month : null;
    }
}
