using System.Text;
using System.Text.Json;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.SpeedSms;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Carriers.SpeedSms;

public class SpeedSmsCarrierTests : CarrierContract
{
    protected override LaneOptions OptionsFor(Uri gateway) => Options(gateway);

    protected override PlayedGateway Gateway { get; } = new SpeedSmsGateway();

    protected override IEnumerable<string> Broken(string leak)
    {
        var text = JsonSerializer.Serialize(leak);
        return
        [
            leak,
            text,
            $$"""{"status": {{text}}, "code": {{text}}, "message": {{text}}}""",
            $$"""{"status": "error", "code": {{text}}, "message": {{text}}}""",
            $$"""{"status": "error", "code": "105", "message": {{text}}, "invalidPhone": [{{text}}]}""",
            $$"""{"status": "success", "code": {{text}}, "data": {"tranId": 1} }""",
            $$"""{"status": "success", "code": "00", "data": {"tranId": {{text}}, "invalidPhone": [{{text}}] } }""",
            Taken($"[{text}]"),
            $$"""{"status": "error", "code": 912345678}""",
            $$"""{"status": "success", "code": 912345678}""",
            $$"""{ {{text}}: 1}""",
        ];
    }

    SpeedSmsLaneOptions Options(Uri? gateway = null) => new()
    {
        Type = "speedsms",
        StandIn = true,
        Carriers = ["viettel"],
        Rate = 100,
        Url = gateway ?? new Uri(Server.Url + "/index.php/"),
        Token = Secret,
        Secrets = [Secret],
        MostPerCall = 100,
        Failures = new() { ["96"] = FailureClass.Network },
        Inquiry = new SpeedSmsInquiryOptions(),
    };

    [Theory]
    [InlineData("Phòng, chống & \"mua bán\" <người> 'x' \\ \n 😀")]
    [InlineData("Phong chong")]
    public async Task A_list_is_posted_as_the_document_says(string text)
    {
        Answer(200, Taken());
        var messages = Many(2, text);

        var results = await Carrier(Options()).SendAsync(messages, CancellationToken.None);

        Assert.All(
            results,
            result => Assert.Equal((SendOutcome.Accepted, "123456"), (result.Outcome, result.CarrierMessageId)));
        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal(("POST", "/index.php/sms/send"), (request.Method, request.Path));
        Assert.Equal(
            "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret + ":x")),
            request.Headers!["Authorization"].Single());
        Assert.Equal("application/json; charset=utf-8", request.Headers["Content-Type"].Single());
        var body = JsonDocument.Parse(request.BodyAsBytes!).RootElement;
        Assert.Equal(["to", "content", "sms_type", "sender"], body.EnumerateObject().Select(field => field.Name));
        Assert.Equal(
            ["84912345678", "84912345679"],
            body.GetProperty("to").EnumerateArray().Select(number => number.GetString()));
        Assert.Equal((text, 3, "CHINH PHU"), (
            body.GetProperty("content").GetString(),
            body.GetProperty("sms_type").GetInt32(),
            body.GetProperty("sender").GetString()));
    }

    [Fact]
    public async Task The_kind_of_message_is_the_lanes_setting()
    {
        Answer(200, Taken());
        var options = Options();
        options.SmsType = 2;

        await Carrier(options).SendAsync([Some with { Sender = "A\"B" }], CancellationToken.None);

        var body = JsonDocument.Parse(Assert.Single(Server.LogEntries).RequestMessage!.Body!).RootElement;
        Assert.Equal((2, "A\"B"), (body.GetProperty("sms_type").GetInt32(), body.GetProperty("sender").GetString()));
    }

    [Fact]
    public async Task Messages_that_cannot_share_a_call_go_one_by_one()
    {
        Answer(200, Taken());
        OutboundSms[][] lists =
            [[Some, Some with { Text = SmsText.Compose("khác") }], [Some, Some with { Sender = "B" }]];

        foreach (var list in lists)
            Assert.All(
                await Carrier(Options()).SendAsync(list, CancellationToken.None),
                result => Assert.Equal(Deferral.Split, result.Deferral));

        Assert.Empty(Server.LogEntries);
    }

