using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Simulator;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>
/// A department's machine: a campaign of today whose window is open now, its audience, an installation whose lanes
/// reach carriers that live in the test and so outlive the program, and a data folder.
/// </summary>
sealed class Office : IAsyncDisposable
{
    public const string CampaignId = "dien-tap";

    /// <summary>Of the campaign that <see cref="WriteOther"/> adds.</summary>
    public const string OtherId = "nhac-lai";

    public const string OtherText =
        "Khi thấy dấu hiệu mua bán người, hãy gọi Tổng đài quốc gia 111 hoặc báo Công an nơi gần nhất.";

    /// <summary>91 characters with diacritics: two parts.</summary>
    public const string Text =
        "Toàn dân tích cực tham gia phòng, chống mua bán người. Hãy báo ngay Tổng đài quốc gia 111.";

    readonly TempFolder _folder = new();
    readonly int _receiptPort = FindFreePort();
    readonly TimeSpan _offset;
    bool _takesTwo;
    object _management = new { listen = "" };
    object _console = new { listen = "" };
    int _canary;
    int _guard;

    Office(IReadOnlyList<OfficeLane> lanes, SimulatedNetwork network)
    {
        (Lanes, Network) = (lanes, network);
        network.ReceiptUrl = new Uri($"http://127.0.0.1:{_receiptPort}/receipts");

        // Where it is noon by now, today lasts for another twelve hours: no test runs into midnight.
        var now = TimeProvider.System.GetUtcNow();
        _offset = TimeSpan.FromHours(12 - now.Hour);
        Today = DateOnly.FromDateTime((now + _offset).DateTime);
    }

    public IReadOnlyList<OfficeLane> Lanes { get; }

    public SimulatedNetwork Network { get; }

    public DateOnly Today { get; }

    /// <summary>Where the program takes receipts.</summary>
    public Uri Receipts => new($"http://127.0.0.1:{_receiptPort}/");

    public string CampaignFile => _folder.File("campaign.yaml");

    public string OtherFile => _folder.File("other.yaml");

    public string AudienceFile => _folder.File("subscribers.csv");

    /// <summary>Starts the program through a command that runs what is given to it.</summary>
    public ProgramUnderTest StartThrough(IReadOnlyList<string> command, params string[] arguments) =>
        ProgramUnderTest.StartThrough(
            command, _folder.Path, [.. arguments, "--data", "data", "--installation", "smscampaign.json"]);

    public DataFolder Data => new(_folder.File("data"));

    public string Reports => Data.Reports(Key, yearly: false, live: false);

    public RunKey Key => new(CampaignId, Today, Simulated: false);

    public RunKey OtherKey => new(OtherId, Today, Simulated: false);

    public IReadOnlyList<long> Numbers => [.. Lanes.SelectMany(lane => lane.Numbers)];

    /// <param name="behaviour">How the carriers behave; perfectly and at once where null.</param>
    /// <param name="seed">Decides what is left to chance at the carriers.</param>
    /// <param name="canary">Messages of each lane's first batch; 0: there is none.</param>
    /// <param name="guard">Percent of failures beyond which a lane that sends is held; 0: none is.</param>
    public static async Task<Office> OpenAsync(
        IReadOnlyList<OfficeLane> lanes,
        Func<SimulatedCarrierOptions, SimulatedCarrierOptions>? behaviour = null,
        int seed = 1,
        int canary = 0,
        int guard = 0)
    {
        var prompt = TimeSpan.FromMilliseconds(50);
        var carriers = lanes.Select(
            lane => new SimulatedCarrierOptions(lane.Carrier) { ReceiptDelay = prompt, ReceiptDelayJitter = prompt });
        var network = await SimulatedNetwork.StartAsync(
            new SimulatorOptions(seed, [.. carriers.Select(carrier => behaviour?.Invoke(carrier) ?? carrier)]),
            TimeProvider.System);

        var office = new Office(lanes, network) { _canary = canary, _guard = guard };
        office.WriteInstallation();
        office.WriteAudience();
        office.WriteCampaign(office.Today);
        return office;
    }

    public void WriteCampaign(DateOnly date, string mode = "exercise") =>
        _folder.Write("campaign.yaml", Campaign(CampaignId, Text, date, mode));

    /// <summary>A second campaign of today, in other words, to the same subscribers through
    /// the same accounts.</summary>
    public void WriteOther() => _folder.Write("other.yaml", Campaign(OtherId, OtherText, Today, "exercise"));

