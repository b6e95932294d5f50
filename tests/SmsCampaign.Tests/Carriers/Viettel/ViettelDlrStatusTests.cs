using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Viettel;

public class ViettelDlrStatusTests : ViettelCase
{
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

        Assert.Equal((expected, failure, number, "r-1", "77"), (
            answer.Receipt?.Status,
            answer.Receipt?.Failure,
            answer.Receipt?.Code,
            answer.Receipt?.Reference,
            answer.Receipt?.CarrierMessageId));
        Assert.Equal(
            [("User", "u"), ("Password", Password), ("CPCode", "CP"), ("MessageIds", "77")],
            Fields(Asked("getDlrStatus")));
    }

    [Fact]
    public async Task Several_are_asked_about_together_and_told_apart_by_their_ids()
    {
        var options = DlrOptions();
        (options.Inquiry!.MostPerQuery, options.Inquiry.Separator) = (4, ";");
        Answer(200, Details(("3", "2"), ("0001", "3"), ("2", "2"), ("2", "3")));

        var answers = await AskAsync(
            options,
            [new QueriedSms("a", "1"), new QueriedSms("b", "2"), new QueriedSms("c", "3"), new QueriedSms("d", "4")]);

        Assert.Equal(
            [MessageStatus.Failed, null, MessageStatus.Delivered, null],
            answers.Select(answer => answer.Receipt?.Status));
        Assert.Equal("1;2;3;4", Asked("getDlrStatus").Element("MessageIds")!.Value);
        Assert.Equal(
            (4, false),
            (((IReceiptQuery)Carrier(options)).MostPerQuery, ((IReceiptQuery)Carrier(options)).AsksByReference));
    }

    [Theory]
    [InlineData(200, "<details><dlrStatus>9</dlrStatus><messageId>77</messageId></details>", "unknown status 9")]
    [InlineData(
        200, "<details><dlrStatus>x</dlrStatus><messageId>77</messageId></details>", "an answer without a status")]
    [InlineData(
        200, "<details><dlrStatus>1</dlrStatus><messageId>78</messageId></details>", "an answer without the message")]
    [InlineData(
        200, "<message>Authenticate: IP_INVALID (YOUR IP: 203.0.113.7)</message><result>0</result>", "IP_INVALID")]
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
}
