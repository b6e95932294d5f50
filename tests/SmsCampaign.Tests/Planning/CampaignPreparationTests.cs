using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Planning;

public sealed class CampaignPreparationTests : IDisposable
{
    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_check_plans_without_storing_anything()
    {
        var preparation = _folder.Check();

        Assert.Empty(preparation.Problems);
        Assert.Null(preparation.Run);
        Assert.Equal(3, preparation.Planned!.Audience.RecipientTotal);
        Assert.Equal([2L, 1], preparation.Planned.Forecast.Lanes.Select(lane => lane.Recipients));
        Assert.False(Directory.Exists(_folder.Data.Root));
    }

    [Fact]
    public void A_run_is_stored_with_everything_a_report_needs()
    {
        var preparation = _folder.Prepare();

        Assert.Empty(preparation.Problems);
        var info = ReadPairs("select name, value from run_info");
        Assert.Equal(preparation.Run!.Code, info["code"]);
        Assert.Equal("thu-nghiem/2025-07-30", info["key"]);
        Assert.Equal(("exercise", "0", "0"), (info["mode"], info["simulated"], info["yearly"]));
        Assert.Equal(
            ("2025-07-30", "08:00-20:00", "Asia/Ho_Chi_Minh"), (info["date"], info["window"], info["time_zone"]));
        Assert.Equal(
            ("UBND tỉnh", "mục 7", "Công an tỉnh", "2025-09-30"),
            (info["issuer"], info["directive"], info["report_to"], info["report_by"]));
        Assert.Equal("Toàn dân phòng, chống mua bán người", info["text:chung"]);
        Assert.Equal(preparation.Planned!.DefinitionHash, info["definition_hash"]);
        Assert.Equal(preparation.Planned.Audience.Hash, info["audience_hash"]);
        Assert.Equal(preparation.Planned.Plan.Hash, info["plan_hash"]);
        Assert.Equal("3", ReadPairs("select 'rows', count(*) from message")["rows"]);
        Assert.Equal("2", ReadPairs("select 'rows', count(*) from exclusion")["rows"]);
    }

    /// <summary>As `check` says; nobody asks the carrier in time because the run was planned without a word.</summary>
    [Fact]
    public void A_carrier_that_can_no_longer_answer_in_time_is_told_of_as_the_run_is_planned()
    {
        _folder.Edit("campaign.yaml", "suppression:", """
              - name: cua-mobifone
                heldBy: mobifone
                areas: [Đắk Lắk]
                estimate: 500
                acknowledgeBy: 28/7/2025
                reportBy: 5/8/2025
                message: chung
            suppression:
            """);

        var preparation = _folder.Prepare();

        Assert.NotNull(preparation.Run);
        var late = Assert.Single(preparation.Problems);
        Assert.Equal(Severity.Warning, late.Severity);
        Assert.StartsWith("Hạn nhà mạng trả lời 28/07/2025 (nhóm 'cua-mobifone') đã qua", late.What.Vi);
    }

    [Fact]
    public void A_run_is_in_the_registry_with_its_code()
    {
        var run = _folder.Prepare().Run!;

        var stored = Ledgers.OpenRegistry(_folder.Data).Find(run.Key)!;
        Assert.Equal(
            (run.Code, RunState.Planned, "runs/thu-nghiem-2025-07-30.db"), (stored.Code, stored.State, stored.File));
        Assert.Matches("^[0-9a-hjkmnp-tv-z]{8}$", run.Code);
    }

    [Fact]
    public void A_run_that_was_prepared_is_taken_up_again_without_touching_its_rows()
    {
        var first = _folder.Prepare();
        using (var db = SqliteDb.Open(_folder.Ledger()))
            db.Execute("drop table message; drop table exclusion");

        var second = _folder.Prepare();

        Assert.Empty(second.Problems);
        Assert.True(second.Run!.Reused);
        Assert.Equal(first.Run!.Code, second.Run.Code);
        Assert.Equal(first.Planned!.ApprovedHash, second.Planned!.ApprovedHash);
        Assert.Equal(first.Planned.Audience.Excluded, second.Planned.Audience.Excluded);
    }

