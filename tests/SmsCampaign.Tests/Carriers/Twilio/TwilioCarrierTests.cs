using System.Text;
using System.Text.Json;
using System.Web;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Twilio;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Twilio;

public class TwilioCarrierTests : CarrierContract
{
    const string Account = TwilioGateway.Account;
    const string Sid = TwilioGateway.Sid;

    protected override LaneOptions OptionsFor(Uri gateway) => Options(gateway);

    protected override PlayedGateway Gateway { get; } = new TwilioGateway();

    protected override IEnumerable<string> Broken(string leak)
    {
        var text = JsonSerializer.Serialize(leak);
        return
        [
            leak, text, $$"""{"code": {{text}}, "message": {{text}}}""", $$"""{"code": 21211, "message": {{text}}}""",
            $$"""{"sid": {{text}}, "status": "queued"}""", $$"""{"sid": "{{Sid}}", "status": "failed", "error_code": {{text}}}""", $$"""{ {{text}}: 1}""",
        ];
    }

    TwilioLaneOptions Options(Uri? gateway = null) => new()
    {
        Type = "twilio",
        StandIn = true,
        Carriers = ["viettel"],
        Rate = 10,
        Url = gateway ?? new Uri(Server.Url + "/"),
        AccountSid = Account,
        AuthToken = Secret,
        Secrets = [Secret],
        StatusCallback = new Uri("https://sms.example/receipts/twilio"),
        Inquiry = new TwilioInquiryOptions(),
    };

