using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Audience;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Run;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// report [--rows N] [--runs N]: seconds for the CSV files of a report, beside the sqlite3 command line writing the
/// rows and columns of chi-tiet.csv alone; then for the whole report, and with each of its documents alone; and the
/// most memory the reporting process takes.
/// </summary>
/// <remarks>
/// Each of our runs is a process of its own, timed from its start, paired with sqlite3's right after it. sqlite3 writes
/// the same text, times and masked numbers included; the two files are compared at the end.
/// </remarks>
static class ReportBenchmark
{
    public const string ChildVerb = "report-once";
    const int Carriers = 5;
    const int Areas = 102;
    const int PartsOfMessage = 4;

    // 2025-07-30 08:00:00 +07:00 in UTC microseconds.
    const long Opens = 1_753_837_200_000_000;

    public static int Run(Arguments arguments)
    {
        var rows = arguments.Number("rows", 1_000_000);
        var runs = arguments.Number("runs", 5);
        var folder = Directory.CreateTempSubdirectory("report-benchmark-").FullName;

        try
        {
            Compare(MakeLedger(folder, rows), folder, rows, runs);
            foreach (var kinds in Enum.GetValues<ReportDocumentKinds>())
                CompareKinds(MakeLedger(folder, rows), folder, kinds, runs);
            foreach (var size in new[] { 100_000, 1_000_000, 3_000_000 })
            {
                var (seconds, peak) = TimeOurs(MakeLedger(folder, size), Path.Combine(folder, "report"));
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{size,9:N0} messages: {seconds:0.00} s, peak memory {peak:0} MiB"));
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One report in this process: prints its peak memory.</summary>
    public static int RunChild(Arguments arguments)
    {
        var result = RunReport.Write(
            RunAddress.OfFile(arguments.Text("ledger")!),
            arguments.Text("out")!,
            new ReportOptions(Language.Vietnamese)
            {
                Documents = Enum.Parse<ReportDocumentKinds>(arguments.Text("documents") ?? "All"),
            });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ProcessMemory.PeakMebibytes():R}"));
        return result.Balance.Holds ? 0 : 1;
    }

    /// <summary>Of the CSV files.</summary>
    /// <returns>Messages a second, in a process of its own.</returns>
    internal static double RateAt(string folder, int rows) =>
        rows / TimeOurs(MakeLedger(folder, rows), Path.Combine(folder, "report"), ReportDocumentKinds.None).Seconds;

    static void Compare(string run, string folder, int rows, int runs)
    {
        List<double> ours = [], theirs = [], ratios = [], memory = [];
        for (var pair = 0; pair < runs; pair++)
        {
            var (seconds, peak) = TimeOurs(run, Path.Combine(folder, "report"), ReportDocumentKinds.None);
            var sqlite = TimeSqlite(run, Path.Combine(folder, "sqlite.csv"));
            ours.Add(seconds);
            memory.Add(peak);
            theirs.Add(sqlite);
            ratios.Add(sqlite / seconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"pair {pair + 1}: report {seconds:0.00} s, sqlite3 -csv {sqlite:0.00} s, "
                    + $"ratio {sqlite / seconds:0.00}, peak memory {peak:0} MiB"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rows} messages, medians of {runs}: report {Median(ours):0.00} s, sqlite3 -csv {Median(theirs):0.00} s, "
                + $"ratio {Median(ratios):0.00}, peak memory {Median(memory):0} MiB"));

        var same = SameRows(Path.Combine(folder, "report", "chi-tiet.csv"), Path.Combine(folder, "sqlite.csv"));
        Console.WriteLine(same ? "both wrote the same rows" : "THE ROWS DIFFER");
    }

    /// <summary>The CSV files with one of the documents, or all.</summary>
    static void CompareKinds(string run, string folder, ReportDocumentKinds kinds, int runs)
    {
        var into = Path.Combine(folder, $"report-{kinds}");
        var all = Enumerable.Range(0, runs).Select(_ => TimeOurs(run, into, kinds)).ToList();
        var bytes = Directory.GetFiles(into).Sum(file => new FileInfo(file).Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"CSV files with {kinds,-8}: {Median([.. all.Select(each => each.Seconds)]):0.00} s, peak memory "
                + $"{Median([.. all.Select(each => each.Mebibytes)]):0} MiB, {bytes / 1e6:0.0} MB"));
    }

