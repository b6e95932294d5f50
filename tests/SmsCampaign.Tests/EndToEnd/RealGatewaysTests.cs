using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;
using System.Xml.Linq;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;
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
/// The sample of Đắk Lắk through every real lane type at once, each gateway's part played in its own protocol: numbers on another
/// network, a session that runs out, an account that is shut in the middle.
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
    int _mobiFoneSends;
    int _mobiFoneLogins;

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
        Play("/bulkapi", Viettel);
        Play("/smsbn/api", Vnpt);
        Play("/smsg/*", MobiFone);
        Play("/esms/*", Esms);
        Play("/vmg/*", Vmg);
        Play("/speedsms/*", SpeedSms);
        Play("/2010-04-01/*", Twilio);

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
        Assert.Equal(0, db.ReadNumber("select count(*) from message where number not in (select number from message join state using (seq))"));
        Assert.StartsWith("Toàn dân tích cực tham gia phòng, chống mua bán người.", Assert.Single(_taken.Select(each => each.Text).Distinct()), StringComparison.Ordinal);

        // By every type; what was refused elsewhere, or stood in a lane that stopped, by another.
        Assert.Equal(["esms", "mobifone", "speedsms", "twilio", "viettel", "vmg", "vnpt"], _taken.Select(each => each.Lane).Distinct().Order());
        Assert.All(_taken.Where(each => each.Lane == "speedsms"), each => Assert.Equal(8, each.Number % 500));
        Assert.Equal(300, _taken.Count(each => each.Lane == "mobifone"));
        Assert.Equal(2, _mobiFoneLogins); // the first, and one after the session ran out; then it is shut
        Assert.True(db.ReadNumber("select count(*) from route where why = 1 and network = 'vietnamobile'") > 0);
        Assert.True(db.ReadNumber("select count(*) from route where why = 2") > 0);
        Assert.Contains("Kênh gửi 'mobifone' ĐÃ DỪNG", sent.Output, StringComparison.Ordinal);

        // The report balances, nothing gives a secret or a number away, and the networks learned are kept.
        Assert.Contains("Cân đối đúng", sent.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, sent.Output + sent.Errors, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex(@"\b(84|0)[35789]\d{8}\b"), sent.Output + sent.Errors);
        Assert.Equal(
            db.ReadNumber("select count(*) from route where network is not null"), new RunRegistry(new DataFolder(_folder.File("data"))).Ported.Read().Count);
    }

    (int, string) Viettel(IRequestMessage request)
    {
        var call = XDocument.Parse(request.Body!).Descendants().First(element => element.Name.LocalName is "wsCpMt" or "wsCpBatchMt");
        var items = call.Name.LocalName == "wsCpMt" ? [call] : call.Elements().Where(element => element.Name.LocalName == "requestMt").ToList();
        var results = items.Select(item => (Request: Of(item, "requestID"), Message: Answer(long.Parse(Of(item, "receiverID"), CultureInfo.InvariantCulture), Of(item, "content")))).ToList();
        var words = results.Select(result => $"<message>{result.Message}</message><result>{(result.Message.EndsWith("OK", StringComparison.Ordinal) ? 1 : 0)}</result>").ToList();
        return (200, call.Name.LocalName == "wsCpMt"
            ? Envelope("wsCpMtResponse", words[0])
            : Envelope("wsCpBatchMtResponse", "<errCode>0</errCode><errDesc>success</errDesc>" + string.Concat(results.Zip(words, (result, said) => $"<responseMt><requestId>{result.Request}</requestId>{said}</responseMt>"))));

        string Answer(long number, string text)
        {
            if (number % 50 is 7)
                return "Check ServiceID: ALIAS_INVALID:TELCO=VM"; // Vietnamobile's by now
            if (number % 500 is 8)
                return "Check ServiceID: ALIAS_INVALID:TELCO=GT"; // of a network without a name
            Take("viettel", number, text);
            return "Insert MT_QUEUE: OK";
        }

        static string Of(XElement item, string name) => item.Elements().First(element => string.Equals(element.Name.LocalName, name, StringComparison.OrdinalIgnoreCase)).Value;

        static string Envelope(string name, string inside) =>
            $"""<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><ns2:{name} xmlns:ns2="http://impl.bulkSms.ws/"><return>{inside}</return></ns2:{name}></S:Body></S:Envelope>""";
    }

    (int, string) Vnpt(IRequestMessage request)
    {
        var call = JsonNode.Parse(request.Body!)!["RQST"]!;
        var numbers = call["MOBILELIST"]!.GetValue<string>().Split(',').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToList();
        if (numbers.Exists(number => number % 100 is 3)) // ported
            return (200, Reply(numbers.Count > 1 ? "23" : "25"));

        numbers.ForEach(number => Take("vnpt", number, "Toàn dân " + call["PARAMS"]![0]!["CONTENT"]!.GetValue<string>()));
        return (200, Reply("0"));

        static string Reply(string error) => $$"""{"RPLY": {"name": "send_sms_list", "ERROR": "{{error}}", "ERROR_DESC": ""} }""";
    }

    (int, string) MobiFone(IRequestMessage request)
    {
        var query = HttpUtility.ParseQueryString(request.RawQuery ?? "");
        lock (_folder)
        {
            if (request.Path.EndsWith("login.jsp", StringComparison.Ordinal))
                return _mobiFoneSends >= 300 ? (200, """{"message": "account locked", "status": "403"}""") : (200, $$"""{"sid": "sid-{{++_mobiFoneLogins}}\r\n", "status": "200"}""");

            if (_mobiFoneSends >= 300 || (_mobiFoneSends >= 100 && query["sid"] == "sid-1"))
                return (401, "SessionExpired");

            _mobiFoneSends++;
            Take("mobifone", long.Parse(query["recipient"]!, CultureInfo.InvariantCulture), query["content"]!);
            return (200, """{"message": "ok", "status": "200"}""");
        }
    }

    (int, string) Esms(IRequestMessage request)
    {
        var call = JsonNode.Parse(request.Body!)!;
        Take("esms", long.Parse("84" + call["Phone"]!.GetValue<string>().TrimStart('0'), CultureInfo.InvariantCulture), call["Content"]!.GetValue<string>());
        return (200, $$"""{"CodeResult": "100", "SMSID": "{{call["RequestId"]}}"}""");
    }

    (int, string) Vmg(IRequestMessage request)
    {
        var call = JsonNode.Parse(request.Body!)!;
        var to = call["to"]!.GetValue<string>();
        Take("vmg", long.Parse(to.StartsWith('0') ? "84" + to[1..] : to, CultureInfo.InvariantCulture), call["message"]!.GetValue<string>());
        return (200, $$"""{"errorCode": "000", "referentId": "{{call["requestId"]}}"}""");
    }

    (int, string) SpeedSms(IRequestMessage request)
    {
        var call = JsonNode.Parse(request.Body!)!;
        var numbers = call["to"]!.AsArray().Select(number => long.Parse(number!.GetValue<string>(), CultureInfo.InvariantCulture)).ToList();
        numbers.ForEach(number => Take("speedsms", number, call["content"]!.GetValue<string>()));
        return (200, $$"""{"status": "success", "code": "00", "data": {"tranId": {{numbers[0] % 1_000_000}}, "totalSMS": {{numbers.Count}}, "totalPrice": 1, "invalidPhone": []} }""");
    }

    (int, string) Twilio(IRequestMessage request)
    {
        var fields = HttpUtility.ParseQueryString(request.Body!);
        Take("twilio", long.Parse(fields["To"]!.TrimStart('+'), CultureInfo.InvariantCulture), fields["Body"]!);
        return (201, $$"""{"sid": "SM{{Guid.NewGuid():N}}", "status": "queued"}""");
    }

    void Take(string lane, long number, string text) => _taken.Add((lane, number, text));

    void Play(string path, Func<IRequestMessage, (int Status, string Body)> gateway) =>
        _server.Given(Request.Create().WithPath(path)).RespondWith(Response.Create().WithCallback(request =>
        {
            var (status, body) = gateway(request);
            return new ResponseMessage { StatusCode = status, BodyData = new BodyData { DetectedBodyType = BodyType.String, BodyAsString = body } };
        }));

    async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        await using var program = ProgramUnderTest.Start(_folder.Path, [.. arguments, "--data", "data", "--installation", "smscampaign.json"]);
        return await program.WaitAsync();
    }

    void Write()
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("samples/dak-lak-2025")))
            File.Copy(file, _folder.File(Path.GetFileName(file)));

        var campaign = File.ReadAllText(_folder.File("campaign.yaml"))
            .Replace("date: 2025-07-30", $"date: {_today:yyyy-MM-dd}", StringComparison.Ordinal)
            .Replace("reportBy: 2025-09-30", $"reportBy: {_today.AddDays(30):yyyy-MM-dd}", StringComparison.Ordinal)
            .Replace("timeZone: Asia/Ho_Chi_Minh", $"timeZone: {_zone}", StringComparison.Ordinal)
            .Replace("lanes: [viettel, vinaphone, mobifone, vietnamobile, gmobile]", "lanes: [viettel, vnpt, mobifone, esms, vmg, speedsms, twilio]\nlaneStopped: fallback", StringComparison.Ordinal);
        File.WriteAllText(_folder.File("campaign.yaml"), campaign);

        _folder.Write("secret", Secret);
        _folder.Write("smscampaign.json", JsonSerializer.Serialize(new
        {
            receipts = new { listen = "http://127.0.0.1:0" },
            numbers = new { prefixes = Repository.PathOf("config/prefixes.csv"), carriers = Repository.PathOf("config/carriers.csv"), ported = PortedLists },
            lanes = new Dictionary<string, JsonObject>
            {
                ["viettel"] = Lane("viettel", "viettel", $$"""
                    "url": "{{_server.Url}}/bulkapi", "user": "u", "password": "${file:secret}", "cpCode": "c", "mostPerCall": 20, "maxInFlight": 200
                    """),
                ["vnpt"] = Lane("vnpt", "vinaphone", $$"""
                    "url": "{{_server.Url}}/smsbn/api", "agentId": "1", "apiUser": "u", "apiPass": "${file:secret}", "userName": "u", "labelId": "1", "contractId": "1",
                    "templates": [{ "id": "8", "text": "Kính gửi {1}" }, { "id": "9", "text": "Toàn dân {1}" }], "mostPerCall": 10, "maxInFlight": 200
                    """),
                ["mobifone"] = Lane("mobifone", "mobifone", $$"""
                    "url": "{{_server.Url}}/smsg/", "user": "u", "password": "${file:secret}"
                    """),
                ["esms"] = Lane("esms", "vietnamobile", $$"""
                    "url": "{{_server.Url}}/esms/", "apiKey": "${file:secret}", "secretKey": "${file:secret}", "sandbox": true, "fallbackFor": ["vinaphone"]
                    """),
                ["vmg"] = Lane("vmg", "gmobile", $$"""
                    "url": "{{_server.Url}}/vmg/SendSMS", "token": "${file:secret}"
                    """),
                ["speedsms"] = Lane("speedsms", "itel", $$"""
                    "url": "{{_server.Url}}/speedsms/", "token": "${file:secret}", "fallbackFor": ["viettel"], "mostPerCall": 50, "maxInFlight": 100
                    """),
                ["twilio"] = Lane("twilio", "wintel", $$"""
                    "url": "{{_server.Url}}/", "accountSid": "AC0123456789abcdef0123456789abcdef", "authToken": "${file:secret}", "fallbackFor": ["mobifone"]
                    """),
            },
        }));
    }

    static JsonObject Lane(string type, string carrier, string own) => JsonNode.Parse($$"""
        { "type": "{{type}}", "standIn": true, "carriers": ["{{carrier}}"], "rate": 5000, "pricePerPart": 300, "receiptTrust": "none", "lengthTable": "care", {{own}} }
        """)!.AsObject();
}
