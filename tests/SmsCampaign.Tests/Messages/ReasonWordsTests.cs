using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Messages;

public class UncertainReasonWordsTests
{
    [Theory]
    [InlineData("interrupted", "máy hoặc chương trình dừng giữa chừng")]
    [InlineData("connection lost: Unknown", "mất kết nối trong khi chờ nhà mạng trả lời")]
    [InlineData("HTTP 502", "nhà mạng trả lời lỗi, không rõ đã nhận tin chưa (HTTP 502)")]
    [InlineData("repeat refused: HTTP 402", "lần gửi trước có thể đã tới, lần gửi lại bị nhà mạng từ chối (repeat refused: HTTP 402)")]
    [InlineData("repeated in vain: connection lost", "đã gửi lại nhiều lần mà nhà mạng không trả lời rõ")]
    [InlineData("window closed before it was answered", "hết khung giờ gửi trước khi nhà mạng trả lời")]
    [InlineData("unknown code 77", "nhà mạng trả lời mã chưa biết, không rõ đã nhận tin chưa (unknown code 77)")]
    [InlineData("accepted without an id", "nhà mạng báo đã nhận nhưng thiếu mã tin")]
    [InlineData("a success without readable JSON", "nhà mạng trả lời không đọc được, không rõ đã nhận tin chưa")]
    [InlineData("wrong number of results: 3 for 5 messages", "nhà mạng trả lời không đọc được, không rõ đã nhận tin chưa")]
    [InlineData("code E17", "code E17")] // a gateway's own
    public void An_officer_reads_why_a_message_is_uncertain(string written, string expected) =>
        Assert.Equal(expected, UncertainReasonWords.Of(written).Vi);
}
