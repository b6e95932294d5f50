using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Carriers;
using SmsCampaign.Tests.Carriers.MobiFone;
using SmsCampaign.Tests.Carriers.Vnpt;
using SmsCampaign.Tests.Support;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Settings;
using WireMock.Types;
using WireMock.Util;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>
/// The sample of Đắk Lắk through every real lane type at once, each gateway's part played in its own protocol: numbers
/// on another network, a session that runs out, an account that is shut in the middle.
/// </summary>
[Trait("Category", "Slow")]
public sealed class RealGatewaysTests : IDisposable
{
    const string Secret = "m4t-kh4u-b1-m4t";

    static readonly string[] PortedLists = ["chuyen-mang.csv"];

    readonly TempFolder _folder = new();
    readonly WireMockServer _server = WireMockServer.Start(new WireMockServerSettings { MaxRequestLogCount = 1 });
    readonly ConcurrentBag<(string Lane, long Number, string Text)> _taken = [];
    readonly DateOnly _today;
    readonly string _zone;
    readonly IReadOnlyDictionary<string, PlayedGateway> _gateways = PlayedGateway.All();

    /// <summary>What each type of lane serves, and how, as JSON; one that is not here serves a
    /// network of its own.</summary>
    static readonly Dictionary<string, (string Carrier, string Keys)> Parts = new()
    {
        ["viettel"] = ("viettel", """ "mostPerCall": 20, "maxInFlight": 200 """),
        ["vnpt"] = (
            "vinaphone",
            """ "templates": [{ "id": "8", "text": "Kính gửi {1}" }, { "id": "9", "text": "Toàn dân {1}" }], "mostPerCall": 10, "maxInFlight": 200 """),
        ["mobifone"] = ("mobifone", ""),
        ["esms"] = ("vietnamobile", """ "fallbackFor": ["vinaphone"] """),
        ["vmg"] = ("gmobile", ""),
        ["speedsms"] = ("itel", """ "fallbackFor": ["viettel"], "mostPerCall": 50, "maxInFlight": 100 """),
        ["twilio"] = ("wintel", """ "fallbackFor": ["mobifone"] """),
    };

    public RealGatewaysTests()
    {
        // Where it is noon by now, the window is open for hours yet.
        var now = TimeProvider.System.GetUtcNow();
        var offset = 12 - now.Hour;
        _today = DateOnly.FromDateTime(now.AddHours(offset).DateTime);
        _zone = offset == 0 ? "Etc/GMT" : string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{-offset:+0;-0}");
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_subscriber_of_the_sample_gets_the_message_once_whatever_the_gateways_say()
    {
        Write();
        var mobiFone = (MobiFoneGateway)_gateways["mobifone"];
        (mobiFone.FirstSessionEndsAfter, mobiFone.LocksAfter) = (100, 300);
        ((VnptGateway)_gateways["vnpt"]).IsAway = number => number % 100 is 3; // ported
        foreach (var gateway in _gateways.Values)
            Play(gateway);

        var approved = await RunAsync("approve", _folder.File("campaign.yaml"), "--by", "Nguyễn Văn A");
        Assert.True(approved.ExitCode == 0, $"{approved}");
        var sent = await RunAsync("send", _folder.File("campaign.yaml"));
        Assert.True(sent.ExitCode == 0, $"{sent}");

        // Once, and all of them.
        var ledger = new DataFolder(_folder.File("data")).Run(new RunKey("dak-lak-2025", _today, Simulated: false));
        using var db = SqliteDb.Open(ledger, readOnly: true);
        Assert.Equal(db.ReadNumber("select count(*) from message"), _taken.Count);
        Assert.Equal(_taken.Count, _taken.Select(each => each.Number).Distinct().Count());
        Assert.Equal(_taken.Count, db.ReadNumber("select count(*) from state where status = 3"));
        Assert.Equal(0, db.ReadNumber(
            "select count(*) from message where number not in (select number from message join state using (seq))"));
        Assert.StartsWith(
            "Toàn dân tích cực tham gia phòng, chống mua bán người.",
            Assert.Single(_taken.Select(each => each.Text).Distinct()),
            StringComparison.Ordinal);

        // By every type; what was refused elsewhere, or stood in a lane that stopped, by another.
        Assert.Equal(_gateways.Keys.Order(), _taken.Select(each => each.Lane).Distinct().Order());
        Assert.All(_taken.Where(each => each.Lane == "speedsms"), each => Assert.Equal(8, each.Number % 500));
        Assert.Equal(300, _taken.Count(each => each.Lane == "mobifone"));
        Assert.Equal(2, mobiFone.UsedSessions.Count); // the first, and one after it ran out; then the account is shut
        Assert.True(db.ReadNumber("select count(*) from route where why = 1 and network = 'vietnamobile'") > 0);
        Assert.True(db.ReadNumber("select count(*) from route where why = 2") > 0);
        Assert.Contains("Kênh gửi 'mobifone' ĐÃ DỪNG", sent.Output, StringComparison.Ordinal);

        // The report balances, nothing gives a secret or a number away, and the networks learned are kept.
        Assert.Contains("Cân đối đúng", sent.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, sent.Output + sent.Errors, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex(@"\b(84|0)[35789]\d{8}\b"), sent.Output + sent.Errors);
        Assert.Equal(
            db.ReadNumber("select count(*) from route where network is not null"),
            Ledgers.OpenRegistry(new DataFolder(_folder.File("data"))).Ported.Read().Count);
    }

    void Play(PlayedGateway gateway) =>
        _server
            .Given(Request.Create().WithPath($"/{gateway.Type}/*"))
            .RespondWith(Response.Create().WithCallback(request =>
            {
                var (status, body) = gateway.Answer(
                    new PlayedRequest(request.Path, request.RawQuery?.TrimStart('?') ?? "", request.Body ?? ""),
                    message => Judge(gateway.Type, message));
                return new ResponseMessage
                {
                    StatusCode = status,
                    BodyData = new BodyData { DetectedBodyType = BodyType.String, BodyAsString = body },
                };
            }));

    PlayedVerdict Judge(string lane, PlayedMessage message)
    {
        if (lane == "viettel" && message.Number % 50 is 7)
            return new PlayedVerdict(false, "VM"); // Vietnamobile's by now
        if (lane == "viettel" && message.Number % 500 is 8)
            return new PlayedVerdict(false, "GT"); // of a network without a name

        // The parameter of a template is what follows its first words.
        _taken.Add((lane, message.Number, lane == "vnpt" ? "Toàn dân " + message.Text : message.Text));
        return new PlayedVerdict(true);
    }

    async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        await using var program = ProgramUnderTest.Start(
            _folder.Path, [.. arguments, "--data", "data", "--installation", "smscampaign.json"]);
        return await program.WaitAsync();
    }

