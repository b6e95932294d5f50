using System.Text.Json;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Vnpt;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Vnpt;

public class VnptCarrierTests : CarrierContract
{
    protected override LaneOptions OptionsFor(Uri gateway) => Options(gateway);

    protected override PlayedGateway Gateway { get; } = new VnptGateway();

    protected override IEnumerable<string> Broken(string leak)
    {
        var text = JsonSerializer.Serialize(leak);
        return
        [
            leak,
            text,
            $$"""{"RPLY": {{text}} }""",
            $$"""{"RPLY": {"ERROR": {{text}} } }""",
            $$"""{"RPLY": {"ERROR": "16", "ERROR_DESC": {{text}} } }""",
            $$"""{"RPLY": {"ERROR": "99", "ERROR_DESC": {{text}}, {{text}}: 1} }""",
        ];
    }

    VnptLaneOptions Options(Uri? gateway = null) => new()
    {
        Type = "vnpt",
        StandIn = true,
        Carriers = ["vinaphone"],
        Rate = 10,
        MostPerCall = 100,
        MaxInFlight = 100,
        ReceiptTrust = ReceiptTrust.Network,
        Url = gateway ?? new Uri(Server.Url + "/smsbn/api"),
        AgentId = "153",
        ApiUser = "api",
        ApiPass = Secret,
        UserName = "so-khcn",
        LabelId = "7001",
        ContractId = "4242",
        Templates = [new VnptTemplate { Id = "9001" }],
        Inquiry = new VnptInquiryOptions(),
        Secrets = [Secret],
    };

    [Fact]
    public async Task A_list_is_posted_as_the_document_says()
    {
        Answer(200, AcceptingAnswer([]));
        var options = Options();
        options.Templates =
        [
            new VnptTemplate { Id = "9000", Text = "Kính gửi {1}" },
            new VnptTemplate { Id = "9001", Text = "Phòng, {2} mua {1} người" },
        ];

        var results = await Carrier(options).SendAsync(
            [
                Some with { Attempt = 17 },
                Some with { Reference = "c1-0000002", To = new PhoneNumber(84912345679), Attempt = 17 },
            ],
            CancellationToken.None);

        Assert.All(results, result => Assert.Equal(SendOutcome.Accepted, result.Outcome));
        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal(("POST", "/smsbn/api"), (request.Method, request.Path));
        Assert.Equal("application/json; charset=utf-8", request.Headers!["Content-Type"].Single());
        Assert.Equal(
            """
            {"RQST":{"name":"send_sms_list","REQID":"c1-0000001-17","LABELID":"7001","CONTRACTTYPEID":"1","CONTRACTID":"4242","TEMPLATEID":"9001",
            "PARAMS":[{"NUM":"1","CONTENT":"bán"},{"NUM":"2","CONTENT":"chống"}],"SCHEDULETIME":"","MOBILELIST":"84912345678,84912345679","ISTELCOSUB":"0",
            "AGENTID":"153","USERNAME":"so-khcn","DATACODING":"8","SALEORDERID":"","PACKAGEID":"","APIUSER":"api","APIPASS":"s3cret"}}
            """.ReplaceLineEndings(""),
            request.Body);
    }

    [Fact]
    public async Task A_text_without_diacritics_says_so_and_what_json_must_escape_is()
    {
        Answer(200, AcceptingAnswer([]));

        await Carrier(Options()).SendAsync(
            [Some with { Text = SmsText.Compose("Say \"no\" \\ to it <&>") }], CancellationToken.None);

        var request =
            JsonDocument.Parse(Assert.Single(Server.LogEntries).RequestMessage!.Body!).RootElement.GetProperty("RQST");
        Assert.Equal("0", request.GetProperty("DATACODING").GetString());
        Assert.Equal("Say \"no\" \\ to it <&>", request.GetProperty("PARAMS")[0].GetProperty("CONTENT").GetString());
    }

    [Theory]
    [InlineData("à è é ì ò ù É £", "8")] // in the GSM alphabet, and with diacritics all the same
    [InlineData("a ` b", "0")]
    public async Task Diacritics_decide_the_coding_whatever_table_counts_the_parts(string text, string coding)
    {
        Answer(200, AcceptingAnswer([]));

        foreach (var table in Enum.GetValues<LengthTable>())
        {
            var options = Options();
            options.LengthTable = table;
            await Carrier(options).SendAsync([Some with { Text = SmsText.Compose(text) }], CancellationToken.None);
        }

        Assert.All(Server.LogEntries, entry => Assert.Equal(
            coding, JsonDocument.Parse(entry.RequestMessage!.Body!).RootElement
                .GetProperty("RQST")
                .GetProperty("DATACODING")
                .GetString()));
    }

