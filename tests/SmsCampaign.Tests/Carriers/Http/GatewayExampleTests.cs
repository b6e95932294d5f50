using System.Text;
using System.Web;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace SmsCampaign.Tests.Carriers.Http;

/// <summary>The gateways that config/gateways describes as data send what their documents say.</summary>
public sealed class GatewayExampleTests : IDisposable
{
    static readonly OutboundSms Some = new(
        "c1-0000001", new PhoneNumber(84921234567), "CHINH PHU", SmsText.Compose("Phòng, chống mua bán người"));

    readonly WireMockServer _server = WireMockServer.Start();

    public void Dispose() => _server.Dispose();

    public static TheoryData<string> All =>
        [.. Directory.GetFiles(Repository.PathOf("config/gateways"), "*.json").Select(
            path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(All))]
    public void It_is_read_without_a_fault_and_holds_no_secret(string name)
    {
        var reading = Read(name);

        Assert.Empty(reading.Problems);
        Assert.NotEmpty(Assert.Single(reading.Installation!.Lanes).Options.Secrets);
    }

    [Fact]
    public async Task Abenla_takes_a_message_as_a_query()
    {
        var result = Assert.Single(
            await SendAsync("abenla", """{"Code": 106, "Message": "Success", "SmsPerMessage": 1}""", Some));

        Assert.Equal(SendOutcome.Accepted, result.Outcome);
        var request = Assert.Single(_server.LogEntries).RequestMessage!;
        Assert.Equal(("GET", "/api/SendSms"), (request.Method, request.Path));
        Assert.Equal(
            "loginName=v&sign=v&serviceTypeId=v&phoneNumber=84921234567&message=Phòng, chống mua bán "
                + "người&brandName=CHINH PHU&callBack=false&smsGuid=c1-0000001",
            string.Join('&', Fields(request.RawQuery!)));
    }

    [Theory]
    [InlineData(102, SendOutcome.Deferred, Deferral.Configuration, null)]
    [InlineData(105, SendOutcome.Deferred, Deferral.Configuration, null)]
    [InlineData(108, SendOutcome.Deferred, Deferral.Configuration, null)]
    [InlineData(117, SendOutcome.Rejected, null, FailureClass.Content)]
    [InlineData(110, SendOutcome.Uncertain, null, null)] // "send fail": it does not say when
    public async Task Abenla_says_by_a_code_what_came_of_it(
        int code, SendOutcome outcome, Deferral? deferral, FailureClass? failure)
    {
        var result = Assert.Single(await SendAsync("abenla", $$"""{"Code": {{code}}, "Message": "no"}""", Some));

        Assert.Equal((outcome, deferral, failure), (result.Outcome, result.Deferral, result.Failure));
    }

    [Fact]
    public async Task Stringee_takes_a_list_and_answers_in_its_order()
    {
        var results = await SendAsync(
            "stringee",
            """{"smsSent": 1, "result": [{"price": 300, "smsType": 2, "r": 0, "msg": "ok"}, {"price": 0, "smsType": 2, "r": 1, "msg": "no"}]}""",
            Some,
            Some with { To = new PhoneNumber(84921234568) });

        Assert.Equal([SendOutcome.Accepted, SendOutcome.Uncertain], results.Select(result => result.Outcome));
        var request = Assert.Single(_server.LogEntries).RequestMessage!;
        Assert.Equal(("/v1/sms", "v"), (request.Path, request.Headers!["X-STRINGEE-AUTH"].Single()));
        Assert.Equal(
            """{"sms":[{"from":"CHINH PHU","to":"84921234567","text":"Phòng, chống mua bán người"},{"from":"CHINH PHU","to":"84921234568","text":"Phòng, chống mua bán người"}]}""",
            request.Body);
    }

    [Theory]
    [InlineData("Phòng, chống", "8")]
    [InlineData("Phong, chong", "0")]
    public async Task VietGuys_takes_a_form_and_is_told_the_alphabet(string text, string type)
    {
        var result = Assert.Single(await SendAsync(
            "vietguys",
            """{"error": 0, "msgid": "m-17", "message": "ok"}""",
            Some with { Text = SmsText.Compose(text) }));

        Assert.Equal((SendOutcome.Accepted, "m-17"), (result.Outcome, result.CarrierMessageId));
        Assert.Equal(
            $"u=v&pwd=v&from=CHINH PHU&phone=84921234567&sms={text}&bid=c1-0000001&type={type}&json=1",
            string.Join('&', Fields(Assert.Single(_server.LogEntries).RequestMessage!.Body!)));
    }

    [Theory]
    [InlineData("sent", MessageStatus.Sent)]
    [InlineData("delivered", MessageStatus.Delivered)]
    [InlineData("fail", MessageStatus.Failed)]
    public void VietGuys_calls_back_with_its_id(string status, MessageStatus expected)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        var carrier = (IReceiptSource)CarrierTypes.CreateCarrier(Read("vietguys").Installation!.Lanes[0], http);

        var receipt = Assert.Single(carrier.ReadReceipts(new ReceiptCallback(
            new Dictionary<string, string>(),
            Encoding.UTF8.GetBytes($$"""{"data": {"message_id": "m-17", "status": "{{status}}"} }"""),
            "application/json")));

        Assert.Equal(("m-17", expected), (receipt.CarrierMessageId, receipt.Status));
        Assert.False(carrier.RepeatsReference);
    }

    async Task<IReadOnlyList<SendResult>> SendAsync(string name, string answer, params OutboundSms[] messages)
    {
        _server.Given(Request.Create().UsingAnyMethod()).RespondWith(Response.Create().WithBody(answer));
        var lane = Assert.Single(Read(name).Installation!.Lanes);
        var options = (HttpLaneOptions)lane.Options;
        options.Url = new Uri(new Uri(_server.Url!), options.Url!.PathAndQuery);
        using var http = CarrierHttp.CreateSender(options);
        return await CarrierTypes.CreateCarrier(lane, http).SendAsync(messages, CancellationToken.None);
    }

    static InstallationReading Read(string name)
    {
        var path = Repository.PathOf($"config/gateways/{name}.json");
        return Installation.Read(path, new AnyVariable());
    }

    static IEnumerable<string> Fields(string form)
    {
        var fields = HttpUtility.ParseQueryString(form);
        return fields.AllKeys.Select(name => $"{name}={fields[name]}");
    }

    /// <summary>Every variable is there, with the value v (a secret of a callback is longer).</summary>
    sealed class AnyVariable : Dictionary<string, string>, IReadOnlyDictionary<string, string>
    {
        bool IReadOnlyDictionary<string, string>.TryGetValue(string key, out string value)
        {
            value = key.EndsWith("CALLBACK_SECRET", StringComparison.Ordinal) ? new string('s', 32) : "v";
            return true;
        }
    }
}
