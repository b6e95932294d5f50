using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Messages;

public class UncertainReasonWordsTests
{
    [Theory]
    [InlineData("interrupted", "máy hoặc chương trình dừng giữa chừng")]
    [InlineData("connection lost: Unknown", "mất kết nối trong khi chờ nhà mạng trả lời")]
    [InlineData("HTTP 502", "nhà mạng trả lời lỗi, không rõ đã nhận tin chưa (HTTP 502)")]
    [InlineData("code E17", "code E17")] // a gateway's own
    public void An_officer_reads_why_a_message_is_uncertain(string written, string expected) =>
        Assert.Equal(expected, UncertainReasonWords.Of(written).Vi);
}
