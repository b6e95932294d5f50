using SmsCampaign.Files;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Run;

namespace SmsCampaign.Storage.Backups;

/// <summary>A copy that still holds the numbers of a run, and that the program does not touch.</summary>
/// <param name="Path">A folder or file, in full.</param>
/// <param name="What">What it is.</param>
public sealed record NumberCopy(string Path, Wording What)
{
    /// <summary>Those within reach. Where else copies lie only persons know.</summary>
    public static IReadOnlyList<NumberCopy> FindAll(DataFolder data, RunRecord run) =>
        [.. FindShared(data, run).Concat(FindOwn(data, run)).DistinctBy(copy => copy.Path)];

    /// <summary>Those of no single run.</summary>
    /// <param name="run">Whose numbers they must have, where that is known; null: any.</param>
    public static IReadOnlyList<NumberCopy> FindShared(DataFolder data, RunRecord? run)
    {
        var copies = new List<NumberCopy>();
        foreach (var folder in FindBackups(data))
        {
            if (run is null || HoldsRun(folder, run))
                copies.Add(new NumberCopy(folder, new Wording("bản sao lưu", "a backup")));
        }

        foreach (var folder in FindUnfinishedBackups(data))
            copies.Add(new NumberCopy(folder, new Wording("bản sao lưu làm dở", "a backup that was cut off")));
        foreach (var folder in new[] { Restore.Unfinished, Restore.Ready }
            .Select(name => System.IO.Path.Combine(data.Root, name))
            .Where(Directory.Exists))
            copies.Add(new NumberCopy(folder, new Wording("lần khôi phục làm dở", "a restore that was cut off")));

        foreach (var folder in Directory.EnumerateDirectories(data.Root, "replaced-*").Order(StringComparer.Ordinal))
        {
            copies.Add(new NumberCopy(
                folder, new Wording("dữ liệu trước khi khôi phục", "what was there before a restore")));
        }

        foreach (var file in FindIn(System.IO.Path.Combine(data.Root, "runs"), "*.set-aside-*"))
            copies.Add(new NumberCopy(file, new Wording("sổ cũ được cất riêng", "an old ledger that was set aside")));
        foreach (var file in FindIn(System.IO.Path.Combine(data.Root, "runs"), $"*{RunBuilder.UnfinishedSuffix}*"))
            copies.Add(new NumberCopy(file, new Wording("sổ lập dở", "a ledger that is not whole")));
        foreach (var file in FindIn(data.Root, "receipts*.damaged*"))
            copies.Add(new NumberCopy(file, new Wording("tệp biên nhận hỏng", "a damaged file of receipts")));
        foreach (var file in FindIn(data.SubjectAnswers, "*"))
            copies.Add(new NumberCopy(file, new Wording("dữ liệu trả lời công dân", "data for a citizen's answer")));
        return copies;
    }

    /// <summary>The lists it was made of, as far as its ledger is there to name them, and what was written of it with
    /// numbers in full.</summary>
    public static IReadOnlyList<NumberCopy> FindOwn(DataFolder data, RunRecord run)
    {
        var full = System.IO.Path.Combine(data.UnmaskedFolder, run.Campaign);
        return
        [
            .. FindSources(data, run).Select(file => new NumberCopy(
                file, new Wording("tệp danh sách thuê bao", "a list of subscribers"))),
            .. FindIn(full, "*")
                .Concat(FindIn(data.UnmaskedFolder, run.Campaign + ".zip", SearchOption.TopDirectoryOnly))
                .Concat(FindLeft(data, run.Campaign + FreshFolder.Mark + "*"))
                .Concat(FindLeft(data, run.Campaign + ".zip" + FreshFolder.Mark + "*"))
                .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal) && !UnmaskedMark.Is(file))
                .Select(file => new NumberCopy(
                    file, new Wording("báo cáo có số đầy đủ", "a report with numbers in full"))),
        ];
    }

    /// <summary>What processes that were killed left beside the last.</summary>
    static List<string> FindUnfinishedBackups(DataFolder data)
    {
        try
        {
            return BackupSign.Read(data) is not { } sign ? [] :
            [
                .. Directory.EnumerateDirectories(System.IO.Path.GetDirectoryName(sign.To)!, $"*{FreshFolder.Mark}*")
                    .Where(folder => Directory.Exists(System.IO.Path.Combine(folder, "runs")))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception unreachable) when (unreachable is IOException or UnauthorizedAccessException)
        {
            return []; // the last itself is told
        }
    }

    /// <summary>The last, and those that lie beside it.</summary>
    static List<string> FindBackups(DataFolder data)
    {
        if (BackupSign.Read(data) is not { } sign)
            return [];

        try
        {
            return [.. Directory.EnumerateDirectories(System.IO.Path.GetDirectoryName(sign.To)!)
                .Where(folder => File.Exists(System.IO.Path.Combine(folder, BackupManifest.FileName)))
                .Except(FindUnfinishedBackups(data))
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception unreachable) when (unreachable is IOException or UnauthorizedAccessException)
        {
            return [sign.To];
        }
    }

    /// <summary>Of one that cannot be read nobody knows: it is told.</summary>
    static bool HoldsRun(string folder, RunRecord run)
    {
        try
        {
            var manifest = BackupManifest.Read(folder);
            var own = manifest.Files.FirstOrDefault(file => file.Run == run.Key && file.Code == run.Code);
            return CopiedLists.Has(System.IO.Path.Combine(folder, "ledger.db"), run.Key) || (own is not null
                && Ledgers.RunAt(RunAddress.OfFile(System.IO.Path.Combine(folder, own.Name)))
                    .ReadErasure() is not { IsWhole: true });
        }
        catch (Exception unread) when (unread is BackupException or LedgerException or IOException
            or UnauthorizedAccessException)
        {
            return true;
        }
    }

    static IEnumerable<string> FindSources(DataFolder data, RunRecord run)
    {
        if (!Ledgers.RunAt(run.AddressIn(data)).Exists)
            return []; // carriers texted it, or it is told to be missing

        var folder = System.IO.Path.GetDirectoryName(run.CampaignFile) ?? "";
        using var ledger = Ledgers.RunAt(run.AddressIn(data)).ReadPlan();
        return [.. ledger.ReadOrigins().Sources
            .Select(source => System.IO.Path.GetFullPath(source.File, folder.Length > 0 ? folder : data.Root))
            .Where(File.Exists)
            .Distinct()];
    }

    /// <summary>In folders beside those of reports with numbers in full.</summary>
    static IEnumerable<string> FindLeft(DataFolder data, string pattern) => !Directory.Exists(data.UnmaskedFolder)
        ? []
        : Directory.EnumerateDirectories(data.UnmaskedFolder, pattern)
            .Order(StringComparer.Ordinal)
            .SelectMany(folder => FindIn(folder, "*"));

    static IEnumerable<string> FindIn(
        string folder, string pattern, SearchOption depth = SearchOption.AllDirectories) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateFiles(folder, pattern, depth).Order(StringComparer.Ordinal);
}