    [Fact]
    public void A_run_that_a_crash_kept_out_of_the_registry_is_added_to_it()
    {
        var run = _folder.Prepare().Run!;
        File.Delete(_folder.Data.Ledger);

        _folder.Prepare();

        Assert.Equal(run.Code, Ledgers.OpenRegistry(_folder.Data).Find(run.Key)!.Code);
    }

    [Fact]
    public void A_lane_that_serves_a_carrier_nobody_knows_is_an_error_with_the_nearest_name()
    {
        _folder.Edit("smscampaign.json", "\"carriers\": [\"viettel\"]", "\"carriers\": [\"vietel1\"]");

        var problem = _folder.Check().Problems[0];

        Assert.Equal(
            (_folder.Installation, "lanes.viettel.carriers", Severity.Error),
            (problem.Where!.File, problem.Where.Key, problem.Severity));
        Assert.Contains("Did you mean 'viettel'?", problem.What.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "campaign.yaml",
        "title: Thử nghiệm",
        "title: Khác",
        "nội dung tệp chiến dịch đã khác (title Thử nghiệm → Khác)")]
    [InlineData(
        "campaign.yaml",
        "to: \"20:00\"",
        "to: \"21:00\"",
        "nội dung tệp chiến dịch đã khác (schedule.window.to 20:00 → 21:00)")]
    [InlineData("subscribers.csv", "0981234561", "0981234569", "tệp thuê bao subscribers.csv đã bị sửa")]
    [InlineData("tu-choi.csv", "0981234564", "0981234562", "danh sách từ chối nhận tin tu-choi.csv đã bị sửa")]
    [InlineData("prefixes.csv", "viettel", "viettel\n", "bảng đầu số prefixes.csv đã bị sửa")]
    [InlineData("chuyen-mang.csv", "vinaphone", "mobifone", "danh sách chuyển mạng giữ số chuyen-mang.csv đã bị sửa")]
    [InlineData("smscampaign.json", "\"rate\": 500", "\"rate\": 400", "kênh gửi 'viettel' đã đổi: rate 500 → 400")]
    public void Rule_8_What_changed_since_the_plan_is_said_precisely(
        string file, string before, string after, string expected)
    {
        _folder.Prepare();
        var ledger = File.ReadAllBytes(_folder.Ledger());
        _folder.Edit(file, before, after);

        var preparation = _folder.Prepare();

        Assert.Null(preparation.Run);
        Assert.Equal(
            $"Từ khi lập kế hoạch cho lượt gửi thu-nghiem, ngày 30/07/2025: {expected}. Kế hoạch và phê duyệt cũ không "
                + $"còn hiệu lực. Hãy xem lại bằng 'check', lập lại bằng 'plan' và trình phê duyệt lại.",
            Assert.Single(preparation.Problems).What.Vi);
        Assert.Equal(ledger, File.ReadAllBytes(_folder.Ledger()));
    }

    [Fact]
    public void A_comment_in_the_campaign_file_is_no_change()
    {
        _folder.Prepare();
        _folder.Edit("campaign.yaml", "mode: exercise", "mode: exercise # diễn tập");

        Assert.True(_folder.Prepare().Run!.Reused);
    }

    [Fact]
    public void A_changed_run_of_which_nothing_was_sent_is_planned_again_where_asked()
    {
        var first = _folder.Prepare();
        _folder.Edit("subscribers.csv", "0981234564", "0911234569");

        var second = _folder.Prepare(ChangedRun.PlanAgain);

        Assert.Empty(second.Problems);
        Assert.False(second.Run!.Reused);
        Assert.NotEqual(first.Run!.Code, second.Run.Code);
        Assert.Equal("4", ReadPairs("select 'rows', count(*) from message")["rows"]);
        Assert.Equal(second.Planned!.Plan.Hash, Ledgers.OpenRegistry(_folder.Data).Find(second.Run.Key)!.PlanHash);
    }