    [Theory]
    [InlineData(0, SendOutcome.Accepted, null, null)]
    [InlineData(33, SendOutcome.Accepted, null, null)] // this very list was taken
    [InlineData(-1, SendOutcome.Uncertain, null, null)]
    [InlineData(1, SendOutcome.Deferred, Deferral.Configuration, null)]
    [InlineData(2, SendOutcome.Deferred, Deferral.Configuration, null)]
    [InlineData(3, SendOutcome.Deferred, Deferral.Configuration, null)]
    [InlineData(7, SendOutcome.Rejected, null, FailureClass.Content)]
    [InlineData(8, SendOutcome.Deferred, Deferral.Closed, null)]
    [InlineData(9, SendOutcome.Deferred, Deferral.Configuration, null)]
    [InlineData(10, SendOutcome.Deferred, Deferral.Configuration, null)]
    [InlineData(11, SendOutcome.Rejected, null, FailureClass.Content)]
    [InlineData(12, SendOutcome.Deferred, Deferral.Closed, null)]
    [InlineData(13, SendOutcome.Deferred, Deferral.Configuration, null)]
    [InlineData(14, SendOutcome.Deferred, Deferral.Configuration, null)]
    [InlineData(15, SendOutcome.Deferred, Deferral.Configuration, null)]
    [InlineData(16, SendOutcome.Deferred, Deferral.TooFast, null)]
    [InlineData(17, SendOutcome.Rejected, null, FailureClass.Content)]
    [InlineData(20, SendOutcome.Deferred, Deferral.Configuration, null)]
    [InlineData(21, SendOutcome.Deferred, Deferral.Configuration, null)]
    [InlineData(22, SendOutcome.Deferred, Deferral.Configuration, null)]
    [InlineData(24, SendOutcome.Deferred, Deferral.Configuration, null)]
    [InlineData(30, SendOutcome.Rejected, null, FailureClass.Content)]
    [InlineData(31, SendOutcome.Deferred, Deferral.Configuration, null)]
    [InlineData(32, SendOutcome.Rejected, null, FailureClass.Content)]
    [InlineData(99, SendOutcome.Uncertain, null, null)] // in no table: kept by its number
    public async Task A_code_means_the_same_for_every_message_of_the_list(
        int code, SendOutcome outcome, Deferral? deferral, FailureClass? failure)
    {
        foreach (var written in new[] { $"\"{code}\"", $"{code}" })
        {
            Answer(200, $$"""{"RPLY": {"name": "send_sms_list", "ERROR": {{written}}, "ERROR_DESC": "no"} }""");

            var results = await Carrier(Options()).SendAsync(
                [Some, Some with { Reference = "c1-0000002" }], CancellationToken.None);

            Assert.Equal(2, results.Count);
            Assert.All(results, result =>
                Assert.Equal((outcome, deferral, failure), (result.Outcome, result.Deferral, result.Failure)));
            if (outcome != SendOutcome.Accepted)
                Assert.Contains($"code {code}", results[0].Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(25, true)]
    [InlineData(26, false)] // three ads today: not another network
    public async Task What_is_wrong_with_one_number_splits_a_list_and_is_said_of_a_single_one(
        int code,
        bool isWrongNetwork)
    {
        Answer(200, $$"""{"RPLY": {"ERROR": "{{code}}"} }""");

        var list = await Carrier(Options()).SendAsync(
            [Some, Some with { Reference = "c1-0000002" }], CancellationToken.None);
        var single = await SendAsync();

        Assert.All(list, result => Assert.Equal(Deferral.Split, result.Deferral));
        Assert.Equal(
            (SendOutcome.Rejected, FailureClass.Number, isWrongNetwork),
            (single.Outcome, single.Failure, single.IsWrongNetwork));
    }

    [Fact]
    public async Task A_code_that_means_accepted_with_an_http_failure_is_not_believed()
    {
        Answer(500, AcceptingAnswer([]));

        Assert.Equal(SendOutcome.Uncertain, (await SendAsync()).Outcome);
    }

    [Fact]
    public async Task Where_no_template_says_the_text_nothing_is_sent_and_nobody_fails()
    {
        var options = Options();
        options.Templates = [new VnptTemplate { Id = "9001", Text = "Kính gửi {1}" }];

        var result = Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None));

        Assert.Equal(Deferral.Configuration, result.Deferral);
        Assert.Empty(Server.LogEntries);
    }

