using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

/// <summary>What <c>status --watch</c> shows of a run under way, on a clock that only the test moves. The window is
/// 08:00 to 20:00.</summary>
public sealed class StatusLiveTests
{
    /// <summary>09:00 in Vietnam.</summary>
    static readonly DateTimeOffset Nine = new(2026, 7, 30, 2, 0, 0, TimeSpan.Zero);
    static readonly RunKey Key = new("thong-diep", new DateOnly(2026, 7, 30), Simulated: false);
    static readonly Who Officer = new("Trần Thị B", "b", "may");

    readonly SettableTime _time = new();
    readonly LaneRates _rates;
    readonly List<StandingOrder> _orders = [];
    readonly List<LaneStop> _stopped = [];
    readonly List<Alert> _alerts = [];
    readonly List<Lane> _lanes = [];
    readonly Dictionary<string, LaneTrial> _trials = [];
    bool _isWorkerThere = true;
    Wording? _damage;

    public StatusLiveTests() => _rates = new LaneRates(_time);

    [Fact]
    public void A_run_under_way_is_one_table_on_80_columns()
    {
        Several();
        Look();
        Pass(TimeSpan.FromSeconds(10));

        Is(
            Look(),
            """
            Dịch vụ gửi đang chạy (PID 7, từ 30/07/2026 09:00); dấu hiệu hoạt động gần nhất:
              30/07/2026 09:00:10.
            Cảnh báo gần nhất (1 cái đang còn): KHẨN, từ 30/07/2026 09:00: kênh gửi
              'gmobile' đã dừng hẳn.

            thong-diep, ngày 30/07/2026: đã chuyển 1.309.047/3.780.667 tin (34%). Khung giờ
              đóng lúc 20:00.
              Kênh gửi      Trạng thái   Tốc độ  Đã chuyển  Biên nhận  Chưa rõ  Xong lúc
              viettel       đang gửi    498/500  1.239.547  1.200.000       12     10:01
              vinaphone     TẠM DỪNG      0/300     40.000     39.000        0         –
              mobifone      gửi chậm     40/100      9.400          –        0     09:30
              gmobile       DỪNG HẲN       0/10        100          0        0         –
              vietnamobile  gửi hết        0/50     20.000     19.500        0      xong
              mobifone: có người đặt chậm lại 40, hợp đồng 100.
              Chưa biết bao giờ xong: vinaphone, gmobile.

            Tốc độ: đo trong 30 giây qua/hợp đồng, mỗi giây, tính như hợp đồng. … là đang
              đo, – là không có hoặc không biết. Mọi giờ là giờ Việt Nam.
            """);
        Is(
            Look(Language.English),
            """
            The sending service runs (PID 7, since 2026-07-30 09:00); last sign of life:
              2026-07-30 09:00:10.
            Last alert (of 1 now): URGENT, since 2026-07-30 09:00: the lane 'gmobile' has
              stopped.

            thong-diep, 2026-07-30: 1,309,047 of 3,780,667 messages handed over (34%). The
              window closes at 20:00.
              Lane          State        Rate       Sent   Receipts  Uncertain  Done at
              viettel       sending   498/500  1,239,547  1,200,000         12    10:01
              vinaphone     PAUSED      0/300     40,000     39,000          0        –
              mobifone      slowed     40/100      9,400          –          0    09:30
              gmobile       STOPPED      0/10        100          0          0        –
              vietnamobile  all sent     0/50     20,000     19,500          0     done
              mobifone: a person has slowed it to 40, contracted 100.
              When it is done is not known of: vinaphone, gmobile.

            Rate: as measured in the last 30 s/contract, a second, counted as the contract
              does. … is being measured, – is none or not known. All times are of Vietnam.
            """);
    }

