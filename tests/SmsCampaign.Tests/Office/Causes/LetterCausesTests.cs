using SmsCampaign.Office;
using SmsCampaign.Office.Causes;
using SmsCampaign.Orders.Words;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Orders;

namespace SmsCampaign.Tests.Office.Causes;

/// <summary>What persons are told of carriers that are to text their own subscribers.</summary>
public sealed class LetterCausesTests : IDisposable
{
    readonly HeldFolder _held = new();

    public void Dispose() => _held.Dispose();

    [Fact]
    public void Long_before_an_answer_is_due_nobody_is_told_anything()
    {
        _held.Approve();

        Assert.Empty(Find());
    }

    [Fact]
    public void A_letter_that_is_not_written_or_has_not_left_is_told_three_days_before_its_answer_is_due()
    {
        _held.Approve();
        SetTime(18);
        Assert.Equal(2, Find().Count);
        Assert.All(Find(), alert => Assert.Contains("Chưa soạn", alert.Detail.In(Language.Vietnamese)));

        _held.Write();
        Assert.All(
            Find(), alert => Assert.Contains("chưa được ghi nhận là đã gửi", alert.Detail.In(Language.Vietnamese)));

        _held.Record(OrderStepKind.Sent);
        Assert.Single(Find());
    }

    [Fact]
    public void An_answer_that_is_overdue_is_told_and_urgent_the_day_before()
    {
        _held.Approve();
        _held.Write();
        _held.Record(OrderStepKind.Sent);
        SetTime(21);
        var alert = Of("thue-bao-viettel");
        Assert.Equal((AlertKind.CarrierAnswer, AlertSeverity.Warning), (alert.Kind, alert.Severity));

        SetTime(29);
        Assert.Equal(AlertSeverity.Urgent, Of("thue-bao-viettel").Severity);

        _held.Record(OrderStepKind.Acknowledged);
        Assert.Equal(["thue-bao-vnpt"], Find().Select(each => each.About.Split(' ')[^1]));
    }

    [Fact]
    public void A_refusal_is_urgent_with_its_reason()
    {
        _held.Approve();
        _held.Write();
        _held.Record(OrderStepKind.Sent);
        _held.Record(OrderStepKind.Refused, note: "hết tải");

        var alert = Of("thue-bao-viettel");

        Assert.Equal(AlertSeverity.Urgent, alert.Severity);
        Assert.Contains("hết tải", alert.Detail.In(Language.Vietnamese));
    }

    [Fact]
    public void A_report_that_is_overdue_is_told_until_it_is_imported()
    {
        _held.Agree();
        _held.PassTheDay();
        _held.Finish();
        _held.Time.SetUtcNow(new DateTimeOffset(2025, 8, 8, 17, 1, 0, TimeSpan.FromHours(7)));
        Assert.Equal(AlertKind.CarrierReport, Assert.Single(Find()).Kind);

        _held.Import("Địa bàn,Đã gửi,Thành công\nĐắk Lắk,600,550\n");

        Assert.Empty(Find());
    }

    [Theory]
    [InlineData(1, 9, "")] // the window has closed, there is time
    [InlineData(5, 18, "sắp tới hạn báo cáo")]
    [InlineData(8, 16, "sắp tới hạn báo cáo")]
    [InlineData(8, 18, "chưa báo cáo")]
    public void A_report_is_asked_for_three_days_before_it_is_due(int day, int hour, string said)
    {
        _held.Agree();
        _held.PassTheDay();
        _held.Finish();
        _held.Time.SetUtcNow(new DateTimeOffset(2025, 8, day, hour, 0, 0, TimeSpan.FromHours(7)));

        var told = Find().Select(alert => alert.What.In(Language.Vietnamese)).ToList();

        if (said.Length == 0)
            Assert.Empty(told);
        else
            Assert.Contains(said, Assert.Single(told), StringComparison.Ordinal);
        Assert.Contains(
            said.Length == 0 ? "chờ báo cáo" : day == 8 && hour == 18 ? "QUÁ HẠN" : "SẮP TỚI HẠN",
            OrderStateWords.Line(_held.Read("thue-bao-viettel"), _held.Time.GetUtcNow()).In(Language.Vietnamese),
            StringComparison.Ordinal);

        _held.Record(OrderStepKind.Refused, note: "không nhắn");
        Assert.Empty(Find());
    }

    [Fact]
    public void A_letter_that_is_not_what_stands_now_is_urgent_until_the_carrier_is_told()
    {
        _held.Agree();
        _held.Registry.SetState(HeldFolder.Key, RunState.Cancelled, _held.Time.GetUtcNow());

        var alert = Of("thue-bao-viettel");
        Assert.Equal(AlertSeverity.Urgent, alert.Severity);
        Assert.Contains("thôi nhắn", alert.Next.In(Language.Vietnamese));

        _held.Record(OrderStepKind.Withdrawn, note: "hủy");
        Assert.Empty(Find());
    }

    [Fact]
    public void A_row_that_does_not_count_is_told()
    {
        _held.Agree();
        using (var db = SqliteDb.Open(_held.Data.Ledger))
            db.Execute("update order_step set note = 'x'");

        Assert.Contains(Find(), alert => alert.Kind == AlertKind.RecordDamaged);
    }

    List<Alert> Find() => [.. LetterCauses
        .Find(StatusView.ReadOften(_held.Data, _held.Files.Installation, _held.Time))
        .Select(cause => cause.Alert)];

    Alert Of(string segment) => Find().Single(alert => alert.About.EndsWith(segment, StringComparison.Ordinal));

    void SetTime(int day) => _held.Time.SetUtcNow(new DateTimeOffset(2025, 7, day, 9, 0, 0, TimeSpan.FromHours(7)));
}
