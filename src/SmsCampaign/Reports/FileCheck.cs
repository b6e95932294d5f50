using System.Text;
using SmsCampaign.Files;
using SmsCampaign.Messages;

namespace SmsCampaign.Reports;

/// <summary>How a file of a report that was written was found to be.</summary>
public enum FileFinding
{
    /// <summary>As kiem-tra.txt says, and as the ledger gives it now.</summary>
    Same,

    /// <summary>As kiem-tra.txt says; the ledger gives another now.</summary>
    Outdated,

    /// <summary>As kiem-tra.txt says, and as the ledger gives it now but for the numbers, which were erased: of these
    /// kiem-tra.txt alone bears witness.</summary>
    SameButErased,

    /// <summary>Other than kiem-tra.txt says: changed since it was written.</summary>
    Changed,

    /// <summary>The report has it, and kiem-tra.txt does not name it.</summary>
    Unlisted,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It is of no report of this run.</summary>
    Extra,

    /// <summary>It is a folder: a report has none.</summary>
    Folder,

    /// <summary>It is a link: what it leads to today is not what was handed in.</summary>
    Link,

    /// <summary>It cannot be read.</summary>
    Unreadable,
}

/// <summary>Where a file first differs from what the ledger gives.</summary>
/// <param name="Line">From 1; null where it is no text.</param>
/// <param name="Stands">The line there, without numbers in full; null where the file ends before it.</param>
/// <param name="Ledger">What the ledger gives; null where that ends before it.</param>
public sealed record FirstDifference(long? Line, string? Stands, string? Ledger)
{
    /// <summary>Of an office file, the part in it; null of every other.</summary>
    public string? Part { get; init; }
}

/// <param name="Why">Of what cannot be read; of a link, where it leads.</param>
/// <param name="Difference">From what the ledger gives; null where it is the same, or there are not two files.</param>
public sealed record FileCheck(
    string Name, FileFinding Finding, FirstDifference? Difference = null, Wording? Why = null)
{
    /// <summary>What of a line is shown.</summary>
    const int MostShown = 160;

    static readonly HashSet<string> Texts = [".csv", ".txt", ".html"];

    /// <summary>Whether its bytes are those that the ledger gives.</summary>
    public bool IsAsLedger => Finding is FileFinding.Same || (Finding is FileFinding.Unlisted && Difference is null);

    /// <summary>Holds every file of a folder to its kiem-tra.txt and to what the ledger gives.</summary>
    /// <param name="listed">What kiem-tra.txt says; null where that cannot be relied on.</param>
    /// <param name="now">The folder of what the ledger gives.</param>
    public static IReadOnlyList<FileCheck> FindAll(
        string folder, IReadOnlyDictionary<string, string>? listed, string now)
    {
        var given = Directory.EnumerateFiles(now)
            .Select(path => Path.GetFileName(path))
            .Where(name => name != CheckFile.Name)
            .ToHashSet();
        var there = Directory.EnumerateFileSystemEntries(folder)
            .Select(path => Path.GetFileName(path))
            .Where(name => name != CheckFile.Name);
        return [.. given
            .Concat(listed?.Keys ?? [])
            .Concat(there)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(name => Find(folder, name, listed, given.Contains(name) ? now : null))];
    }

    /// <param name="now">Null: the ledger gives no such file.</param>
    static FileCheck Find(
        string folder, string name, IReadOnlyDictionary<string, string>? listed, string? now)
    {
        var path = Path.Combine(folder, name);
        if (RealPath.ReadLink(path) is { } target)
            return new FileCheck(name, FileFinding.Link, Why: new Wording($"{target}", $"{target}"));
        if (Directory.Exists(path))
            return new FileCheck(name, FileFinding.Folder);
        if (!File.Exists(path))
            return new FileCheck(name, FileFinding.Missing);

        try
        {
            var hash = CheckFile.HashOf(path);
            var said = listed?.GetValueOrDefault(name);
            if (said is null && now is null)
                return new FileCheck(name, FileFinding.Extra);

            var difference = now is null || hash == CheckFile.HashOf(Path.Combine(now, name))
                ? null
                : Compare(path, Path.Combine(now, name));
            var same = now is not null && difference is null;
            var finding = said is null ? FileFinding.Unlisted
                : said != hash ? FileFinding.Changed
                : same ? FileFinding.Same
                : now is not null && AreSameButErased(path, Path.Combine(now, name)) ? FileFinding.SameButErased
                : FileFinding.Outdated;
            return new FileCheck(name, finding, difference);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return new FileCheck(name, FileFinding.Unreadable, Why: FaultWords.Of(closed));
        }
    }

    /// <summary>Whether they differ in nothing but masked numbers where the ledger has hashes.</summary>
    static bool AreSameButErased(string path, string now)
    {
        if (PackageCheck.IsPackage(path))
            return PackageCheck.AreSameButErased(path, now);
        if (!Texts.Contains(Path.GetExtension(path)))
            return false;

        using var stands = new StreamReader(OrdinaryFile.OpenRead(path), new UTF8Encoding(false));
        using var gives = new StreamReader(OrdinaryFile.OpenRead(now), new UTF8Encoding(false));
        return ErasedText.IsSameBut(stands, gives, '\n');
    }

    /// <returns>Null where they hold the same.</returns>
    static FirstDifference? Compare(string path, string now)
    {
        if (PackageCheck.IsPackage(path))
        {
            return PackageCheck.Compare(path, now) is { } found
                ? found with { Stands = Show(found.Stands), Ledger = Show(found.Ledger) }
                : null;
        }

        if (!Texts.Contains(Path.GetExtension(path)))
            return new FirstDifference(null, null, null);

        using var stands = new StreamReader(OrdinaryFile.OpenRead(path), new UTF8Encoding(false));
        using var gives = new StreamReader(OrdinaryFile.OpenRead(now), new UTF8Encoding(false));
        for (var line = 1L; ; line++)
        {
            var (one, other) = (stands.ReadLine(), gives.ReadLine());
            if (one != other)
                return new FirstDifference(line, Show(one), Show(other));
            if (one is null) // in how its lines end, or its first bytes
                return new FirstDifference(null, null, null);
        }
    }

    /// <summary>Somebody may have written a number in full into it. Cell by cell: counts that stand side by side are no
    /// number.</summary>
    static string? Show(string? line) => line is null ? null : string.Join(
        ',', (line.Length > MostShown ? line[..MostShown] + "…" : line).Split(',').Select(cell => NumberMask.In(cell)));
}
