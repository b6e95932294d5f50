using System.Security;
using System.Xml.Linq;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Viettel;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Viettel;

public class ViettelCarrierTests : CarrierContract
{
    const string Password = Secret;
    const string Taken = "<message>Insert MT_QUEUE: OK</message><result>1</result>";

    protected override LaneOptions OptionsFor(Uri gateway) => Options(gateway);

    protected override PlayedGateway Gateway { get; } = new ViettelGateway();

    protected override IEnumerable<string> Broken(string leak)
    {
        var text = SecurityElement.Escape(leak);
        return
        [
            leak, $"<{leak}/>", $"<a>{text}</a>", Fault(text), Fault($"Check ServiceID: {text}"), $"<return>{text}</return>",
            Envelope("wsCpMtResponse", $"<message>{text}</message><result>0</result>"),
            Envelope("wsCpMtResponse", $"<message>{text}</message><result>{text}</result>"),
            Envelope("wsCpMtResponse", $"<message>{text}</message><result>7</result>"),
            Envelope("wsCpMtResponse", $"<message>Authenticate: IP_INVALID (YOUR IP: {text})</message><result>0</result>"),
            Envelope("wsCpMtResponse", $"<message>Check ServiceID: ALIAS_INVALID:TELCO={text}</message><result>0</result>"),
            Envelope("wsCpMtResponse", $"<message>Check Content: {text}</message><result>0</result>"),
            Envelope("wsCpBatchMtResponse", $"<errCode>{text}</errCode><errDesc>{text}</errDesc>"),
            Envelope("wsCpBatchMtResponse", Item(1, text, text)),
        ];
    }

    ViettelLaneOptions Options(Uri? gateway = null) => new()
    {
        Type = "viettel",
        StandIn = true,
        Carriers = ["viettel"],
        Rate = 10,
        Url = new Uri(gateway ?? new Uri(Server.Url + "/"), "bulkapi"),
        User = "u",
        Password = Password,
        CpCode = "CP",
        Secrets = [Password],
        MostPerCall = 3,
    };

    [Fact]
    public async Task One_message_is_posted_as_the_document_says()
    {
        Answer(200, AcceptingAnswer([Some]));

        var result = await SendAsync();

        Assert.Equal((SendOutcome.Accepted, null), (result.Outcome, result.CarrierMessageId));
        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal(("POST", "/bulkapi"), (request.Method, request.Path));
        Assert.Equal("text/xml; charset=UTF-8", request.Headers!["Content-Type"].Single());
        Assert.Equal("\"\"", request.Headers["SOAPAction"].Single());
        Assert.Equal(
            [
                ("User", "u"), ("Password", Password), ("CPCode", "CP"), ("RequestID", "1"), ("UserID", "84912345678"), ("ReceiverID", "84912345678"),
                ("ServiceID", "CHINH PHU"), ("CommandCode", "bulksms"), ("Content", Text), ("ContentType", "1"),
            ],
            Fields(Asked("wsCpMt")));
    }

    [Fact]
    public async Task A_list_is_posted_as_the_document_says()
    {
        var messages = Many(2);
        Answer(200, AcceptingAnswer(messages));

        var results = await Carrier(Options()).SendAsync(messages, CancellationToken.None);

        Assert.All(results, result => Assert.Equal(SendOutcome.Accepted, result.Outcome));
        var call = Asked("wsCpBatchMt");
        Assert.Equal([("User", "u"), ("Password", Password), ("CPCode", "CP"), ("CommandCode", "bulksms")], Fields(call)[..4]);
        Assert.Equal(["requestMt", "requestMt"], call.Elements().Skip(4).Select(each => each.Name.LocalName));
        Assert.Equal(
            [("content", Text), ("contentType", "1"), ("receiverID", "84912345679"), ("requestID", "2"), ("serviceID", "CHINH PHU"), ("userID", "84912345679")],
            Fields(call.Elements().Last()));
    }

    [Fact]
    public async Task A_receipt_is_asked_for_where_the_lane_says_so()
    {
        Answer(200, AcceptingAnswer([Some]));
        var options = Options();
        (options.MostPerCall, options.RegistersReceipts, options.CommandCode) = (1, true, "other");

        await Carrier(options).SendAsync([Some], CancellationToken.None);

        Assert.Equal("other", Asked("wsCpMtRegDlr").Element("CommandCode")!.Value);
    }

