using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// rehearse [--recipients N] [--hours H]: how long <c>sms-campaign rehearse</c> takes for a day on which five lanes
/// send for H hours, messages of four parts, each at its contract.
/// </summary>
static class RehearseBenchmark
{
    const int Parts = 4;

    /// <summary>A lane, a prefix of its carrier and its share of the province.</summary>
    static readonly IReadOnlyList<(string Lane, string Prefix, double Share)> Lanes =
    [
        ("viettel", "096", 0.54), ("vinaphone", "091", 0.22), ("mobifone", "090", 0.17), ("vietnamobile", "092", 0.05),
        ("gmobile", "099", 0.02),
    ];

    public static int Run(Arguments arguments)
    {
        var (recipients, hours) = (arguments.Number("recipients", 3_000_000), arguments.Number("hours", 12));
        var folder = Directory.CreateTempSubdirectory("rehearse-benchmark-").FullName;
        try
        {
            Write(folder, recipients, hours);
            var clock = Stopwatch.StartNew();
            using var program = ProgramRun.Start(
                folder, "rehearse", "campaign.yaml", "--installation", "config/smscampaign.json", "--json");
            var (peak, cpu) = Watch(program);
            if (program.ExitCode != 0)
                throw new InvalidOperationException($"rehearse ended with {program.ExitCode}");

            var seconds = clock.Elapsed.TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                {recipients:N0} messages over {hours} hours: {seconds:0.0} s, {cpu.TotalSeconds:0.0} s of CPU
                virtual hours a second: {hours / seconds:0.000}; of CPU: {hours / cpu.TotalSeconds:0.000}
                messages a second: {recipients / seconds:N0}; of CPU: {recipients / cpu.TotalSeconds:N0}
                peak RSS: {peak / 1024.0 / 1024.0:0} MiB
                """));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static (long Peak, TimeSpan Cpu) Watch(Process program)
    {
        var (peak, cpu) = (0L, TimeSpan.Zero);
        while (!program.WaitForExit(TimeSpan.FromMilliseconds(100)))
        {
            program.Refresh();
            if (program.HasExited)
                continue;
            (peak, cpu) = (Math.Max(peak, program.WorkingSet64), program.TotalProcessorTime);
        }

        return (peak, cpu);
    }

    static void Write(string folder, int recipients, int hours)
    {
        var left = recipients;
        var counts = new Dictionary<string, int>();
        using (var list = new StreamWriter(Path.Combine(folder, "subscribers.csv")))
        {
            list.WriteLine("Số điện thoại,Xã/phường");
            foreach (var (lane, prefix, share) in Lanes)
            {
                counts[lane] = lane == Lanes[^1].Lane ? left : (int)(recipients * share);
                left -= counts[lane];
                for (var at = 0; at < counts[lane]; at++)
                    list.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{prefix}{at:0000000},Ea Bung"));
            }
        }

        Directory.CreateDirectory(Path.Combine(folder, "config"));
        foreach (var table in new[] { "prefixes.csv", "carriers.csv" })
            File.Copy(Repository.PathOf($"config/{table}"), Path.Combine(folder, "config", table));
        var installation = JsonNode.Parse(
            File.ReadAllText(Repository.PathOf("config/smscampaign.json")),
            documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!;
        installation["numbers"]!["ported"] = new JsonArray();
        foreach (var (lane, count) in counts)
            installation["lanes"]![lane]!["rate"] = Parts * (int)Math.Ceiling(count / (hours * 3600 * 0.98));
        File.WriteAllText(Path.Combine(folder, "config", "smscampaign.json"), installation.ToJsonString());

        var text = "Toàn dân tích cực tham gia phòng, chống mua bán người. Khi phát hiện dấu hiệu liên quan đến "
            + "mua bán người hãy thông báo ngay đến cơ quan Công an nơi gần nhất hoặc Tổng đài quốc gia 111 để được "
            + "tư vấn hỗ trợ, hướng dẫn kịp thời";
        File.WriteAllText(Path.Combine(folder, "campaign.yaml"), $"""
            id: rehearse
            title: Đo thời gian diễn tập
            mode: exercise
            directive:
              issuer: UBND tỉnh
              text: {text}
              reportTo: UBND tỉnh
              reportBy: 2060-09-30
            sender: CHINH PHU
            messages:
              - name: chinh
                language: vi
                text: {text}
            schedule:
              date: 2060-07-30
              window:
                from: "07:00"
                to: "22:00"
              timeZone: Asia/Ho_Chi_Minh
              missed: start-late
              leftovers: next-day
            segments:
              - name: tat-ca
                file: subscribers.csv
                message: chinh
                priority: 1
            lanes: [{string.Join(", ", counts.Keys)}]

            """);
    }
}