    /// <summary>A process of its own, from its start: the time a person waits, and a peak that is
    /// the report's alone.</summary>
    static (double Seconds, double Mebibytes) TimeOurs(
        string run, string into, ReportDocumentKinds documents = ReportDocumentKinds.All)
    {
        var clock = Stopwatch.StartNew();
        using var child = Start(
            Environment.ProcessPath!, ChildVerb, "--ledger", run, "--out", into, "--documents", documents.ToString());
        var peak = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? (clock.Elapsed.TotalSeconds, double.Parse(peak, CultureInfo.InvariantCulture))
            : throw new InvalidOperationException("the report failed or does not balance");
    }

    static double TimeSqlite(string run, string into)
    {
        var clock = Stopwatch.StartNew();
        using var child = Start("sqlite3", "-csv", "-readonly", run, $".once {into}", DetailSql);
        child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0 ? clock.Elapsed.TotalSeconds : throw new InvalidOperationException("sqlite3 failed");
    }

    /// <summary>The columns of chi-tiet.csv. Batches lead, so that each finds its messages by key: the
    /// quickest form we know.</summary>
    static string DetailSql => """
        select     row_number() over (),
                   substr(m.number, 1, 5) || '***' || substr(m.number, -3),
                   c.display,
                   case m.rule when 1 then 'danh sách chuyển mạng giữ số' when 2 then 'cột nhà mạng trong tệp' when 3 then 'đầu số' end,
                   l.name, a.name, g.name, b.parts,
                   case ifnull(s.status, 0) when 0 then 'chờ gửi' when 1 then 'đang gửi' when 2 then 'chưa rõ' when 3 then 'nhà mạng đã nhận'
                       when 4 then 'đã tới mạng' when 5 then 'đã tới máy' when 6 then 'thất bại' when 7 then 'chưa gửi (còn lại)' end,
                   case s.failure when 1 then 'số không nhận được tin' when 5 then 'máy không liên lạc được' end,
                   case when s.code like 'code %' then 'mã ' || substr(s.code, 6) else s.code end,
                   case s.reason when 4 then 'nhà mạng không trả lời kịp thời hạn' end,
                   strftime('%d/%m/%Y %H:%M:%S', s.handed_us / 1000000, 'unixepoch', '+7 hours'),
                   strftime('%d/%m/%Y %H:%M:%S', s.settled_us / 1000000, 'unixepoch', '+7 hours'),
                   case when s.status in (3, 4) then
                       (select strftime('%d/%m/%Y %H:%M:%S', max(t.handed_us) / 1000000 + l.receipt_seconds, 'unixepoch', '+7 hours') from attempt t where t.lane = l.id) end,
                   o.file, m.line
        from       batch b
        cross join message m on m.seq between b.first_seq and b.last_seq
        left join  state s on s.seq = m.seq
        join       carrier c on c.id = b.carrier
        join       lane l on l.id = b.lane
        join       area a on a.id = m.area
        join       segment g on g.id = m.segment
        join       source o on o.id = m.source
        """;

    /// <summary>Compares cell by cell: sqlite3 writes no heading and quotes more than it needs to.</summary>
    static bool SameRows(string ours, string theirs)
    {
        using var left = File.OpenText(ours);
        using var right = File.OpenText(theirs);
        left.ReadLine();

        while (left.ReadLine() is { } line)
        {
            if (right.ReadLine() is not { } other
                || line.Replace("\"", "", StringComparison.Ordinal) != other
                    .Replace("\"", "", StringComparison.Ordinal))
            {
                Console.WriteLine($"ours: {line}");
                return false;
            }
        }

        return right.ReadLine() is null;
    }