    [Fact]
    public async Task A_message_is_posted_as_the_document_says()
    {
        Answer(201, AcceptingAnswer([Some]));
        var options = Options();
        options.ValidityPeriod = TimeSpan.FromMinutes(30);

        var result = Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None));

        Assert.Equal((SendOutcome.Accepted, Sid), (result.Outcome, result.CarrierMessageId));
        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal(("POST", $"/2010-04-01/Accounts/{Account}/Messages.json"), (request.Method, request.Path));
        Assert.Equal(
            "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Account}:{Secret}")),
            request.Headers!["Authorization"].Single());
        Assert.StartsWith(
            "application/x-www-form-urlencoded", request.Headers["Content-Type"].Single(), StringComparison.Ordinal);
        Assert.Equal(
            [
                ("Body", Text), ("From", "CHINH PHU"), ("SmartEncoded", "false"),
                ("StatusCallback", "https://sms.example/receipts/twilio?reference=c1-0000001"),
                ("To", "+84912345678"),
                ("ValidityPeriod", "1800"),
            ],
            Fields(request.Body!));
    }

    [Fact]
    public async Task A_messaging_service_chooses_the_sender_and_a_key_can_log_in()
    {
        Answer(201, AcceptingAnswer([Some]));
        var options = Options();
        (options.MessagingServiceSid, options.ApiKey, options.ApiKeySecret, options.StatusCallback) =
            ("MG" + Sid[2..], "SK" + Sid[2..], "key-secret", null);

        await Carrier(options).SendAsync([Some], CancellationToken.None);

        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal(
            "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"SK{Sid[2..]}:key-secret")),
            request.Headers!["Authorization"].Single());
        Assert.Equal(
            [
                ("Body", Text),
                ("MessagingServiceSid", "MG" + Sid[2..]),
                ("SmartEncoded", "false"),
                ("To", "+84912345678"),
            ],
            Fields(request.Body!));
    }

    [Theory]
    [InlineData(400, 21211, SendOutcome.Rejected, FailureClass.Number, null)]
    [InlineData(400, 21610, SendOutcome.Rejected, FailureClass.Number, null)]
    [InlineData(400, 21614, SendOutcome.Rejected, FailureClass.Number, null)]
    [InlineData(400, 21617, SendOutcome.Rejected, FailureClass.Content, null)]
    [InlineData(400, 30007, SendOutcome.Rejected, FailureClass.Content, null)]
    [InlineData(400, 30034, SendOutcome.Rejected, FailureClass.Sender, null)]
    // a person can mend it: no message is written off
    [InlineData(403, 21408, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(400, 21606, SendOutcome.Deferred, null, Deferral.Configuration)]
    // one number that cannot be reached does not hold the lane
    [InlineData(400, 21612, SendOutcome.Deferred, null, Deferral.Busy)]
    [InlineData(401, 20003, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(400, 63038, SendOutcome.Deferred, null, Deferral.Closed)]
    [InlineData(429, 20429, SendOutcome.Deferred, null, Deferral.TooFast)]
    [InlineData(400, 21611, SendOutcome.Deferred, null, Deferral.TooFast)]
    [InlineData(400, 29999, SendOutcome.Rejected, FailureClass.Unknown, null)] // in no table: kept by its number
    [InlineData(500, 20500, SendOutcome.Uncertain, null, null)]
    public async Task A_refusal_means_what_its_code_says(
        int status, int code, SendOutcome outcome, FailureClass? failure, Deferral? deferral)
    {
        Answer(
            status,
            $$"""{"code": {{code}}, "message": "no", "more_info": "https://www.twilio.com/docs/errors/{{code}}", "status": {{status}}}""");

        var result = await SendAsync();

        Assert.Equal((outcome, failure, deferral), (result.Outcome, result.Failure, result.Deferral));
        Assert.Contains(status == 500 ? "500" : $"{code}", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"sid": "SM1", "status": "queued"}""", SendOutcome.Uncertain, null)] // no SID
    [InlineData("""{"sid": "\ud800", "status": "queued"}""", SendOutcome.Uncertain, null)]
    [InlineData($$"""{"sid": "{{Sid}}", "status": "queued"} x""", SendOutcome.Uncertain, null)]
    [InlineData(
        $$"""{"sid": "{{Sid}}", "status": "failed", "error_code": 30034}""", SendOutcome.Rejected, FailureClass.Sender)]
    [InlineData(
        $$"""{"sid": "{{Sid}}", "status": "failed", "error_code": 30001}""",
        SendOutcome.Rejected,
        FailureClass.Unknown)] // made and failed: its callback is on the way
    [InlineData($$"""{"sid": "{{Sid}}", "status": "failed"}""", SendOutcome.Rejected, FailureClass.Unknown)]
    [InlineData("""{"\ud800sid": "x", "status": "queued"}""", SendOutcome.Uncertain, null)]
    [InlineData(
        $$"""{"sid": "{{Sid}}", "status": "failed", "\ud800error_code": null}""", SendOutcome.Rejected, FailureClass.Unknown)]
    // no code of Twilio's
    [InlineData($$"""{"sid": "{{Sid}}", "status": "failed", "error_code": 84912345678}""", SendOutcome.Uncertain, null)]
    [InlineData(
        $$"""{"sid": "{{Sid}}", "status": "queued", "date_sent": "the day before yesterday"}""", SendOutcome.Uncertain, null)]
    public async Task A_success_is_looked_at_too(string body, SendOutcome outcome, FailureClass? failure)
    {
        Answer(201, body);

        var result = await SendAsync();

        Assert.Equal((outcome, failure), (result.Outcome, result.Failure));
    }

    [Fact]
    public async Task A_refusal_with_a_broken_name_in_it_is_still_a_refusal()
    {
        Answer(400, """{"\ud800code": 21211}""");

        var result = await SendAsync();

        Assert.Equal((SendOutcome.Rejected, FailureClass.Unknown), (result.Outcome, result.Failure));
    }

    [Theory]
    [InlineData("queued", "", MessageStatus.Accepted, null, "queued")]
    [InlineData("sending", "", MessageStatus.Accepted, null, "sending")]
    [InlineData("sent", "", MessageStatus.Sent, null, "sent")]
    [InlineData("partially_delivered", "", MessageStatus.Sent, null, "partially_delivered")]
    [InlineData("delivered", "", MessageStatus.Delivered, null, "delivered")]
    [InlineData("undelivered", "30003", MessageStatus.Failed, FailureClass.Network, "30003")]
    [InlineData("undelivered", "30005", MessageStatus.Failed, FailureClass.Number, "30005")]
    [InlineData("failed", "30036", MessageStatus.Failed, FailureClass.Expired, "30036")]
    [InlineData("failed", "63038", MessageStatus.Failed, FailureClass.Quota, "63038")]
    [InlineData("failed", "39999", MessageStatus.Failed, FailureClass.Unknown, "39999")]
    [InlineData("failed", "x", MessageStatus.Failed, FailureClass.Unknown, "failed")]
    public void A_callback_is_read(
        string status, string error, MessageStatus expected, FailureClass? failure, string code)
    {
        var receipt = Assert.Single(
            Read($"MessageSid={Sid}&MessageStatus={status}&ErrorCode={error}&To=%2B84912345678"));

        Assert.Equal(
            ("c1-0000001", Sid, expected, failure, code),
            (receipt.Reference, receipt.CarrierMessageId, receipt.Status, receipt.Failure, receipt.Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MessageStatus=sent")]
    [InlineData($"MessageSid={Sid}")]
    [InlineData("MessageSid=84912345678&MessageStatus=sent")]
    [InlineData($"MessageSid={Sid}&MessageStatus=received")] // of a message to us
    public void A_callback_that_is_none_is_refused(string body)
    {
        var refused = Assert.Throws<FormatException>(() => Read(body));

        Assert.DoesNotContain("84912345678", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"sid": "SID", "status": "delivered", "error_code": null}""", MessageStatus.Delivered)]
    [InlineData("""{"sid": "SID", "status": "undelivered", "error_code": 30005}""", MessageStatus.Failed)]
    [InlineData("""{"sid": "SID", "status": "partially_delivered", "error_code": null}""", MessageStatus.Sent)]
    public async Task A_message_is_asked_about_by_its_sid(string body, MessageStatus expected)
    {
        Answer(200, body.Replace("SID", Sid, StringComparison.Ordinal));

        var answer = await AskAsync();

        Assert.Equal((expected, "c1-0000001"), (answer.Receipt?.Status, answer.Receipt?.Reference));
        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal(("GET", $"/2010-04-01/Accounts/{Account}/Messages/{Sid}.json"), (request.Method, request.Path));
        Assert.StartsWith("Basic ", request.Headers!["Authorization"].Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "", true)]
    [InlineData(401, "", false)]
    [InlineData(429, "", false)]
    [InlineData(500, "", false)]
    [InlineData(302, "", false)]
    [InlineData(200, "", false)]
    [InlineData(200, "[]", false)]
    [InlineData(200, """{"sid": "SM00000000000000000000000000000000", "status": "delivered"}""", false)] // of another
    [InlineData(200, $$"""{"sid": "{{Sid}}", "status": "received"}""", false)]
    [InlineData(200, $$"""{"sid": "{{Sid}}"}""", false)]
    public async Task An_answer_that_says_nothing_changes_nothing(int status, string body, bool isNotThere)
    {
        Answer(status, body);

        var answer = await AskAsync();

        Assert.Null(answer.Receipt);
        Assert.Equal(isNotThere, answer.IsNotThere);
        Assert.DoesNotContain(Secret, answer.Reason ?? "", StringComparison.Ordinal);
    }

    /// <summary>Some of the package's ways print each request where this variable says so.</summary>
    [Fact]
    public async Task Whatever_the_environment_says_the_package_prints_nothing()
    {
        Answer(201, AcceptingAnswer([Some]));
        var (output, console) = (new StringWriter(), Console.Out);
        Environment.SetEnvironmentVariable("TWILIO_LOG_LEVEL", "debug");
        Console.SetOut(output);
        try
        {
            await SendAsync();
            await AskAsync();
        }
        finally
        {
            Console.SetOut(console);
            Environment.SetEnvironmentVariable("TWILIO_LOG_LEVEL", null);
        }

        Assert.DoesNotContain(Account, output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What Twilio's package throws names the address, the account and what was answered.</summary>
    [Fact]
    public async Task A_fault_of_the_package_gives_nothing_away()
    {
        using var http = new HttpMessageInvoker(new BrokenHandler());

        var fault = await Assert.ThrowsAnyAsync<Exception>(
            () => new TwilioCarrier(Options(), http).SendAsync([Some], CancellationToken.None));

        foreach (var kept in new[] { Secret, Account, Some.To.Digits, Text, Some.Sender })
            Assert.DoesNotContain(kept, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_signed_callback_is_taken()
    {
        var carrier = (ISignedReceipts)Carrier(Options());
        var body = Encoding.UTF8.GetBytes($"MessageSid={Sid}&MessageStatus=sent");
        // HMAC-SHA1 of the address and both fields, key s3cret, made elsewhere
        const string signature = "h4s/+bGhJOeP9DBhndk0KUuyhH0=";

        Assert.True(carrier.IsSigned(new("reference=c1-0000001", body, _ => signature)));
        Assert.False(carrier.IsSigned(new("reference=c1-0000002", body, _ => signature)));
        Assert.False(carrier.IsSigned(new("reference=c1-0000001", body, _ => null)));
        Assert.False(carrier.IsSigned(new(
            "reference=c1-0000001",
            Encoding.UTF8.GetBytes($"MessageSid={Sid}&MessageStatus=delivered"),
            _ => signature)));
    }

    sealed class BrokenHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new NotSupportedException("a fault of the program");
    }

    async Task<QueryAnswer> AskAsync() => Assert.Single(await ((IReceiptQuery)Carrier(Options())).AskAsync(
        [new QueriedSms("c1-0000001", Sid)], CancellationToken.None));

    IReadOnlyList<DeliveryReceipt> Read(string body) =>
        ((IReceiptSource)Carrier(Options())).ReadReceipts(new ReceiptCallback(
            new Dictionary<string, string> { ["reference"] = "c1-0000001" },
            Encoding.UTF8.GetBytes(body),
            "application/x-www-form-urlencoded"));

    static List<(string, string)> Fields(string form)
    {
        var fields = HttpUtility.ParseQueryString(form);
        return [.. fields.AllKeys.Order(StringComparer.Ordinal).Select(name => (name!, fields[name]!))];
    }
}
