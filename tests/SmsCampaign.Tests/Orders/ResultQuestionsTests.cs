using SmsCampaign.Orders;

namespace SmsCampaign.Tests.Orders;

/// <summary>What is asked of a carrier about figures that may be right and do not look so.</summary>
public sealed class ResultQuestionsTests
{
    static readonly WorkOrder Order = new()
    {
        OrderId = "x",
        Revision = 1,
        Campaign = "x",
        Subject = "x",
        Holder = "viettel",
        Directive = new OrderDirective(null, null, "UBND", null, null),
        Message = new OrderMessage("a", "vi", "gsm7", 1, 2, "h"),
        Sender = new OrderSender("CHINH PHU"),
        Window = new OrderWindow(At(8), At(20), true),
        Audience = new OrderAudience([], ["prepaid"], "registered", [], 100_000),
        AcknowledgeBy = At(8).AddDays(-5),
        ReportBy = At(8).AddDays(5),
        Contact = new OrderContact(null, null, null, null),
    };

    /// <summary>Nothing to ask.</summary>
    static readonly CarrierResult Plain = new()
    {
        Text = "a",
        Sender = "CHINH PHU",
        Trust = "máy báo nhận",
        Counting = "hệ thống",
        Rows = [Row(sent: 61_234, good: 60_001)],
    };

    [Fact]
    public void Of_plain_figures_nothing_is_asked() => Assert.Empty(Ask(Plain, stated: 300));

    [Theory]
    [MemberData(nameof(Odd))]
    public void What_looks_odd_is_asked_about(string said, object result) =>
        Assert.Contains(said, Assert.Single(Ask((CarrierResult)result, stated: 300)));

    public static TheoryData<string, object> Odd() => new()
    {
        { "mức xác nhận nào", Plain with { Trust = null } },
        { "đề nghị xác nhận", Plain with { Text = null } },
        { "đề nghị xác nhận", Plain with { Sender = null } },
        { "ước tính?", Plain with { Counting = null } },
        { "được ghi là ước tính", Plain with { Counting = "Ước tính" } },
        { "thành công; đề nghị bổ sung", Plain with { Rows = [Row(61_234, null)] } },
        { "lớn hơn 100 %", Plain with { Rows = [Row(61_234, 60_001) with { Share = 1.02m }] } },
        { "tính từ (5) và (4)", Plain with { Rows = [Row(61_234, 60_001) with { Share = 0.9m }] } },
        { "Tỷ lệ thành công 98 %: “thành công” tính theo mức xác nhận nào", Plain with { Trust = null } },
        { "Tỷ lệ thành công 100 %", Plain with { Rows = [Row(61_234, 61_234)] } },
        { "vượt 300 đã đăng ký; giờ", Between(Local(9), Local(9, 3)) },
        { "Tốc độ ghi 500 tin/giây, vượt 300", Plain with { Rate = "500 tin/giây" } },
        { "Tốc độ ghi 1.500 tin/giây, vượt 300", Plain with { Rate = "1.500" } },
        { "Tốc độ ghi 'nhanh'", Plain with { Rate = "nhanh" } },
        { "Giờ 9, ngày 30/07/2025: 1.090.000 tin là 302", Plain with { Hours = [Hour(9, 1_090_000)] } },
        { "'Đắk Lắk' có 2 hàng", Plain with { Rows = [Row(61_234, 60_001), Row(1, 0)] } },
        {
            "3 hàng cùng ghi đã gửi 1.234",
            Plain with { Rows = [Row(1_234, 999), Of("B", 1_234, 998), Of("C", 1_234, 1)] }
        },
        { "không sau giờ bắt đầu", Between(Local(9), Local(9)) },
        { "ngoài khung 08:00–20:00 của ngày", Between(Local(9), Local(21)) },
        { "1.234 tin gửi ngoài khung", Plain with { Hours = [Hour(9, 60_000), Hour(20, 1_234)] } },
        { "tròn nghìn", Plain with { Rows = [Row(20_000, 19_000), Of("B", 30_000, 29_000)] } },
        { "Bình quân 3 bản tin", Plain with { Rows = [Row(61_234, 60_001) with { Parts = 183_702 }] } },
        { "vượt ước tính 1,2 %", Plain with { Rows = [Row(101_234, 100_001)] } },
    };

    /// <summary>Each area keeps within the rate, and all of them at the same time do not.</summary>
    [Fact]
    public void Areas_at_the_same_time_are_held_to_the_rate_together()
    {
        var at = Row(40_012, 39_001) with { Begin = Local(9), End = Local(9, 4) };

        Assert.Empty(Ask(Plain with { Rows = [at] }, stated: 300));
        Assert.Contains(
            "Tất cả: 80.024 tin trong 4 phút là 333 tin/giây, vượt 300",
            Assert.Single(Ask(Plain with { Rows = [at, at with { Area = "Lâm Đồng" }] }, stated: 300)));
    }

    /// <summary>A carrier that stated none is held to what it claims.</summary>
    [Fact]
    public void Where_no_rate_was_stated_the_one_of_the_report_binds_it() => Assert.Contains(
        "vượt 100 đã đăng ký",
        Assert.Single(Ask(Between(Local(9), Local(9, 4)) with { Rate = "100 tin/giây" }, stated: null)));

    static IEnumerable<string> Ask(CarrierResult result, int? stated) =>
        ResultQuestions.Find(result, Order, stated).Select(question => question.In(Language.Vietnamese));

    static ResultRow Row(long sent, long? good) => new(3, "Đắk Lắk", null) { Sent = sent, Succeeded = good };

    static ResultRow Of(string area, long sent, long? good) => Row(sent, good) with { Area = area };

    static CarrierResult Between(DateTime begin, DateTime end) =>
        Plain with { Rows = [Row(61_234, 60_001) with { Begin = begin, End = end }] };

    static ResultHour Hour(int hour, long sent) => new(2, new DateOnly(2025, 7, 30), hour, sent, null);

    static DateTimeOffset At(int hour) => new(2025, 7, 30, hour, 0, 0, TimeSpan.FromHours(7));

    static DateTime Local(int hour, int minute = 0) => new(2025, 7, 30, hour, minute, 0);
}
