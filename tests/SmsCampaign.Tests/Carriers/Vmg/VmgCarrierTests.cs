using System.Text.Json;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Vmg;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Carriers.Vmg;

public class VmgCarrierTests : CarrierContract
{
    const string Own = "\"token\": \"${env:TOKEN}\", \"receiptTrust\": \"none\"";
    const string Id = VmgGateway.Id;

    protected override LaneOptions OptionsFor(Uri gateway) => Options(gateway);

    protected override PlayedGateway Gateway { get; } = new VmgGateway();

    protected override IEnumerable<string> Broken(string leak)
    {
        var text = JsonSerializer.Serialize(leak);
        return
        [
            leak,
            text,
            $$"""{"sendMessage": {"to": {{text}}}, "errorCode": {{text}}, "errorMessage": {{text}}}""",
            $$"""{"errorCode": "019", "errorMessage": {{text}}}""",
            $$"""{"errorCode": "000", "referentId": {{text}}}""",
            $$"""{ {{text}}: 1}""",
        ];
    }

    VmgLaneOptions Options(Uri? gateway = null) => new()
    {
        Type = "vmg",
        StandIn = true,
        Carriers = ["viettel"],
        Rate = 10,
        LengthTable = LengthTable.Care,
        Url = gateway ?? new Uri(Server.Url + "/"),
        Token = Secret,
        Secrets = [Secret],
        Mnp = new VmgMnpOptions
        {
            Url = new Uri(gateway ?? new Uri(Server.Url + "/"), "api/VMG/CheckMnp"),
            Networks = new() { ["01"] = "viettel", ["04"] = "vietnamobile" },
        },
    };

    [Fact]
    public async Task A_message_is_posted_as_the_document_says()
    {
        Answer(200, AcceptingAnswer([Some]));

        var result = Assert.Single(await Carrier(Options(new Uri(Server.Url + "/api/SMSBrandname/SendSMS"))).SendAsync(
            [Some with { Attempt = 7 }], CancellationToken.None));

        Assert.Equal((SendOutcome.Accepted, Id), (result.Outcome, result.CarrierMessageId));
        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal(
            ("POST", "/api/SMSBrandname/SendSMS", Secret),
            (request.Method, request.Path, request.Headers!["token"].Single()));
        Assert.StartsWith("application/json", request.Headers["Content-Type"].Single(), StringComparison.Ordinal);
        Assert.Equal(
            [
                ("to", "84912345678"), ("telco", ""), ("type", "1"), ("from", "CHINH PHU"), ("message", Text),
                ("scheduled", ""), ("requestId", "c1-0000001-7"), ("useUnicode", "1"), ("ext", "{}"),
            ],
            Fields(request.Body!));
    }

    [Theory]
    [InlineData("Phong, chong mua ban nguoi", "0")]
    [InlineData("Phòng", "1")] // in the GSM alphabet, but with diacritics
    [InlineData("""A & B < C > D "E" 'F' \ G""", "0")]
    [InlineData("Đồng bào \"ơi\" & …", "1")]
    public async Task A_text_arrives_letter_by_letter(string written, string unicode)
    {
        Answer(200, AcceptingAnswer([Some]));
        var options = Options();
        options.Telco = "01";

        await Carrier(options).SendAsync([Some with { Text = SmsText.Compose(written) }], CancellationToken.None);

        var fields = Fields(Assert.Single(Server.LogEntries).RequestMessage!.Body!);
        Assert.Contains(("message", written), fields);
        Assert.Contains(("useUnicode", unicode), fields);
        Assert.Contains(("telco", "01"), fields);
    }

