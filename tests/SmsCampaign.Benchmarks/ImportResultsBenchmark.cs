using System.Diagnostics;
using System.Globalization;
using System.Text;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// import-results [--rows N] [--runs N] [--xlsx]: seconds, and of CPU, from a carrier's report to what is recorded of
/// it, and the most memory the importing process takes: of a list with a number a row (1,000,000 unless said), held to
/// a suppression list of 10,000 and hashed; and of a table by area as long as any that is taken (50,000 rows). Each in
/// a process of its own. With --xlsx the list is a workbook.
/// </summary>
static class ImportResultsBenchmark
{
    public const string ChildVerb = "import-results-once";

    const int MostAreas = 50_000;

    static readonly DateTimeOffset Before = new(2025, 7, 10, 9, 0, 0, TimeSpan.FromHours(7));

    public static int Run(Arguments arguments)
    {
        var rows = arguments.Number("rows", 1_000_000);
        using var folder = new TempFolder();
        var list = folder.File("list.csv");
        WriteList(list, rows);
        if (arguments.Has("xlsx"))
        {
            GenerateWorkbook.Write(folder.File("list.xlsx"), list);
            list = folder.File("list.xlsx");
        }

        var table = folder.File("table.csv");
        WriteTable(table);
        foreach (var (name, file, count) in new[] { ("list", list, rows), ("table", table, MostAreas) })
        {
            var runs = Enumerable.Range(0, arguments.Number("runs", 3)).Select(_ => RunOnce(file)).ToList();
            var (seconds, mebibytes) = (
                ProgramRun.Median(runs.Select(run => run.Seconds)), runs.Max(run => run.Mebibytes));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} of {count:N0} rows, {new FileInfo(file).Length / 1e6:0.0} MB: {seconds:0.00} s, of CPU "
                    + $"{ProgramRun.Median(runs.Select(run => run.Cpu)):0.00} s (medians of {runs.Count}), peak RSS "
                    + $"{mebibytes:0} MiB"));
        }

        return 0;
    }

    /// <summary>One import in this process: prints seconds and peak memory.</summary>
    public static int RunChild(Arguments arguments)
    {
        using var folder = new TempFolder();
        var (data, time, campaign) = (
            new DataFolder(folder.File("data"), folder.File("marks")), new SetTime(Before), WriteCampaign(folder));
        var request = new PreparationRequest(campaign, folder.File("smscampaign.json"), null);
        var key = new RunKey("bench", new DateOnly(2025, 7, 30), Simulated: false);
        var who = new Who("Officer", "bench", "host");
        new CampaignPreparation(time).Prepare(request, data, ChangedRun.PlanAgain, CancellationToken.None);
        var approval = new ApprovalDesk(data, time).Approve(
            who with { Person = "Head" }, new ApprovalOrder(request, null), CancellationToken.None);
        Check<ApprovalResult.Given>(approval);
        Check<OrderWriting.Written>(new OrderDesk(data, time).Write(who, request, null));
        Check<OrderRecording.Recorded>(new OrderDesk(data, time).Record(
            who, key, new OrderNews(OrderStepKind.Sent, "viettel", null, null) { Document = "1" }));
        time.Set(Before.AddDays(21));

        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var import = new ResultDesk(data, time).Import(
            who,
            key,
            new ResultDelivery(arguments.Text("file")!, "viettel", null, null),
            request.InstallationFile,
            CancellationToken.None);
        var (seconds, cpu) = (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        Check<ResultImport.Taken>(import);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{seconds:R} {cpu:R} {ProcessMemory.PeakMebibytes():R}"));
        return 0;
    }

    static void Check<T>(object result)
    {
        if (result is not T)
            throw new InvalidOperationException(result is ResultImport.Refused refused
                ? string.Join('\n', refused.Problems.Select(problem => problem.In(Language.English)))
                : $"not {typeof(T).Name}: {result}");
    }

    static (double Seconds, double Cpu, double Mebibytes) RunOnce(string file)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [ChildVerb, "--file", file])
        {
            RedirectStandardOutput = true,
        })!;
        var words = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        return process.ExitCode == 0
            ? (
                double.Parse(words[0], CultureInfo.InvariantCulture),
                double.Parse(words[1], CultureInfo.InvariantCulture),
                double.Parse(words[2], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException($"it exited with {process.ExitCode}");
    }

    static string WriteCampaign(TempFolder folder)
    {
        foreach (var table in new[] { "prefixes.csv", "carriers.csv" })
            File.Copy(Path.Combine(AppContext.BaseDirectory, "config", table), folder.File(table));
        folder.Write("smscampaign.json", """
            {
              "numbers": { "prefixes": "prefixes.csv", "carriers": "carriers.csv" },
              "holders": { "viettel": { "name": "Viettel" } },
              "letters": { "office": "none/soffice" },
              "lanes": {
                "viettel": { "type": "http", "standIn": true, "carriers": ["viettel"], "rate": 500, "pricePerPart": 320,
                  "receiptTrust": "none", "url": "http://127.0.0.1:1/",
                  "body": { "reference": "{reference}", "to": "{to}", "text": "{text}" },
                  "answer": { "code": "code", "id": "id", "accepted": ["0"] } }
              }
            }
            """);
        var refused = Enumerable.Range(0, 10_000).Select(at => Number(97 * at) + "\n");
        folder.Write("refused.csv", "phone\n" + string.Concat(refused));
        return folder.Write("campaign.yaml", """
            id: bench
            title: Benchmark
            mode: exercise
            directive: { issuer: UBND, item: "7", text: Toàn dân phòng, reportTo: Công an, reportBy: 2025-09-30 }
            sender: CHINH PHU
            messages:
              - name: chung
                text: Toàn dân phòng
            schedule:
              date: 2025-07-30
              window: { from: "08:00", to: "20:00" }
              missed: start-late
              leftovers: next-day
            segments:
              - name: thue-bao
                heldBy: viettel
                areas: [tỉnh Đắk Lắk]
                estimate: 100000000
                acknowledgeBy: 20/7/2025
                reportBy: 8/8/2025
                message: chung
            suppression: [refused.csv]
            """);
    }

    /// <summary>Numbers of one carrier, in no order, each once; nine of ten got it.</summary>
    static void WriteList(string file, int rows)
    {
        using var list = new StreamWriter(file, append: false, new UTF8Encoding(false));
        list.WriteLine("Số điện thoại,Trạng thái,Địa bàn");
        for (var row = 0; row < rows; row++)
            list.WriteLine($"{Number(row)},{(row % 10 == 0 ? "Thất bại" : "Thành công")},Xã {row % 102}");
    }

    static void WriteTable(string file)
    {
        using var table = new StreamWriter(file, append: false, new UTF8Encoding(false));
        table.WriteLine("Địa bàn,Đã gửi,Thành công,Không thành công,Chưa rõ");
        for (var row = 0; row < MostAreas; row++)
            table.WriteLine($"Thôn {row},{1000 + row % 97},{900 + row % 97},60,40");
    }

    /// <summary>7,919 is prime to 10^7: each number once.</summary>
    static string Number(int at) => string.Create(
        CultureInfo.InvariantCulture, $"0{96 + at / 10_000_000 % 3}{at % 10_000_000 * 7_919L % 10_000_000:0000000}");

    sealed class SetTime(DateTimeOffset now) : TimeProvider
    {
        DateTimeOffset _now = now;

        public void Set(DateTimeOffset now) => _now = now;

        public override DateTimeOffset GetUtcNow() => _now.ToUniversalTime();
    }
}
