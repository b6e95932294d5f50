using System.Text.Json;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>
/// A small day to be rehearsed: 2,000 messages of one part at 4 a second on the lane viettel, 1,000 at 2 a second on
/// the lane vnpt, which serves vinaphone. At 98 % of either contract both take 8 minutes and 30 seconds.
/// </summary>
sealed class RehearsedCampaign : IDisposable
{
    public const int MaxInFlight = 8;

    /// <summary>Seconds from a lane's first message to its last.</summary>
    public const double Seconds = 2_000 / (4 * 0.98);

    readonly TempFolder _folder = new();

    /// <param name="to">When the window closes; it opens at 08:00.</param>
    /// <param name="canary">Messages of each lane's first batch.</param>
    public RehearsedCampaign(
        string to = "20:00", string leftovers = "drop", string missed = "start-late", TimeSpan? receiptTimeout = null,
        int year = 2025, bool repeatsDropped = false, int canary = 0)
    {
        _folder.Write("campaign.yaml", $$"""
            id: dien-tap
            title: Diễn tập nhắn tin
            mode: exercise
            directive:
              issuer: UBND tỉnh
              date: {{year}}-07-01
              text: {{Text}}
              reportTo: Công an tỉnh
              reportBy: 30/9/{{year}}
            sender: CHINH PHU
            messages:
              - name: chinh
                language: vi
                form: accented
                text: {{Text}}
            schedule:
              date: {{year}}-07-30
              window: { from: "08:00", to: "{{to}}" }
              timeZone: Asia/Ho_Chi_Minh
              missed: {{missed}}
              leftovers: {{leftovers}}
            segments:
              - name: toan-tinh
                file: subscribers.csv
                message: chinh
                priority: 1
            lanes: [viettel, vnpt]
            canary: { messages: {{canary}} }

            """);
        OfficeLane[] lanes =
        [
            new OfficeLane("viettel", 84_960_000_001, 2_000, Rate: 4),
            new OfficeLane("vinaphone", 84_910_000_001, 1_000, Rate: 2),
        ];
        lanes = [.. lanes.Select(lane => lane with
        {
            MaxInFlight = MaxInFlight,
            ReceiptTimeout = receiptTimeout ?? TimeSpan.FromHours(1),
            AnswerTimeout = TimeSpan.FromSeconds(15),
            RepeatsDropped = repeatsDropped,
        })];
        var nowhere = new Uri("http://127.0.0.1:9");
        _folder.Write("smscampaign.json", JsonSerializer.Serialize(new
        {
            numbers = new
            {
                prefixes = Repository.PathOf("config/prefixes.csv"),
                carriers = Repository.PathOf("config/carriers.csv"),
            },
            lanes = new { viettel = lanes[0].Section(nowhere), vnpt = lanes[1].Section(nowhere) },
        }));
        File.WriteAllLines(
            _folder.File("subscribers.csv"),
            ["Số điện thoại,Xã/phường", .. lanes.SelectMany(lane => lane.Numbers).Select(each => $"{each},Ea Bung")]);
    }

    public static string Text => "Toàn dân tích cực tham gia phòng, chống mua bán người.";

    public string Data => _folder.File("data");

    public string Report => Path.Combine(Data, "reports", "dien-tap", "dien-tap");

    public ProgramUnderTest Start(params string[] options) => ProgramUnderTest.Start(
        _folder.Path, [.. options, "--data", "data", "--installation", "smscampaign.json"]);

    public async Task<ProgramResult> RunAsync(params string[] options)
    {
        await using var program = Start(options);
        return await program.WaitAsync();
    }

    /// <summary>Rehearses it.</summary>
    /// <param name="exit">The exit code it must have.</param>
    public async Task<Rehearsed> RehearseAsync(int exit, params string[] options)
    {
        var result = await RunAsync(["rehearse", "campaign.yaml", "--json", .. options]);
        Assert.True(result.ExitCode == exit, $"{result}");
        return new Rehearsed(JsonDocument.Parse(result.Output).RootElement);
    }

    public void Dispose() => _folder.Dispose();
}

/// <summary>What <c>rehearse --json</c> said.</summary>
sealed record Rehearsed(JsonElement Json)
{
    public long Number(string name) => Json.GetProperty(name).GetInt64();

    public JsonElement Lane(string name) =>
        Json.GetProperty("lanes").EnumerateArray().Single(lane => lane.GetProperty("name").GetString() == name);

    /// <summary>From its first message to its last.</summary>
    public double SecondsOf(string lane) =>
        (Lane(lane).GetProperty("last").GetDateTimeOffset() - Lane(lane).GetProperty("first").GetDateTimeOffset())
        .TotalSeconds;

    public JsonElement Event(string kind, string? lane = null) => Json.GetProperty("timeline").EnumerateArray().First(
        what => what.GetProperty("kind").GetString() == kind
            && (lane is null || what.GetProperty("lane").GetString() == lane));

    public bool Has(string kind) =>
        Json.GetProperty("timeline").EnumerateArray().Any(what => what.GetProperty("kind").GetString() == kind);

    /// <summary>In the campaign's time zone.</summary>
    public DateTime At(string kind, string? lane = null) =>
        Event(kind, lane).GetProperty("at").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(7)).DateTime;
}