    string Campaign(string id, string text, DateOnly date, string mode) => $$"""
        id: {{id}}
        title: Diễn tập nhắn tin
        mode: {{mode}}
        directive:
          issuer: UBND tỉnh
          date: 2025-07-01
          text: {{text}}
          reportTo: Công an tỉnh
          reportBy: 30/9/{{date.Year}}
        sender: CHINH PHU
        messages:
          - name: chinh
            language: vi
            form: accented
            text: {{text}}
        schedule:
          date: {{date:yyyy-MM-dd}}
          window: { from: "00:00", to: "23:59" }
          timeZone: {{Zone}}
          missed: start-late
          leftovers: drop
        segments:
          - name: toan-tinh
            file: subscribers.csv
            message: chinh
            priority: 1
        lanes: [{{string.Join(", ", Lanes.Select(lane => lane.Carrier))}}]
        laneStopped: {{(Lanes.Any(lane => lane.FallbackFor.Count > 0) ? "fallback" : "hold")}}
        canary: { messages: {{_canary}} }
        guard: { failuresPercent: {{_guard}} }

        """;

    /// <summary>Starts the program in this office.</summary>
    public ProgramUnderTest Start(params string[] arguments) =>
        ProgramUnderTest.Start(_folder.Path, [.. arguments, "--data", "data", "--installation", "smscampaign.json"]);

    /// <summary>Runs the program in this office to its end.</summary>
    public async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        await using var program = Start(arguments);
        return await program.WaitAsync();
    }

    /// <summary>The same without a process of its own, where that is not the point: it takes most of the time of what
    /// is over at once.</summary>
    async Task<ProgramResult> RunHereAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await CommandLine.RunAsync(
            [.. arguments, "--data", Data.Root, "--installation", _folder.File("smscampaign.json")],
            new Terminal(output, errors, Language.Vietnamese, outputIsTerminal: false),
            CancellationToken.None);
        return new ProgramResult(code, output.ToString(), errors.ToString());
    }

    public Task ApproveAsync() => ApproveAsync(CampaignFile);

    public async Task ApproveAsync(string campaignFile)
    {
        var approved = await RunHereAsync("approve", campaignFile, "--by", "Nguyễn Văn A");
        Done(approved);
    }

    /// <summary>What <c>status --json</c> says of the run.</summary>
    public async Task<JsonElement> StatusAsync(string campaign = CampaignId)
    {
        var status = await RunHereAsync("status", campaign, "--json");
        var run = JsonDocument.Parse(status.Output).RootElement.GetProperty("runs")[0];
        if (run.GetProperty("state").GetString() != "held") // of which it ends with 1
            Done(status);
        return run;
    }

    /// <summary>Messages that have reached the carriers, taken or not.</summary>
    public long MessagesSeen() => Network.CountMessages();

    /// <summary>Data rows of a report file, header left out.</summary>
    public IReadOnlyList<string> ReadReport(string name) =>
        [.. File.ReadAllLines(Path.Combine(Reports, name)).Skip(1).Where(line => line.Length > 0)];

    public async ValueTask DisposeAsync()
    {
        await Network.DisposeAsync();
        _folder.Dispose();
    }

    static void Done(ProgramResult result)
    {
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{result}");
    }

    // The sign of these names is the other way round: Etc/GMT-7 is UTC+7 (tz database, file "etcetera").
    string Zone => _offset == TimeSpan.Zero
        ? "Etc/GMT"
        : string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{-_offset.Hours:+0;-0}");

    /// <summary>From now on nothing is sent that one person alone has approved.</summary>
    public void TakeTwoPersons()
    {
        _takesTwo = true;
        WriteInstallation();
    }

    /// <summary>From now on the worker can be looked at from outside.</summary>
    /// <param name="otlp">Where it sends what is measured; null: nowhere.</param>
    /// <returns>Where it is.</returns>
    public Uri Monitor(Uri? otlp = null)
    {
        var listen = $"http://127.0.0.1:{FindFreePort()}";
        _management = otlp is null ? new { listen } : new { listen, otlp = otlp.ToString() };
        WriteInstallation();
        return new Uri(listen);
    }

    /// <summary>From now on the worker serves the web pages.</summary>
    /// <returns>Where they are.</returns>
    public Uri ServePages()
    {
        var listen = $"http://127.0.0.1:{FindFreePort()}";
        _console = new { listen };
        WriteInstallation();
        return new Uri(listen);
    }

    void WriteInstallation()
    {
        _folder.Write(OfficeLane.PasswordFile, "mat khau");
        _folder.Write("smscampaign.json", JsonSerializer.Serialize(Installation));
    }

    object Installation => new
    {
        approval = new { twoPersons = _takesTwo },
        management = _management,
        console = _console,
        receipts = new { listen = $"http://127.0.0.1:{_receiptPort}" },
        numbers = new
        {
            prefixes = Repository.PathOf("config/prefixes.csv"),
            carriers = Repository.PathOf("config/carriers.csv"),
        },
        lanes = Lanes.ToDictionary(lane => lane.Carrier, lane => lane.Section(Network.Address)),
    };

    void WriteAudience() =>
        File.WriteAllLines(AudienceFile, ["Số điện thoại,Xã/phường", .. Numbers.Select(number => $"{number},Ea Bung")]);

    /// <summary>Below the ports that systems hand out by themselves, so that none is lost between two
    /// runs of the program.</summary>
    static int FindFreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 30_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's; another one then.
            }
        }
    }
}
