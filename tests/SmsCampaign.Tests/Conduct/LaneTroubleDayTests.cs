using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.Conduct;

/// <summary>Days on which viettel's gateway is in trouble, with the engine's own run, ledgers and lanes; the window is
/// open from 08:00 to 08:45 and what is left then is dropped. VinaPhone's lane never notices. Each name says what the
/// officer reads.</summary>
[Trait("Category", "Slow")]
public sealed class LaneTroubleDayTests : IDisposable
{
    /// <summary>At a message a second: five minutes of a lane.</summary>
    const int Each = 300;

    readonly DayCase _day = new("30 08:00:00", Each, "08:00", "08:45", "drop", leaps: true)
    {
        KeepsLedgerOpen = true,
    };

    readonly Dictionary<string, string> _shown = [];

    public void Dispose() => _day.Dispose();

    [Fact]
    public async Task A_lane_down_for_half_an_hour_hands_nothing_over_says_status_and_all_is_sent_once_it_is_back()
    {
        _day.OfViettel = (_, _) => IsBetween("30 08:02:00", "30 08:32:00") ? NightAnswer.Refused : NightAnswer.Accepted;
        LookAt("30 08:20:00", "30 08:35:00");

        await ConductAsync();

        Assert.Contains(
            "Kênh gửi 'viettel' KHÔNG chuyển được tin từ 30/07/2025 08:02", _shown["30 08:20:00"],
            StringComparison.Ordinal);
        Assert.Contains(
            "Chương trình đang thử lại; các tin chưa gửi vẫn chờ", _shown["30 08:20:00"], StringComparison.Ordinal);
        Assert.DoesNotContain("KHÔNG chuyển được tin", _shown["30 08:35:00"], StringComparison.Ordinal);
        Assert.Equal(Each, Count(MessageStatus.Accepted));
        Assert.Equal(Each, _day.Viettel.Received.Count);

        // Tried every five seconds, and not again and again.
        Assert.InRange(_day.Viettel.Arrived.Count, Each + (1_800 / 5) - 10, Each + (1_800 / 5) + 10);
    }

    [Fact]
    public async Task A_lane_down_from_the_start_all_day_hands_nothing_over_says_status_and_the_report_what_is_left()
    {
        _day.OfViettel = (_, _) => NightAnswer.Refused;
        LookAt("30 08:40:00");

        await ConductAsync();

        Assert.Contains(
            "Kênh gửi 'viettel' KHÔNG chuyển được tin từ 30/07/2025 08:00", _shown["30 08:40:00"],
            StringComparison.Ordinal);
        AssertAllLeft("hết khung giờ gửi");
        Assert.InRange(_day.Viettel.Arrived.Count, (2_700 / 5) - 10, (2_700 / 5) + 10);
    }

    [Fact]
    public async Task A_lane_that_says_too_fast_all_day_stands_still_says_status_until_when_and_nothing_fails()
    {
        _day.OfViettel = (_, _) => new NightAnswer(false, SendResult.TooFast("HTTP 429"));
        LookAt("30 08:40:00");

        await ConductAsync();

        Assert.Matches(
            "Kênh gửi 'viettel' đang dừng tới 30/07/2025 08:4[01](:[0-9]+)?: nhà mạng báo gửi quá nhanh",
            _shown["30 08:40:00"]);
        AssertAllLeft("hết khung giờ gửi");

        // Once a minute from when the wait has grown to that.
        Assert.InRange(_day.Viettel.Arrived.Count, 40, 65);
    }

    [Fact]
    public async Task A_lane_that_answers_slowly_is_below_its_contract_says_status_and_nothing_is_uncertain()
    {
        _day.Folder.Edit("smscampaign.json", "\"maxInFlight\": 32", "\"maxInFlight\": 4");
        _day.OfViettel = (_, _) => NightAnswer.Accepted with { After = TimeSpan.FromSeconds(12) };
        _day.Beside = (station, over) => _day.LookForAlertsAsync(station, over);
        LookAt("30 08:12:00");

        await ConductAsync();

        Assert.Contains(
            "kênh gửi 'viettel' chậm hơn hợp đồng", _shown["30 08:12:00"], StringComparison.Ordinal);
        Assert.Equal(Each, Count(MessageStatus.Accepted));
        Assert.InRange(_day.Time.GetUtcNow(), DayCase.Local("30 08:15:00"), DayCase.Local("30 08:17:30"));
    }

