using System.Text.Json;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Esms;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Carriers.Esms;

public class EsmsCarrierTests : CarrierContract
{
    const string Id = EsmsGateway.Id;
    const string Own = "\"apiKey\": \"${env:TOKEN}\", \"secretKey\": \"${env:TOKEN}\"";

    protected override LaneOptions OptionsFor(Uri gateway) => Options(gateway);

    protected override PlayedGateway Gateway { get; } = new EsmsGateway();

    protected override IEnumerable<string> Broken(string leak)
    {
        var text = JsonSerializer.Serialize(leak);
        return
        [
            leak, text, $$"""{"CodeResult": {{text}}, "ErrorMessage": {{text}}}""", $$"""{"CodeResult": "108", "ErrorMessage": {{text}}}""",
            $$"""{"CodeResult": "100", "SMSID": {{text}}}""", $$"""{ {{text}}: 1}""",
        ];
    }

    EsmsLaneOptions Options(Uri? gateway = null) => new()
    {
        Type = "esms",
        StandIn = true,
        Carriers = ["viettel"],
        Rate = 10,
        LengthTable = LengthTable.Care,
        Url = gateway ?? new Uri(Server.Url + "/"),
        ApiKey = "key-" + Secret,
        SecretKey = Secret,
        Secrets = ["key-" + Secret, Secret],
        Inquiry = new EsmsInquiryOptions(),
    };

    [Fact]
    public async Task A_message_is_posted_as_the_document_says()
    {
        Answer(200, AcceptingAnswer([Some]));
        var options = Options(new Uri(Server.Url + "/MainService.svc/json/"));
        options.CallbackUrl = new Uri("https://sms.example/receipts/esms");

        var result = Assert.Single(await Carrier(options).SendAsync([Some with { Attempt = 7 }], CancellationToken.None));

        Assert.Equal((SendOutcome.Accepted, Id), (result.Outcome, result.CarrierMessageId));
        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal(("POST", "/MainService.svc/json/SendMultipleMessage_V4_post_json/"), (request.Method, request.Path));
        Assert.StartsWith("application/json", request.Headers!["Content-Type"].Single(), StringComparison.Ordinal);
        Assert.Equal(
            [
                ("ApiKey", "key-" + Secret), ("SecretKey", Secret), ("Phone", "0912345678"), ("Content", Text), ("Brandname", "CHINH PHU"), ("SmsType", "2"),
                ("IsUnicode", "1"), ("Sandbox", "0"), ("RequestId", "c1-0000001-7"), ("CallbackUrl", "https://sms.example/receipts/esms"),
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

        await Carrier(Options()).SendAsync([Some with { Text = SmsText.Compose(written) }], CancellationToken.None);

        var fields = Fields(Assert.Single(Server.LogEntries).RequestMessage!.Body!);
        Assert.Contains(("Content", written), fields);
        Assert.Contains(("IsUnicode", unicode), fields);
    }

    [Fact]
    public async Task Where_repeats_are_dropped_every_attempt_has_the_same_id()
    {
        Answer(200, AcceptingAnswer([Some]));
        var options = Options();
        (options.RepeatsDropped, options.Sandbox) = (true, true);
        var carrier = Carrier(options);

        await carrier.SendAsync([Some with { Attempt = 7 }], CancellationToken.None);

        Assert.True(carrier.DropsRepeats);
        Assert.False(Carrier(Options()).DropsRepeats);
        var fields = Fields(Assert.Single(Server.LogEntries).RequestMessage!.Body!);
        Assert.Contains(("RequestId", "c1-0000001"), fields);
        Assert.Contains(("Sandbox", "1"), fields);
    }

    [Theory]
    [InlineData(false, SendOutcome.Uncertain)]
    [InlineData(true, SendOutcome.Deferred)]
    public async Task A_lost_answer_is_made_good_only_where_repeats_are_dropped(bool dropped, SendOutcome expected)
    {
        using var gateway = new RawGateway(_ => null);
        var options = Options(gateway.Url);
        options.RepeatsDropped = dropped;

        Assert.Equal(expected, Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None)).Outcome);
    }

