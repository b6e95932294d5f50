using SmsCampaign.Files;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>Where a report and its files with numbers in full would go.</summary>
/// <param name="Report">Full path of its folder.</param>
/// <param name="Unmasked">Full path of the folder of the files with numbers in full.</param>
/// <param name="Export">Those files as they are.</param>
public sealed record ReportPlaces(string Report, string Unmasked, UnmaskedExport Export)
{
    /// <summary>Full path of the zip, where they are to lie in one.</summary>
    public required string Archive { get; init; }

    /// <summary>The folder beside which they lie until they are in it.</summary>
    public required string Beside { get; init; }

    /// <summary>Where the folder that was named for them leads, if it is a link: nothing is written through it. The
    /// data folder's own place may be one, to a larger disk.</summary>
    public string? Link { get; init; }

    /// <summary>Characters of the password of <see cref="Archive"/>: what is shorter can be tried through.</summary>
    public const int ShortestPassword = 12;

    /// <summary>Whether they lie apart: the report is passed on.</summary>
    public bool AreApart =>
        !RealPath.IsWithin(RealPath.Of(Unmasked), RealPath.Of(Report))
        && !RealPath.IsWithin(RealPath.Of(Report), RealPath.Of(Unmasked));

    /// <summary>Those files in a zip with a password instead.</summary>
    public UnmaskedExport ToArchive(string password) => new(Beside, (Archive, password)) { Owner = Export.Owner };
}

/// <summary>What came of asking for a report.</summary>
public abstract record ReportOutcome
{
    ReportOutcome()
    {
    }

    /// <summary>That the run's ledger holds less than was sent, or is another's; null where it is whole.</summary>
    public RunFile? Doubt { get; init; }

    /// <summary>Numbers in full are asked for, and nobody by name asks.</summary>
    public sealed record NoName : ReportOutcome;

    /// <summary>The files with numbers in full would lie with the report.</summary>
    public sealed record NotApart(ReportPlaces Places) : ReportOutcome;

    /// <summary>The folder that was named for the files with numbers in full is a link.</summary>
    public sealed record Linked(ReportPlaces Places, string Target) : ReportOutcome;

    /// <summary>The report could not be written there.</summary>
    public sealed record Unwritable(string Folder, Exception Why) : ReportOutcome;

    public sealed record Written(ReportResult Report) : ReportOutcome;
}

/// <summary>Writes reports, and the files with numbers in full for whoever answers for them, which is recorded before
/// they are written.</summary>
public sealed class ReportDesk(DataFolder data, TimeProvider time)
{
    /// <param name="folder">Null: the run's own.</param>
    /// <param name="unmasked">Null: the run's own.</param>
    /// <exception cref="LedgerException">The run's ledger, or ledger.db, cannot be read.</exception>
    public ReportPlaces PlacesOf(RunKey run, string? folder = null, string? unmasked = null)
    {
        var owner = UnmaskedPlaces.Of(data, run);
        var own = owner.Find();
        var full = unmasked ?? own;
        var export = new UnmaskedExport(full) { Owner = owner };
        return new ReportPlaces(folder ?? RunReport.FolderOf(data, run), full, export)
        {
            Archive = unmasked is null ? own + ".zip" : Path.Combine(unmasked, run.FileName + ".zip"),
            Beside = own,
            Link = unmasked is null ? null : RealPath.ReadLink(Path.TrimEndingDirectorySeparator(unmasked)),
        };
    }

    /// <summary>The run's report as it lies in its own folder.</summary>
    /// <returns>Null where none is written.</returns>
    /// <exception cref="LedgerException">The run's ledger cannot be read.</exception>
    /// <exception cref="IOException">A file of the report cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public WrittenReport? Read(RunKey run) => WrittenReport.Read(RunReport.FolderOf(data, run));

    /// <summary>Whether what a report says is not what the run is by now: it is sent again, or something was decided or
    /// settled by a person since it was written.</summary>
    /// <exception cref="LedgerException">The registry cannot be read.</exception>
    public bool IsOutdated(WrittenReport report, RunRecord run) =>
        !run.State.IsOver()
        || (report.AuditHead is { } head && Ledgers.OpenRegistry(data).Audit.HasChangedSince(head, run.ToKey()));

    /// <summary>A file of the run's report, by one of its names.</summary>
    /// <returns>Null where there is none of that name, or it is no name of a report's.</returns>
    /// <exception cref="LedgerException">The run's ledger cannot be read.</exception>
    public ReportFile? FindFile(RunKey run, string name) =>
        WrittenReport.FindFiles(RunReport.FolderOf(data, run)).FirstOrDefault(file => file.Name == name);

    /// <summary>A chart of the run's report.</summary>
    /// <exception cref="LedgerException">The run's ledger cannot be read.</exception>
    /// <exception cref="IOException">The report's page cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public ReportChart? FindChart(RunKey run, string id) =>
        WrittenReport.ReadCharts(RunReport.FolderOf(data, run)).FirstOrDefault(chart => chart.Id == id);

    /// <param name="export">Of <paramref name="places"/>; null: no numbers in full.</param>
    /// <param name="reason">Why somebody asks for numbers in full, recorded with it; null: none was asked.</param>
    /// <exception cref="LedgerException">The run's ledger cannot be read.</exception>
    public ReportOutcome Write(
        Who who, RunKey run, Language language, ReportPlaces places, UnmaskedExport? export, string? reason = null)
    {
        if (export is not null)
        {
            var now = time.GetUtcNow();
            if (!who.IsNamed)
                return new ReportOutcome.NoName();
            if (places.Link is { } target)
                return new ReportOutcome.Linked(places, target);
            if (!places.AreApart)
                return new ReportOutcome.NotApart(places);

            var what = UnmaskedExport.DetailOf(run, reason is null ? null : NumberMask.In(reason.Trim().Composed()));
            Ledgers.OpenRegistry(data).RecordEvent(who, UnmaskedExport.Event, what, now);
            export = export with { For = UnmaskedExport.WordsFor($"{who.OrAccount}", now).In(language) };
        }

        var doubt = RunFile.Judge(data, run) is { IsWhole: false } file ? file : null;
        return Write(who, run, language, places.Report, export) with { Doubt = doubt };
    }

    /// <summary>That somebody takes the file with numbers in full with them.</summary>
    /// <exception cref="LedgerException">It cannot be recorded.</exception>
    public void RecordTaken(Who who, RunKey run) =>
        Ledgers.OpenRegistry(data).RecordEvent(who, "report-unmasked-taken", $"{run}", time.GetUtcNow());

    ReportOutcome Write(Who who, RunKey run, Language language, string folder, UnmaskedExport? export)
    {
        if (File.Exists(folder))
            return new ReportOutcome.Unwritable(folder, new IOException($"{folder} is a file"));

        try
        {
            var registry = Ledgers.OpenRegistry(data);
            var options = ReportOptions.Of(language, export, data, registry, registry.Find(run)!);
            return new ReportOutcome.Written(RunReport
                .Write(data.AddressOf(run), folder, options)
                .Keep(registry, run, who.OrAccount, time.GetUtcNow()));
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            return new ReportOutcome.Unwritable(folder, cannot);
        }
    }
}
