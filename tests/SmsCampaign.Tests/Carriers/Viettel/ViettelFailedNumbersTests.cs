using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Viettel;

public class ViettelFailedNumbersTests : ViettelCase
{
    [Fact]
    public async Task A_number_on_the_list_of_the_day_has_failed()
    {
        Answer(200, FailedNumbers("84912345678"));
        var options = FailOptions();
        var at = new DateTimeOffset(2028, 7, 29, 18, 0, 0, TimeSpan.Zero); // the 30th in Hà Nội

        var answers = await AskAsync(
            options,
            [
                HandedOver("r-1", 84912345678, at),
                HandedOver("r-2", 84912345679, at),
                HandedOver("r-3", 84912345678, at.AddDays(-1)),
                new QueriedSms("r-4", null),
            ]);

        Assert.Equal([MessageStatus.Failed, null, null, null], answers.Select(answer => answer.Receipt?.Status));
        Assert.Equal(
            ("r-1", FailureClass.Unknown, "failSub"),
            (answers[0].Receipt!.Reference, answers[0].Receipt!.Failure, answers[0].Receipt!.Code));
        Assert.All(answers, answer => Assert.False(answer.IsNotThere)); // absence says nothing
        Assert.Equal(
            [
                ("username", "u"), ("password", Password), ("cpCode", "CP"), ("alias", "CHINH PHU"),
                ("date", "30/07/2028"), ("pageNumber", "1"), ("pageSize", "2"),
            ],
            Fields(Asked("getFailSub")));
        Assert.True(((IReceiptQuery)Carrier(options)).AsksByReference);
    }

    [Fact]
    public async Task Each_request_reads_a_page_and_what_was_read_is_kept()
    {
        var carrier = (IReceiptQuery)Carrier(FailOptions());
        var at = new DateTimeOffset(2028, 7, 30, 3, 0, 0, TimeSpan.Zero);
        QueriedSms[] messages =
        [
            HandedOver("r-1", 84912345671, at),
            HandedOver("r-2", 84912345672, at),
            HandedOver("r-3", 84912345673, at),
        ];
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
    [InlineData(
        200,
        "<a><return><errorCode>1</errorCode><message>Authenticate: "
            + "WRONG_INFORMATION_AUTHENTICATE</message></return></a>",
        "WRONG_INFORMATION_AUTHENTICATE")]
    [InlineData(200, "<a><faultstring>x</faultstring></a>", "unknown code x")]
    public async Task A_list_that_cannot_be_read_says_nothing(int status, string body, string why)
    {
        Answer(status, body);

        var answer = Assert.Single(
            await AskAsync(FailOptions(), [HandedOver("r-1", 84912345671, DateTimeOffset.UnixEpoch)]));

        Assert.Equal((null, why), (answer.Receipt, answer.Reason));
    }
}
