using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Esms;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Carriers.Esms;

/// <summary>What the gateway says when it is asked about a message.</summary>
public class EsmsStatusTests : EsmsCase
{
    [Theory]
    [InlineData(
        """{"CodeResponse": "100", "SMSID": "ID", "SendFailed": 0, "SendStatus": 5, "SendSuccess": 1, "TotalPrice": 850.0000}""",
        MessageStatus.Delivered)]
    [InlineData(
        """{"CodeResponse": "100", "SMSID": "ID", "SendFailed": 1, "SendStatus": 5, "SendSuccess": 0}""",
        MessageStatus.Failed)]
    [InlineData("""{"CodeResponse": "100", "SendStatus": "2"}""", MessageStatus.Accepted)]
    public async Task A_message_is_asked_about_by_its_id(string body, MessageStatus expected)
    {
        Answer(200, body.Replace("ID\"", $"{Id}\"", StringComparison.Ordinal));

        var answer = await AskAsync();

        Assert.Equal((expected, "c1-0000001"), (answer.Receipt?.Status, answer.Receipt?.Reference));
        var request = Assert.Single(Server.LogEntries).RequestMessage!;
        Assert.Equal(("GET", "/GetSendStatus", Id, "key-" + Secret, Secret),
            (
                request.Method,
                request.Path,
                request.Query!["RefId"].Single(),
                request.Query["ApiKey"].Single(),
                request.Query["SecretKey"].Single()));
    }

    [Theory]
    [InlineData("true", "true", MessageStatus.Delivered)]
    [InlineData("\"True\"", "\"False\"", MessageStatus.Failed)]
    [InlineData("false", "false", MessageStatus.Accepted)]
    [InlineData("null", "true", null)]
    [InlineData("true", "\"?\"", null)]
    public async Task The_receiver_of_a_message_can_be_asked_about_as_well(
        string sent, string result, MessageStatus? expected)
    {
        Answer(
            200,
            $$"""{"CodeResult": "100", "ReceiverList": [{"IsSent": {{sent}}, "NetworkName": "Viettel", "Phone": "0912345678", "Retry": 0, "SentResult": {{result}}}]}""");

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
    [InlineData(
        200,
        """{"CodeResponse": "100", "SMSID": "434a124c-7818-4f45-bdf2-7f7b07fff210100", "SendStatus": 2}""",
        false)] // of another
    [InlineData(200, """{"CodeResponse": "100", "ReceiverList": []}""", false)]
    [InlineData(
        200,
        """{"CodeResponse": "100", "ReceiverList": [{"IsSent": true, "SentResult": true}, {"IsSent": true, "SentResult": true}]}""",
        false)]
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

        var answer = Assert.Single(await ((IReceiptQuery)Carrier(Options(gateway.Url))).AskAsync(
            [new QueriedSms("c1-0000001", Id)], CancellationToken.None));

        Assert.Contains("connection lost", answer.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, answer.Reason, StringComparison.Ordinal);
    }

    async Task<QueryAnswer> AskAsync(EsmsInquiryMethod method = EsmsInquiryMethod.SendStatus)
    {
        var options = Options();
        options.Inquiry!.Method = method;
        return Assert.Single(await ((IReceiptQuery)Carrier(options)).AskAsync(
            [new QueriedSms("c1-0000001", Id)], CancellationToken.None));
    }
}
