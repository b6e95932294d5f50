using System.Text;
using System.Text.Json;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Http;

public class HttpCarrierTests : CarrierContract
{
    protected override LaneOptions OptionsFor(Uri gateway) => Options(gateway);

    protected override PlayedGateway Gateway { get; } = new HttpGateway();

    protected override IEnumerable<string> Broken(string leak)
    {
        var text = JsonSerializer.Serialize(leak);
        return [leak, text, $$"""{"code": {{text}}}""", $$"""{"code": "ok", "id": "", "x": {{text}}}""", $$"""{ {{text}}: 1}"""];
    }

    HttpLaneOptions Options(Uri? gateway = null) => new()
    {
        Type = "http",
        StandIn = true,
        Carriers = ["viettel"],
        Rate = 10,
        Url = gateway ?? new Uri(Server.Url + "/send"),
        Headers = { ["Authorization"] = "Bearer " + Secret },
        Secrets = [Secret],
        Body = Json("""{"ref": "{reference}", "to": "{to}", "from": "{sender}", "text": "{text}"}"""),
        Answer = new HttpAnswerOptions
        {
            Code = "code",
            Id = "id",
            Accepted = ["ok", "0"],
            Refused = { ["E1"] = FailureClass.Number, ["E2"] = FailureClass.Content },
            Throttled = ["fast"],
            Closed = ["night"],
            Busy = ["busy"],
        },
        Receipts = new HttpReceiptOptions
        {
            Reference = "ref",
            Id = "id",
            Status = "status",
            Statuses =
            {
                ["Q"] = HttpReceiptMeaning.Accepted,
                ["S"] = HttpReceiptMeaning.Sent,
                ["D"] = HttpReceiptMeaning.Delivered,
                ["F"] = HttpReceiptMeaning.Failed,
                ["X"] = HttpReceiptMeaning.Failed,
            },
            Code = "err",
            Failures = { ["12"] = FailureClass.Number, ["X"] = FailureClass.Expired },
            Time = "at",
        },
    };

    HttpLaneOptions ListOptions(HttpMatch match = HttpMatch.Order)
    {
        var options = Options();
        options.MostPerCall = 3;
        options.Body = Json("""{"from": "{sender}", "list": "{items}", "flags": [true, null, 1.50]}""");
        options.Item = Json("""{"ref": "{reference}", "to": "{toLocal}", "text": "{text}"}""");
        options.Answer!.Results = "results";
        options.Answer.Match = match;
        options.Answer.Reference = "ref";
        return options;
    }

    [Theory]
    [InlineData("""{"code": "ok", "id": "m-1"}""", SendOutcome.Accepted)]
    [InlineData("""{"code": 0, "id": 17}""", SendOutcome.Accepted)] // numbers stand for their digits
    [InlineData("""{"code": "E1"}""", SendOutcome.Rejected)]
    [InlineData("""{"code": "fast"}""", SendOutcome.Deferred)]
    [InlineData("""{"code": "night"}""", SendOutcome.Deferred)]
    [InlineData("""{"code": "E99"}""", SendOutcome.Uncertain)] // in no table
    [InlineData("""{"code": "OK", "id": "m-1"}""", SendOutcome.Uncertain)] // codes are exact
    [InlineData("""{"code": "ok"}""", SendOutcome.Uncertain)] // taken, they say, but under what id?
    [InlineData("""{"code": "ok", "id": ""}""", SendOutcome.Uncertain)]
    [InlineData("""{"code": "ok", "id": {}}""", SendOutcome.Uncertain)]
    [InlineData("""{"code": null, "id": "m-1"}""", SendOutcome.Uncertain)]
    public async Task The_code_in_the_answer_decides(string body, SendOutcome expected)
    {
        Answer(200, body);

        Assert.Equal(expected, (await SendAsync()).Outcome);
    }

    [Fact]
    public async Task An_answer_may_begin_with_a_byte_order_mark()
    {
        Answer(200, "\uFEFF" + AcceptingAnswer([Some]));

        Assert.Equal(SendOutcome.Accepted, (await SendAsync()).Outcome);
    }

    [Fact]
    public async Task An_unknown_code_is_named()
    {
        Answer(200, """{"code": "E99"}""");

        Assert.Equal("unknown code E99", (await SendAsync()).Reason);
    }

    [Fact]
    public async Task A_refusal_has_its_class_and_code()
    {
        Answer(200, """{"code": "E2"}""");

        var result = await SendAsync();

        Assert.Equal((FailureClass.Content, "code E2"), (result.Failure, result.Reason));
    }