    /// <summary>Neither is moving: when they are done nobody can say.</summary>
    [Fact]
    public void A_lane_that_sends_its_first_batch_is_shown_so_and_one_that_is_held_waits_for_a_person()
    {
        _lanes.Add(new Lane("viettel", 500, 1_800_000, 50));
        _lanes.Add(new Lane("vinaphone", 300, 100_000, 50));
        _trials["viettel"] = Trial(TrialState.UnderWay);
        _trials["vinaphone"] = Trial(TrialState.Held);
        Look();
        Pass(TimeSpan.FromSeconds(10));

        var shown = Look();

        Assert.Matches(@"viettel +loạt đầu +0/500 ", shown);
        Assert.Matches(@"vinaphone +CHỜ NGƯỜI +0/300 ", shown);
        Assert.Contains("Chưa biết bao giờ xong: viettel, vinaphone.", shown, StringComparison.Ordinal);

        static LaneTrial Trial(TrialState state) =>
            new(1, 1, TrialKind.Canary, state, 1, 1, 0, 50, TrialFinding.Nothing);
    }

    [Fact]
    public void Before_the_second_look_no_rate_is_known()
    {
        _lanes.Add(new Lane("viettel", 500, 1_800_000, 1_000));

        var shown = Look();

        Assert.Contains("…/500", shown, StringComparison.Ordinal);
        Assert.Contains("  Chưa biết bao giờ xong: viettel.", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Dự kiến xong", shown, StringComparison.Ordinal);
    }

    /// <summary>What was an hour ago says nothing of now.</summary>
    [Fact]
    public void A_rate_is_that_of_the_last_half_minute()
    {
        _lanes.Add(new Lane("viettel", 500, 1_800_000, 1_000) { ASecond = 500 });
        for (var looks = 0; looks < 60; looks++)
            Pass(StatusCommand.Glance, look: true);
        _lanes[0].ASecond = 100;
        for (var looks = 0; looks < 16; looks++)
            Pass(StatusCommand.Glance, look: true);

        Assert.Contains(" 100/500 ", Look(), StringComparison.Ordinal);
    }

    /// <summary>Reading takes a while, and more at first.</summary>
    [Fact]
    public void A_rate_is_reckoned_by_when_messages_were_handed_over_and_not_by_when_that_was_read()
    {
        var lane = new Lane("viettel", 500, 1_800_000, 1_000) { ASecond = 500, Handed = TimeSpan.FromSeconds(60) };
        _lanes.Add(lane);
        _time.Advance(TimeSpan.FromSeconds(1)); // slow to be read
        Look();
        _time.Advance(TimeSpan.FromSeconds(9));
        lane.Move(TimeSpan.FromSeconds(10));
        Assert.Contains(" 500/500 ", Look(), StringComparison.Ordinal);

        // What stands still since is no longer as fast.
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Contains(" 250/500 ", Look(), StringComparison.Ordinal);
    }

    /// <summary>What goes on after an hour is as fast as it goes.</summary>
    [Fact]
    public void A_rate_counts_no_hold_before_it_was_looked_at()
    {
        var lane = new Lane("viettel", 500, 1_800_000, 1_000) { ASecond = 500, Handed = TimeSpan.FromSeconds(60) };
        _lanes.Add(lane);
        Look();
        lane.Handed += TimeSpan.FromHours(1);
        Pass(TimeSpan.FromSeconds(10));

        Assert.Contains(" 500/500 ", Look(), StringComparison.Ordinal);
    }

    /// <summary>However the clock on the wall is set.</summary>
    [Fact]
    public void A_clock_that_is_set_while_it_looks_makes_no_rate()
    {
        _lanes.Add(new Lane("viettel", 500, 1_800_000, 1_000) { ASecond = 500 });
        Look();
        Pass(TimeSpan.FromSeconds(10));
        _time.SetBy = TimeSpan.FromHours(-1);

        Assert.Contains(" 500/500 ", Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_fit_the_window_is_said_with_how_much()
    {
        _lanes.Add(new Lane("viettel", 500, 4_000_000, 0) { ASecond = 100 });
        Look();
        Pass(TimeSpan.FromSeconds(10));

        // At 100 a second 3,959,000 go in what is left of the 11 hours.
        var shown = Look();

        Assert.Contains("sau 20:00", shown, StringComparison.Ordinal);
        Assert.Contains(
            "  KHÔNG KỊP theo tốc độ đang đo: tới giờ đóng 20:00 còn khoảng 40.000 tin.",
            shown,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Dự kiến xong", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_contract_that_counts_requests_is_shown_by_messages_and_not_of_what()
    {
        _lanes.Add(new Lane("mobifone", 32, 1_800_000, 0) { ASecond = 45, Unit = RateUnit.Requests });
        Look();
        Pass(TimeSpan.FromSeconds(10));

        Assert.Contains("  45 tin  ", Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_ledger_that_cannot_be_read_is_said_and_never_all_well()
    {
        Several();
        Look();
        _damage = new Wording("Tệp runs/x.db bị hỏng.", "The file runs/x.db is damaged.");
        Pass(TimeSpan.FromSeconds(2));

        var shown = Look();

        Assert.Contains(
            "thong-diep, ngày 30/07/2026: KHÔNG XEM ĐƯỢC, không biết lượt này đang ở đâu. Tệp runs/x.db bị hỏng.",
            Shown.Flat(shown),
            StringComparison.Ordinal);
        Assert.DoesNotContain("viettel", shown, StringComparison.Ordinal);

        // Once it can be read again it is measured anew.
        _damage = null;
        Pass(TimeSpan.FromSeconds(2));
        Assert.Contains(" …/500 ", Look(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_sends_no_lane_is_shown_as_sending_and_no_alerts_are_no_comfort()
    {
        _lanes.Add(new Lane("viettel", 500, 1_800_000, 1_000));
        _isWorkerThere = false;

        var shown = Look();

        Assert.Contains("KHÔNG GỬI", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("đang gửi ", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Không có cảnh báo", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Once_all_is_handed_over_receipts_are_waited_for()
    {
        _lanes.Add(new Lane("viettel", 500, 0, 1_000) { Confirmed = 900 });

        var shown = Look();

        Assert.Contains("gửi hết", shown, StringComparison.Ordinal);
        Assert.Contains("  Đã chuyển hết; đang chờ biên nhận.", shown, StringComparison.Ordinal);
    }

    /// <summary>The widest figures there are, and names as long as one may be.</summary>
    [Theory]
    [InlineData(Language.Vietnamese)]
    [InlineData(Language.English)]
    public void The_widest_figures_fit(Language language)
    {
        foreach (var name in new[] { "viettel-chinh-cua-so-khoa-hoc", "vnpt" })
            _lanes.Add(new Lane(name, 10_000, 45_000_000, 55_000_000) { ASecond = 9_999, Confirmed = 54_000_000 });
        Look(language);
        Pass(TimeSpan.FromSeconds(10));

        Shown.AssertFits(Look(language));
    }

    void Several()
    {
        _lanes.Add(new Lane("viettel", 500, 1_800_000, 1_234_567)
        {
            ASecond = 498,
            Confirmed = 1_200_000,
            Uncertain = 12,
        });
        _lanes.Add(new Lane("vinaphone", 300, 600_000, 40_000) { Confirmed = 39_000 });
        _lanes.Add(new Lane("mobifone", 100, 72_000, 9_000) { ASecond = 40, Trust = ReceiptTrust.None });
        _lanes.Add(new Lane("gmobile", 10, 5_000, 100));
        _lanes.Add(new Lane("vietnamobile", 50, 0, 20_000) { Confirmed = 19_500 });
        _orders.Add(Order(OrderKind.Pause, "vinaphone"));
        _orders.Add(Order(OrderKind.Rate, "mobifone") with { Rate = 40 });
        _stopped.Add(new LaneStop("gmobile", Nine, "HTTP 401"));
        _alerts.Add(new Alert(
            AlertKind.LaneStopped,
            "gmobile",
            AlertSeverity.Urgent,
            Nine,
            new Wording("kênh gửi 'gmobile' đã dừng hẳn", "the lane 'gmobile' has stopped"),
            new Wording("", ""),
            new Wording("", "")));
    }

    static StandingOrder Order(OrderKind kind, string lane) => new(1, kind, null, lane, Nine, Officer, "lý do");

    void Pass(TimeSpan time, bool look = false)
    {
        _time.Advance(time);
        foreach (var lane in _lanes)
            lane.Move(time);
        if (look)
            Look();
    }

    static void Is(string shown, string expected)
    {
        Shown.AssertFits(shown);
        Assert.Equal(expected.ReplaceLineEndings("\n"), shown.ReplaceLineEndings("\n").TrimEnd('\n'));
    }

    string Look(Language language = Language.Vietnamese)
    {
        using var shown = new StringWriter();
        var view = View();
        _rates.Note(view);
        new StatusLive(view, _rates, new Terminal(shown, shown, language, false) { Time = _time }.Wrapped()).Write();
        return shown.ToString();
    }

    StatusView View()
    {
        var run = new RunRecord
        {
            Key = Key.ToString(),
            Campaign = Key.Campaign,
            Date = Key.DateText,
            Code = "abc",
            State = RunState.Sending,
            File = "",
            CampaignFile = "",
            Definition = "",
            DefinitionHash = "",
            AudienceHash = "",
            PlanHash = "",
        };
        var sign = new LifeSign("worker", 7, "may-chu", Nine, _time.GetUtcNow());
        var status = new RunStatus(_lanes.Sum(lane => lane.All), 0, [.. _lanes.Select(lane => lane.ToStatus())]);
        return new StatusView(
            _isWorkerThere
                ? new WorkerSight(WorkerState.Runs, sign)
                : new WorkerSight(WorkerState.Ended, null),
            [new RunOpening(Key, Nine.AddHours(-1), Nine.AddHours(11), IsOpen: true)],
            _stopped,
            [
                new RunOverview(
                    run,
                    new SmsCampaign.Campaigns.SendWindow(new TimeOnly(8, 0), new TimeOnly(20, 0), VietnamTime.Zone),
                    _damage is null ? status : null,
                    new Dictionary<string, IReadOnlyList<LaneChange>>(),
                    [new Approval
                    {
                        Campaign = Key.Campaign,
                        Date = Key.DateText,
                        Hash = "",
                        ApprovedBy = "A",
                        At = Nine.ToSql(),
                        IsWitnessed = true,
                    }],
                    [],
                    _damage)
                {
                    Trials = _trials,
                },
            ],
            [], [], [], [], IsWhole: true)
        {
            At = _time.GetUtcNow(),
            Orders = _orders,
            Alerts = [.. _alerts.Select((alert, at) => new AlertView(new RaisedAlert(at, alert, Nine, null), []))],
        };
    }

    /// <summary>Whose wall clock is set while its even one goes on.</summary>
    sealed class SettableTime() : FakeTimeProvider(Nine)
    {
        public TimeSpan SetBy { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + SetBy;

        public override long GetTimestamp() => base.GetUtcNow().UtcTicks;
    }

    sealed class Lane(string name, int rate, long waiting, long handed)
    {
        double _handed = handed;

        public double ASecond { get; set; }

        public long Confirmed { get; init; }

        public long Uncertain { get; init; }

        /// <summary>When the last was handed over; null: that is not kept.</summary>
        public TimeSpan? Handed { get; set; }

        public RateUnit Unit { get; init; } = RateUnit.Parts;

        public ReceiptTrust Trust { get; init; } = ReceiptTrust.Handset;

        public long All => waiting + handed;

        public void Move(TimeSpan time)
        {
            _handed += ASecond * time.TotalSeconds;
            Handed += time;
        }

        public LaneStatus ToStatus()
        {
            var tally = new Tally();
            tally.AddMany(MessageStatus.Planned, Trust, 1, All - (long)_handed);
            tally.AddMany(MessageStatus.Delivered, Trust, 1, Confirmed);
            tally.AddMany(MessageStatus.Uncertain, Trust, 1, Uncertain);
            tally.AddMany(MessageStatus.Accepted, Trust, 1, (long)_handed - Confirmed - Uncertain);
            if (Handed is { } last)
                tally.AddHandedOver(0, (long)last.TotalMicroseconds);
            return new LaneStatus(new LaneRow(name, Trust, 330m, rate, Unit, null), tally);
        }
    }
}
