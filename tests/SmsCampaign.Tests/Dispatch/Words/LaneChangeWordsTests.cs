using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Words;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Words;

public sealed class LaneChangeWordsTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("no connection to the SMSC of 84912345678", " (no connection to the SMSC of 84912***678)")]
    [InlineData("HTTP 404 is what they call it", " (HTTP 404 is what they call it)")]
    [InlineData("100 parts/day", " (100 parts/day)")]
    [InlineData("", "")]
    public void What_a_gateway_says_stays_its_words_however_they_begin(string reason, string said)
    {
        foreach (var kind in new[] { LaneChangeKind.NotTaken, LaneChangeKind.Quota })
            Assert.EndsWith(
                said,
                LaneChangeWords.Of(new LaneChange(kind, 1, null, 10, reason), null, RateUnit.Parts).En,
                StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(60, false)] // of a version before
    public void A_gateway_that_cannot_be_reached_is_said_to_be_tried_again_soon(int seconds, bool isSoon)
    {
        var words = LaneChangeWords.Of(
            new LaneChange(
                LaneChangeKind.NotTaken, 0, seconds * 1_000_000L, 10, "no connection", HoldCause.NoConnection),
            new Wording("8:00:05", "8:00:05"),
            RateUnit.Parts);

        Assert.Equal(isSoon, words.Vi.EndsWith(
            "không kết nối được tới cổng nhắn tin, dừng tới 8:00:05; chương trình tự thử lại, ít nhất 5 "
                + "giây một lần trong giờ gửi",
            StringComparison.Ordinal));
        Assert.Equal(
            isSoon, words.En.EndsWith("every 5 seconds at least while the window is open", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_cause_has_words_of_its_own()
    {
        var words = Enum.GetValues<HoldCause>().Select(cause => LaneChangeWords.Said(cause, "")).ToList();

        Assert.Equal(words.Count, words.Select(each => each.Vi).Distinct().Count());
        Assert.Equal(words.Count, words.Select(each => each.En).Distinct().Count());
    }

    [Fact]
    public async Task Cause_and_limit_are_read_back_as_they_were_written()
    {
        var changes = new[]
        {
            new LaneChange(LaneChangeKind.Stopped, 3, null, 10, "x", HoldCause.NoMoney),
            new LaneChange(LaneChangeKind.Quota, 2, 9, 10, "7 requests/day", HoldCause.AsSaid, new QuotaUsed(
                7, RateUnit.Requests, LimitPeriod.Day)),
            new LaneChange(LaneChangeKind.Opened, 1, null, 10),
        };
        var path = SomeRun.Create(_folder.Path, 1);
        await using (var ledger = RunLedger.Open(path, new ProcessClock(TimeProvider.System)))
        {
            foreach (var change in changes.Reverse())
                await ledger.HoldAsync(SomeRun.LaneId, change);
        }

        Assert.Equal(changes, LaneHistory.ReadLatest(path, 10)["viettel"]);
    }

    [Theory]
    [InlineData(401, HoldCause.NotLetIn)]
    [InlineData(403, HoldCause.NotLetIn)]
    [InlineData(402, HoldCause.NoMoney)]
    [InlineData(404, HoldCause.WrongAddress)]
    [InlineData(410, HoldCause.WrongAddress)]
    [InlineData(503, HoldCause.OutOfService)]
    [InlineData(429, HoldCause.AsSaid)]
    public void An_http_status_names_its_cause(int status, HoldCause cause) =>
        Assert.Equal(
            cause, CarrierHttp.MeaningOf(new CarrierAnswer((System.Net.HttpStatusCode)status, default, null)).Cause);
}
