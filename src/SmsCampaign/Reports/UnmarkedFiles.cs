using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Reports;

/// <summary>
/// Whose the files with numbers in full are that versions before marks have put into a folder: what stands in them says
/// so, or else the record of who had such files written of which run.
/// </summary>
sealed class UnmarkedFiles
{
    readonly UnmaskedPlaces _places;
    readonly IReadOnlyList<RunRecord> _runs;
    readonly IReadOnlyList<(RunKey Run, string For)> _exports;
    readonly List<string> _own = [];
    readonly List<string> _unknown = [];

    UnmarkedFiles(UnmaskedPlaces places, IReadOnlyList<RunRecord> runs, IReadOnlyList<(RunKey, string)> exports) =>
        (_places, _runs, _exports) = (places, runs, exports);

    /// <summary>Full paths of those that are the run's.</summary>
    public IReadOnlyList<string> Own => _own;

    /// <summary>Full paths of those of which nobody knows whose they are.</summary>
    public IReadOnlyList<string> Unknown => _unknown;

    /// <summary>Whether some are another's.</summary>
    public bool HasOthers { get; private set; }

    /// <param name="places">Of the run that asks.</param>
    /// <param name="folder">Full path. It has no mark.</param>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public static UnmarkedFiles Judge(DataFolder data, UnmaskedPlaces places, string folder)
    {
        var files = UnmaskedPlaces.FilesOf(folder);
        if (files.Count == 0)
            return new UnmarkedFiles(places, [], []);

        var registry = Ledgers.OpenRegistry(data);
        var judged = new UnmarkedFiles(
            places, registry.ReadRuns(places.Run.Campaign), ReadExports(registry, places.Run.Campaign));
        judged.Judge(folder, files);
        return judged;
    }

    void Judge(string folder, IReadOnlyList<string> files)
    {
        var zips = files.Where(IsZip).ToList();
        var said = files.Except(zips).Select(file => (File: file, Row: Read(file))).ToList();
        var byRecord = IsOwnByRecord(folder);

        // An export replaces all of them: what says nothing is of the same.
        bool? others = said.Select(each => each.Row.Run).OfType<RunKey>().Distinct().ToList() switch
        {
            [] => byRecord,
            [var one] => one == _places.Run,
            _ => null,
        };
        foreach (var (file, (run, isEmpty)) in said)
            Add(file, run is null ? others : run == _places.Run, isEmpty);
        foreach (var zip in zips)
            Add(zip, byRecord, isEmpty: false);
    }

    void Add(string file, bool? isOwn, bool isEmpty)
    {
        if (isOwn == true)
            _own.Add(file);
        else if (isOwn == false)
            HasOthers |= !isEmpty;
        else if (!isEmpty)
            _unknown.Add(file);
    }

    static bool IsZip(string file) => Path.GetExtension(file) == ".zip";

    /// <summary>Of what says nothing itself: by which runs such files were ever written that could lie there; where
    /// none is on record, by which runs there are.</summary>
    /// <returns>Null where it may be the run's or another's.</returns>
    bool? IsOwnByRecord(string folder)
    {
        var may = _exports.Select(export => export.Run).Where(MayHaveLain).Distinct().ToList();
        if (may.Count == 0)
            may = [.. _runs.Select(run => run.FindKey()).OfType<RunKey>().Where(MayHaveLain)];
        return !may.Contains(_places.Run) ? false : may.Count == 1 ? true : null;

        bool MayHaveLain(RunKey run) => _places.MayHaveLain(run, folder);
    }

    /// <summary>The first row of a table: a message's reference begins with the run's code, and the last column says
    /// for whom and when it was exported, as the record does.</summary>
    /// <returns>Without a run where it does not say; empty where no row and so no number is in it.</returns>
    (RunKey? Run, bool IsEmpty) Read(string file)
    {
        try
        {
            var head = ReportTable.ReadHead(file);
            if (head.Rows.FirstOrDefault() is not { } row)
                return (null, head.Headings.Count == 0 || head.Column(MessageRows.AllHeadings[0]) is not null);

            var reference = ReportTable.Cell(row, head.Column(MessageRows.ReferenceHeading));
            if (MessageReference.TryParse(reference, out var code, out _)
                && _runs.FirstOrDefault(run => run.Code == code)?.FindKey() is { } coded)
                return (coded, false);

            var exported = ReportTable.Cell(row, head.Column(MessageRows.ForHeading));
            return _exports
                .Where(export => exported.Length > 0 && export.For == exported)
                .Select(export => export.Run)
                .Distinct()
                .ToList() is [var one] ? (one, false) : (null, false);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return (null, false);
        }
    }

    static List<(RunKey, string)> ReadExports(IRegistry registry, string campaign)
    {
        var exports = new List<(RunKey, string)>();
        foreach (var export in registry.ReadEvents(UnmaskedExport.Event, campaign + "/"))
        {
            if (UnmaskedExport.FindRun(export.Detail) is { } run)
            {
                exports.Add((run, export.At is not { } at ? "" : CsvBytes.Guard(
                    UnmaskedExport.WordsFor($"{export.Who} ({export.ByOs})", at).Vi)));
            }
        }

        return exports;
    }
}
