using SmsCampaign.App;

namespace SmsCampaign.Tests.App;

public sealed class WrappedLinesTests
{
    [Theory]
    [InlineData("ngắn", "ngắn|")]
    [InlineData("  một hai", "  một hai|")]
    [InlineData(
        "AAAAAAAAA BBBBBBBBB CCCCCCCCC DDDDDDDDD EEEEEEEEE FFFFFFFFF GGGGGGGGG HHHHHHHHH IIII",
        "AAAAAAAAA BBBBBBBBB CCCCCCCCC DDDDDDDDD EEEEEEEEE FFFFFFFFF GGGGGGGGG HHHHHHHHH|  IIII|")]
    [InlineData(
        "    AAAAAAAAA BBBBBBBBB CCCCCCCCC DDDDDDDDD EEEEEEEEE FFFFFFFFF GGGGGGGGG HHHHHHHHH",
        "    AAAAAAAAA BBBBBBBBB CCCCCCCCC DDDDDDDDD EEEEEEEEE FFFFFFFFF GGGGGGGGG|      HHHHHHHHH|")]
    [InlineData("một\nhai", "một|hai|")]
    public void Lines_are_broken_between_words_with_what_follows_set_in(string text, string shown) =>
        Assert.Equal(shown, Write(text));

    [Fact]
    public void A_word_that_is_wider_than_a_screen_stays_whole()
    {
        var path = "/" + new string('x', 100);

        Assert.Equal($"Tệp|  {path}|  không đọc được.|", Write($"Tệp {path} không đọc được."));
        Assert.Equal($"{path}|", Write(path));
    }

    [Fact]
    public void A_command_is_not_broken_where_a_line_can_hold_it() => Assert.Equal(
        "1 tin chưa rõ nhà mạng có nhận hay không. Xem và xử lý:|  sms-campaign resolve dak-lak-2025 --simulate|",
        Write("1 tin chưa rõ nhà mạng có nhận hay không. Xem và xử lý: sms-campaign resolve dak-lak-2025 --simulate"));

    [Fact]
    public void What_goes_on_behind_a_command_does_not_move_it() => Assert.Equal(
        "Đang có lượt gửi dở: hãy khởi động dịch vụ gửi (sms-campaign worker) để gửi tiếp|  "
            + "phần còn lại và nhận biên nhận.|",
        Write(
            "Đang có lượt gửi dở: hãy khởi động dịch vụ gửi (sms-campaign worker) để gửi tiếp phần "
            + "còn lại và nhận biên nhận."));

    static string Write(string text)
    {
        using var inner = new StringWriter { NewLine = "|" };
        using var lines = new WrappedLines(inner);
        lines.WriteLine(text);
        return inner.ToString();
    }
}
