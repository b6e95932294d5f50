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
    public static string FolderOf(DataFolder data, RunKey run)
    {
        var lying = ReadLying(data, run);
        return data.Reports(run, lying.ByDate, lying.Live);
    }

    /// <summary>By what a run's folder is called.</summary>
    /// <param name="ByDate">Whether its report lies in a folder of its date: always, of a yearly campaign.</param>
    internal readonly record struct Lying(bool Yearly, bool ByDate, bool Live);

    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    internal static Lying ReadLying(DataFolder data, RunKey run)
    {
        using var ledger = Ledgers.RunAt(data.AddressOf(run)).ReadForReport();
        var described = ledger.ReadTables().Run;
        var live = described.Mode == CampaignMode.Live;
        return new Lying(described.Yearly, described.Yearly || LiesByDate(data, run, live), live);
    }

    /// <summary>Whether a run of a campaign of one date has its folder beneath the campaign's: another of its runs has
    /// a report there, as where the rest was sent on another date, or the date was moved.</summary>
    static bool LiesByDate(DataFolder data, RunKey run, bool live) =>
        IsOf(ReadOwner(data.Reports(run, yearly: true, live)), run)
        || (ReadOwner(data.Reports(run, yearly: false, live)) is { } owner && !IsOf(owner, run));

    static bool IsOf(RunKey? owner, RunKey run) => owner?.Campaign == run.Campaign && owner.Date == run.Date;

    /// <returns>The run whose report lies there; null where none does, or it cannot be read: writing there says
    /// why.</returns>
    static RunKey? ReadOwner(string folder)
    {
        try
        {
            return File.Exists(Path.Combine(folder, WrittenSummary.Name)) ? WrittenSummary.Read(folder)?.Run : null;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
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
        using var claimed = options.Unmasked?.Owner?.Claim(options.Unmasked); // on disk before the first of them
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
        Wording? wrong;
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
            wrong = ledger.FindImbalance();
        }

        var result = new ReportResult([], tallies.ToBalance(stray) with { Wrong = wrong }, TotalsOf(tallies))
        {
            PartsMissing = partsMissing,
            Differences = options.Differences,
            Preliminary = FiguresState.Of(tallies.Sum(), options.IsOver)?.Mark,
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
        var (language, files) = (options.Language, new List<CsvBytes>());
        try
        {
            List<MessageRows> written = [InFiles(report, inFull: null)];
            if (full is not null)
                written.Add(InFiles(full, options.Unmasked));
            var sheets = workbook is null ? null : BeginSheets(workbook);
            if (sheets is { } pair)
                written.Add(new MessageRows(pair.All, pair.Uncertain, tables, language, inFull: null));

            using var scan = ledger.ReadMessages(tables);
            while (scan.Next())
            {
                var believed = tables.Lanes[scan.Lane].Trust.Believe(scan.Status);
                tallies.Add(scan, believed);
                foreach (var rows in written)
                    rows.Add(scan, believed);
            }

            sheets?.All.End();
            sheets?.Uncertain.End();
            return scan.Orphans;
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }

        MessageRows InFiles(ReportFolder folder, UnmaskedExport? inFull)
        {
            var (messages, uncertain) = (
                CreateFile(folder, "chi-tiet.csv", MessageRows.AllHeadings, language, inFull),
                CreateFile(folder, "chua-ro.csv", MessageRows.UncertainHeadings, language, inFull));
            files.AddRange([messages, uncertain]);
            return new MessageRows(messages, uncertain, tables, language, inFull);
        }

        (LongTable All, LongTable Uncertain)? BeginSheets(ReportWorkbook book) => (
            book.Begin(tables.Run, new("Chi tiết", "Messages"), MessageRows.AllHeadings),
            book.Begin(tables.Run, new("Chưa rõ", "Uncertain"), MessageRows.UncertainHeadings, "chua-ro"));
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
        var language = options.Language;
        using var masked = CreateFile(report, name, ExclusionRows.Headings, language);
        using var unmasked = full is null
            ? null
            : CreateFile(full, name, ExclusionRows.Headings, language, options.Unmasked);
        var sheet = workbook?.Begin(tables.Run, new("Loại trừ", "Excluded"), ExclusionRows.Headings);
        List<string> segments = [.. tables.Segments.Select(segment => segment.Name)];
        List<ExclusionRows> written = [new(masked, tables.Sources, segments, language)];
        if (unmasked is not null)
            written.Add(new(unmasked, tables.Sources, segments, language, options.Unmasked));
        if (sheet is not null)
            written.Add(new(sheet, tables.Sources, segments, language));

        foreach (var exclusion in ledger.ReadExclusions())
        {
            tallies.AddExclusion(exclusion.Segment, exclusion.Reason);
            foreach (var rows in written)
                rows.Add(exclusion);
        }

        sheet?.End();
    }

    static CsvBytes CreateFile(
        ReportFolder folder,
        string name,
        IEnumerable<Wording> headings,
        Language language,
        UnmaskedExport? inFull = null)
    {
        var file = folder.Create(name);
        if (inFull is not null)
            headings = headings.Append(MessageRows.ForHeading);
        file.Row(headings.Select(heading => heading.In(language)));
        return file;
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