    [Theory]
    [InlineData("007", SendOutcome.Deferred, null, Deferral.Configuration, Deferral.Configuration)]
    [InlineData("008", SendOutcome.Deferred, null, Deferral.Configuration, Deferral.Configuration)]
    [InlineData("009", SendOutcome.Deferred, null, Deferral.Configuration, Deferral.Configuration)]
    // a mistake of ours fails nobody
    [InlineData("101", SendOutcome.Deferred, null, Deferral.Configuration, Deferral.Configuration)]
    [InlineData("105", SendOutcome.Rejected, FailureClass.Number, null, Deferral.Split)]
    [InlineData("110", SendOutcome.Rejected, FailureClass.Content, null, null)]
    [InlineData("113", SendOutcome.Rejected, FailureClass.Content, null, null)]
    [InlineData("300", SendOutcome.Deferred, null, Deferral.Configuration, Deferral.Configuration)]
    [InlineData("429", SendOutcome.Deferred, null, Deferral.TooFast, Deferral.TooFast)]
    [InlineData("500", SendOutcome.Uncertain, null, null, null)] // it may have failed with half of the list taken
    [InlineData("999", SendOutcome.Uncertain, null, null, null)] // in no table
    public async Task A_code_means_what_the_document_says(
        string code, SendOutcome outcome, FailureClass? failure, Deferral? alone, Deferral? ofList)
    {
        foreach (var written in new[] { $"\"{code}\"", code.TrimStart('0') })
        {
            Answer(200, $$"""{"status": "error", "code": {{written}}, "message": "no"}""");

            var result = await SendAsync();
            var list = await Carrier(Options()).SendAsync(Many(2), CancellationToken.None);

            Assert.Equal((outcome, failure, alone), (result.Outcome, result.Failure, result.Deferral));
            Assert.Contains($"code {code}", result.Reason, StringComparison.Ordinal);
            Assert.All(list, each => Assert.Equal(ofList, each.Deferral));
        }
    }

    [Theory]
    [InlineData(400, """{"status": "error", "code": "105"}""", SendOutcome.Rejected, null)]
    [InlineData(400, """{"status": "error", "code": "999"}""", SendOutcome.Rejected, null)] // the HTTP status says it
    [InlineData(500, """{"status": "error", "code": "300"}""", SendOutcome.Deferred, Deferral.Configuration)]
    // it contradicts itself
    [InlineData(500, """{"status": "success", "code": "00", "data": {"tranId": 1}}""", SendOutcome.Uncertain, null)]
    [InlineData(400, """{"status": "success", "code": "00", "data": {"tranId": 1}}""", SendOutcome.Uncertain, null)]
    // as with a wrong token
    [InlineData(
        404, """{"name": "Not Found", "code": 0, "status": 404}""", SendOutcome.Deferred, Deferral.Configuration)]
    [InlineData(404, "", SendOutcome.Deferred, Deferral.Configuration)]
    [InlineData(
        200,
        """{"name": "Too Many Requests", "message": "Rate limit exceeded.", "code": 0, "status": 429}""",
        SendOutcome.Deferred,
        Deferral.TooFast)]
    [InlineData(
        429,
        """{"name": "Too Many Requests", "message": "Rate limit exceeded.", "code": 0, "status": 429}""",
        SendOutcome.Deferred,
        Deferral.TooFast)]
    public async Task A_status_says_what_the_body_does_not(
        int status, string body, SendOutcome outcome, Deferral? deferral)
    {
        Answer(status, body);

        var result = await SendAsync();

        Assert.Equal((outcome, deferral), (result.Outcome, result.Deferral));
    }

    [Theory]
    [InlineData("""{"status": "success", "code": "00", "data": {"tranId": "a-1"}}""", SendOutcome.Accepted)]
    [InlineData("""{"status": "success", "data": {"tranId": 7, "invalidPhone": null}}""", SendOutcome.Accepted)]
    [InlineData("""{"status": "success", "code": "01", "data": {"tranId": 7}}""", SendOutcome.Uncertain)]
    // taken, they say, but under what id?
    [InlineData("""{"status": "success", "code": "00", "data": {}}""", SendOutcome.Uncertain)]
    [InlineData("""{"status": "success", "code": "00", "data": {"tranId": ""}}""", SendOutcome.Uncertain)]
    [InlineData("""{"status": "success", "code": "00", "data": {"tranId": "\ud800"}}""", SendOutcome.Uncertain)]
    [InlineData("""{"status": "success", "code": "00"}""", SendOutcome.Uncertain)]
    [InlineData("""{"status": "done", "code": "00", "data": {"tranId": 7}}""", SendOutcome.Uncertain)]
    public async Task A_success_is_looked_at_too(string body, SendOutcome expected)
    {
        Answer(200, body);

        Assert.Equal(expected, (await SendAsync()).Outcome);
    }