    [Fact]
    public async Task A_number_on_another_network_may_go_by_another_lane()
    {
        var options = Options();
        options.Answer!.OtherNetwork = ["25"];
        Answer(200, """{"code": "25"}""");

        var result = Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None));

        Assert.Equal((true, FailureClass.Number, "code 25"), (result.IsWrongNetwork, result.Failure, result.Reason));
    }

    [Theory]
    [InlineData(200, """{"code": "fast"}""", Deferral.TooFast)]
    [InlineData(200, """{"code": "night"}""", Deferral.Closed)]
    [InlineData(200, """{"code": "busy"}""", Deferral.Busy)] // this message, not the lane
    [InlineData(425, "", Deferral.Busy)]
    [InlineData(503, "", Deferral.Busy)]
    [InlineData(401, "", Deferral.Configuration)]
    public async Task Why_a_message_was_put_off_says_what_waits(int status, string body, Deferral expected)
    {
        var options = Options();
        options.Answer!.Statuses = new() { ["425"] = HttpMeaning.Busy };
        Answer(status, body);

        Assert.Equal(expected, Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None)).Deferral);
    }

    [Theory]
    [InlineData(400, """{"code": "E2"}""", SendOutcome.Rejected, false)]
    [InlineData(400, """{"code": "fast"}""", SendOutcome.Deferred, true)]
    [InlineData(500, """{"code": "night"}""", SendOutcome.Deferred, false)] // documented, so it says more than the 500
    [InlineData(500, """{"code": "E99"}""", SendOutcome.Uncertain, false)]
    [InlineData(400, """{"code": "ok"}""", SendOutcome.Uncertain, false)] // contradicts itself
    [InlineData(418, "", SendOutcome.Deferred, true)] // the lane's own table of statuses
    [InlineData(401, "", SendOutcome.Rejected, false)]
    [InlineData(422, """{"code": "E99"}""", SendOutcome.Uncertain, false)]
    [InlineData(423, "", SendOutcome.Deferred, false)]
    public async Task A_failure_may_say_more_in_its_body_or_by_the_lanes_table(int status, string body, SendOutcome expected, bool throttled)
    {
        var options = Options();
        options.Answer!.Statuses = new()
        {
            ["418"] = HttpMeaning.Throttled,
            ["401"] = HttpMeaning.Refused,
            ["422"] = HttpMeaning.Uncertain,
            ["423"] = HttpMeaning.Closed,
        };
        Answer(status, body);

        var result = Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None));

        Assert.Equal((expected, throttled), (result.Outcome, result.Throttled));
    }

    [Fact]
    public async Task A_gateway_that_drops_repeats_may_be_asked_again()
    {
        using var gateway = new Support.RawGateway(_ => null);
        var options = Options(gateway.Url);
        options.RepeatsDropped = true;

        var result = Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None));

        Assert.Equal(SendOutcome.Deferred, result.Outcome);
    }

    [Fact]
    public async Task The_request_is_as_described()
    {
        Answer(200, AcceptingAnswer([Some]));
        var options = Options();
        options.Query = new() { ["campaign"] = "{sender}/{{1}}" };
        options.Body = Json("""
            {
              "to": ["{toPlus}", "{toLocal}"], "text": "{text}", "n": "{parts:number}", "id": "{to:number}", "p": "{parts}",
              "enc": "{encoding}", "ref": "x-{reference}", "literal \"{{": "{{text}} ă \n", "nested": { "a": [1, 2.50, null] }
            }
            """);
        var sms = Some with { Text = SmsText.Compose("\"Ngày 30/7\"\n\\ & <b> 😀 {to}") };

        await Carrier(options).SendAsync([sms], CancellationToken.None);

        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal("CHINH PHU/{1}", request.Query!["campaign"].Single());
        Assert.Equal("Bearer " + Secret, request.Headers!["Authorization"].Single());
        Assert.Equal("application/json; charset=utf-8", request.Headers["Content-Type"].Single());
        var body = JsonDocument.Parse(request.BodyAsBytes!).RootElement;
        Assert.Equal("+84912345678", body.GetProperty("to")[0].GetString());
        Assert.Equal("0912345678", body.GetProperty("to")[1].GetString());
        Assert.Equal(sms.Text.Value, body.GetProperty("text").GetString());
        Assert.Equal(1, body.GetProperty("n").GetInt32());
        Assert.Equal(84912345678, body.GetProperty("id").GetInt64());
        Assert.Equal("1", body.GetProperty("p").GetString());
        Assert.Equal("ucs2", body.GetProperty("enc").GetString());
        Assert.Equal("x-c1-0000001", body.GetProperty("ref").GetString());
        Assert.Equal("{text} ă \n", body.GetProperty("literal \"{{").GetString());
        Assert.Equal("[1,2.50,null]", body.GetProperty("nested").GetProperty("a").GetRawText());
    }

    [Theory]
    [InlineData(LengthTable.Standard, "à", "gsm7 1")]
    [InlineData(LengthTable.Standard, "`", "ucs2 2")]
    [InlineData(LengthTable.Care, "à", "ucs2 2")]
    [InlineData(LengthTable.Care, "`", "gsm7 1")]
    public async Task Encoding_and_parts_are_of_one_table(LengthTable table, string letter, string expected)
    {
        Answer(200, AcceptingAnswer([Some]));
        var options = Options();
        options.LengthTable = table;
        options.Body = Json("""{ "said": "{encoding} {parts}" }""");

        await Carrier(options).SendAsync([Some with { Text = SmsText.Compose(letter + new string('a', 79)) }], CancellationToken.None);

        Assert.Equal(expected, JsonDocument.Parse(Assert.Single(Server.LogEntries).RequestMessage!.BodyAsBytes!).RootElement.GetProperty("said").GetString());
    }

    [Fact]
    public async Task A_text_is_not_sent_to_the_recipient_of_another()
    {
        // The last text is remembered between calls.
        Answer(200, AcceptingAnswer([Some]));
        var carrier = Carrier(Options());

        foreach (var text in new[] { "một", "hai", "một" })
            await carrier.SendAsync([Some with { Text = SmsText.Compose(text) }], CancellationToken.None);

        Assert.Equal(["một", "hai", "một"], Server.LogEntries.Select(entry =>
            JsonDocument.Parse(entry.RequestMessage!.BodyAsBytes!).RootElement.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_form_is_url_encoded()
    {
        Answer(200, AcceptingAnswer([Some]));
        var options = Options();
        options.Body = null;
        options.Form = new() { ["phone"] = "{toPlus}", ["msg"] = "{text}", ["ref"] = "{reference}" };

        await Carrier(options).SendAsync([Some with { Text = SmsText.Compose("a&b=ă +") }], CancellationToken.None);

        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal("phone=%2B84912345678&msg=a%26b%3D%C4%83%20%2B&ref=c1-0000001", Encoding.UTF8.GetString(request.BodyAsBytes!));
        Assert.StartsWith("application/x-www-form-urlencoded", request.Headers!["Content-Type"].Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_get_whose_connection_drops_is_made_once()
    {
        using var gateway = new Support.RawGateway(request => request == 1 ? Support.RawGateway.Ok(AcceptingAnswer([Some])) : null);
        var options = Options(gateway.Url);
        options.Method = "GET";
        options.Body = null;
        options.Query = new() { ["to"] = "{to}", ["text"] = "{text}", ["ref"] = "{reference}" };
        var carrier = Carrier(options);

        await carrier.SendAsync([Some], CancellationToken.None);
        var result = Assert.Single(await carrier.SendAsync([Some], CancellationToken.None));

        Assert.Equal((SendOutcome.Uncertain, 2), (result.Outcome, gateway.Requests));
    }

    [Fact]
    public async Task A_list_repeats_the_item_for_each_message()
    {
        var messages = Messages(2);
        Answer(200, """{"results": [{"code": "ok", "id": "a"}, {"code": "E1"}]}""");

        var results = await Carrier(ListOptions()).SendAsync(messages, CancellationToken.None);

        Assert.Equal([SendOutcome.Accepted, SendOutcome.Rejected], results.Select(result => result.Outcome));
        Assert.Equal(
            """{"from":"CHINH PHU","list":[{"ref":"r1","to":"0900000001","text":"Phòng, chống mua bán người"},{"ref":"r2","to":"0900000002","text":"Phòng, chống mua bán người"}],"flags":[true,null,1.50]}""",
            Encoding.UTF8.GetString(Assert.Single(Server.LogEntries).RequestMessage!.BodyAsBytes!));
    }

    [Fact]
    public async Task A_list_never_puts_one_sender_over_the_message_of_another() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Carrier(ListOptions()).SendAsync(
            [Some, Some with { Sender = "SO KHCN" }], CancellationToken.None));

    [Theory]
    [InlineData("""{"results": [{"code": "ok", "id": "a"}]}""", "UU")] // one missing: nobody knows which
    [InlineData("""{"results": []}""", "UU")]
    [InlineData("""{"results": [{"code": "ok", "id": "a"}, {"code": "ok", "id": "b"}, {"code": "ok", "id": "c"}]}""", "UU")]
    [InlineData("""{"results": [{"code": "ok", "id": "a"}, null]}""", "AU")]
    [InlineData("""{"code": "fast"}""", "DD")] // the whole call was turned away
    [InlineData("""{"code": "E1"}""", "RR")]
    [InlineData("""{"code": "ok"}""", "UU")] // a call taken, but not a word on its messages
    public async Task Results_in_order_must_be_as_many_as_the_messages(string body, string expected)
    {
        Answer(200, body);

        Assert.Equal(expected, Letters(await Carrier(ListOptions()).SendAsync(Messages(2), CancellationToken.None)));
    }

    [Theory]
    [InlineData("""{"results": [{"ref": "r2", "code": "E1"}, {"ref": "r1", "code": "ok", "id": "a"}]}""", "AR")] // any order
    [InlineData("""{"results": [{"ref": "r1", "code": "ok", "id": "a"}]}""", "AU")]
    [InlineData("""{"results": [{"ref": "r1", "code": "ok", "id": "a"}, {"ref": "r1", "code": "E1"}, {"ref": "r2", "code": "E1"}]}""", "UR")]
    [InlineData("""{"results": [{"code": "ok", "id": "a"}, {"ref": "x", "code": "ok", "id": "b"}]}""", "UU")]
    public async Task Results_by_reference_are_matched(string body, string expected)
    {
        Answer(200, body);

        Assert.Equal(expected, Letters(await Carrier(ListOptions(HttpMatch.Reference)).SendAsync(Messages(2), CancellationToken.None)));
    }

    [Theory]
    [InlineData("""{"ref": "r1", "status": "Q"}""", MessageStatus.Accepted, null, "Q")]
    [InlineData("""{"ref": "r1", "status": "S"}""", MessageStatus.Sent, null, "S")]
    [InlineData("""{"ref": "r1", "status": "D", "err": "0"}""", MessageStatus.Delivered, null, "0")]
    [InlineData("""{"ref": "r1", "status": "F", "err": 12}""", MessageStatus.Failed, FailureClass.Number, "12")]
    [InlineData("""{"ref": "r1", "status": "F", "err": "77"}""", MessageStatus.Failed, FailureClass.Unknown, "77")]
    [InlineData("""{"ref": "r1", "status": "X", "err": "77"}""", MessageStatus.Failed, FailureClass.Expired, "77")] // by its status
    [InlineData("""{"ref": "r1", "status": "X"}""", MessageStatus.Failed, FailureClass.Expired, "X")]
    [InlineData("""{"ref": "r1", "status": "F", "err": "84912345678"}""", MessageStatus.Failed, FailureClass.Unknown, "84912***678")]
    [InlineData("""{"ref": "r1", "status": "F", "err": "a b"}""", MessageStatus.Failed, FailureClass.Unknown, "(not a code)")]
    public void A_receipt_is_read_by_the_tables(string body, MessageStatus status, FailureClass? failure, string code)
    {
        var receipt = Assert.Single(Read(Options(), body));

        Assert.Equal(("r1", null, status, failure, code), (receipt.Reference, receipt.CarrierMessageId, receipt.Status, receipt.Failure, receipt.Code));
    }

    [Theory]
    [InlineData("iso", "2025-07-30T08:00:00+07:00", "2025-07-30T01:00:00Z")]
    [InlineData("iso", "2025-07-30T08:00:00Z", "2025-07-30T08:00:00Z")]
    [InlineData("iso", "2025-07-30T08:00:00.5", "2025-07-30T01:00:00.5Z")] // without an offset: Vietnam's
    [InlineData("unixSeconds", "1753837200", "2025-07-30T01:00:00Z")]
    [InlineData("unixMilliseconds", "1753837200250", "2025-07-30T01:00:00.25Z")]
    [InlineData("dd/MM/yyyy HH:mm:ss", "30/07/2025 08:00:00", "2025-07-30T01:00:00Z")]
    [InlineData("iso", "yesterday", null)]
    [InlineData("iso", "0001-01-01T00:00:00", null)] // 07:00 before the first moment there is
    [InlineData("unixSeconds", "1e30", null)]
    [InlineData("unixSeconds", "99999999999999999999", null)]
    [InlineData("unixSeconds", "79228162514264337593543950335", null)] // the largest decimal: times a second's ticks it overflows
    public void A_receipts_time_is_read_as_described(string format, string written, string? expected)
    {
        var options = Options();
        options.Receipts!.TimeFormat = format;

        var receipt = Assert.Single(Read(options, $$"""{"ref": "r1", "status": "D", "at": "{{written}}"}"""));

        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), receipt.At);
    }

    [Fact]
    public void Receipts_may_come_as_a_list_or_at_a_path()
    {
        Assert.Equal(["a", "b"], Read(Options(), """[{"id": "a", "status": "D"}, {"id": "b", "status": "S"}]""").Select(receipt => receipt.CarrierMessageId));

        var options = Options();
        options.Receipts!.Items = "data.list";
        Assert.Equal(["a"], Read(options, """{"data": {"list": [{"id": "a", "status": "D"}]}}""").Select(receipt => receipt.CarrierMessageId));
    }

    [Fact]
    public void What_is_wrong_with_one_receipt_of_a_list_spoils_no_other()
    {
        var callback = new ReceiptCallback(new Dictionary<string, string>(), Encoding.UTF8.GetBytes(
            """[{"id": "a", "status": "D"}, {"id": "b", "status": "ZZ"}, {"id": "\ud800", "status": "D"}, 7, {"id": "c", "status": "S"}]"""), "application/json");

        var read = ((IReceiptSource)Carrier(Options())).ReadReceipts(callback);

        Assert.Equal([("a", 0), ("c", 4)], read.Select(receipt => (receipt.CarrierMessageId, receipt.Item)));
        Assert.Equal([1, 2, 3], callback.Unread.Select(unread => unread.Item));
        Assert.Equal("unknown status 'ZZ'", callback.Unread[0].Why);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Receipts_are_read_however_they_are_encoded(string encoding)
    {
        var writes = Encoding.GetEncoding(encoding);
        var options = Options();
        foreach (var (from, body) in new[] { (HttpReceiptSource.Json, """{"ref": "r1", "status": "D"}"""), (HttpReceiptSource.Form, "ref=r1&status=D") })
        {
            options.Receipts!.From = from;
            foreach (var bytes in new[] { writes.GetBytes(body), [.. writes.GetPreamble(), .. writes.GetBytes(body)] })
            {
                var read = ((IReceiptSource)Carrier(options)).ReadReceipts(new ReceiptCallback(new Dictionary<string, string>(), bytes, ""));
                Assert.Equal("r1", Assert.Single(read).Reference);
            }
        }
    }

    [Fact]
    public void Receipts_may_come_as_a_query_or_a_form()
    {
        var options = Options();
        options.Receipts!.From = HttpReceiptSource.Query;
        var byQuery = ((IReceiptSource)Carrier(options)).ReadReceipts(new ReceiptCallback(
            new Dictionary<string, string> { ["ref"] = "r1", ["status"] = "D" }, default, ""));

        options.Receipts.From = HttpReceiptSource.Form;
        var byForm = Read(options, "ref=r%31&status=D");

        Assert.Equal(["r1", "r1"], byQuery.Concat(byForm).Select(receipt => receipt.Reference));
    }

    [Theory]
    [InlineData("""{"ref": "r1", "status": "ZZ"}""", "unknown status 'ZZ'")]
    [InlineData("""{"ref": "r1", "status": "0912345678"}""", "unknown status '0912***678'")]
    [InlineData("""{"ref": "r1"}""", "no 'status'")]
    [InlineData("""{"status": "D"}""", "no 'ref'")]
    [InlineData("""{"ref": "\ud800", "status": "D"}""", "not readable")]
    [InlineData("", "not readable")]
    [InlineData("7", "no 'ref'")]
    public void A_callback_that_is_not_this_carriers_is_refused_by_name(string body, string expected)
    {
        var refused = Assert.Throws<FormatException>(() => Read(Options(), body));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ref": "r1", "status": "D"}""", null, null)]
    [InlineData("""{"ref": "r1", "status": "D", "part": 2, "of": "3"}""", 2, 3)]
    [InlineData("""{"ref": "r1", "status": "D", "part": 255}""", 255, null)]
    public void A_receipt_tells_the_part_it_is_about(string body, int? part, int? parts)
    {
        var receipt = Assert.Single(Read(WithParts(), body));

        Assert.Equal((part, parts), (receipt.Part, receipt.Parts));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("256")]
    [InlineData("-1")]
    [InlineData("\"last\"")]
    public void A_part_that_makes_no_sense_is_refused_rather_than_taken_for_the_message(string part)
    {
        var refused = Assert.Throws<FormatException>(() => Read(WithParts(), $$"""{"ref": "r1", "status": "D", "part": {{part}}}"""));

        Assert.Contains("'part'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_in_receipts_are_brought_to_the_form_of_the_lane()
    {
        var options = Options();
        options.Receipts!.IdForm = CarrierIdForm.Number;

        Assert.Equal("12", Assert.Single(Read(options, """{"id": " 0012", "status": "D"}""")).CarrierMessageId);
        Assert.Throws<FormatException>(() => Read(options, """{"id": " ", "status": "D"}"""));
    }

    [Theory]
    [InlineData("""{"code": "ok", "ids": ["0A", "0b"]}""", "0A,0b", "10 11")]
    [InlineData("""{"code": "ok", "ids": [{"id": "0A"}, {"id": 16}]}""", "0A,16", "10 22")]
    [InlineData("""{"code": "ok", "ids": []}""", null, null)]
    [InlineData("""{"code": "ok", "ids": ["0A", ""]}""", null, null)] // taken, but the second part under what id?
    [InlineData("""{"code": "ok", "ids": ["0A", null]}""", null, null)]
    [InlineData("""{"code": "ok", "id": "0A"}""", null, null)]
    public async Task An_answer_may_give_each_part_an_id(string answer, string? written, string? inReceipts)
    {
        var options = Options();
        (options.Answer!.Ids, options.Answer.IdForm) = ("ids", CarrierIdForm.Hex);

        var result = await AnswerAsync(options, answer);

        Assert.Equal(written is null ? SendOutcome.Uncertain : SendOutcome.Accepted, result.Outcome);
        Assert.Equal((written, inReceipts), (result.CarrierMessageId, result.ReceiptIds is { } ids ? string.Join(' ', ids) : null));
    }

    [Theory]
    [InlineData(CarrierIdForm.AsIs, "m-1", null)]
    [InlineData(CarrierIdForm.AsIs, " m-1", "m-1")]
    [InlineData(CarrierIdForm.Hex, "0x0A", "10")]
    public async Task An_id_is_kept_as_it_was_written_and_as_receipts_give_it(CarrierIdForm form, string id, string? inReceipts)
    {
        var options = Options();
        options.Answer!.IdForm = form;

        var result = await AnswerAsync(options, $$"""{"code": "ok", "id": "{{id}}"}""");

        Assert.Equal((id, inReceipts), (result.CarrierMessageId, result.ReceiptIds is { } ids ? Assert.Single(ids) : null));
    }

    [Theory]
    [InlineData(null, null, true, false)]
    [InlineData("ids", null, false, true)] // only the id tells the part
    [InlineData("ids", "part", true, false)]
    public void Ids_are_kept_where_receipts_cannot_be_matched_without(string? ids, string? part, bool repeats, bool own)
    {
        var options = Options();
        (options.Answer!.Ids, options.Receipts!.Part) = (ids, part);
        var source = (IReceiptSource)Carrier(options);

        Assert.Equal((repeats, own), (source.RepeatsReference, source.PartsHaveOwnIds));
    }

    [Fact]
    public void A_lane_without_receipts_refuses_them()
    {
        var options = Options();
        options.Receipts = null;

        Assert.Throws<FormatException>(() => Read(options, "{}"));
    }

    async Task<SendResult> AnswerAsync(HttpLaneOptions options, string answer)
    {
        Answer(200, answer);
        return Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None));
    }

    HttpLaneOptions WithParts()
    {
        var options = Options();
        (options.Receipts!.Part, options.Receipts.Parts) = ("part", "of");
        return options;
    }

    IReadOnlyList<DeliveryReceipt> Read(HttpLaneOptions options, string body) =>
        ((IReceiptSource)Carrier(options)).ReadReceipts(
            new ReceiptCallback(new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body), "application/json"));

    static List<OutboundSms> Messages(int count) => [.. Enumerable.Range(1, count)
        .Select(number => Some with { Reference = $"r{number}", To = new PhoneNumber(84900000000 + number) })];

    static string Letters(IEnumerable<SendResult> results) => string.Concat(results.Select(result => $"{result.Outcome}"[0]));

    static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
