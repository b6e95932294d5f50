using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Viettel;

/// <summary>What is posted to the gateway.</summary>
public class ViettelRequestsTests : ViettelCase
{
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
                ("User", "u"), ("Password", Password), ("CPCode", "CP"), ("RequestID", "1"), ("UserID", "84912345678"),
                ("ReceiverID", "84912345678"), ("ServiceID", "CHINH PHU"), ("CommandCode", "bulksms"),
                ("Content", Text), ("ContentType", "1"),
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
        Assert.Equal(
            [("User", "u"), ("Password", Password), ("CPCode", "CP"), ("CommandCode", "bulksms")], Fields(call)[..4]);
        Assert.Equal(["requestMt", "requestMt"], call.Elements().Skip(4).Select(each => each.Name.LocalName));
        Assert.Equal(
            [
                ("content", Text),
                ("contentType", "1"),
                ("receiverID", "84912345679"),
                ("requestID", "2"),
                ("serviceID", "CHINH PHU"),
                ("userID", "84912345679"),
            ],
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
            Assert.All(
                call.Descendants().Where(each => each.Name.LocalName is "Content" or "content"),
                content => Assert.Equal(text, content.Value));
            Assert.All(
                call.Descendants().Where(each => each.Name.LocalName is "ContentType" or "contentType"),
                content => Assert.Equal(type, content.Value));
        }
    }

    [Fact]
    public async Task What_xml_cannot_carry_breaks_no_request()
    {
        var options = Options();
        (options.Password, options.User) = ("<s3cret>&", "\u0001");
        Answer(200, AcceptingAnswer([Some]));

        await Carrier(options).SendAsync(
            [Some with { Text = SmsText.Compose("a\u0000b"), Sender = "A&B" }], CancellationToken.None);

        var call = Asked("wsCpMt");
        Assert.Equal(("<s3cret>&", "\uFFFD", "a\uFFFDb", "A&B"), (
            call.Element("Password")!.Value,
            call.Element("User")!.Value,
            call.Element("Content")!.Value,
            call.Element("ServiceID")!.Value));
    }

    [Fact]
    public async Task Each_message_goes_with_its_own_text_and_sender()
    {
        OutboundSms[] messages = [Some, Some with { Text = SmsText.Compose("hai") }, Some with { Sender = "B" }];
        Answer(200, AcceptingAnswer(messages));

        await Carrier(Options()).SendAsync(messages, CancellationToken.None);

        Assert.Equal([Text, "hai", Text], Asked("wsCpBatchMt").Descendants("content").Select(each => each.Value));
        Assert.Equal(
            ["CHINH PHU", "CHINH PHU", "B"], Asked("wsCpBatchMt").Descendants("serviceID").Select(each => each.Value));
    }
}
