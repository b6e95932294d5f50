using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;

namespace SmsCampaign.Tests.Messages.Words;

public class ReasonWordsTests
{
    [Theory]
    [InlineData(Reason.Interrupted, null, "máy hoặc chương trình dừng giữa chừng")]
    [InlineData(Reason.ConnectionLost, null, "mất kết nối trong khi chờ nhà mạng trả lời")]
    [InlineData(Reason.HttpStatus, "HTTP 502", "nhà mạng trả lời lỗi, chưa rõ có nhận tin hay không (HTTP 502)")]
    [InlineData(
        Reason.RepeatRefused,
        "HTTP 402",
        "yêu cầu trước có thể đã tới, yêu cầu gửi lại bị nhà mạng từ chối (HTTP 402)")]
    [InlineData(Reason.UnknownCode, "code 77", "nhà mạng trả lời mã chưa biết, chưa rõ có nhận tin hay không (mã 77)")]
    [InlineData(Reason.None, "code E17", "mã E17")] // a gateway's own
    [InlineData(Reason.None, "", "")]
    public void An_officer_reads_why_a_message_stands_where_it_does(Reason reason, string? code, string expected) =>
        Assert.Equal(expected, ReasonWords.Of(reason, code).Vi);

    [Fact]
    public void Every_reason_that_is_stored_has_words_in_both_languages()
    {
        foreach (var reason in Enum.GetValues<Reason>().Except([Reason.None]))
        {
            var words = ReasonWords.Of(reason);
            Assert.NotEqual(words.Vi, words.En);
            Assert.NotEqual("", words.Vi);
        }

        Assert.Equal("lý do lạ 999", ReasonWords.OfStored(999).Vi);
    }
}
