using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Office.Causes;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Tests.Office.Causes;

/// <summary>What is made of how fast lanes are, looked at every ten seconds.</summary>
public sealed class FlowCausesTests
{
    /// <summary>09:00 in Vietnam; the window is 08:00 to 20:00.</summary>
    static readonly DateTimeOffset Nine = new(2026, 7, 30, 2, 0, 0, TimeSpan.Zero);
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2026, 7, 30), Simulated: false);
    static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    static readonly Who Officer = new("Trần Thị B", "b", "may");

    readonly LaneFlows _flows = new();
    TimeSpan _passed;

    [Fact]
    public void A_lane_at_half_its_contract_for_five_minutes_is_slow()
    {
        Assert.True(Assert.Single(Of(AlertKind.LaneSlow, Pass(TimeSpan.FromMinutes(4), aSecond: 50))).IsUnknown);

        var slow = Assert.Single(Of(AlertKind.LaneSlow, Pass(TimeSpan.FromMinutes(2), aSecond: 50)));

        Assert.False(slow.IsUnknown);
        Assert.Equal("kênh gửi 'viettel' chậm hơn hợp đồng", slow.Alert.What.Vi);
        Assert.Equal(
            "Trong 5 phút qua: 50 phần/giây, hợp đồng 100 (50%) dù còn tin chờ.", slow.Alert.Detail.Vi);
    }

    [Theory]
    [InlineData(80, 1_000_000, RateUnit.Parts)] // much of it
    [InlineData(0.1, 100, RateUnit.Parts)] // the end of a run
    [InlineData(50, 1_000_000, RateUnit.Requests)] // how many messages each carries is not known
    public void What_is_not_slow_is_not_called_so(double aSecond, long waiting, RateUnit unit) =>
        Assert.Empty(Of(AlertKind.LaneSlow, Pass(TimeSpan.FromMinutes(6), aSecond, waiting, unit: unit)));

    [Fact]
    public void Of_a_lane_that_is_held_nothing_is_said_and_it_is_measured_anew()
    {
        Pass(TimeSpan.FromMinutes(6), aSecond: 100);

        var held = Assert.Single(Of(AlertKind.LaneSlow, Pass(TimeSpan.FromMinutes(6), aSecond: 0, isHeld: true)));
        Assert.True(held.IsUnknown);
        Assert.True(Assert.Single(Of(AlertKind.LaneSlow, Pass(TimeSpan.FromMinutes(4), aSecond: 100))).IsUnknown);
        Assert.Empty(Of(AlertKind.LaneSlow, Pass(TimeSpan.FromMinutes(2), aSecond: 100)));
    }

    [Fact]
    public void A_lane_that_a_person_slowed_is_held_to_that_and_still_watched()
    {
        _slowedTo = 40;
        Assert.Empty(Of(AlertKind.LaneSlow, Pass(TimeSpan.FromMinutes(6), aSecond: 40)));

        var slow = Assert.Single(Of(AlertKind.LaneSlow, Pass(TimeSpan.FromMinutes(6), aSecond: 10)));

        Assert.Equal("kênh gửi 'viettel' chậm hơn mức đang đặt", slow.Alert.What.Vi);
        Assert.Equal(
            "Trong 5 phút qua: 10 phần/giây, mức đang đặt 40 (25%) dù còn tin chờ.", slow.Alert.Detail.Vi);
        Assert.False(Assert.Single(Of(
            AlertKind.ReceiptsStopped, Pass(TimeSpan.FromMinutes(16), aSecond: 40))).IsUnknown);
    }

    /// <summary>Measured or not: at 100 a second it would fit.</summary>
    [Fact]
    public void What_does_not_fit_the_window_at_the_rate_that_a_person_set_is_at_risk()
    {
        _slowedTo = 40;

        Assert.False(Assert.Single(Of(AlertKind.WindowRisk, Pass(Look, aSecond: 40, waiting: 3_700_000))).IsUnknown);
    }

    [Fact]
    public void Two_runs_that_share_an_account_are_held_to_its_contract_together() =>
        Assert.Empty(Of(AlertKind.LaneSlow, Pass(TimeSpan.FromMinutes(6), aSecond: 45, runs: 2)));

    [Fact]
    public void Only_what_does_not_fit_the_window_at_the_measured_rate_is_at_risk()
    {
        // 11 hours are left: 3.9 million at 100 a second fit, and at 60 do not.
        Assert.Empty(Of(AlertKind.WindowRisk, Pass(TimeSpan.FromMinutes(6), aSecond: 100, waiting: 3_700_000)));

        var risk = Assert.Single(Of(AlertKind.WindowRisk, Pass(TimeSpan.FromMinutes(10), 60, 3_700_000)));

        Assert.Equal(AlertSeverity.Urgent, risk.Alert.Severity);
        Assert.Equal("có thể gửi không kịp khung giờ: thu-nghiem, ngày 30/07/2026", risk.Alert.What.Vi);
        Assert.Contains(
            "khi khung giờ đóng lúc 30/07/2026 20:00 còn khoảng 1.3", risk.Alert.Detail.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_next_days_are_allowed_it_is_no_more_than_a_warning()
    {
        var risk = Assert.Single(Of(
            AlertKind.WindowRisk, Pass(TimeSpan.FromMinutes(6), 60, 3_700_000, leftovers: "next-day")));

        Assert.Equal(AlertSeverity.Warning, risk.Alert.Severity);
        Assert.Equal("có thể phải gửi sang ngày sau: thu-nghiem, ngày 30/07/2026", risk.Alert.What.Vi);
    }

    [Fact]
    public void A_run_that_was_planned_for_several_days_is_not_late_today() =>
        Assert.Empty(Of(
            AlertKind.WindowRisk, Pass(TimeSpan.FromMinutes(6), 100, 6_000_000, leftovers: "next-day")));

    [Fact]
    public void A_gateway_that_is_away_for_a_while_is_counted_at_its_contract_once_it_is_back() =>
        Assert.DoesNotContain(
            Of(AlertKind.WindowRisk, Pass(TimeSpan.FromMinutes(6), 0, 3_700_000, isHeld: true)),
            cause => !cause.IsUnknown);

    /// <summary>However much it could do if it went on.</summary>
    [Theory]
    [InlineData("hold", true, AlertSeverity.Urgent)]
    [InlineData("next-day", true, AlertSeverity.Warning)]
    [InlineData("hold", false, AlertSeverity.Urgent)] // nothing is known to hold it
    public void A_lane_that_hands_nothing_over_for_a_quarter_of_an_hour_is_a_risk(
        string leftovers, bool isHeld, AlertSeverity severity)
    {
        _closesAfter = TimeSpan.FromHours(2);
        Pass(TimeSpan.FromMinutes(6), aSecond: 100, waiting: 400, leftovers: leftovers);

        var dead = Assert.Single(Of(
            AlertKind.WindowRisk, Pass(TimeSpan.FromMinutes(16), 0, 400, leftovers: leftovers, isHeld: isHeld)));

        Assert.Equal((false, severity), (dead.IsUnknown, dead.Alert.Severity));
        Assert.StartsWith(
            "Kênh 'viettel' không chuyển được tin nào từ 30/07/2026 0", dead.Alert.Detail.Vi, StringComparison.Ordinal);
        Assert.Contains("còn 400 tin chờ", dead.Alert.Detail.Vi, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Of(AlertKind.WindowRisk, Pass(Look, aSecond: 100, waiting: 400, leftovers: leftovers)),
            cause => !cause.IsUnknown);
    }

    [Fact]
    public void A_lane_whose_quota_of_the_day_is_used_up_is_not_called_dead()
    {
        (_closesAfter, var at) = (TimeSpan.FromHours(2), ProcessClock.ToMicros(Nine));
        _history = [new LaneChange(LaneChangeKind.Quota, at, at + 1, 50, "")];

        Assert.DoesNotContain(
            Of(AlertKind.WindowRisk, Pass(TimeSpan.FromMinutes(22), 0, 400)),
            cause => cause.Alert.Detail.Vi.Contains("không chuyển được tin nào", StringComparison.Ordinal));
    }

    /// <summary>Of what does not move nothing is measured: that it fits the window is no news of today.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Where_lanes_have_stopped_or_are_paused_the_risk_is_not_over(bool isStopped, bool isPaused)
    {
        Assert.Single(Of(AlertKind.WindowRisk, Pass(TimeSpan.FromMinutes(6), aSecond: 60, waiting: 3_700_000)));

        (_isStopped, _isPaused) = (isStopped, isPaused);

        Assert.True(Assert.Single(Of(
            AlertKind.WindowRisk, Pass(TimeSpan.FromMinutes(6), 0, 3_700_000))).IsUnknown);
    }

    [Fact]
    public void Receipts_that_stop_while_messages_go_are_missed_after_a_quarter_of_an_hour()
    {
        Assert.Empty(Of(AlertKind.ReceiptsStopped, Pass(TimeSpan.FromMinutes(16), aSecond: 10, receiptsASecond: 9)));

        var silent = Assert.Single(Of(AlertKind.ReceiptsStopped, Pass(TimeSpan.FromMinutes(16), aSecond: 10)));
        Assert.False(silent.IsUnknown);
        Assert.StartsWith("Trong 15 phút qua đã chuyển 9.0", silent.Alert.Detail.Vi, StringComparison.Ordinal);

        Assert.Empty(Of(AlertKind.ReceiptsStopped, Pass(Look, aSecond: 10, receiptsASecond: 1)));
    }

    [Fact]
    public void Where_little_is_handed_over_nothing_is_said_of_receipts() =>
        Assert.True(Assert.Single(Of(
            AlertKind.ReceiptsStopped, Pass(TimeSpan.FromMinutes(16), aSecond: 0.1))).IsUnknown);

    [Theory]
    [InlineData(ReceiptTrust.None)]
    [InlineData(ReceiptTrust.Gateway)]
    public void Of_a_lane_without_receipts_none_are_missed(ReceiptTrust trust) =>
        Assert.Empty(Of(AlertKind.ReceiptsStopped, Pass(TimeSpan.FromMinutes(16), aSecond: 10, trust: trust)));

    [Fact]
    public void Outside_the_window_what_is_told_stays()
    {
        var causes = Pass(TimeSpan.FromMinutes(6), aSecond: 50, isOpen: false);

        Assert.Empty(Of(AlertKind.LaneSlow, causes));
        Assert.True(Assert.Single(Of(AlertKind.WindowRisk, causes)).IsUnknown);
        Assert.True(Assert.Single(Of(AlertKind.ReceiptsStopped, causes)).IsUnknown);
    }

    static IEnumerable<Cause> Of(AlertKind kind, IEnumerable<Cause> causes) =>
        causes.Where(cause => cause.Alert.Kind == kind);

    double _handed;
    double _received;
    int? _slowedTo;
    IReadOnlyList<LaneChange> _history = [];
    TimeSpan _closesAfter = TimeSpan.FromHours(11);
    bool _isStopped;
    bool _isPaused;

    /// <returns>What is found at the last look.</returns>
    List<Cause> Pass(
        TimeSpan time,
        double aSecond,
        long waiting = 1_000_000,
        double receiptsASecond = 0,
        RateUnit unit = RateUnit.Parts,
        ReceiptTrust trust = ReceiptTrust.Handset,
        string leftovers = "hold",
        bool isHeld = false,
        bool isOpen = true,
        int runs = 1)
    {
        List<Cause> causes = [];
        for (var end = _passed + time; _passed <= end; _passed += Look)
        {
            var view = View(waiting, unit, trust, leftovers, isHeld, isOpen, runs);
            _flows.Note(view, (long)_passed.TotalMicroseconds);
            causes = [.. FlowCauses.Find(view, _flows)];
            _handed += aSecond * Look.TotalSeconds;
            _received += receiptsASecond * Look.TotalSeconds;
        }

        return causes;
    }

    StatusView View(
        long waiting, RateUnit unit, ReceiptTrust trust, string leftovers, bool isHeld, bool isOpen, int runs)
    {
        var keys = Enumerable.Range(1, runs)
            .Select(number => number == 1 ? Key : Key with { Campaign = $"khac-{number}" })
            .ToList();
        var at = ProcessClock.ToMicros(Nine);
        return new StatusView(
            new WorkerSight(WorkerState.Runs, null),
            [.. keys.Select(key => new RunOpening(key, Nine.AddHours(-1), Nine + _closesAfter, isOpen))],
            _isStopped ? [new LaneStop("viettel", Nine, "code 15")] : [],
            [.. keys.Select(key => Overview(key, waiting, unit, trust, leftovers) with
            {
                Outages = isHeld
                    ? [new LaneOutage("viettel", at, at, LaneChangeKind.NotTaken, "", HoldCause.NoConnection)]
                    : [],
            })],
            [], [], [], [], IsWhole: true)
        {
            At = Nine,
            Orders =
            [
                .. _slowedTo is { } rate ? [Order(OrderKind.Rate) with { Rate = rate }] : Array.Empty<StandingOrder>(),
                .. _isPaused ? [Order(OrderKind.Pause)] : Array.Empty<StandingOrder>(),
            ],
        };
    }

    static StandingOrder Order(OrderKind kind) => new(1, kind, null, "viettel", Nine, Officer, "");

    RunOverview Overview(RunKey key, long waiting, RateUnit unit, ReceiptTrust trust, string leftovers)
    {
        var tally = new Tally();
        tally.AddMany(MessageStatus.Planned, trust, 1, waiting);
        tally.AddMany(MessageStatus.Delivered, trust, 1, (long)_received);
        tally.AddMany(MessageStatus.Accepted, trust, 1, (long)(_handed - _received));
        var run = new RunRecord
        {
            Key = key.ToString(),
            Campaign = key.Campaign,
            Date = key.DateText,
            Code = key.Campaign,
            State = RunState.Sending,
            File = "",
            CampaignFile = "",
            Definition = $$"""
                id: {{key.Campaign}}
                schedule:
                  date: {{key.DateText}}
                  window: { from: "08:00", to: "20:00" }
                  missed: start-late
                  leftovers: {{leftovers}}
                """,
            DefinitionHash = "",
            AudienceHash = "",
            PlanHash = "",
        };
        return new RunOverview(
            run,
            run.ReadSchedule().Window,
            new RunStatus(
                tally.Messages, 0, [new LaneStatus(new LaneRow("viettel", trust, 330m, 100, unit, null), tally)]),
            new Dictionary<string, IReadOnlyList<LaneChange>> { ["viettel"] = _history },
            [],
            [],
            null);
    }
}
