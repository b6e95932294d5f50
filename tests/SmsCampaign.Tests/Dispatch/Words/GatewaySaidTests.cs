using SmsCampaign.Dispatch.Words;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.Dispatch.Words;

public sealed class GatewaySaidTests
{
    static readonly DateTimeOffset At = new(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("code 101", HoldCause.AsSaid, "(nhà mạng trả lời: mã 101)")]
    [InlineData(
        "code 14: “Brandname is not registered”",
        HoldCause.AsSaid,
        "(nhà mạng trả lời: mã 14: “Brandname is not registered”)")]
    [InlineData("Authenticate: IP_INVALID", HoldCause.AsSaid, "(nhà mạng trả lời: “Authenticate: IP_INVALID”)")]
    [InlineData("HTTP 403: the account is not let in", HoldCause.NotLetIn, ": cổng nhắn tin từ chối đăng nhập.")]
    [InlineData(
        "HTTP 403: the account is not let in: “Sender not registered”",
        HoldCause.NotLetIn,
        "từ chối đăng nhập (nhà mạng trả lời: “Sender not registered”).")]
    [InlineData("code 3: “so 0912345678 bi khoa”", HoldCause.AsSaid, "“so 091")]
    [InlineData("the text fits no template", HoldCause.AsSaid, "(nội dung không khớp mẫu tin nào đã đăng ký)")]
    public void The_gateways_own_words_stand_in_the_stop_of_a_lane_between_quotes_and_masked(
        string reason, HoldCause cause, string told)
    {
        var words = LaneStopWords.Of(
            new LaneStop("viettel", At, reason, Cause: cause), new Wording("30/07/2025 08:00", "2025-07-30 08:00"), 0);

        Assert.Contains(told, words.Vi, StringComparison.Ordinal);
        Assert.DoesNotContain("0912345678", words.Vi + words.En, StringComparison.Ordinal);
        Assert.Contains("không còn tin nào chờ kênh này", words.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void However_much_a_gateway_says_a_line_is_shown()
    {
        var words = LaneStopWords.Of(
            new LaneStop("viettel", At, $"code 1: “{new string('x', 900)}”"), new Wording("", ""));

        Assert.InRange(words.Vi.Length, 1, 450);
    }

    [Theory]
    [InlineData(
        "certificate not trusted: it is of another host",
        "chứng chỉ của cổng nhắn tin không được tin cậy: cấp cho máy chủ khác")]
    [InlineData(
        "certificate not trusted: it is over, or the machine's clock is wrong",
        "chứng chỉ của cổng nhắn tin không được tin cậy: đã hết hạn, hoặc đồng hồ máy này sai")]
    public void A_certificate_that_is_not_trusted_is_told_with_why(string reason, string told)
    {
        Assert.Equal(told, GatewayWords.Of(reason).Vi);
        Assert.Equal($": {told}", LaneChangeWords.Said(HoldCause.NotTrusted, reason).Vi);
    }
}