    [Theory]
    [InlineData("001", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("002", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("003", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("005", SendOutcome.Rejected, FailureClass.Number, null)]
    [InlineData("006", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("007", SendOutcome.Rejected, FailureClass.Content, null)]
    [InlineData("008", SendOutcome.Rejected, FailureClass.Content, null)]
    [InlineData("009", SendOutcome.Rejected, FailureClass.Content, null)]
    [InlineData("010", SendOutcome.Rejected, FailureClass.Content, null)]
    [InlineData("011", SendOutcome.Rejected, FailureClass.Content, null)]
    [InlineData("012", SendOutcome.Rejected, FailureClass.Number, null)]
    [InlineData("013", SendOutcome.Rejected, FailureClass.Number, null)]
    [InlineData("014", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("015", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("016", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("017", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("018", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("019", SendOutcome.Rejected, FailureClass.Number, null)]
    [InlineData("020", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("021", SendOutcome.Deferred, null, Deferral.Closed)]
    [InlineData("022", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("024", SendOutcome.Rejected, FailureClass.Content, null)]
    [InlineData("025", SendOutcome.Rejected, FailureClass.Content, null)]
    [InlineData("100", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("101", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("102", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("103", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("801", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("802", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("803", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("804", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("805", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("904", SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData("999", SendOutcome.Uncertain, null, null)] // the server's error: before or after it took the message
    [InlineData("023", SendOutcome.Uncertain, null, null)] // in no table: kept by its name
    [InlineData("UNKNOWN", SendOutcome.Uncertain, null, null)]
    public async Task A_refusal_means_what_its_code_says(
        string code, SendOutcome outcome, FailureClass? failure, Deferral? deferral)
    {
        Answer(200, $$"""{"sendMessage": null, "errorCode": "{{code}}", "errorMessage": "no", "referentId": null}""");

        var result = await SendAsync();

        Assert.Equal((outcome, failure, deferral), (result.Outcome, result.Failure, result.Deferral));
        Assert.Contains($"code {code}", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, true, null)] // the gateway found the network: it is this number's own
    [InlineData("01", false, Deferral.Configuration)] // it is the lane's
    public async Task A_network_that_is_not_allowed_is_the_numbers_or_the_lanes(
        string? telco, bool isWrongNetwork, Deferral? deferral)
    {
        Answer(200, """{"errorCode": "012"}""");
        var options = Options();
        options.Telco = telco;

        var result = Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None));

        Assert.Equal((isWrongNetwork, deferral), (result.IsWrongNetwork, result.Deferral));
    }

    [Theory]
    [InlineData(200, $$"""{"errorCode": "304", "referentId": "{{Id}}"}""", SendOutcome.Accepted, Id)] // taken before
    [InlineData(200, """{"errorCode": 304}""", SendOutcome.Accepted, null)]
    [InlineData(200, """{"errorCode": 0}""", SendOutcome.Accepted, null)]
    [InlineData(200, """{"errorCode": "000", "referentId": "84912345678"}""", SendOutcome.Accepted, null)]
    [InlineData(200, """{"errorCode": "0"}""", SendOutcome.Uncertain, null)]
    [InlineData(200, """{"errorCode": null}""", SendOutcome.Uncertain, null)]
    [InlineData(200, """{"errorCode": ""}""", SendOutcome.Uncertain, null)]
    [InlineData(500, """{"errorCode": "000"}""", SendOutcome.Uncertain, null)]
    [InlineData(400, """{"errorCode": "304"}""", SendOutcome.Uncertain, null)] // who knows which of the two is right
    [InlineData(400, """{"errorCode": "014"}""", SendOutcome.Deferred, null)] // the code says more than the status
    [InlineData(401, """{"errorCode": "777"}""", SendOutcome.Deferred, null)] // the status decides
    public async Task An_answer_counts_as_taken_only_where_it_says_so(
        int status, string body, SendOutcome outcome, string? id)
    {
        Answer(status, body);

        var result = await SendAsync();

        Assert.Equal((outcome, id), (result.Outcome, result.CarrierMessageId));
    }

    [Theory]
    [InlineData("""{"errorCode": "000", "data": [{"currentTelco": "04"}]}""", "vietnamobile")]
    // the lane's settings do not name it
    [InlineData("""{"errorCode": "000", "data": [{"currentTelco": "09"}]}""", null)]
    [InlineData("""{"errorCode": "000", "data": [{"currentTelco": null}]}""", null)] // no valid number
    [InlineData("""{"errorCode": "000", "data": []}""", null)]
    [InlineData("""{"errorCode": "000", "data": [{"currentTelco": "01"}, {"currentTelco": "04"}]}""", null)]
    [InlineData("""{"errorCode": "000", "data": ["01"]}""", null)]
    [InlineData("""{"errorCode": "100", "data": [{"currentTelco": "01"}]}""", null)]
    [InlineData("""{"data": [{"currentTelco": "01"}]}""", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    public async Task The_network_of_a_number_is_asked_for(string body, string? expected)
    {
        Answer(200, body);
        var carrier = (INetworkLookup)Carrier(Options());

        Assert.True(carrier.LooksUpNetworks);
        Assert.Equal(expected, await carrier.FindNetworkAsync(Some.To, CancellationToken.None));
        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal(
            ("POST", "/api/VMG/CheckMnp", Secret), (request.Method, request.Path, request.Headers!["token"].Single()));
        Assert.Equal([("phoneNumber", "0912345678")], Fields(request.Body!));
    }

    [Fact]
    public async Task Where_the_gateway_does_not_answer_no_network_is_found()
    {
        using var gateway = new RawGateway(_ => null);
        Assert.Null(
            await ((INetworkLookup)Carrier(Options(gateway.Url))).FindNetworkAsync(Some.To, CancellationToken.None));

        Answer(503, """{"errorCode": "000", "data": [{"currentTelco": "01"}]}""");
        Assert.Null(await ((INetworkLookup)Carrier(Options())).FindNetworkAsync(Some.To, CancellationToken.None));

        using var silent = new RawGateway(_ => "");
        using var stop = new CancellationTokenSource();
        var asking = ((INetworkLookup)Carrier(Options(silent.Url))).FindNetworkAsync(Some.To, stop.Token);
        while (silent.Requests == 0)
            await Task.Yield();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task A_lane_without_the_section_asks_nothing()
    {
        var options = Options();
        options.Mnp = null;
        var carrier = (INetworkLookup)Carrier(options);

        Assert.False(carrier.LooksUpNetworks);
        Assert.Null(await carrier.FindNetworkAsync(Some.To, CancellationToken.None));
        Assert.Empty(Server.LogEntries);
    }

    [Fact]
    public void A_text_that_the_gateway_would_count_otherwise_is_named()
    {
        var options = Options();
        Assert.Empty(options.FaultsOf(SmsText.Compose("café")));

        options.LengthTable = LengthTable.Standard;

        Assert.Single(options.FaultsOf(SmsText.Compose("café")));
        Assert.Empty(options.FaultsOf(SmsText.Compose(Text)));
    }

    [Fact]
    public void A_lane_needs_no_more_than_its_account()
    {
        var (options, problems) = LaneSection.Read("vmg", Own);

        Assert.Empty(problems);
        var vmg = Assert.IsType<VmgLaneOptions>(options);
        Assert.Equal(
            ("t0ken", "https://api.brandsms.vn/api/SMSBrandname/SendSMS", null),
            (vmg.Token, vmg.Url.AbsoluteUri, vmg.Telco));
    }

    [Theory]
    [InlineData("\"telco\": \"01\"")]
    [InlineData("\"standIn\": true, \"url\": \"http://127.0.0.1:8080/\"")]
    [InlineData("\"mnp\": { \"networks\": { \"01\": \"viettel\" } }")]
    public void What_may_be_set_can_be(string setting) => Assert.Empty(LaneSection.Read("vmg", Own, setting).Problems);

    [Theory]
    [InlineData("\"token\": \"0123456789\"", "token", "may not stand in this file")]
    [InlineData("\"url\": \"http://api.brandsms.vn/api/SMSBrandname/SendSMS\"", "url", "https")]
    [InlineData("\"mostPerCall\": 2", "mostPerCall", "one care message a call")]
    [InlineData("\"telco\": \"0 1\"", "telco", "A-Za-z0-9")]
    [InlineData("\"telco\": \"01\", \"carriers\": [\"viettel\", \"vinaphone\"]", "telco", "several carriers")]
    [InlineData("\"telco\": \"01\", \"fallbackFor\": [\"vinaphone\"]", "telco", "several carriers")]
    [InlineData("\"receiptTrust\": \"network\"", "receiptTrust", "must be none")]
    [InlineData("\"standIn\": true", "standIn", "real phones")]
    [InlineData("\"mnp\": { }", "mnp.networks", "missing")]
    [InlineData("\"mnp\": { \"networks\": { \"01\": \" \" } }", "mnp.networks.01", "carrier table")]
    [InlineData(
        "\"mnp\": { \"url\": \"http://mnp.brandsms.vn/\", \"networks\": { \"01\": \"viettel\" } }", "mnp.url", "https")]
    public void A_setting_that_is_wrong_is_named(string setting, string key, string expected)
    {
        var (at, what) = LaneSection.FaultOf("vmg", Own, setting);

        Assert.Equal(key, at);
        Assert.Contains(expected, what, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a\r\nX: y")]
    [InlineData("ă")]
    public void A_token_that_no_header_can_hold_is_refused(string token)
    {
        var options = Options();
        (options.Token, options.ReceiptTrust) = (token, ReceiptTrust.None);

        Assert.Equal("token", Assert.Single(((ICheckedSettings)options).Check()).Key);
    }

    static List<(string, string)> Fields(string json) =>
        [.. JsonDocument.Parse(json).RootElement
            .EnumerateObject()
            .Select(field => (field.Name, field.Value.ToString()))];
}
