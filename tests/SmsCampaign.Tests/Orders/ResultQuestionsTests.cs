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
        Audience = new OrderAudience(["A"], ["prepaid"], "registered", [], 100_000),
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
        { "vượt 300 đã nêu", Between(Local(9), Local(9, 3)) },
        { "không sau giờ bắt đầu", Between(Local(9), Local(9)) },
        { "ngoài khung 08:00–20:00 của ngày", Between(Local(9), Local(21)) },
        { "1.234 tin gửi ngoài khung", Plain with { Hours = [Hour(9, 60_000), Hour(20, 1_234)] } },
        { "tròn nghìn", Plain with { Rows = [Row(20_000, 19_000), Row(30_000, 29_000)] } },
        { "Bình quân 3 bản tin", Plain with { Rows = [Row(61_234, 60_001) with { Parts = 183_702 }] } },
        { "vượt ước tính 1,2 %", Plain with { Rows = [Row(101_234, 100_001)] } },
    };

    static IEnumerable<string> Ask(CarrierResult result, int? stated) =>
        ResultQuestions.Find(result, Order, stated).Select(question => question.In(Language.Vietnamese));

    static ResultRow Row(long sent, long? good) => new(3, "Đắk Lắk", null) { Sent = sent, Succeeded = good };

    static CarrierResult Between(DateTime begin, DateTime end) =>
        Plain with { Rows = [Row(61_234, 60_001) with { Begin = begin, End = end }] };

    static ResultHour Hour(int hour, long sent) => new(2, new DateOnly(2025, 7, 30), hour, sent, null);

    static DateTimeOffset At(int hour) => new(2025, 7, 30, hour, 0, 0, TimeSpan.FromHours(7));

    static DateTime Local(int hour, int minute = 0) => new(2025, 7, 30, hour, minute, 0);
}