    [Theory]
    [InlineData("\"84912345679\"")]
    [InlineData("\"0912345679\"")]
    [InlineData("\"+84912345679\"")]
    [InlineData("84912345679")]
    [InlineData("912345679")]
    public async Task A_number_refused_in_a_list_is_the_only_one_refused(string written)
    {
        Answer(200, Taken($"[{written}]"));

        var results = await Carrier(Options()).SendAsync(Many(3), CancellationToken.None);

        Assert.Equal(
            [SendOutcome.Accepted, SendOutcome.Rejected, SendOutcome.Accepted],
            results.Select(result => result.Outcome));
        Assert.Equal((FailureClass.Number, "invalidPhone"), (results[1].Failure, results[1].Reason));
    }

    [Theory]
    [InlineData("[\"84912345679\", \"84999999999\"]")] // of nobody in the list
    [InlineData("[\"84912345679\", \"8491xxx\"]")]
    [InlineData("[\"84912345679\", \"84912345679\"]")] // which is the other?
    public async Task Where_a_number_refused_cannot_be_told_the_others_are_in_doubt(string invalid)
    {
        Answer(200, Taken(invalid));

        var results = await Carrier(Options()).SendAsync(Many(3), CancellationToken.None);

        Assert.Equal(
            [SendOutcome.Uncertain, SendOutcome.Rejected, SendOutcome.Uncertain],
            results.Select(result => result.Outcome));
        Assert.Equal(
            ("123456", SpeedSmsNumbers.ReceiptId("123456", 84912345678)),
            (results[0].CarrierMessageId, Assert.Single(results[0].ReceiptIds!))); // and can be asked about
    }

    [Theory]
    [InlineData("X-Rate-Limit-Reset: 42", 42)]
    [InlineData("X-Rate-Limit-Reset: 1848556830", 30)] // 08:00:30 of that day
    [InlineData("X-Rate-Limit-Reset: 1848556800", null)] // now
    [InlineData("X-Rate-Limit-Reset: 1848556000", null)] // gone by
    [InlineData("X-Rate-Limit-Reset: 1848556830000", null)] // in another age
    [InlineData("X-Rate-Limit-Reset: 0", null)]
    [InlineData("X-Rate-Limit-Reset: -5", null)]
    [InlineData("X-Rate-Limit-Reset: 7200", null)] // of a limit of 60 seconds?
    [InlineData("X-Rate-Limit-Reset: soon", null)]
    [InlineData("X-Rate-Limit-Reset: 42\r\nRetry-After: 7", 42)]
    [InlineData("X-Rate-Limit-Reset: soon\r\nRetry-After: 7", 7)]
    public async Task The_wait_it_asks_for_is_passed_on(string headers, int? seconds)
    {
        const string Body = """{"name": "Too Many Requests", "code": 0, "status": 429}""";
        foreach (var (status, body) in new[] { (429, Body), (429, ""), (200, Body) })
        {
            using var gateway = new RawGateway(_ =>
                $"HTTP/1.1 {status} X\r\nDate: Sun, 30 Jul 2028 08:00:00 GMT\r\n{headers}\r\n"
                + $"Content-Length: {body.Length}\r\n\r\n{body}");

            var result = await SendAsync(gateway.Url);

            Assert.Equal(
                (Deferral.TooFast, seconds is { } given ? TimeSpan.FromSeconds(given) : null),
                (result.Deferral, result.RetryAfter));
        }
    }

