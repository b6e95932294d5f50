using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Carriers.Esms;

/// <summary>What is posted to the gateway.</summary>
public class EsmsRequestTests : EsmsCase
{
    [Fact]
    public async Task A_message_is_posted_as_the_document_says()
    {
        Answer(200, AcceptingAnswer([Some]));
        var options = Options(new Uri(Server.Url + "/MainService.svc/json/"));
        options.CallbackUrl = new Uri("https://sms.example/receipts/esms");

        var result = Assert.Single(
            await Carrier(options).SendAsync([Some with { Attempt = 7 }], CancellationToken.None));

        Assert.Equal((SendOutcome.Accepted, Id), (result.Outcome, result.CarrierMessageId));
        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal(
            ("POST", "/MainService.svc/json/SendMultipleMessage_V4_post_json/"), (request.Method, request.Path));
        Assert.StartsWith("application/json", request.Headers!["Content-Type"].Single(), StringComparison.Ordinal);
        Assert.Equal(
            [
                ("ApiKey", "key-" + Secret),
                ("SecretKey", Secret),
                ("Phone", "0912345678"),
                ("Content", Text),
                ("Brandname", "CHINH PHU"),
                ("SmsType", "2"),
                ("IsUnicode", "1"),
                ("Sandbox", "0"),
                ("RequestId", "c1-0000001-7"),
                ("CallbackUrl", "https://sms.example/receipts/esms"),
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

        Assert.Contains(
            ("CallbackUrl", "https://sms.example/receipts/esms/0123456789abcdef"),
            Fields(Assert.Single(Server.LogEntries).RequestMessage!.Body!));
    }
}