    [Theory]
    [InlineData("Kính gửi {1}, hãy gọi {2}.", "Kính gửi ông bà, hãy gọi 111.", "ông bà|111")]
    [InlineData("{2} và {1}", "một và hai", "hai|một")]
    [InlineData("{1}", "cả văn bản", "cả văn bản")]
    [InlineData("{1}{1}", "x", null)] // no template
    [InlineData("Gọi {1}", "Gọi ", "")] // an empty parameter
    [InlineData("a{1}b{2}b", "a1b2b3b", "1|2b3")]
    [InlineData("a{1}b", "a1bc", null)]
    [InlineData("ab{1}ba", "aba", null)] // the words may not overlap
    [InlineData("nguyên văn", "nguyên văn", "")]
    [InlineData("nguyên văn", "nguyên văn hơn", null)]
    public void The_parameters_are_what_stands_between_the_words(string template, string text, string? expected)
    {
        var parsed = VnptTemplateText.TryParse(new VnptTemplate { Id = "1", Text = template });

        Assert.Equal(expected, parsed?.Match(text) is { } parameters ? string.Join('|', parameters) : null);
    }

    [Fact]
    public void The_officer_is_told_what_a_template_lacks_and_which_characters_are_not_taken()
    {
        var options = Options();
        options.Templates =
        [
            new VnptTemplate { Id = "9000", Text = "Kính gửi {1}" },
            new VnptTemplate { Id = "9001", Text = "Phòng, chống {1} hãy gọi {2}" },
        ];

        Assert.Empty(options.FaultsOf(SmsText.Compose("Phòng, chống mua bán người hãy gọi 111")));
        var fault = Assert.Single(options.FaultsOf(SmsText.Compose("Phòng, chống mua bán người xin gọi 111")));
        Assert.Contains("mẫu 9001: chưa thấy “ hãy gọi ”", fault.Vi, StringComparison.Ordinal);
        Assert.Contains(
            "Ký tự “&” (vị trí 14)",
            options.FaultsOf(SmsText.Compose("Phòng, chống & hãy gọi 1")).First().Vi,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VnptInquiryVariant.Subscriber,
        """{"RQST":{"name":"get_sms_status_api","REQID":"c1-0000001-17","AGENTID":"153","CONTRACTID":"4242","MSISND":"84912345679","LABELID":"7001","TEMPLATEID":"9001","SCHEDULETIME":"30/07/2025 08:05","APIUSER":"api","APIPASS":"s3cret"}}""")]
    [InlineData(VnptInquiryVariant.Request,
        """{"RQST":{"name":"get_sms_status_api","REQID":"c1-0000001-17","AGENTID":"153","CONTRACTID":"4242","SENDTIME":"30/07/2025 08:05","APIUSER":"api","APIPASS":"s3cret"}}""")]
    public async Task It_is_asked_by_the_call_that_carried_the_message(VnptInquiryVariant variant, string expected)
    {
        Answer(200, """{"RPLY": {"STATUS": "0", "MT_COUNT": "4"}}""");
        var options = Options();
        options.Inquiry = new VnptInquiryOptions { Variant = variant };

        var answer = await AskAsync(options);

        Assert.Equal((MessageStatus.Sent, "c1-0000002"), (answer.Receipt?.Status, answer.Receipt?.Reference));
        Assert.Equal(expected, Assert.Single(Server.LogEntries).RequestMessage!.Body);
    }