    [Fact]
    public async Task A_moment_without_the_gateways_clock_is_no_wait()
    {
        using var gateway = new RawGateway(
            _ => "HTTP/1.1 429 X\r\nX-Rate-Limit-Reset: 1848556830\r\nContent-Length: 0\r\n\r\n");

        Assert.Null((await SendAsync(gateway.Url)).RetryAfter);
    }

    [Theory]
    [InlineData("84912345678", "0", MessageStatus.Delivered, null)]
    [InlineData("0912345678", "\"0\"", MessageStatus.Delivered, null)]
    [InlineData("+84912345678", "1", MessageStatus.Accepted, null)] // may yet be delivered
    [InlineData("84912345678", "63", MessageStatus.Accepted, null)]
    [InlineData("84912345678", "64", MessageStatus.Failed, FailureClass.Unknown)]
    [InlineData("84912345678", "96", MessageStatus.Failed, FailureClass.Network)]
    public async Task A_callback_is_matched_by_the_call_and_the_number(
        string phone, string status, MessageStatus expected, FailureClass? failure)
    {
        Answer(200, Taken());
        var accepted = await SendAsync();

        var receipt = Assert.Single(
            Read($$"""{"type": "report", "tranId": 123456, "phone": "{{phone}}", "status": {{status}}}"""));

        Assert.Equal(
            (null, expected, failure, status.Trim('"')),
            (receipt.Reference, receipt.Status, receipt.Failure, receipt.Code));
        Assert.Equal(Assert.Single(accepted.ReceiptIds!), receipt.CarrierMessageId);
        Assert.False(((IReceiptSource)Carrier(Options())).RepeatsReference);
    }