    [Theory]
    [InlineData(RunState.Sending, true, false)] // send waits for the opening
    [InlineData(RunState.Sending, false, true)] // it was stopped before it sent anything
    [InlineData(RunState.Approved, true, true)] // the worker holds the lock all year
    public void A_changed_run_is_not_planned_again_under_a_process_that_is_about_to_send_it(
        RunState state, bool locked, bool planned)
    {
        var first = _folder.Prepare().Run!;
        Ledgers.OpenRegistry(_folder.Data).SetState(first.Key, state, _folder.Time.GetUtcNow());
        using var sender = locked ? SendingLock.TryTake(_folder.Data, _folder.Time) : null;
        _folder.Edit("subscribers.csv", "0981234564", "0911234569");

        var second = _folder.Prepare(ChangedRun.PlanAgain);

        Assert.Equal(planned, second.Run is not null);
        Assert.Equal(planned, first.Code != Ledgers.OpenRegistry(_folder.Data).Find(first.Key)!.Code);
        Assert.Equal(planned, second.Problems.Count == 0);
    }

    [Theory]
    [InlineData(
        "insert into attempt (lane, first_seq, last_seq, parts, intent_us) values (1, 268435457, 268435457, 1, 1)")]
    [InlineData("insert into state (seq, status, settled_us) values (268435457, 3, 1)")]
    public void A_changed_run_of_which_something_was_sent_is_never_planned_again(string sent)
    {
        _folder.Prepare();
        using (var db = SqliteDb.Open(_folder.Ledger()))
            db.Execute(sent);
        _folder.Edit("campaign.yaml", "title: Thử nghiệm", "title: Khác");

        var preparation = _folder.Prepare(ChangedRun.PlanAgain);

        Assert.Null(preparation.Run);
        Assert.Contains(
            "đã gửi một phần theo kế hoạch cũ", Assert.Single(preparation.Problems).What.Vi, StringComparison.Ordinal);
    }

