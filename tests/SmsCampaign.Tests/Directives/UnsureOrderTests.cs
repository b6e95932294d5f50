using SmsCampaign.Directives;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Directives;

/// <summary>What an order says in several ways, or cannot mean: asked with what it says, and never chosen.</summary>
public sealed class UnsureOrderTests : IDisposable
{
    const string Passage =
        "1. Sở Khoa học và Công nghệ đề nghị các nhà mạng nhắn tin ngày 30/7/2026: "
        + "“Hãy cùng phòng, chống mua bán người vì cộng đồng”.";

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Several_days_for_a_report_are_asked_with_all_of_them()
    {
        var by = Read(
            Passage,
            "2. Các đơn vị báo cáo kết quả về Công an tỉnh trước ngày 30/9/2026.",
            "3. Báo cáo sơ bộ gửi về Công an tỉnh trước ngày 15/8/2026.",
            "4. Báo cáo cả năm gửi về Công an tỉnh trước ngày 10/12/2026.").Of(DirectiveField.ReportBy);

        Assert.Null(by.Value);
        Assert.All(["30/9/2026", "15/8/2026", "10/12/2026"], day => Assert.Contains(day, by.Question!.Value.Vi));
    }

    [Fact]
    public void Several_receivers_of_reports_of_several_days_are_asked_too()
    {
        var to = Read(
            Passage,
            "2. Các đơn vị báo cáo kết quả về Công an tỉnh trước ngày 30/9/2026.",
            "3. Báo cáo sơ bộ gửi về Sở Tư pháp trước ngày 15/8/2026.").Of(DirectiveField.ReportTo);

        Assert.Null(to.Value);
        Assert.Contains("Công an tỉnh; Sở Tư pháp", to.Question!.Value.Vi);
    }

    /// <summary>The same day said twice, a plan, and what comes round each quarter, are no second day.</summary>
    [Theory]
    [InlineData("3. Báo cáo bằng văn bản gửi về Công an tỉnh trước ngày 30/9.")]
    [InlineData("3. Xây dựng kế hoạch, báo cáo gửi về Công an tỉnh trước ngày 5/7/2026.")]
    [InlineData("3. Định kỳ hàng quý báo cáo về Công an tỉnh trước ngày 10/12.")]
    public void What_is_no_second_day_of_the_report_takes_nothing_from_the_first(string other)
    {
        var found = Read(
            "Lào Cai, ngày 1 tháng 6 năm 2026",
            Passage,
            "2. Các đơn vị báo cáo kết quả về Công an tỉnh trước ngày 30/9/2026.",
            other);

        Assert.Equal("30/9/2026", found.Of(DirectiveField.ReportBy).Value);
        Assert.Equal("Công an tỉnh", found.Of(DirectiveField.ReportTo).Value);
    }

    [Theory]
    [InlineData("31/6/2026")]
    [InlineData("31/6")]
    [InlineData("31 tháng 6 năm 2026")]
    [InlineData("30/7/0000")]
    public void A_day_of_sending_that_no_calendar_has_is_named(string day)
    {
        var date = Read(Passage.Replace("30/7/2026", day)).Of(DirectiveField.SendDate);

        Assert.Null(date.Value);
        Assert.Contains($"“{day}”, ngày không có trong lịch", date.Question!.Value.Vi);
        Assert.Contains(day, date.Words);
    }

    [Fact]
    public void A_day_of_the_report_that_no_calendar_has_is_named_and_its_receiver_kept()
    {
        var found = Read(Passage, "2. Các đơn vị báo cáo kết quả về Công an tỉnh trước ngày 31/9/2026.");

        Assert.Equal("Công an tỉnh", found.Of(DirectiveField.ReportTo).Value);
        Assert.Contains("“31/9/2026”, ngày không có trong lịch", found.Of(DirectiveField.ReportBy).Question!.Value.Vi);
    }

    [Fact]
    public void A_date_of_the_order_that_no_calendar_has_is_not_called_left_open()
    {
        var date = Read("Lào Cai, ngày 31 tháng 6 năm 2026", Passage).Of(DirectiveField.Date);

        Assert.Null(date.Value);
        Assert.Contains("không có trong lịch", date.Question!.Value.Vi);
    }

    [Fact]
    public void A_quotation_that_closes_is_taken_though_one_before_it_does_not_and_that_is_said()
    {
        var found = Read(
            "1. Sở Khoa học và Công nghệ đề nghị các nhà mạng nhắn tin ngày 30/7/2026 hưởng ứng “Ngày toàn dân, nội "
            + "dung “Lưu ý: a: b # c 'x' {y} gọi tổng đài 111 khi cần”.");

        Assert.Equal("Lưu ý: a: b # c 'x' {y} gọi tổng đài 111 khi cần", found.Of(DirectiveField.Text).Value);
        Assert.Contains("dòng 1: ngoặc kép mở (“Ngày toàn dân", Assert.Single(found.Notes).Vi);
    }

    [Theory]
    [InlineData('“')]
    [InlineData('"')]
    public void A_quotation_that_never_closes_is_named_with_its_place(char mark)
    {
        var text = Read(
            $"1. Sở Khoa học và Công nghệ đề nghị các nhà mạng nhắn tin ngày 30/7/2026: {mark}Hãy cùng phòng, chống "
            + "mua bán người vì cộng đồng.").Of(DirectiveField.Text);

        Assert.Null(text.Value);
        Assert.Contains("ngoặc kép mở ở dòng 1 (“Hãy cùng phòng", text.Question!.Value.Vi);
    }

    [Fact]
    public void Of_a_quotation_too_short_for_a_message_it_is_not_said_that_there_is_none()
    {
        var text = Read("1. Sở đề nghị các nhà mạng nhắn tin ngày 30/7/2026: “a: b # c {y} gọi 111”.")
            .Of(DirectiveField.Text);

        Assert.Contains("trong ngoặc kép chỉ có “a: b # c {y} gọi 111”", text.Question!.Value.Vi);
    }

    [Fact]
    public void A_straight_mark_that_never_closes_hides_no_quotation_behind_it()
    {
        var text = Read(
            "1. Sở Khoa học và Công nghệ đề nghị các nhà mạng nhắn tin ngày 30/7/2026 theo cỡ 5\" như sau: “Hãy cùng "
            + "phòng, chống mua bán người vì cộng đồng”.").Of(DirectiveField.Text);

        Assert.Equal("Hãy cùng phòng, chống mua bán người vì cộng đồng", text.Value);
    }

    DirectiveFindings Read(params string[] lines) =>
        DirectiveReader.Read(_folder.Write("van-ban.txt", string.Join('\n', lines))).Findings!;
}