    [Fact]
    public async Task The_secret_of_the_receipts_address_is_added_to_it()
    {
        Answer(200, AcceptingAnswer([Some]));
        var options = Options();
        options.CallbackUrl = new Uri("https://sms.example/receipts/esms");
        options.Callback = new CallbackOptions { Secret = "0123456789abcdef" };

        await Carrier(options).SendAsync([Some], CancellationToken.None);

        Assert.Contains(("CallbackUrl", "https://sms.example/receipts/esms/0123456789abcdef"), Fields(Assert.Single(Server.LogEntries).RequestMessage!.Body!));
    }

    [Theory]
    [InlineData(99, SendOutcome.Rejected, FailureClass.Number, null)]
    [InlineData(101, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(102, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(103, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(104, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(107, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(108, SendOutcome.Rejected, FailureClass.Number, null)]
    [InlineData(110, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(118, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(119, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(120, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(131, SendOutcome.Rejected, FailureClass.Content, null)]
    [InlineData(132, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(140, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(145, SendOutcome.Rejected, FailureClass.Content, null)]
    [InlineData(146, SendOutcome.Rejected, FailureClass.Content, null)]
    [InlineData(159, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(177, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(300, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(301, SendOutcome.Deferred, null, Deferral.Configuration)]
    [InlineData(105, SendOutcome.Uncertain, null, null)] // of inquiries
    [InlineData(789, SendOutcome.Uncertain, null, null)] // of Zalo
    [InlineData(998, SendOutcome.Uncertain, null, null)] // in no table: kept by its number
    public async Task A_refusal_means_what_its_code_says(int code, SendOutcome outcome, FailureClass? failure, Deferral? deferral)
    {
        foreach (var written in new[] { $"\"{code}\"", $"{code}" })
        {
            Answer(200, $$"""{"CodeResult": {{written}}, "CountRegenerate": 0, "ErrorMessage": "no"}""");

            var result = await SendAsync();

            Assert.Equal((outcome, failure, deferral), (result.Outcome, result.Failure, result.Deferral));
            Assert.Contains($"code {code}", result.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(200, $$"""{"CodeResult": "124", "SMSID": "{{Id}}"}""", SendOutcome.Accepted, Id)] // taken before
    [InlineData(200, """{"CodeResult": "124", "ErrorMessage": "Duplicate RequestId"}""", SendOutcome.Accepted, null)]
    [InlineData(200, """{"CodeResult": "199"}""", SendOutcome.Accepted, null)]
    [InlineData(200, """{"CodeResult": 100}""", SendOutcome.Accepted, null)] // receipts name our reference
    [InlineData(200, """{"CodeResult": "100", "SMSID": "84912345678"}""", SendOutcome.Accepted, null)]
    [InlineData(200, """{"CodeResult": "0100"}""", SendOutcome.Uncertain, null)]
    [InlineData(200, """{"CodeResult": "", "SMSID": ""}""", SendOutcome.Uncertain, null)]
    [InlineData(200, """{"CodeResult": -100}""", SendOutcome.Uncertain, null)]
    [InlineData(500, """{"CodeResult": "100"}""", SendOutcome.Uncertain, null)]
    [InlineData(400, """{"CodeResult": "100"}""", SendOutcome.Uncertain, null)] // who knows which of the two is right
    [InlineData(500, """{"CodeResult": "108"}""", SendOutcome.Rejected, null)]
    [InlineData(401, """{"CodeResult": "998"}""", SendOutcome.Deferred, null)] // the status decides
    public async Task An_answer_counts_as_taken_only_where_it_says_so(int status, string body, SendOutcome outcome, string? id)
    {
        Answer(status, body);

        var result = await SendAsync();

        Assert.Equal((outcome, id), (result.Outcome, result.CarrierMessageId));
    }

    [Theory]
    [InlineData("1", "0", "0", MessageStatus.Accepted, null, "1 telco 1")]
    [InlineData("2", "0", "0", MessageStatus.Accepted, null, "2 telco 1")]
    [InlineData("4", "0", "0", MessageStatus.Failed, FailureClass.Unknown, "4 telco 1")]
    [InlineData("5", "1", "0", MessageStatus.Delivered, null, "5 telco 1")]
    [InlineData("5", "0", "2", MessageStatus.Failed, FailureClass.Unknown, "5 telco 1")]
    [InlineData("5", "0", "0", MessageStatus.Sent, null, "5 telco 1")]
    [InlineData("7", "0", "0", MessageStatus.Sent, null, "7 telco 1")]
    public void A_callback_is_read(string status, string success, string failed, MessageStatus expected, FailureClass? failure, string code)
    {
        var receipt = Assert.Single(Read(Sample("c1-0000001-7", status, success, failed)));

        Assert.Equal(("c1-0000001", Id, expected, failure, code), (receipt.Reference, receipt.CarrierMessageId, receipt.Status, receipt.Failure, receipt.Code));
    }

    [Theory]
    [InlineData("c1-0000001-7", "c1-0000001")]
    [InlineData("c1-0000001", "c1-0000001")] // sent where repeats are dropped, however the lane is set today
    [InlineData("c1-0000001-x", null)]
    [InlineData("96accf59-0c41-4bc7-a5c4-4a466c2e41c2", null)] // somebody else's
    [InlineData("", null)]
    public void A_callback_is_of_the_message_whose_reference_it_names(string request, string? reference)
    {
        var receipt = Assert.Single(Read(Sample(request, "5", "1", "0")));

        Assert.Equal((reference, Id), (receipt.Reference, receipt.CarrierMessageId));
    }

    [Theory]
    [InlineData("telcoid", "7", "5 telco 7")]
    [InlineData("telcoid", "0912345678", "5")]
    [InlineData("telcoid", "", "5")]
    public void The_network_it_went_to_is_kept_where_it_is_one(string field, string value, string code)
    {
        var query = Sample("c1-0000001-7", "5", "1", "0");
        query[field] = value;

        Assert.Equal(code, Assert.Single(Read(query)).Code);
    }

    [Theory]
    [InlineData("SendStatus", "")]
    [InlineData("SendStatus", "3")]
    [InlineData("SendStatus", "0912345678")]
    [InlineData("SendSuccess", "x")]
    [InlineData("SendFailed", "1")] // beside one that succeeded: which of them is it
    public void A_callback_that_makes_no_sense_is_refused(string field, string value)
    {
        var query = Sample("c1-0000001-7", "5", "1", "0");
        query[field] = value;

        var refused = Assert.Throws<FormatException>(() => Read(query));

        Assert.DoesNotContain("0912345678", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SendStatus")]
    [InlineData("SendSuccess")]
    [InlineData("RequestId", "SMSID")]
    public void A_callback_that_lacks_something_is_refused(params string[] fields)
    {
        var query = Sample("c1-0000001-7", "5", "1", "0");
        foreach (var field in fields)
            query.Remove(field);

        Assert.Throws<FormatException>(() => Read(query));
    }

    [Theory]
    [InlineData("""{"CodeResponse": "100", "SMSID": "ID", "SendFailed": 0, "SendStatus": 5, "SendSuccess": 1, "TotalPrice": 850.0000}""", MessageStatus.Delivered)]
    [InlineData("""{"CodeResponse": "100", "SMSID": "ID", "SendFailed": 1, "SendStatus": 5, "SendSuccess": 0}""", MessageStatus.Failed)]
    [InlineData("""{"CodeResponse": "100", "SendStatus": "2"}""", MessageStatus.Accepted)]
    public async Task A_message_is_asked_about_by_its_id(string body, MessageStatus expected)
    {
        Answer(200, body.Replace("ID\"", $"{Id}\"", StringComparison.Ordinal));

        var answer = await AskAsync();

        Assert.Equal((expected, "c1-0000001"), (answer.Receipt?.Status, answer.Receipt?.Reference));
        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal(("GET", "/GetSendStatus", Id, "key-" + Secret, Secret),
            (request.Method, request.Path, request.Query!["RefId"].Single(), request.Query["ApiKey"].Single(), request.Query["SecretKey"].Single()));
    }

    [Theory]
    [InlineData("true", "true", MessageStatus.Delivered)]
    [InlineData("\"True\"", "\"False\"", MessageStatus.Failed)]
    [InlineData("false", "false", MessageStatus.Accepted)]
    [InlineData("null", "true", null)]
    [InlineData("true", "\"?\"", null)]
    public async Task The_receiver_of_a_message_can_be_asked_about_as_well(string sent, string result, MessageStatus? expected)
    {
        Answer(200, $$"""{"CodeResult": "100", "ReceiverList": [{"IsSent": {{sent}}, "NetworkName": "Viettel", "Phone": "0912345678", "Retry": 0, "SentResult": {{result}}}]}""");

        var answer = await AskAsync(EsmsInquiryMethod.ReceiverStatus);

        Assert.Equal(expected, answer.Receipt?.Status);
        Assert.Equal("/GetSmsReceiverStatus_get", Assert.Single(Server.LogEntries).RequestMessage!.Path);
    }

    [Theory]
    [InlineData(200, """{"CodeResponse": "105"}""", true)]
    [InlineData(200, """{"CodeResponse": "101", "SMSID": "x"}""", false)]
    [InlineData(200, """{"CodeResponse": "x-s3cret"}""", false)]
    [InlineData(200, """{"CodeResponse": "100"}""", false)]
    [InlineData(200, """{"CodeResponse": "100", "SendStatus": 9}""", false)]
    [InlineData(200, """{"CodeResponse": "100", "SMSID": "434a124c-7818-4f45-bdf2-7f7b07fff210100", "SendStatus": 2}""", false)] // of another
    [InlineData(200, """{"CodeResponse": "100", "ReceiverList": []}""", false)]
    [InlineData(200, """{"CodeResponse": "100", "ReceiverList": [{"IsSent": true, "SentResult": true}, {"IsSent": true, "SentResult": true}]}""", false)]
    [InlineData(200, """{"CodeResponse": "100", "ReceiverList": [7]}""", false)]
    [InlineData(200, "", false)]
    [InlineData(200, "[]", false)]
    [InlineData(404, "", false)]
    [InlineData(429, "", false)]
    [InlineData(500, "", false)]
    public async Task An_answer_that_says_nothing_changes_nothing(int status, string body, bool isNotThere)
    {
        Answer(status, body);

        foreach (var method in Enum.GetValues<EsmsInquiryMethod>())
        {
            var answer = await AskAsync(method);

            Assert.Null(answer.Receipt);
            Assert.Equal(isNotThere, answer.IsNotThere);
            Assert.DoesNotContain(Secret, answer.Reason ?? "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_inquiry_that_breaks_off_does_not_show_its_address()
    {
        using var gateway = new RawGateway(_ => null);

        var answer = Assert.Single(await ((IReceiptQuery)Carrier(Options(gateway.Url))).AskAsync([new QueriedSms("c1-0000001", Id)], CancellationToken.None));

        Assert.Contains("connection lost", answer.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, answer.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, """{"Balance": 36693, "CodeResponse": "100", "UserID": 9999}""", true, "36,693 VND")]
    [InlineData(200, """{"Balance": 36693.50, "CodeResponse": "100"}""", true, "36,693 VND")]
    [InlineData(200, """{"Balance": "7527430", "CodeResponse": "100"}""", true, "7,527,430 VND")]
    [InlineData(200, """{"Balance": 0, "CodeResponse": "100"}""", false, "Add to it")]
    [InlineData(200, """{"Balance": 0, "CodeResponse": "101", "ErrorMessage": "Authorize Failed"}""", false, "code 101")]
    [InlineData(200, """{"CodeResponse": "140"}""", false, "code 140")]
    [InlineData(401, "", false, "HTTP 401")]
    [InlineData(200, """{"CodeResponse": "100"}""", null, "no balance")]
    [InlineData(200, """{"Balance": 1e30, "CodeResponse": "100"}""", null, "no balance")]
    [InlineData(200, """{"CodeResponse": "998"}""", null, "code 998")]
    [InlineData(200, "", null, "without a code")]
    [InlineData(500, "", null, "HTTP 500")]
    public async Task The_balance_is_asked_for(int status, string body, bool? isGood, string expected)
    {
        Answer(status, body);

        var finding = Assert.Single(await ((IAccountCheck)Carrier(Options())).CheckAccountAsync(CancellationToken.None));

        Assert.Equal(isGood, finding.IsGood);
        Assert.Contains(expected, finding.Words.En, StringComparison.Ordinal);
        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal(("POST", "/GetBalance_json"), (request.Method, request.Path));
        Assert.Equal([("ApiKey", "key-" + Secret), ("SecretKey", Secret)], Fields(request.Body!));
    }

    [Fact]
    public void A_text_that_the_gateway_would_count_otherwise_is_named()
    {
        var options = Options();
        Assert.Empty(options.FaultsOf(SmsText.Compose("café")));

        options.LengthTable = LengthTable.Standard;

        Assert.Single(options.FaultsOf(SmsText.Compose("café")));
        Assert.Empty(options.FaultsOf(SmsText.Compose("cafe")));
        Assert.Empty(options.FaultsOf(SmsText.Compose(Text)));
    }

    [Fact]
    public void A_lane_needs_no_more_than_its_account()
    {
        var (options, problems) = LaneSection.Read("esms", Own);

        Assert.Empty(problems);
        var esms = Assert.IsType<EsmsLaneOptions>(options);
        Assert.Equal(("t0ken", "t0ken", "https://rest.esms.vn/MainService.svc/json/", false), (esms.ApiKey, esms.SecretKey, esms.Url.AbsoluteUri, esms.RepeatsDropped));
    }

    [Theory]
    [InlineData("\"standIn\": true, \"sandbox\": true, \"url\": \"https://esms.example/\"")]
    [InlineData("\"standIn\": true, \"url\": \"http://127.0.0.1:8080/\"")]
    [InlineData("\"callback\": { \"from\": [\"198.51.100.7\"] }, \"callbackUrl\": \"https://sms.example/receipts/a\", \"inquiry\": { \"method\": \"receiverStatus\", \"beforeTimeout\": \"12:00:00\" }")]
    public void What_may_be_set_can_be(string setting) => Assert.Empty(LaneSection.Read("esms", Own, setting).Problems);

    [Theory]
    [InlineData("\"apiKey\": \"0123456789\"", "apiKey", "may not stand in this file")]
    [InlineData("\"secretKey\": \"0123456789\"", "secretKey", "may not stand in this file")]
    [InlineData("\"url\": \"http://rest.esms.vn/MainService.svc/json/\"", "url", "https")]
    [InlineData("\"url\": \"https://rest.esms.vn/MainService.svc/json\"", "url", "slash")]
    [InlineData("\"mostPerCall\": 2", "mostPerCall", "one care message a call")]
    [InlineData("\"sandbox\": true", "sandbox", "standIn is true")]
    [InlineData("\"standIn\": true", "standIn", "real phones")]
    [InlineData("\"standIn\": true, \"sandbox\": true", "standIn", "real phones")] // a sandbox is at the gateway's mercy
    [InlineData("\"callback\": { \"from\": [\"198.51.100.7\"] }, \"callbackUrl\": \"http://sms.example/receipts/a\"", "callbackUrl", "https")]
    [InlineData("\"inquiry\": { \"absentMeansNotTaken\": true }", "inquiry.absentMeansNotTaken", "only by its own id")]
    [InlineData("\"inquiry\": { }, \"receiptTrust\": \"none\"", "inquiry", "receiptTrust")]
    public void A_setting_that_is_wrong_is_named(string setting, string key, string expected)
    {
        var (at, what) = LaneSection.FaultOf("esms", Own, setting);

        Assert.Equal(key, at);
        Assert.Contains(expected, what, StringComparison.OrdinalIgnoreCase);
    }

    async Task<QueryAnswer> AskAsync(EsmsInquiryMethod method = EsmsInquiryMethod.SendStatus)
    {
        var options = Options();
        options.Inquiry!.Method = method;
        return Assert.Single(await ((IReceiptQuery)Carrier(options)).AskAsync([new QueriedSms("c1-0000001", Id)], CancellationToken.None));
    }

    IReadOnlyList<DeliveryReceipt> Read(Dictionary<string, string> query) =>
        ((IReceiptSource)Carrier(Options())).ReadReceipts(new ReceiptCallback(query, ReadOnlyMemory<byte>.Empty, ""));

    /// <summary>As the document's sample of a care message has it.</summary>
    static Dictionary<string, string> Sample(string request, string status, string success, string failed) => new()
    {
        ["SMSID"] = Id,
        ["SendFailed"] = failed,
        ["SendStatus"] = status,
        ["SendSuccess"] = success,
        ["TotalPrice"] = "0.0000",
        ["TotalReceiver"] = "1",
        ["TotalSent"] = "1",
        ["RequestId"] = request,
        ["TypeId"] = "2",
        ["telcoid"] = "1",
        ["phonenumber"] = "0912345678",
        ["switchsmsid"] = "",
    };

    static List<(string, string)> Fields(string json) =>
        [.. JsonDocument.Parse(json).RootElement.EnumerateObject().Select(field => (field.Name, field.Value.GetString()!))];
}