    /// <summary>It is not said to have stopped: the process that sends it looks at the file when it next
    /// starts.</summary>
    [Theory]
    [InlineData(ChangedRun.PlanAgain, true)]
    [InlineData(ChangedRun.Tell, true)]
    [InlineData(ChangedRun.Refuse, false)]
    public void A_changed_run_that_another_process_sends_is_said_to_go_on(ChangedRun whenChanged, bool goesOn)
    {
        var run = _folder.Prepare().Run!;
        Ledgers.OpenRegistry(_folder.Data).SetState(run.Key, RunState.Sending, _folder.Time.GetUtcNow());
        using var sender = SendingLock.TryTake(_folder.Data, _folder.Time);
        _folder.Edit("campaign.yaml", "title: Thử nghiệm", "title: Khác");

        var said = Assert.Single(_folder.Prepare(whenChanged).Problems).What.Vi;

        Assert.Equal(goesOn, said.Contains("ĐANG GỬI và vẫn gửi tiếp", StringComparison.Ordinal));
        Assert.Equal(!goesOn, said.Contains("Không gửi tiếp", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("subscribers.csv", true)]
    [InlineData("subscribers.csv", false)]
    [InlineData("chuyen-mang.csv", false)] // a new list of ported numbers
    public void What_has_begun_goes_on_by_its_ledger_though_a_file_it_was_made_of_is_changed_or_gone(
        string file,
        bool gone)
    {
        var planned = _folder.Prepare().Run!;
        LedgerBuilder.Add(_folder.Ledger(), rows => rows.CutOff(1));
        if (gone)
            File.Delete(_folder.Subscribers);
        else
            _folder.Edit(file, "1", "7");

        Assert.Equal(planned.Code, _folder.Prepare().Run?.Code);
        Assert.Equal(planned.Code, _folder.Prepare(ChangedRun.PlanAgain).Run?.Code);
    }

    [Theory]
    [InlineData("campaign.yaml", false)]
    [InlineData("smscampaign.json", false)]
    [InlineData("subscribers.csv", false)]
    [InlineData("tu-choi.csv", false)]
    [InlineData("prefixes.csv", false)]
    [InlineData("subscribers.csv", true)] // to be imported
    [InlineData("chuyen-mang.csv", true)]
    public void A_file_that_is_not_there_may_come_back(string file, bool first)
    {
        if (!first)
            _folder.Prepare();
        File.Move(
            Path.Combine(Path.GetDirectoryName(_folder.CampaignFile)!, file),
            Path.Combine(Path.GetDirectoryName(_folder.CampaignFile)!, file + ".away"));

        Assert.True(_folder.Prepare().MayPass);

        File.Move(
            Path.Combine(Path.GetDirectoryName(_folder.CampaignFile)!, file + ".away"),
            Path.Combine(Path.GetDirectoryName(_folder.CampaignFile)!, file));
        Assert.NotNull(_folder.Prepare().Run);
    }

    [Fact]
    public void Stopped_at_any_moment_before_its_ledger_is_complete_it_leaves_nothing()
    {
        for (var look = 1; ; look++)
        {
            using var stop = new CancellationTokenSource();
            var time = new LookedAt(_folder.Time, look, stop, () => File.Exists(_folder.Ledger()));
            try
            {
                new CampaignPreparation(time).Prepare(_folder.Request(), _folder.Data, ChangedRun.Refuse, stop.Token);
            }
            catch (OperationCanceledException)
            {
            }

            if (time.WasComplete != false)
                break;

            Assert.All(
                Directory.GetFiles(Path.Combine(_folder.Data.Root, "runs")),
                file => Assert.EndsWith(".lock", file, StringComparison.Ordinal));
            Assert.Null(Ledgers.OpenRegistry(_folder.Data).Find(
                new RunKey("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false)));
        }

        Assert.NotNull(_folder.Prepare().Run);
    }

    /// <summary>A clock at one look at which a stop is asked for.</summary>
    sealed class LookedAt(
        TimeProvider time, int look, CancellationTokenSource stop, Func<bool> isComplete) : TimeProvider
    {
        int _looks;

        /// <summary>Whether the ledger was complete by then; null where it was not looked so often.</summary>
        public bool? WasComplete { get; private set; }

        public override DateTimeOffset GetUtcNow()
        {
            if (++_looks == look)
            {
                WasComplete = isComplete();
                stop.Cancel();
            }

            return time.GetUtcNow();
        }
    }

    [Fact]
    public void A_file_that_says_something_else_does_not_pass_by_itself()
    {
        _folder.Prepare();
        _folder.Edit("subscribers.csv", "1", "7");

        Assert.False(_folder.Prepare().MayPass);
    }

    [Fact]
    public void A_simulated_run_has_a_ledger_of_its_own()
    {
        var real = _folder.Prepare();
        var simulated = _folder.Prepare(simulated: true);

        Assert.NotEqual(real.Run!.Code, simulated.Run!.Code);
        Assert.True(File.Exists(_folder.Ledger()) && File.Exists(_folder.Ledger(simulated: true)));
        Assert.Equal(real.Planned!.ApprovedHash, simulated.Planned!.ApprovedHash);
    }

    /// <summary>Nor runs of two dates of one campaign: neither would see whom the other holds.</summary>
    [Theory]
    [InlineData(30)]
    [InlineData(31)]
    public void Two_processes_do_not_prepare_a_run_of_one_campaign_at_once(int day)
    {
        using (PreparingLock.TryTake(_folder.Data, new RunKey("thu-nghiem", new DateOnly(2025, 7, day), false)))
        {
            var preparation = _folder.Prepare();

            Assert.Null(preparation.Run);
            Assert.Contains("tiến trình khác", Assert.Single(preparation.Problems).What.Vi, StringComparison.Ordinal);
        }

        Assert.NotNull(_folder.Prepare().Run);
    }

    [Fact]
    public void A_plan_with_an_error_is_shown_and_not_stored()
    {
        _folder.Edit("campaign.yaml", "mode: exercise", "mode: live");

        var preparation = _folder.Prepare();

        Assert.NotNull(preparation.Planned);
        Assert.Null(preparation.Run);
        Assert.Equal(
            [("lanes[1]", 22), ("lanes[2]", 22)],
            preparation.Problems.Select(problem => (problem.Where!.Key!, problem.Where.Line!.Value)));
        Assert.Equal(
            [_folder.Data.PreparingLockOf(new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false))],
            Directory.GetFiles(Path.GetDirectoryName(_folder.Ledger())!));
    }

    [Fact]
    public void Problems_of_both_files_are_told_at_once()
    {
        _folder.Edit("campaign.yaml", "sender: CHINH PHU", "sender: 1900");
        _folder.Edit("smscampaign.json", "\"rate\": 500", "\"rate\": 0");

        var files = _folder.Check().Problems.Select(problem => Path.GetFileName(problem.Where!.File)).Distinct();

        Assert.Equal(["campaign.yaml", "smscampaign.json"], files.Order());
    }

    [Theory]
    [InlineData("2025-07-30T19:59:59+07:00", null)]
    [InlineData("2025-07-30T20:00:00+07:00", Severity.Warning)] // leftovers: next-day leaves six more days
    [InlineData("2025-08-05T19:59:59+07:00", Severity.Warning)]
    [InlineData("2025-08-05T20:00:00+07:00", Severity.Error)]
    public void A_date_that_is_past_stops_a_new_run(string now, Severity? expected)
    {
        _folder.Time.SetUtcNow(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        var preparation = _folder.Prepare();

        Assert.Equal(
            expected, preparation.Problems.SingleOrDefault(problem => problem.Where?.Key == "schedule.date")?.Severity);
        Assert.Equal(expected == Severity.Error, preparation.Run is null);
    }

    [Fact]
    public void A_date_that_is_past_stops_neither_a_check_nor_a_rehearsal()
    {
        _folder.Time.SetUtcNow(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(Severity.Warning, Assert.Single(_folder.Check().Problems).Severity);
        Assert.Empty(_folder.Prepare(simulated: true).Problems);
    }

    [Fact]
    public void A_run_that_exists_goes_on_after_its_date()
    {
        _folder.Prepare();
        _folder.Time.SetUtcNow(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.True(_folder.Prepare().Run!.Reused);
    }

    [Fact]
    public void A_yearly_campaign_runs_on_its_next_date_or_the_one_asked_for()
    {
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "yearly: 30/7");

        Assert.Equal(new DateOnly(2025, 7, 30), _folder.Check().Planned!.Date);
        Assert.Equal(new DateOnly(2027, 7, 30), _folder.Check(date: new DateOnly(2027, 7, 30)).Planned!.Date);
        Assert.Equal(
            "schedule.yearly", Assert.Single(_folder.Check(date: new DateOnly(2027, 7, 31)).Problems).Where!.Key);
    }

    [Fact]
    public void A_yearly_run_that_has_begun_is_meant_on_the_days_after()
    {
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "yearly: 30/7");
        _folder.Prepare();
        _folder.Time.SetUtcNow(new DateTimeOffset(2025, 8, 5, 1, 0, 0, TimeSpan.Zero));

        Assert.True(_folder.Prepare().Run!.Reused);
        Assert.Equal(new DateOnly(2026, 7, 30), _folder.Check().Planned!.Date);
    }

    [Fact]
    public void Carriers_without_a_lane_of_the_campaign_are_excluded_and_told()
    {
        _folder.Edit("campaign.yaml", "lanes: [viettel, vinaphone]", "lanes: [viettel]");

        var preparation = _folder.Check();

        Assert.Equal(1, preparation.Planned!.Audience.Excluded[ExclusionReason.NoLane]);
        Assert.Equal(
            ("lanes", 22), (preparation.Problems.Single().Where!.Key, preparation.Problems.Single().Where!.Line));
    }

    Dictionary<string, string> ReadPairs(string sql)
    {
        var pairs = new Dictionary<string, string>();
        using var db = SqliteDb.Open(_folder.Ledger(), readOnly: true);
        using var statement = db.Prepare(sql);
        while (statement.Step())
            pairs[statement.Text(0)!] = statement.Text(1)!;
        return pairs;
    }
}