    [Theory]
    [InlineData(1, "STATUS", 0, MessageStatus.Sent)] // a care message is sent, not delivered
    [InlineData(2, "STATUS", 0, MessageStatus.Delivered)]
    [InlineData(1, "ERROR", 0, MessageStatus.Sent)] // as one of the variants answers
    [InlineData(1, "STATUS", 1, MessageStatus.Failed)]
    [InlineData(1, "STATUS", 2, MessageStatus.Accepted)]
    [InlineData(1, "STATUS", 3, MessageStatus.Accepted)]
    [InlineData(2, "STATUS", 3, MessageStatus.Sent)]
    [InlineData(1, "STATUS", 4, MessageStatus.Accepted)]
    [InlineData(1, "STATUS", 5, MessageStatus.Accepted)]
    [InlineData(1, "STATUS", -1, null)]
    [InlineData(1, "STATUS", 10, null)]
    [InlineData(1, "STATUS", 77, null)]
    public async Task A_status_means_what_the_document_says(
        int contractType, string field, int status, MessageStatus? expected)
    {
        Answer(200, $$"""{"RPLY": {"{{field}}": "{{status}}"} }""");
        var options = Options();
        options.ContractTypeId = contractType;

        var answer = await AskAsync(options);

        Assert.Equal(expected, answer.Receipt?.Status);
        Assert.Equal(expected == MessageStatus.Failed ? FailureClass.Unknown : null, answer.Receipt?.Failure);
        Assert.Equal(expected is null ? $"status {status}" : null, answer.Reason);
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(200, "")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"RPLY": {"STATUS": "s3cret"}}""")]
    public async Task An_answer_that_says_nothing_changes_nothing(int status, string body)
    {
        Answer(status, body);

        var answer = await AskAsync(Options());

        Assert.Null(answer.Receipt);
        Assert.False(answer.IsNotThere);
        Assert.DoesNotContain(Secret, answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_check_shows_the_label_and_the_templates()
    {
        var options = Options();
        options.Templates =
        [
            new VnptTemplate { Id = "9001" },
            new VnptTemplate { Id = "9002", Text = "{1} gọi {2}" },
            new VnptTemplate { Id = "9003" },
        ];
        Answer(200, """
            {"RPLY": {"ERROR": "0", "LABELDETAIL": {"LABELID": 7001, "LABEL": "CHINH PHU"},
             "TEMPLATEDETAIL": [{"TEMPLATEID": 9001, "TEMPLATECONTENT": "[1]", "TOTALPARAM": 1}, {"TEMPLATEID": "9002", "TEMPLATECONTENT": "[1] gọi", "TOTALPARAM": "1"}]}}
            """);

        var findings = await ((IAccountCheck)Carrier(options)).CheckAccountAsync(CancellationToken.None);

        Assert.Equal([true, true, false, false], findings.Select(finding => finding.IsGood!.Value));
        Assert.Contains("CHINH PHU", findings[0].Words.Vi, StringComparison.Ordinal);
        Assert.Equal(
            ["get_label", "get_template"],
            Server.LogEntries.Select(entry => JsonDocument.Parse(entry.RequestMessage!.Body!).RootElement
                .GetProperty("RQST")
                .GetProperty("name")
                .GetString()!));
    }

    [Theory]
    [InlineData(200, """{"RPLY": {"ERROR": "1", "ERROR_DESC": "s3cret"}}""", false)]
    [InlineData(200, """{"RPLY": {"ERROR": "0"}}""", false)] // no such label
    [InlineData(500, "", null)]
    [InlineData(200, "s3cret", null)]
    public async Task The_check_says_what_is_wrong(int status, string body, bool? expected)
    {
        Answer(status, body);

        var findings = await ((IAccountCheck)Carrier(Options())).CheckAccountAsync(CancellationToken.None);

        Assert.All(findings, finding => Assert.Equal(expected, finding.IsGood));
        Assert.All(findings, finding => Assert.DoesNotContain(Secret, finding.Words.En, StringComparison.Ordinal));
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        var options = Options();
        options.Templates =
            [new VnptTemplate { Id = "1", Text = "{1}{2}" }, new VnptTemplate { Id = "2", Text = "{2}" }];
        options.Inquiry = new VnptInquiryOptions { AbsentMeansNotTaken = true };
        Assert.Equal(
            ["templates[0].text", "templates[1].text", "inquiry.variant", "inquiry.absentMeansNotTaken"],
            KeysOf(options));

        options = Options();
        options.Inquiry = new VnptInquiryOptions { Variant = VnptInquiryVariant.Request };
        Assert.Equal(["inquiry.variant"], KeysOf(options));

        options = Options(new Uri("http://gateway.example/smsbn/api"));
        Assert.Equal(["url"], KeysOf(options));
        options.AllowPlainHttp = "đường truyền riêng, VNPT không có https";
        Assert.Empty(KeysOf(options));

        static IEnumerable<string> KeysOf(VnptLaneOptions options) =>
            ((ICheckedSettings)options).Check().Select(fault => fault.Key);
    }

    async Task<QueryAnswer> AskAsync(VnptLaneOptions options) =>
        Assert.Single(await ((IReceiptQuery)Carrier(options)).AskAsync(
            [new QueriedSms("c1-0000002", null)
            {
                Call = new SentCall(new PhoneNumber(84912345679), "c1-0000001", 17, new DateTimeOffset(
                    2025, 7, 30, 1, 5, 9, TimeSpan.Zero)),
            }],
            CancellationToken.None));
}