    [Fact]
    public async Task A_lane_that_takes_messages_and_never_answers_is_stopped_early_and_status_counts_the_uncertain()
    {
        _day.OfViettel = (_, _) => new NightAnswer(true, null);
        LookAt("30 08:40:00");

        await ConductAsync();

        var uncertain = Count(MessageStatus.Uncertain);
        Assert.Contains(
            "Kênh gửi 'viettel' KHÔNG chuyển được tin từ 30/07/2025 08:00", _shown["30 08:40:00"],
            StringComparison.Ordinal);
        Assert.Matches(
            "[0-9]+ tin chưa rõ nhà mạng có nhận hay không. Xem và xử lý: sms-campaign resolve thu-nghiem",
            _shown["30 08:40:00"]);

        // Those on their way as it was noticed, and one message at each try since: none of them ever again.
        Assert.InRange(uncertain, 3, 32 + 30);
        Assert.Equal((uncertain, Each - uncertain), (_day.Viettel.Arrived.Count, Count(MessageStatus.Leftover)));
        Assert.Equal(uncertain, _day.Viettel.Received.Count);
    }

    [Theory]
    [InlineData("stopped", "kênh gửi còn bị dừng khi hết khung giờ")]
    [InlineData("paused", "còn tạm dừng theo quyết định khi hết khung giờ")]
    [InlineData("held", "kênh gửi còn đứng chờ người phụ trách khi hết khung giờ")]
    public async Task A_lane_that_stands_still_until_the_window_closes_is_the_reason_the_report_gives(
        string how, string reason)
    {
        using var day = new DayCase("30 08:00:00", 30, "08:00", "08:02", "drop", leaps: true) { HeedsOrders = true };
        day.OfViettel = (_, _) => new NightAnswer(how == "paused", how switch
        {
            "stopped" => SendResult.Misconfigured("HTTP 401"),
            "held" => SendResult.Rejected(FailureClass.Content, "code 31"),
            _ => SendResult.Accepted("id"),
        });
        if (how == "paused")
            day.At("30 08:00:10", () => Pause(day));
        if (how == "held")
            day.Folder.Edit("campaign.yaml", "canary: { messages: 0 }", "canary: { messages: 20, receiptsPercent: 0 }");

        day.Approve();
        await day.ConductAsync();

        Assert.Equal(RunState.Finished, day.Registry.Find(DayCase.Key)!.State);
        var left = day.ReadMessages().Count(message => message.Status == MessageStatus.Leftover);
        Assert.InRange(left, 15, 30);
        Assert.Contains($"\r\nChưa gửi vì: {reason},{left},", day.ReadSummary(), StringComparison.Ordinal);
        Assert.Equal(30, day.Vinaphone.Received.Count);
    }

    /// <summary>It was not sending when the window closed: that is the reason, and not what a person ordered
    /// since.</summary>
    [Fact]
    public async Task What_stands_still_only_since_the_window_closed_is_not_the_reason()
    {
        using var day = new DayCase("30 08:00:00", 30, "08:00", "08:02", "drop", leaps: true) { HeedsOrders = true };
        day.At("30 08:00:10", day.Stop);
        day.Approve();
        await day.ConductAsync();
        day.AdvanceTo("30 08:05:00");
        Pause(day);

        await day.ConductAsync();

        Assert.Equal(RunState.Finished, day.Registry.Find(DayCase.Key)!.State);
        Assert.Contains("\r\nChưa gửi vì: hết khung giờ gửi,", day.ReadSummary(), StringComparison.Ordinal);
        Assert.DoesNotContain("còn tạm dừng", day.ReadSummary(), StringComparison.Ordinal);
    }

    static void Pause(DayCase day) => day.Registry.Orders.Give(
        new NewOrder(OrderKind.Pause, new OrderScope(DayCase.Key, "viettel"), new Who("B", "b", "may"), "lãnh đạo gọi"),
        new Wording("tạm dừng", "paused"),
        day.Time.GetUtcNow());

    async Task ConductAsync()
    {
        _day.Approve();
        await _day.ConductAsync();

        Assert.StartsWith("fired", _day.Decided, StringComparison.Ordinal);
        Assert.EndsWith("finished", _day.Decided, StringComparison.Ordinal);
        Assert.Equal(Each, _day.Vinaphone.Received.Count);
        Assert.All(_day.Received.Values, times => Assert.Equal(1, times));
        Assert.True(RunStatus.Read(RunAddress.OfFile(_day.Folder.Ledger())).Balances);
    }

    /// <summary>Of viettel's, none of which ever failed.</summary>
    void AssertAllLeft(string reason)
    {
        Assert.Equal(Each, Count(MessageStatus.Leftover));
        Assert.Empty(_day.Viettel.Received);
        Assert.Contains($"\r\nChưa gửi vì: {reason},{Each},", _day.ReadSummary(), StringComparison.Ordinal);
    }

    /// <summary>Of viettel's.</summary>
    int Count(MessageStatus status) => _day.ReadMessages().Count(message =>
        $"{message.Phone}".StartsWith("8498", StringComparison.Ordinal) && message.Status == status);

    bool IsBetween(string from, string to) =>
        _day.Time.GetUtcNow() is var now && now >= DayCase.Local(from) && now < DayCase.Local(to);

    void LookAt(params string[] moments)
    {
        foreach (var moment in moments)
            _day.At(moment, () => _shown[moment] = _day.Status());
    }
}