    [Theory]
    [InlineData("Phong, chong mua ban nguoi", "0")]
    [InlineData("Phòng", "1")]
    [InlineData("à", "1")] // in the GSM alphabet, and with a diacritic all the same
    [InlineData("a & b < c > d \" e ' f ]]> &amp;", "0")]
    [InlineData("hai\ndòng", "1")]
    [InlineData("hai\r\ndòng", "1")]
    [InlineData("😀", "1")]
    public async Task A_text_arrives_as_it_is(string text, string type)
    {
        foreach (var count in new[] { 1, 2 })
        {
            var messages = Many(count, text);
            Answer(200, AcceptingAnswer(messages));
            await Carrier(Options()).SendAsync(messages, CancellationToken.None);

            var call = Asked(count == 1 ? "wsCpMt" : "wsCpBatchMt");
            Assert.All(call.Descendants().Where(each => each.Name.LocalName is "Content" or "content"), content => Assert.Equal(text, content.Value));
            Assert.All(call.Descendants().Where(each => each.Name.LocalName is "ContentType" or "contentType"), content => Assert.Equal(type, content.Value));
        }
    }

    [Fact]
    public async Task What_xml_cannot_carry_breaks_no_request()
    {
        var options = Options();
        (options.Password, options.User) = ("<s3cret>&", "\u0001");
        Answer(200, AcceptingAnswer([Some]));

        await Carrier(options).SendAsync([Some with { Text = SmsText.Compose("a\u0000b"), Sender = "A&B" }], CancellationToken.None);

        var call = Asked("wsCpMt");
        Assert.Equal(("<s3cret>&", "\uFFFD", "a\uFFFDb", "A&B"), (call.Element("Password")!.Value, call.Element("User")!.Value, call.Element("Content")!.Value, call.Element("ServiceID")!.Value));
    }

    [Fact]
    public async Task Each_message_goes_with_its_own_text_and_sender()
    {
        OutboundSms[] messages = [Some, Some with { Text = SmsText.Compose("hai") }, Some with { Sender = "B" }];
        Answer(200, AcceptingAnswer(messages));

        await Carrier(Options()).SendAsync(messages, CancellationToken.None);

        Assert.Equal([Text, "hai", Text], Asked("wsCpBatchMt").Descendants("content").Select(each => each.Value));
        Assert.Equal(["CHINH PHU", "CHINH PHU", "B"], Asked("wsCpBatchMt").Descendants("serviceID").Select(each => each.Value));
    }

