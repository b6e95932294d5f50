using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Reports.Documents;
using SmsCampaign.Reports.Proof;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Reports;

/// <summary>
/// Writes the report of a run from its ledger: CSV files, a workbook, a page and a letter. The same ledger gives the
/// same bytes, and a ledger that is being written is read at one moment, so that all files agree.
/// </summary>
public static class RunReport
{
    /// <summary>Where a run's report belongs (see <see cref="DataFolder.Reports"/>).</summary>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public static string FolderOf(DataFolder data, RunKey run) => FolderOf(data, run, data.Reports);

    /// <summary>Where its files with numbers in full belong (see <see cref="DataFolder.UnmaskedReports"/>).</summary>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public static string UnmaskedFolderOf(DataFolder data, RunKey run) => FolderOf(data, run, data.UnmaskedReports);

    static string FolderOf(DataFolder data, RunKey run, Func<RunKey, bool, bool, string> place)
    {
        using var ledger = Ledgers.RunAt(data.AddressOf(run)).ReadForReport();
        var tables = ledger.ReadTables();
        return place(run, tables.Run.Yearly, tables.Run.Mode == CampaignMode.Live);
    }

    /// <summary>
    /// Writes all files of the report, each replaced whole where one stands there already; those with numbers in full,
    /// where they are asked for, elsewhere (<see cref="ReportOptions.Unmasked"/>).
    /// </summary>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    /// <exception cref="IOException">A file cannot be written, such as one open in a spreadsheet; the others of the old
    /// report then stay or are replaced whole.</exception>
    public static ReportResult Write(RunAddress run, string outFolder, ReportOptions options)
    {
        using var report = new ReportFolder(outFolder);
        using var full = options.Unmasked is { } export ? new ReportFolder(export.Folder) : null;
        var result = Write(run, report, full, options);

        IReadOnlyList<string> inFull = full is null ? [] : options.Unmasked!.Archive is var (path, password)
            ? [UnmaskedArchive.Write(path, full.Written, password)]
            : full.Publish();
        IReadOnlyList<string> files = [.. report.Publish(withChecks: true), .. inFull];
        return result with { Files = files, CheckHash = report.CheckHash };
    }

    /// <returns>States that belong to no message.</returns>
    static ReportResult Write(RunAddress run, ReportFolder report, ReportFolder? full, ReportOptions options)
    {
        RunTables tables;
        RunTallies tallies;
        long stray, partsMissing;
        using var workbook = options.Documents.HasFlag(ReportDocumentKinds.Workbook)
            ? new ReportWorkbook(report, options)
            : null;
        using (var ledger = Ledgers.RunAt(run).ReadForReport())
        {
            tables = ledger.ReadTables();
            tallies = new RunTallies(tables);
            stray = WriteMessages(ledger, report, full, workbook, tables, tallies, options);
            WriteExclusions(ledger, report, full, workbook, tables, tallies, options);
            partsMissing = ledger.CountPartsMissing();
        }

        var result = new ReportResult([], tallies.ToBalance(stray), TotalsOf(tallies))
        {
            PartsMissing = partsMissing,
            Differences = options.Differences,
        };
        var (proof, unproved) = Prove(run, tallies);
        var model = new ReportModel(tables, tallies, options, result, proof, unproved);
        WriteTables(report, model);
        ReportDocuments.Write(report, model, workbook);
        return result;
    }

    static long WriteMessages(
        IReportReader ledger,
        ReportFolder report,
        ReportFolder? full,
        ReportWorkbook? workbook,
        RunTables tables,
        RunTallies tallies,
        ReportOptions options)
    {
        using var scan = ledger.ReadMessages(tables);
        using var masked = new MessageFiles(report, tables, options.Language, unmasked: false);
        using var unmasked = full is not null ? new MessageFiles(full, tables, options.Language, unmasked: true) : null;
        using var sheets = workbook is not null ? new MessageSheets(workbook, tables, options.Language) : null;

        while (scan.Next())
        {
            var believed = tables.Lanes[scan.Lane].Trust.Believe(scan.Status);
            tallies.Add(scan, believed);
            masked.Add(scan, believed);
            unmasked?.Add(scan, believed);
            sheets?.Add(scan, believed);
        }

        sheets?.End();
        return scan.Orphans;
    }

    static void WriteExclusions(
        IReportReader ledger,
        ReportFolder report,
        ReportFolder? full,
        ReportWorkbook? workbook,
        RunTables tables,
        RunTallies tallies,
        ReportOptions options)
    {
        const string name = "loai-tru.csv";
        using var masked = report.Create(name);
        using var unmasked = full?.Create(name);
        IReadOnlyList<(CsvBytes, bool)> files = unmasked is null
            ? [(masked, false)]
            : [(masked, false), (unmasked, true)];

        using var sheet = workbook is not null ? new ExclusionSheet(workbook, tables, options.Language) : null;
        ExclusionFile.Write(files, tables, options.Language, ledger.ReadExclusions().Select(exclusion =>
        {
            tallies.AddExclusion(exclusion.Segment, exclusion.Reason);
            sheet?.Add(exclusion);
            return exclusion;
        }));
        sheet?.End();
    }

    static void WriteTables(ReportFolder report, ReportModel model)
    {
        foreach (var sheet in model.Sheets)
        {
            if (sheet.File is not { } name)
                continue;

            using var file = report.Create(name);
            sheet.WriteTo(file);
        }
    }

    /// <summary>By the run's own ledger alone, so that the same ledger says the same: what other runs did on the same
    /// accounts <c>prove</c> takes in.</summary>
    /// <returns>Without a proof where something is left to send, or, with why, where it cannot be made: the report is
    /// written all the same.</returns>
    static (RateProof? Proof, Wording? Unproved) Prove(RunAddress run, RunTallies tallies)
    {
        if (ReportModel.HasLeft(tallies.Sum()))
            return (null, null);

        try
        {
            return (RateProver.Prove(run, []), null);
        }
        catch (LedgerException unreadable)
        {
            return (null, unreadable.Words);
        }
    }

    static ReportTotals TotalsOf(RunTallies tallies)
    {
        var sum = tallies.Sum();
        return new ReportTotals(
            sum.PartsPlanned,
            sum.PartsHandedOver,
            tallies.ByCarrierAndLane.Sum(row => tallies.CostOf(row.Lane, row.Tally)),
            sum.FirstHandedMicros,
            sum.LastHandedMicros);
    }
}