    void Write()
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("samples/dak-lak-2025")))
            File.Copy(file, _folder.File(Path.GetFileName(file)));

        var others = _gateways.Keys.Except(Parts.Keys).Order().ToList();
        GiveNetworks(others);

        var campaign = File.ReadAllText(_folder.File("campaign.yaml"))
            .Replace("date: 2025-07-30", $"date: {_today:yyyy-MM-dd}", StringComparison.Ordinal)
            .Replace("reportBy: 2025-09-30", $"reportBy: {_today.AddDays(30):yyyy-MM-dd}", StringComparison.Ordinal)
            .Replace("timeZone: Asia/Ho_Chi_Minh", $"timeZone: {_zone}", StringComparison.Ordinal)
            .Replace(
                "lanes: [viettel, vinaphone, mobifone, vietnamobile, gmobile]",
                $"lanes: [{string.Join(", ", Parts.Keys.Concat(others))}]\nlaneStopped: fallback",
                StringComparison.Ordinal);
        File.WriteAllText(_folder.File("campaign.yaml"), campaign);

        _folder.Write("secret", Secret);
        _folder.Write("smscampaign.json", JsonSerializer.Serialize(new
        {
            receipts = new { listen = "http://127.0.0.1:0" },
            numbers = new
            {
                prefixes = Repository.PathOf("config/prefixes.csv"),
                carriers = "carriers.csv",
                ported = PortedLists,
            },
            lanes = _gateways.Values.ToDictionary(gateway => gateway.Type, Lane),
        }));
    }

    /// <summary>Has every fiftieth subscriber on a network of each lane's own.</summary>
    void GiveNetworks(List<string> lanes)
    {
        File.WriteAllLines(
            _folder.File("carriers.csv"),
            File.ReadLines(Repository.PathOf("config/carriers.csv")).Concat(
                lanes.Select(lane => $"{NetworkOf(lane)},{NetworkOf(lane)},")));
        File.WriteAllLines(
            _folder.File("subscribers.csv"),
            File.ReadAllLines(_folder.File("subscribers.csv")).Select((line, row) =>
            {
                var cells = line.Split(',');
                if (row % 50 is var at && row > 0 && at < lanes.Count)
                    cells[3] = NetworkOf(lanes[at]);
                return string.Join(',', cells);
            }));
    }

    static string NetworkOf(string lane) => $"net{lane}";

    JsonObject Lane(PlayedGateway gateway)
    {
        var (carrier, keys) = Parts.GetValueOrDefault(gateway.Type, (NetworkOf(gateway.Type), ""));
        var lane = JsonNode.Parse($$"""
            { "type": "{{gateway.Type}}", "standIn": true, "carriers": ["{{carrier}}"], "rate": 5000, "pricePerPart": 300, "receiptTrust": "none", "lengthTable": "care" }
            """)!.AsObject();
        foreach (var part in new[]
        {
            gateway.Section(new Uri($"{_server.Url}/{gateway.Type}/"), "${file:secret}"),
            keys,
        })
        {
            foreach (var (name, value) in JsonNode.Parse($"{{{part}}}")!.AsObject())
                lane[name] = value?.DeepClone();
        }

        return lane;
    }
}