    /// <returns>Path of a ledger in which all is sent; made where it is not there.</returns>
    internal static string MakeLedger(string folder, int rows)
    {
        var path = Path.Combine(folder, $"{rows}.db");
        if (File.Exists(path))
            return path;

        var perCarrier = rows / Carriers;
        using var builder = new RunBuilder(path);
        for (var at = 0; at < perCarrier * Carriers; at++)
        {
            // A step that shares no factor with the count, so that numbers come in no order.
            var number = 84_300_000_000 + at * 7_919L % 699_999_953;
            builder.AddMessage(
                at % Carriers + 1, new MessageRow(number, 1, at % Areas + 1, CarrierRule.Prefix, 1, at + 2));
            if (at % 50 == 0)
                builder.AddExclusion(new ExclusionRow(1, at + 2, 1, ExclusionReason.Duplicate, number, null));
        }

        builder.Complete(AudienceOf(perCarrier), PlanOf(perCarrier), new RunDescription
        {
            Key = RunKey.Parse("bench/2025-07-30"),
            Code = "bench",
            Sender = "CHINH PHU",
            TimeZone = "Asia/Ho_Chi_Minh",
        });

        using var db = SqliteDb.Open(path);
        db.Execute($"""
            pragma synchronous = off;
            insert into state (seq, status, failure, code, reason, handed_us, settled_us)
            select seq,
                   case when seq % 100 < 90 then 5 when seq % 100 < 95 then 6 when seq % 100 < 97 then 3 when seq % 100 < 98 then 2 else 4 end,
                   case when seq % 100 between 90 and 94 then 1 + 4 * (seq % 2) end,
                   case when seq % 100 between 90 and 94 then 'E' || (seq % 7) end,
                   case when seq % 100 = 97 then 4 else 0 end,
                   {Opens} + (seq & 268435455) * 5000,
                   {Opens} + (seq & 268435455) * 5000 + 8000000
            from   message
            where  seq % 200 <> 199;
            insert into attempt (lane, first_seq, last_seq, parts, intent_us, handed_us, answered_us, outcome)
            select seq >> 28, max(seq), max(seq), {PartsOfMessage}, max(handed_us), max(handed_us), max(handed_us), 0 from state group by seq >> 28;
            delete from tally;
            """);
        return path;
    }

    static ImportedAudience AudienceOf(int perCarrier) => new()
    {
        Sources = [new AudienceSource("thue-bao.csv", "0", perCarrier * Carriers)],
        Segments =
            [new AudienceSegment("Toàn tỉnh", "chinh", 1, perCarrier * Carriers + (perCarrier * Carriers + 49) / 50)],
        Carriers = [.. Enumerable.Range(1, Carriers).Select(
            at => new AudienceCarrier($"carrier{at}", $"Nhà mạng {at}", $"lane{at}"))],
        Areas = [.. Enumerable.Range(1, Areas).Select(at => $"Xã số {at}")],
        Recipients = [.. Enumerable.Range(1, Carriers).Select(at => new AudienceCount(at, 1, perCarrier))],
        Excluded = new Dictionary<ExclusionReason, long>(),
        Repaired = new Dictionary<string, long>(),
        Hash = "0",
    };

    static Plan PlanOf(int perCarrier)
    {
        const int batch = 1_000;
        var lanes = Enumerable.Range(1, Carriers).Select(at =>
            new PlannedLane(
                at, $"lane{at}", 200, RateUnit.Parts, ReceiptTrust.Handset, TimeSpan.FromHours(72), 350, "{}"));
        var batches =
            from carrier in Enumerable.Range(1, Carriers)
            from first in Enumerable.Range(0, (perCarrier + batch - 1) / batch).Select(at => at * batch + 1)
            select new Batch(
                carrier,
                carrier,
                1,
                MessageSeq.Of(carrier, first),
                MessageSeq.Of(carrier, Math.Min(first + batch - 1, perCarrier)),
                PartsOfMessage);
        return new Plan([.. lanes], [.. batches], "0");
    }

    static Process Start(string program, params IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