    public static TheoryData<string, SendOutcome, FailureClass?, Deferral?> Words => new()
    {
        { "Authenticate: Cp_code: NULL_OR_BLANK", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Authenticate: UserName: NULL_OR_BLANK", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Authenticate: Password: NULL_OR_BLANK", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Authenticate: CP_CODE_NOT_FOUND", SendOutcome.Deferred, null, Deferral.Configuration },
        { "CP_CODE_NOT_FOUND", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Authenticate: WRONG_INFORMATION_AUTHENTICATE", SendOutcome.Deferred, null, Deferral.Configuration },
        { "WRONG_INFORMATION_AUTHENTICATE", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Authenticate: IP_INVALID (YOUR IP: 203.0.113.7)", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check RequestID: NULL_OR_BLANK", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check RequestID: REQUEST_ID_NOT_NUMBER", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check UserID: NULL_OR_BLANK", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check ReceiverID: NULL_OR_BLANK", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check ReceiverID: FORMAT_ERROR", SendOutcome.Rejected, FailureClass.Number, null },
        { "Length of ReceiverID is invalid.", SendOutcome.Rejected, FailureClass.Number, null },
        { "UserID_NOT_EQUAL_ReceiverID", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Unable to check telco from input receiver", SendOutcome.Rejected, FailureClass.Number, null },
        { "Check ServiceID: DUPLICATE MESSAGE", SendOutcome.Accepted, null, null }, // it has it
        { "Check ServiceID: ALIAS_INVALID:TELCO=VT", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check ServiceID: ALIAS_INVALID", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check CommandCode: NULL_OR_BLANK", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check CommandCode: COMMAND_CODE_ERROR", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check Content: NULL_OR_BLANK", SendOutcome.Deferred, null, Deferral.Configuration },
        { "Check Content: MAXLENGTH_LIMIT_480_BYTE (YOUR_CONTENT: 481 BYTE)", SendOutcome.Rejected, FailureClass.Content, null },
        { "Check Content: MSG_ERROR_CONTAIN_BLACKLIST", SendOutcome.Rejected, FailureClass.Content, null },
        { "Check template: CONTENT_NOT_MATCH_TEMPLATE", SendOutcome.Rejected, FailureClass.Content, null },
        { "Check information error", SendOutcome.Deferred, null, Deferral.Busy },
        { "Check Content: SOMETHING_NEW", SendOutcome.Uncertain, null, null },
        { "Insert MT_QUEUE: OK", SendOutcome.Uncertain, null, null }, // with result 0
        { "", SendOutcome.Uncertain, null, null },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public async Task A_refusal_means_what_its_words_say(string words, SendOutcome outcome, FailureClass? failure, Deferral? deferral)
    {
        Answer(200, Envelope("wsCpMtResponse", $"<message>{words}</message><result>0</result>"));

        var result = await SendAsync();

        Assert.Equal((outcome, failure, deferral), (result.Outcome, result.Failure, result.Deferral));
        Assert.DoesNotContain("203.0.113.7", result.Reason ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Words))]
    public async Task So_it_does_in_a_list(string words, SendOutcome outcome, FailureClass? failure, Deferral? deferral)
    {
        Answer(200, Envelope("wsCpBatchMtResponse", Item(2, words, "0") + Item(1, "Insert MT_QUEUE: OK", "1")));

        var results = await Carrier(Options()).SendAsync(Many(2), CancellationToken.None);

        Assert.Equal(SendOutcome.Accepted, results[0].Outcome);
        Assert.Equal((outcome, failure, deferral), (results[1].Outcome, results[1].Failure, results[1].Deferral));
    }

    [Theory]
    [MemberData(nameof(Words))]
    public async Task So_it_does_in_a_fault(string words, SendOutcome outcome, FailureClass? failure, Deferral? deferral)
    {
        Answer(500, Fault(words));

        var result = await SendAsync();

        Assert.Equal((outcome, failure, deferral), (result.Outcome, result.Failure, result.Deferral));
    }

    [Theory]
    [InlineData("VT", "viettel", null, true)]
    [InlineData("VN", "viettel", "vinaphone", false)]
    [InlineData("MB", "viettel", "mobifone", false)]
    [InlineData("VM", "viettel", "vietnamobile", false)]
    [InlineData("MB", "viettel,mobifone", null, true)]
    [InlineData("VT", "mobifone", "viettel", false)]
    [InlineData("GT", "viettel", null, false)] // some other network than the lane's, whatever it is
    [InlineData("GT", "viettel,gmobile", null, true)] // perhaps the lane's own
    [InlineData("", "viettel", null, true)]
    public async Task A_sender_not_declared_for_another_network_is_a_number_on_the_wrong_lane(string telco, string carriers, string? network, bool stops)
    {
        Answer(200, Envelope("wsCpMtResponse", $"<message>Check ServiceID: ALIAS_INVALID:TELCO={telco}</message><result>0</result>"));
        var options = Options();
        options.Carriers = [.. carriers.Split(',')];

        var result = Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None));

        Assert.Equal((network, !stops, stops ? Deferral.Configuration : null), (result.Network, result.IsWrongNetwork, result.Deferral));
        Assert.StartsWith("Check ServiceID: ALIAS_INVALID", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Check Content: SOMETHING_NEW", "result 0: unknown code SOMETHING_NEW")] // kept by its name
    [InlineData("Phong chong mua ban nguoi", "result 0: unknown code (not a code)")]
    public async Task Words_in_no_table_are_kept_only_where_they_are_a_code(string words, string reason)
    {
        Answer(200, Envelope("wsCpMtResponse", $"<message>{words}</message><result>0</result>"));

        Assert.Equal(reason, (await SendAsync()).Reason);
    }

    [Theory]
    [InlineData("<result>1</result>", SendOutcome.Accepted)]
    [InlineData("<message>Insert MT_QUEUE: OK</message>", SendOutcome.Accepted)]
    [InlineData("<message>Something new</message><result>1</result>", SendOutcome.Accepted)]
    [InlineData("<message>Check Content: NULL_OR_BLANK</message><result>1</result>", SendOutcome.Uncertain)] // it contradicts itself
    [InlineData("<message>Insert MT_QUEUE: OK</message><result>2</result>", SendOutcome.Uncertain)]
    [InlineData("<message>Insert MT_QUEUE: OK</message><result>x</result>", SendOutcome.Uncertain)]
    [InlineData("<message>Insert MT_QUEUE: OK</message><result>1</result><result>0</result>", SendOutcome.Uncertain)]
    [InlineData("", SendOutcome.Uncertain)]
    public async Task Only_what_says_taken_is(string fields, SendOutcome expected)
    {
        Answer(200, Envelope("wsCpMtResponse", fields));

        Assert.Equal(expected, (await SendAsync()).Outcome);
    }

    [Theory]
    [InlineData("<x>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"utf-7\"?><a/>")]
    [InlineData("<?xml version=\"1.0\" encoding=\"nonsense\"?><a/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><return><message>&b;</message><result>1</result></return>")]
    [InlineData($"<a><return>{Taken}</return><return>{Taken}</return></a>")] // two answers to one message
    [InlineData($"<a><return>{Taken}</return><faultstring>x</faultstring></a>")]
    [InlineData($"<a><return>{Taken}</return>")] // cut off
    [InlineData("<return/>")]
    public async Task An_answer_that_makes_no_sense_may_have_been_sent(string body)
    {
        Answer(200, body);

        Assert.Equal(SendOutcome.Uncertain, (await SendAsync()).Outcome);
    }

    [Theory]
    [InlineData(400, Taken, SendOutcome.Uncertain)] // it contradicts itself
    [InlineData(400, "<message>Check ReceiverID: FORMAT_ERROR</message><result>0</result>", SendOutcome.Rejected)]
    [InlineData(401, "<message>New</message><result>0</result>", SendOutcome.Deferred)] // the status says it
    public async Task With_another_status_than_success_only_a_known_refusal_counts(int status, string fields, SendOutcome expected)
    {
        Answer(status, Envelope("wsCpMtResponse", fields));

        Assert.Equal(expected, (await SendAsync()).Outcome);
    }

    [Theory]
    [InlineData(500, SendOutcome.Uncertain, null)]
    [InlineData(400, SendOutcome.Uncertain, null)]
    [InlineData(200, SendOutcome.Uncertain, null)]
    [InlineData(503, SendOutcome.Deferred, Deferral.Busy)]
    [InlineData(429, SendOutcome.Deferred, Deferral.TooFast)]
    [InlineData(401, SendOutcome.Deferred, Deferral.Configuration)]
    public async Task A_fault_in_no_table_proves_nothing_but_what_its_status_does(int status, SendOutcome outcome, Deferral? deferral)
    {
        Answer(status, Fault("java.lang.NullPointerException"));

        var result = await SendAsync();

        Assert.Equal((outcome, deferral), (result.Outcome, result.Deferral));
    }

    [Fact]
    public async Task Results_of_a_list_are_told_apart_by_their_number()
    {
        Answer(200, Envelope(
            "wsCpBatchMtResponse",
            "<errCode>0</errCode>" + Item(3, "Check ReceiverID: FORMAT_ERROR", "0") + Item(1, "Insert MT_QUEUE: OK", "1") + Item(4, "Insert MT_QUEUE: OK", "1")));

        var results = await Carrier(Options()).SendAsync(Many(3), CancellationToken.None);

        Assert.Equal([SendOutcome.Accepted, SendOutcome.Uncertain, SendOutcome.Rejected], results.Select(result => result.Outcome));
        Assert.Equal("no result for this message", results[1].Reason);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    public async Task Two_results_for_one_message_are_none(string second)
    {
        var twice = Item(2, "Insert MT_QUEUE: OK", "1") + Item(2, "Check ReceiverID: FORMAT_ERROR", second);
        Answer(200, Envelope("wsCpBatchMtResponse", twice + Item(1, "Insert MT_QUEUE: OK", "1")));

        var results = await Carrier(Options()).SendAsync(Many(2), CancellationToken.None);

        Assert.Equal([SendOutcome.Accepted, SendOutcome.Uncertain], results.Select(result => result.Outcome));
    }

    [Theory]
    [InlineData("Authenticate: IP_INVALID (YOUR IP: 203.0.113.7)", SendOutcome.Deferred, Deferral.Configuration)]
    [InlineData("Check information error", SendOutcome.Deferred, Deferral.Busy)]
    [InlineData("Check ReceiverID: FORMAT_ERROR", SendOutcome.Deferred, Deferral.Split)] // of one of them, but which?
    [InlineData("Check ServiceID: DUPLICATE MESSAGE", SendOutcome.Deferred, Deferral.Split)]
    [InlineData("Check ServiceID: ALIAS_INVALID:TELCO=MB", SendOutcome.Deferred, Deferral.Split)]
    [InlineData("Check ServiceID: ALIAS_INVALID:TELCO=VT", SendOutcome.Deferred, Deferral.Configuration)]
    [InlineData("Check Content: MSG_ERROR_CONTAIN_BLACKLIST", SendOutcome.Rejected, null)] // all have the same text
    [InlineData("success", SendOutcome.Uncertain, null)]
    [InlineData("", SendOutcome.Uncertain, null)]
    public async Task A_list_refused_as_a_whole_goes_one_by_one_where_that_can_help(string words, SendOutcome outcome, Deferral? deferral)
    {
        foreach (var (status, body) in new[] { (200, Envelope("wsCpBatchMtResponse", $"<errCode>1</errCode><errDesc>{words}</errDesc>")), (500, Fault(words)) })
        {
            Answer(status, body);

            var results = await Carrier(Options()).SendAsync(Many(2), CancellationToken.None);

            Assert.Equal([(outcome, deferral), (outcome, deferral)], results.Select(result => (result.Outcome, result.Deferral)));
        }
    }

    [Theory]
    [InlineData(ViettelIdIn.None, "Insert MT_QUEUE: OK", "1", null)]
    [InlineData(ViettelIdIn.None, "12345", "1", null)]
    [InlineData(ViettelIdIn.Message, "12345", "1", "12345")]
    [InlineData(ViettelIdIn.Message, "Insert MT_QUEUE: OK, id 0012345.", "1", "12345")]
    [InlineData(ViettelIdIn.Message, "Insert MT_QUEUE: OK", "1", null)]
    [InlineData(ViettelIdIn.Message, "1 of 2", "1", null)] // which?
    [InlineData(ViettelIdIn.Message, "84912345678", "1", null)] // the subscriber's
    [InlineData(ViettelIdIn.Message, "0912345678", "1", null)]
    [InlineData(ViettelIdIn.Message, "99999999999999999999", "1", null)]
    [InlineData(ViettelIdIn.Result, "Insert MT_QUEUE: OK", "12345", "12345")]
    [InlineData(ViettelIdIn.Result, "Insert MT_QUEUE: OK", "1", null)]
    public async Task The_id_is_where_the_lane_says(ViettelIdIn where, string message, string result, string? id)
    {
        var options = Options();
        (options.MostPerCall, options.RegistersReceipts, options.MessageIdIn) = (1, true, where);
        Answer(200, Envelope("wsCpMtRegDlrResponse", $"<message>{message}</message><result>{result}</result>"));

        var taken = Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None));

        Assert.Equal((SendOutcome.Accepted, id), (taken.Outcome, taken.CarrierMessageId));
    }

    [Theory]
    [InlineData("Cong an & nhan dan", "Character 9, '&' (U+0026): ", "Ký tự thứ 9, “&” (U+0026): ")]
    [InlineData("😀& va &", "Character 2, '&' (U+0026) (2 places): ", "Ký tự thứ 2, “&” (U+0026) (2 chỗ): ")]
    public void A_character_the_gateway_refuses_is_named_with_its_place(string text, string english, string vietnamese)
    {
        var fault = Assert.Single(Options().FaultsOf(SmsText.Compose(text)));

        Assert.StartsWith(english, fault.En, StringComparison.Ordinal);
        Assert.StartsWith(vietnamese, fault.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(480, 'a', 0)]
    [InlineData(481, 'a', 1)]
    [InlineData(481, 'á', 0)] // the limit is of texts without diacritics
    public void A_text_longer_than_the_gateway_takes_is_refused_before_it_is_sent(int length, char letter, int faults) =>
        Assert.Equal(faults, Options().FaultsOf(SmsText.Compose(new string(letter, length))).Count(fault => fault.En.Contains($"has {length} characters", StringComparison.Ordinal)));

    [Fact]
    public void What_the_gateway_refuses_in_a_text_is_the_lanes_setting()
    {
        var options = Options();
        (options.ForbiddenCharacters, options.LongestPlain) = ("#", 5);

        Assert.Equal(2, options.FaultsOf(SmsText.Compose("a & b # c")).Count());
    }

    [Theory]
    [InlineData("0", MessageStatus.Accepted, null)]
    [InlineData("1", MessageStatus.Sent, null)]
    [InlineData("2", MessageStatus.Delivered, null)]
    [InlineData("3", MessageStatus.Failed, FailureClass.Network)]
    [InlineData("-1", MessageStatus.Failed, FailureClass.Unknown)]
    public async Task A_message_is_asked_about_by_its_id(string number, MessageStatus expected, FailureClass? failure)
    {
        Answer(200, Details(("77", number)));

        var answer = Assert.Single(await AskAsync(DlrOptions(), [new QueriedSms("r-1", "77")]));

        Assert.Equal((expected, failure, number, "r-1", "77"), (answer.Receipt?.Status, answer.Receipt?.Failure, answer.Receipt?.Code, answer.Receipt?.Reference, answer.Receipt?.CarrierMessageId));
        Assert.Equal([("User", "u"), ("Password", Password), ("CPCode", "CP"), ("MessageIds", "77")], Fields(Asked("getDlrStatus")));
    }

    [Fact]
    public async Task Several_are_asked_about_together_and_told_apart_by_their_ids()
    {
        var options = DlrOptions();
        (options.Inquiry!.MostPerQuery, options.Inquiry.Separator) = (4, ";");
        Answer(200, Details(("3", "2"), ("0001", "3"), ("2", "2"), ("2", "3")));

        var answers = await AskAsync(options, [new QueriedSms("a", "1"), new QueriedSms("b", "2"), new QueriedSms("c", "3"), new QueriedSms("d", "4")]);

        Assert.Equal([MessageStatus.Failed, null, MessageStatus.Delivered, null], answers.Select(answer => answer.Receipt?.Status));
        Assert.Equal("1;2;3;4", Asked("getDlrStatus").Element("MessageIds")!.Value);
        Assert.Equal((4, false), (((IReceiptQuery)Carrier(options)).MostPerQuery, ((IReceiptQuery)Carrier(options)).AsksByReference));
    }

    [Theory]
    [InlineData(200, "<details><dlrStatus>9</dlrStatus><messageId>77</messageId></details>", "unknown status 9")]
    [InlineData(200, "<details><dlrStatus>x</dlrStatus><messageId>77</messageId></details>", "an answer without a status")]
    [InlineData(200, "<details><dlrStatus>1</dlrStatus><messageId>78</messageId></details>", "an answer without the message")]
    [InlineData(200, "<message>Authenticate: IP_INVALID (YOUR IP: 203.0.113.7)</message><result>0</result>", "IP_INVALID")]
    [InlineData(200, "<result>0</result>", "an answer without the message")]
    [InlineData(200, "<", "an answer that makes no sense")]
    [InlineData(500, "", "HTTP 500")]
    [InlineData(503, "<details><dlrStatus>1</dlrStatus><messageId>77</messageId></details>", "HTTP 503")]
    public async Task An_answer_that_says_nothing_changes_nothing(int status, string fields, string why)
    {
        Answer(status, fields == "<" ? fields : Envelope("getDlrStatusResponse", fields));

        var answer = Assert.Single(await AskAsync(DlrOptions(), [new QueriedSms("r-1", "77")]));

        Assert.Equal((null, false, why), (answer.Receipt, answer.IsNotThere, answer.Reason));
    }

    [Fact]
    public async Task A_number_on_the_list_of_the_day_has_failed()
    {
        Answer(200, FailedNumbers("84912345678"));
        var options = FailOptions();
        var at = new DateTimeOffset(2028, 7, 29, 18, 0, 0, TimeSpan.Zero); // the 30th in Hà Nội

        var answers = await AskAsync(options, [HandedOver("r-1", 84912345678, at), HandedOver("r-2", 84912345679, at), HandedOver("r-3", 84912345678, at.AddDays(-1)), new QueriedSms("r-4", null)]);

        Assert.Equal([MessageStatus.Failed, null, null, null], answers.Select(answer => answer.Receipt?.Status));
        Assert.Equal(("r-1", FailureClass.Unknown, "failSub"), (answers[0].Receipt!.Reference, answers[0].Receipt!.Failure, answers[0].Receipt!.Code));
        Assert.All(answers, answer => Assert.False(answer.IsNotThere)); // absence says nothing
        Assert.Equal(
            [("username", "u"), ("password", Password), ("cpCode", "CP"), ("alias", "CHINH PHU"), ("date", "30/07/2028"), ("pageNumber", "1"), ("pageSize", "2")],
            Fields(Asked("getFailSub")));
        Assert.True(((IReceiptQuery)Carrier(options)).AsksByReference);
    }

    [Fact]
    public async Task Each_request_reads_a_page_and_what_was_read_is_kept()
    {
        var carrier = (IReceiptQuery)Carrier(FailOptions());
        var at = new DateTimeOffset(2028, 7, 30, 3, 0, 0, TimeSpan.Zero);
        QueriedSms[] messages = [HandedOver("r-1", 84912345671, at), HandedOver("r-2", 84912345672, at), HandedOver("r-3", 84912345673, at)];
        var pages = new List<string>();

        async Task<int> AskAsync(params string[] failed)
        {
            Answer(200, FailedNumbers(failed));
            var answers = await carrier.AskAsync(messages, CancellationToken.None);
            pages.Add(Asked("getFailSub").Element("pageNumber")!.Value);
            return answers.Count(answer => answer.Receipt is not null);
        }

        Assert.Equal(1, await AskAsync("84912345671", "84999999999"));
        Assert.Equal(2, await AskAsync("0912345672"));
        Assert.Equal(2, await AskAsync());
        Assert.Equal(3, await AskAsync("+84912345673", "x"));
        Assert.Equal(3, await AskAsync());
        Assert.Equal(["1", "2", "1", "1", "2"], pages); // from the beginning again once a page was not full
    }

    [Theory]
    [InlineData(500, "", "HTTP 500")]
    [InlineData(200, "", "an answer that makes no sense")]
    [InlineData(200, "<a><return><errorCode>1</errorCode><message>Authenticate: WRONG_INFORMATION_AUTHENTICATE</message></return></a>", "WRONG_INFORMATION_AUTHENTICATE")]
    [InlineData(200, "<a><faultstring>x</faultstring></a>", "unknown code x")]
    public async Task A_list_that_cannot_be_read_says_nothing(int status, string body, string why)
    {
        Answer(status, body);

        var answer = Assert.Single(await AskAsync(FailOptions(), [HandedOver("r-1", 84912345671, DateTimeOffset.UnixEpoch)]));

        Assert.Equal((null, why), (answer.Receipt, answer.Reason));
    }

    [Theory]
    [InlineData(200, "<balance>1234567.89</balance><errCode>0</errCode><errDesc>check balance success</errDesc>", true, "1,234,567")]
    [InlineData(200, "<balance>5E3</balance><errDesc>check balance success</errDesc>", true, "5,000")]
    [InlineData(200, "<balance>0</balance><errDesc>check balance success</errDesc>", null, "prepaid")]
    [InlineData(200, "<errDesc>check balance success</errDesc>", null, "no balance")]
    [InlineData(200, "<balance>1e99</balance><errDesc>check balance success</errDesc>", null, "no balance")]
    [InlineData(200, "<balance>0</balance><errCode>1</errCode><errDesc>Authenticate: IP_INVALID (YOUR IP: 203.0.113.7)</errDesc>", false, "(IP_INVALID)")]
    [InlineData(200, "<balance>0</balance><errCode>1</errCode><errDesc>Check information error</errDesc>", null, "Check information error")]
    [InlineData(401, "", false, "HTTP 401")]
    [InlineData(500, "", null, "HTTP 500")]
    [InlineData(200, "", null, "says nothing")]
    public async Task The_balance_shows_whether_the_account_is_let_in(int status, string fields, bool? isGood, string words)
    {
        Answer(status, Envelope("checkBalanceResponse", fields));

        var finding = Assert.Single(await ((IAccountCheck)Carrier(Options())).CheckAccountAsync(CancellationToken.None));

        Assert.Equal(isGood, finding.IsGood);
        Assert.Contains(words, finding.Words.En, StringComparison.Ordinal);
        Assert.Equal([("User", "u"), ("Password", Password), ("CPCode", "CP")], Fields(Asked("checkBalance")));
    }

    [Fact]
    public async Task An_account_that_cannot_be_asked_about_is_no_exception()
    {
        var finding = Assert.Single(await ((IAccountCheck)Carrier(Options(new Uri("https://gateway.invalid/")))).CheckAccountAsync(CancellationToken.None));

        Assert.Null(finding.IsGood);
    }

    ViettelLaneOptions DlrOptions()
    {
        var options = Options();
        (options.MostPerCall, options.RegistersReceipts, options.MessageIdIn) = (1, true, ViettelIdIn.Result);
        options.Inquiry = new ViettelInquiryOptions
        {
            Method = ViettelInquiryMethod.DlrStatus,
            Statuses = new() { ["0"] = ViettelStatus.Accepted, ["1"] = ViettelStatus.Sent, ["2"] = ViettelStatus.Delivered, ["3"] = ViettelStatus.Failed, ["-1"] = ViettelStatus.Failed },
            Failures = new() { ["3"] = FailureClass.Network },
        };
        return options;
    }

    ViettelLaneOptions FailOptions()
    {
        var options = Options();
        options.Inquiry = new ViettelInquiryOptions { Method = ViettelInquiryMethod.FailSub, Alias = "CHINH PHU", PageSize = 2 };
        return options;
    }

    static QueriedSms HandedOver(string reference, long number, DateTimeOffset at) =>
        new(reference, null) { Call = new SentCall(new PhoneNumber(number), reference, 1, at) };

    Task<IReadOnlyList<QueryAnswer>> AskAsync(ViettelLaneOptions options, IReadOnlyList<QueriedSms> messages) =>
        ((IReceiptQuery)Carrier(options)).AskAsync(messages, CancellationToken.None);

    static OutboundSms[] Many(int count, string text = Text)
    {
        var sms = Some with { Text = SmsText.Compose(text) };
        return [.. Enumerable.Range(0, count).Select(at => sms with { Reference = $"r-{at}", To = new PhoneNumber(84912345678 + at) })];
    }

    /// <summary>The last request's call of an operation.</summary>
    XElement Asked(string operation)
    {
        XNamespace soap = "http://schemas.xmlsoap.org/soap/envelope/";
        XNamespace impl = "http://impl.bulkSms.ws/";
        var envelope = XDocument.Parse(Server.LogEntries[^1].RequestMessage!.Body!, LoadOptions.PreserveWhitespace).Root!;
        Assert.Equal(soap + "Envelope", envelope.Name);
        return Assert.Single(envelope.Element(soap + "Body")!.Elements(impl + operation));
    }

    static List<(string, string)> Fields(XElement call) => [.. call.Elements().Select(each => (each.Name.ToString(), each.Value))];

    static string Envelope(string response, string fields) =>
        $"<?xml version=\"1.0\" ?><S:Envelope xmlns:S=\"http://schemas.xmlsoap.org/soap/envelope/\"><S:Body><ns2:{response} xmlns:ns2=\"http://impl.bulkSms.ws/\"><return>{fields}</return></ns2:{response}></S:Body></S:Envelope>";

    static string Fault(string words) =>
        $"<S:Envelope xmlns:S=\"http://schemas.xmlsoap.org/soap/envelope/\"><S:Body><S:Fault><faultcode>S:Server</faultcode><faultstring>{words}</faultstring></S:Fault></S:Body></S:Envelope>";

    static string Item(int request, string message, string result) =>
        $"<responseMt><message>{message}</message><requestId>{request}</requestId><result>{result}</result></responseMt>";

    static string Details(params (string Id, string Status)[] details) => Envelope(
        "getDlrStatusResponse",
        string.Concat(details.Select(each => $"<details><dlrStatus>{each.Status}</dlrStatus><messageId>{each.Id}</messageId></details>")) + "<message>OK</message><result>1</result>");

    static string FailedNumbers(params string[] numbers) => Envelope(
        "getFailSubResponse",
        "<errorCode>0</errorCode><message>OK</message>" + string.Concat(numbers.Select(number => $"<result receiver=\"{number}\" message=\"Noi dung tin\"/>")));
}
