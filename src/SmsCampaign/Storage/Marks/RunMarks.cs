using System.Globalization;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Marks;

/// <summary>
/// The marks of an installation's runs: in ledger.db, and in a folder outside the data folder, so that a restored copy
/// of the whole data folder is known to be old. What either knows counts.
/// </summary>
/// <remarks>Rehearsals have none: they reach nobody.</remarks>
public sealed class RunMarks(DataFolder data)
{
    const string Ending = ".mark";

    internal const string Table = "run_mark";

    /// <summary>Of 2025-07-30.</summary>
    const int DateLength = 10;

    readonly IKeptMarks _kept = Ledgers.MarksOf(data);
    readonly MarksHome _home = new(data);
    bool _isHome;

    /// <summary>Notes that a run was planned and nothing of it was handed over.</summary>
    public void Plan(RunKey key, string code)
    {
        _kept.Plan(key, code);
        try
        {
            KeepHome();
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            // What is planned needs no mark outside; nothing is sent before there can be one.
        }
    }

    /// <summary>Whether the marks here are those by which a ledger.db tells how far its runs have come, so that a run
    /// that has none had not begun.</summary>
    /// <param name="of">The folder of that ledger.db, such as a backup's. Of one that notes no home, as of an older
    /// program, nobody knows: a mark of one of its runs here may be of a restore of last month.</param>
    public bool AreOf(DataFolder of) => Ledgers.MarksOf(of).ReadHome() is { } home && home == _home.Read();

    /// <summary>Notes in ledger.db that the marks here bear it out.</summary>
    internal void KeepHome()
    {
        if (_isHome)
            return;

        _kept.KeepHome(_home.Keep());
        _isHome = true;
    }

    /// <summary>All that is known of a run, under whatever code it was planned. Those of which nothing was handed
    /// over are left out.</summary>
    public IReadOnlyList<RunMark> ReadBegun(RunKey key) =>
        [.. ReadAll(key).Where(mark => mark.HasBegun)];

    /// <returns>Null where nothing is known of it: it was planned by a program that kept no marks, or never.</returns>
    public RunMark? Find(RunKey key, string code) => ReadAll(key).FirstOrDefault(mark => mark.Code == code);

    /// <summary>Whether the mark outside the data folder is there.</summary>
    public bool IsOutside(RunKey key, string code) => MarkFile.Read(PathOf(key, code)) is not null;

    /// <summary>The keys of a campaign's runs of which something was handed over.</summary>
    /// <exception cref="LedgerRowException">A key, of whatever campaign, cannot be read.</exception>
    public IReadOnlyList<RunKey> ReadBegunOf(string campaign) =>
        [.. ReadBegunKeys()
            .Select(key => RunKey.ParseStored(key, Table))
            .Where(key => key.Campaign == campaign)
            .OrderBy(key => key.Date)];

    /// <summary>The keys of all runs of which something was handed over.</summary>
    /// <param name="unread">Gets those that cannot be read: they are set aside.</param>
    public IReadOnlyList<RunKey> ReadBegunKeys(List<Wording> unread)
    {
        var keys = new List<RunKey>();
        foreach (var text in ReadBegunKeys())
        {
            try
            {
                keys.Add(RunKey.ParseStored(text, Table));
            }
            catch (LedgerRowException unreadable)
            {
                unread.Add(unreadable.Words);
            }
        }

        return keys;
    }

    /// <summary>All that is known of all runs that have begun, wherever it is kept.</summary>
    /// <exception cref="LedgerRowException">A row cannot be read.</exception>
    public IReadOnlyList<RunMark> ReadAllBegun() =>
        [.. ReadBegunKeys().SelectMany(key => ReadBegun(RunKey.ParseStored(key, Table)))];

    /// <summary>As they are stored, in both places.</summary>
    IReadOnlyList<string> ReadBegunKeys()
    {
        var keys = ReadAllBegunOutside().Select(mark => mark.Key).ToHashSet();
        keys.UnionWith(_kept.ReadBegun());
        return [.. keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>What the marks outside the data folder know.</summary>
    public IReadOnlyList<RunMark> ReadAllBegunOutside() =>
        [.. FilesOf("*").Select(Outside).OfType<RunMark>().Where(mark => mark.HasBegun)];

    /// <summary>Notes in both places how far a run's file goes: it is whole again. On disk when it returns.</summary>
    internal void Complete(RunFile file)
    {
        var kept = Ledgers.RunAt(file.Address);
        var (code, attempts) = kept.ReadReach();
        using var outside = new MarkFile(PathOf(file.Key, code));
        var frontier = kept.ReadFrontier();
        var mark = new RunMark(file.Key.ToString(), code)
        {
            Confirmed = attempts,
            Reserved = attempts,
            Frontier = frontier,
            Reach = frontier,
        };
        Write(mark.With(Find(file.Key, code)), outside);
    }

    /// <summary>Writes what is known of a run to both places. On disk when it returns.</summary>
    internal void Write(RunMark mark, MarkFile outside)
    {
        KeepHome();
        _kept.Write([mark]);
        outside.Write(mark, flush: true);
    }

    internal string PathOf(RunKey key, string code) => Path.Combine(data.Marks, $"{key.FileName}.{code}{Ending}");

    List<RunMark> ReadAll(RunKey key)
    {
        var marks = _kept.Read(key).ToDictionary(mark => mark.Code);
        foreach (var file in FilesOf($"{key.FileName}.*"))
        {
            if (Outside(file) is { } outside)
                marks[outside.Code] = outside.With(marks.GetValueOrDefault(outside.Code));
        }

        return [.. marks.Values];
    }

    /// <summary>Named CAMPAIGN-2025-07-30.CODE.mark; the key is in the name.</summary>
    static RunMark? Outside(string file)
    {
        var name = Path.GetFileName(file);
        var end = name.IndexOf('.', StringComparison.Ordinal);
        return end > DateLength + 1
            && DateOnly.TryParseExact(
                name.AsSpan(end - DateLength, DateLength),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date)
            && MarkFile.Read(file) is { } read
            ? read.Mark with { Key = new RunKey(name[..(end - DateLength - 1)], date, Simulated: false).ToString() }
            : null;
    }

    string[] FilesOf(string pattern) =>
        Directory.Exists(data.Marks) ? Directory.GetFiles(data.Marks, pattern + Ending) : [];
}
