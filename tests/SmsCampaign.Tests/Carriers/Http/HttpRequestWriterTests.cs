using System.Text;
using System.Text.Json;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Http;

/// <summary>The request is as the lane describes it.</summary>
public class HttpRequestWriterTests : HttpCase
{
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

        await Carrier(options).SendAsync(
            [Some with { Text = SmsText.Compose(letter + new string('a', 79)) }], CancellationToken.None);

        Assert.Equal(
            expected,
            JsonDocument.Parse(Assert.Single(Server.LogEntries).RequestMessage!.BodyAsBytes!).RootElement
                .GetProperty("said")
                .GetString());
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
        Assert.Equal(
            "phone=%2B84912345678&msg=a%26b%3D%C4%83%20%2B&ref=c1-0000001",
            Encoding.UTF8.GetString(request.BodyAsBytes!));
        Assert.StartsWith(
            "application/x-www-form-urlencoded", request.Headers!["Content-Type"].Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_get_whose_connection_drops_is_made_once()
    {
        using var gateway = new Support.RawGateway(
            request => request == 1 ? Support.RawGateway.Ok(AcceptingAnswer([Some])) : null);
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
}
