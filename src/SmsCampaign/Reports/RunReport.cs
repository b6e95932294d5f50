using System.Globalization;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Reports;

/// <summary>
/// Writes the report CSVs of a run from its ledger. The same ledger gives the same bytes, and a ledger that is being
/// written is read at one moment, so that all files agree.
/// </summary>
public static class RunReport
{
    /// <summary>Folder, within the report's, of the files with numbers in full: an officer who passes the report on does
    /// not pass them on by mistake.</summary>
    public const string UnmaskedFolder = "so-day-du";

    /// <summary>SQLite's cache in its own negative spelling for KiB: 16 MiB, for looking up where duplicates stand.</summary>
    const string CacheKibibytes = "-16384";

    /// <summary>Where a run's report belongs (see <see cref="DataFolder.Reports"/>).</summary>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    public static string FolderOf(DataFolder data, RunKey run)
    {
        using var db = Migrations.OpenToRead(data.Run(run), "Run");
        var tables = RunTables.Read(db);
        return data.Reports(run, tables.Yearly, !tables.Exercise);
    }

    /// <summary>
    /// Writes all files of the report, each replaced whole where one stands there already.
    /// </summary>
    /// <exception cref="LedgerException">The ledger cannot be read.</exception>
    /// <exception cref="IOException">A file cannot be written, such as one open in a spreadsheet; the others of the old
    /// report then stay or are replaced whole.</exception>
    public static ReportResult Write(string runFile, string outFolder, ReportOptions options)
    {
        using var db = Migrations.OpenToRead(runFile, "Run");
        db.Execute($"pragma cache_size = {CacheKibibytes}; begin");

        using var report = new ReportFolder(outFolder);
        var tables = RunTables.Read(db);
        var tallies = new RunTallies(tables);

        var stray = WriteMessages(db, report, tables, tallies, options);
        WriteExclusions(db, report, tables, tallies, options);
        var partsMissing = CountPartsMissing(db);
        db.Execute("commit");

        var result = new ReportResult([], tallies.ToBalance(stray), TotalsOf(tallies)) { PartsMissing = partsMissing, Differences = options.Differences };
        WriteCounts(report, tables, tallies, options, result);

        return result with { Files = report.Publish() };
    }

    /// <returns>States that belong to no message.</returns>
    static long WriteMessages(SqliteDb db, ReportFolder report, RunTables tables, RunTallies tallies, ReportOptions options)
    {
        using var scan = new MessageScan(db, tables);
        using var masked = new MessageFiles(report, "", tables, options.Language, unmasked: false);
        using var unmasked = options.Unmasked ? new MessageFiles(report, UnmaskedFolder, tables, options.Language, unmasked: true) : null;

        while (scan.Next())
        {
            var believed = tables.Lanes[scan.Lane].Trust.Believe(scan.Status);
            tallies.Add(scan, believed);
            masked.Add(scan, believed);
            unmasked?.Add(scan, believed);
        }

        return scan.Orphans;
    }

    static long CountPartsMissing(SqliteDb db)
    {
        return db.ReadNumber(string.Create(CultureInfo.InvariantCulture, $"""
            select count(distinct part_receipt.seq)
            from   part_receipt
            join   state on state.seq = part_receipt.seq
            where  state.status in ({(int)MessageStatus.Accepted}, {(int)MessageStatus.Sent})
            """))!.Value;
    }

    static void WriteExclusions(SqliteDb db, ReportFolder report, RunTables tables, RunTallies tallies, ReportOptions options)
    {
        const string name = "loai-tru.csv";
        using var masked = report.Create(name);
        using var unmasked = options.Unmasked ? report.Create(Path.Combine(UnmaskedFolder, name)) : null;
        IReadOnlyList<(CsvBytes, bool)> files = unmasked is null ? [(masked, false)] : [(masked, false), (unmasked, true)];

        ExclusionFile.Write(files, tables, options.Language, ExclusionFile.ReadAll(db).Select(exclusion =>
        {
            tallies.AddExclusion(exclusion.Segment);
            return exclusion;
        }));
    }

    static void WriteCounts(ReportFolder report, RunTables tables, RunTallies tallies, ReportOptions options, ReportResult result)
    {
        var breakdown = new BreakdownFiles(tables, tallies, options.Language);
        var carriers = new CarrierFiles(tables, tallies, options.Language);
        Write("theo-nha-mang.csv", carriers.WritePage);
        Write("theo-kenh.csv", carriers.WriteLanes);
        Write("theo-dia-ban.csv", breakdown.WriteAreas);
        Write("theo-dia-ban-nha-mang.csv", breakdown.WriteAreasByCarrier);
        Write("theo-phan-doan.csv", breakdown.WriteSegments);
        Write("loi.csv", breakdown.WriteFailures);
        Write("tong-hop.csv", file => new SummaryFile(file, tables, tallies, options.Language).Write(result, options));

        void Write(string name, Action<CsvBytes> write)
        {
            using var file = report.Create(name);
            write(file);
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