    [Fact]
    public void What_names_a_message_gives_no_number_away()
    {
        // first digits of SHA-256 of 123456:84912345678, made elsewhere
        Assert.Equal("123456:99bba2970822", SpeedSmsNumbers.ReceiptId("123456", 84912345678));
        Assert.NotEqual(SpeedSmsNumbers.ReceiptId("1", 84912345678), SpeedSmsNumbers.ReceiptId("1", 84912345679));
        Assert.NotEqual(SpeedSmsNumbers.ReceiptId("1", 84912345678), SpeedSmsNumbers.ReceiptId("2", 84912345678));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"type": "incoming", "phone": "84912345678", "message": "TU CHOI"}""")]
    [InlineData("""{"type": "84912345678", "tranId": 1, "phone": "84912345678", "status": 0}""")]
    [InlineData("""{"type": "report", "phone": "84912345678", "status": 0}""")]
    [InlineData("""{"type": "report", "tranId": 1, "status": 0}""")]
    [InlineData("""{"type": "report", "tranId": 1, "phone": "84xxx", "status": 0}""")]
    [InlineData("""{"type": "report", "tranId": 1, "phone": "\ud800", "status": 0}""")]
    [InlineData("""{"type": "report", "tranId": 1, "phone": "84912345678"}""")]
    [InlineData("""{"type": "report", "tranId": 1, "phone": "84912345678", "status": -1}""")]
    [InlineData("""{"type": "report", "tranId": 1, "phone": "84912345678", "status": "ok"}""")]
    public void A_callback_that_is_none_is_refused(string body)
    {
        var refused = Assert.Throws<FormatException>(() => Read(body));

        Assert.DoesNotContain("912345678", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_of_a_call_are_asked_about_together()
    {
        Answer(200, """
            {"status": "success", "code": "00", "data": [
                {"phone": "84912345671", "status": 0}, {"phone": "0912345672", "status": -1}, {"phone": "84912345673", "status": 1},
                {"phone": "84912345674", "status": 2}, {"phone": "84912345675", "status": 3}, {"phone": "84912345676"},
                {"phone": "84912345677", "status": 1}, {"phone": "84912345677", "status": 2}, {"phone": null, "status": 1}]}
            """);

        var answers = await AskAsync(
            [
                .. Enumerable.Range(1, 8).Select(digit => Asked("77", 84912345670 + digit)),
                Asked("78", 84912345671),
                new QueriedSms("r-9", "77"),
            ]);

        Assert.Equal(
            [
                MessageStatus.Accepted, MessageStatus.Accepted, MessageStatus.Sent, MessageStatus.Failed, null, null,
                null, null, null, null,
            ],
            answers.Select(answer => answer.Receipt?.Status));
        Assert.Equal(
            [
                "unknown status 3",
                "an answer without a status",
                "two answers for one message",
                "an answer without the message",
                "of another call than the one asked about",
                "its number is not known",
            ],
            answers.Skip(4).Select(answer => answer.Reason));
        Assert.Equal(("r-84912345674", SpeedSmsNumbers.ReceiptId("77", 84912345674), FailureClass.Unknown, "2"), (
            answers[3].Receipt!.Reference,
            answers[3].Receipt!.CarrierMessageId,
            answers[3].Receipt!.Failure,
            answers[3].Receipt!.Code));
        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal(("GET", "/index.php/sms/status/77"), (request.Method, request.Path));
        Assert.StartsWith("Basic ", request.Headers!["Authorization"].Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, """{"status": "error", "code": "009"}""", "code 009")]
    [InlineData(200, """{"status": "success", "code": "00", "data": {}}""", "code 000")]
    [InlineData(200, """{"status": "success"}""", "an answer without the messages")]
    [InlineData(200, "x", "an answer that makes no sense")]
    [InlineData(404, "", "HTTP 404")]
    [InlineData(500, "", "HTTP 500")]
    [InlineData(429, "", "code 429")]
    [InlineData(200, """{"code": 0, "status": 429}""", "code 429")]
    public async Task An_answer_that_says_nothing_changes_nothing(int status, string body, string why)
    {
        Answer(status, body);

        var answer = Assert.Single(await AskAsync([Asked("77", 84912345671)]));

        Assert.Equal((null, false, why), (answer.Receipt, answer.IsNotThere, answer.Reason));
    }

    [Theory]
    [InlineData(
        200,
        """{"status": "success", "code": "00", "data": {"email": "a@b.example", "balance": "1234567", "currency": "VND"}}""",
        true,
        "1,234,567 VND")]
    [InlineData(200, """{"status": "success", "code": "00", "data": {"balance": 100000.5}}""", true, "100,001 VND")]
    [InlineData(200, """{"status": "success", "code": "00", "data": {"balance": 0}}""", false, "Add money")]
    [InlineData(200, """{"status": "error", "code": "007"}""", false, "code 007")]
    [InlineData(200, """{"status": "error", "code": "500"}""", null, "code 500")]
    [InlineData(404, "", false, "HTTP 404")] // as with a wrong token
    [InlineData(401, "", false, "HTTP 401")]
    [InlineData(500, "", null, "HTTP 500")]
    [InlineData(200, "x", null, "without a balance")]
    [InlineData(200, """{"status": "success", "data": {"balance": "much"}}""", null, "without a balance")]
    public async Task The_account_shows_whether_it_can_send(int status, string body, bool? isGood, string words)
    {
        Answer(status, body);

        var finding = Assert.Single(
            await ((IAccountCheck)Carrier(Options())).CheckAccountAsync(CancellationToken.None));

        Assert.Equal(isGood, finding.IsGood);
        Assert.Contains(words, finding.Words.En, StringComparison.Ordinal);
        Assert.Equal("/index.php/user/info", Assert.Single(Server.LogEntries).RequestMessage!.Path);
    }

    static string Taken(string invalid = "[]") => SpeedSmsGateway.Taken(123_456, invalid);

    static OutboundSms[] Many(int count, string text = Text)
    {
        var sms = Some with { Text = SmsText.Compose(text) };
        return [.. Enumerable.Range(0, count).Select(
            at => sms with { Reference = $"r-{at}", To = new PhoneNumber(84912345678 + at) })];
    }

    static QueriedSms Asked(string tranId, long number) =>
        new($"r-{number}", tranId) { Call = new SentCall(new PhoneNumber(number), "r-1", 1, DateTimeOffset.UnixEpoch) };

    Task<IReadOnlyList<QueryAnswer>> AskAsync(IReadOnlyList<QueriedSms> messages) =>
        ((IReceiptQuery)Carrier(Options())).AskAsync(messages, CancellationToken.None);

    IReadOnlyList<DeliveryReceipt> Read(string body) =>
        ((IReceiptSource)Carrier(Options())).ReadReceipts(new ReceiptCallback(
            new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body), "application/json"));
}
