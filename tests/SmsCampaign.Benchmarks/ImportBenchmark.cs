using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// import [--rows N] [--runs N] [--xlsx]: rows a second from a CSV file to a finished ledger, beside sqlite3's own
/// .import of the same file, and the most memory the importing process takes.
/// </summary>
/// <remarks>
/// The list is <see cref="ListUpkeep.Clean"/>: every number once, in all spellings, so that .import takes every row.
/// sqlite3 gets a flat table of the file's five columns as text with a unique index on the number, and the ledger's own
/// pragmas. It is timed both ways, with the index there, as ours must find duplicates too, and with the index made
/// after the rows, which is faster and finds them only then. Each of our runs is a process of its own, paired with
/// sqlite3's runs right after it; times are of the work within the process (ours) and of the whole process
/// (sqlite3's, whose start takes some 3 ms). With --xlsx the same list is a workbook
/// (<see cref="GenerateWorkbook"/>) and nothing is compared with it.
/// </remarks>
static class ImportBenchmark
{
    public const string ChildVerb = "import-once";

    public static int Run(Arguments arguments)
    {
        var rows = arguments.Number("rows", 1_000_000);
        var runs = arguments.Number("runs", 5);
        var folder = Directory.CreateTempSubdirectory("import-benchmark-").FullName;

        try
        {
            if (arguments.Has("xlsx"))
            {
                ImportWorkbook(folder, rows, runs);
                return 0;
            }

            Compare(folder, rows, runs);
            foreach (var size in new[] { 100_000, 1_000_000, 3_000_000 })
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"peak memory at {size,9:N0} rows: {Import(NewFile(folder, size), folder).Mebibytes:0} MiB"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    /// <summary>One import in this process: prints seconds and peak memory.</summary>
    public static int RunChild(Arguments arguments)
    {
        var file = arguments.Text("file")!;
        var ledger = arguments.Text("ledger")!;

        var clock = Stopwatch.StartNew();
        ImportInto(ledger, file);
        var seconds = clock.Elapsed.TotalSeconds;

        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{seconds:R} {ProcessMemory.PeakMebibytes():R}"));
        return 0;
    }

    static void ImportWorkbook(string folder, int rows, int runs)
    {
        var file = Path.Combine(folder, $"{rows}.xlsx");
        GenerateWorkbook.Write(file, NewFile(folder, rows));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows:N0} rows as a workbook, {new FileInfo(file).Length / 1e6:0.0} MB, {runs} runs"));

        var rates = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            var (seconds, mebibytes) = Import(file, folder);
            rates.Add(rows / seconds);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  import {seconds:0.00} s, {rates[^1]:N0} rows/s, peak memory {mebibytes:0} MiB"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median: {Median(rates):N0} rows/s"));
    }

    static void Compare(string folder, int rows, int runs)
    {
        var file = NewFile(folder, rows);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{rows:N0} rows, {new FileInfo(file).Length / 1e6:0.0} MB, {runs} runs"));

        var ours = new List<double>();
        var indexThere = new List<double>();
        var indexAfter = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            var seconds = Import(file, folder).Seconds;
            var before = SqliteImport(file, folder, indexFirst: true);
            var after = SqliteImport(file, folder, indexFirst: false);

            ours.Add(rows / seconds);
            indexThere.Add(before / seconds);
            indexAfter.Add(after / seconds);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  import {seconds:0.00} s; sqlite3 .import {before:0.00} s with the index there, {after:0.00} s with "
                    + $"the index after; ratios {indexThere[^1]:0.00} and {indexAfter[^1]:0.00}"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"median: {Median(ours):N0} rows/s, ratio {Median(indexThere):0.00} to .import into a table with the index "
                + $"there, {Median(indexAfter):0.00} to .import with the index made after"));
    }

    /// <returns>Rows a second, in a process of its own.</returns>
    internal static double RateAt(string folder, int rows) => rows / Import(NewFile(folder, rows), folder).Seconds;

    static string NewFile(string folder, int rows)
    {
        var file = Path.Combine(folder, $"{rows}.csv");
        if (!File.Exists(file))
            GenerateFile.Write(file, rows, ListUpkeep.Clean);
        return file;
    }

    static (double Seconds, double Mebibytes) Import(string file, string folder)
    {
        var ledger = Path.Combine(folder, "run.db");
        File.Delete(ledger);
        var output = Execute(Environment.ProcessPath!, [ChildVerb, "--file", file, "--ledger", ledger], input: "");
        File.Delete(ledger);

        var words = output.Split(' ');
        return (
            double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    static double SqliteImport(string file, string folder, bool indexFirst)
    {
        var table = Path.Combine(folder, "flat.db");
        File.Delete(table);

        const string index = "create unique index flat_phone on flat (phone);";
        var clock = Stopwatch.StartNew();
        Execute("sqlite3", [table], $"""
            pragma page_size = {RunBuilder.PageSize};
            pragma journal_mode = off;
            pragma synchronous = off;
            pragma locking_mode = exclusive;
            pragma cache_size = {RunBuilder.CacheKibibytes};
            create table flat (stt text, name text, phone text, carrier text, commune text);
            {(indexFirst ? index : "")}
            begin;
            .import --csv --skip 1 {file} flat
            {(indexFirst ? "" : index)}
            commit;

            """);
        var seconds = clock.Elapsed.TotalSeconds;
        File.Delete(table);
        return seconds;
    }

    static string Execute(string program, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} exited {process.ExitCode}");
    }

    static void ImportInto(string ledger, string file)
    {
        var problems = new List<Problem>();
        var prefixes = PrefixTable.Load(Path.Combine(AppContext.BaseDirectory, "config", "prefixes.csv"), problems);
        var lanes = prefixes.Carriers.ToDictionary(carrier => carrier);

        using var builder = new RunBuilder(ledger);
        var reading = AudienceImport.Read(
            NewCampaign(file), lanes, prefixes, PortedList.Empty, builder, CancellationToken.None);
        problems.AddRange(reading.Problems);
        if (reading.Audience is not { } audience || problems.Count > 0)
            throw new InvalidDataException(string.Join('\n', problems));

        builder.Complete(
            audience,
            new Plan([], [], ""),
            new RunDescription { Key = RunKey.Parse("bench/2025-07-30"), Code = "bench", Sender = "CHINH PHU" });
    }

    static Campaign NewCampaign(string file)
    {
        var text = new MessageText("thong-diep", "vi", SmsText.Compose("Xin chào"), Unaccented: false);
        var hanoi = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");
        return new Campaign
        {
            Id = "benchmark",
            Title = "Benchmark",
            Mode = CampaignMode.Exercise,
            Directive = new Directive("", null, null, null, null, "", "", new DateOnly(2025, 9, 30)),
            Sender = "CHINH PHU",
            Messages = [text],
            Schedule = new Schedule(
                new DateOnly(2025, 7, 30), null, null, new SendWindow(new TimeOnly(8, 0), new TimeOnly(20, 0), hanoi),
                MissedPolicy.Hold, LeftoverPolicy.Hold),
            Segments = [new Segment("toan-tinh", file, [], text.Name, 1)],
            SuppressionFiles = [],
            Lanes = ["viettel"],
            Limits = new Limits(null, null),
            File = Path.Combine(Path.GetDirectoryName(file)!, "campaign.yaml"),
            Source = "",
        };
    }

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
