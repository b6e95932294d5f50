using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Planning;

/// <summary>Rule 1 over the dates of a campaign: who may have got the message is not planned once more.</summary>
public sealed class EarlierRunsTests : IDisposable
{
    const string First = "2025-07-30";
    const string Second = "2025-07-31";
    const int Viettel = 1;

    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rule_1_who_may_have_got_the_message_on_another_date_is_left_out_with_that_date()
    {
        var before = _folder.Prepare();
        await _folder.SendAsync(Key(First), Viettel, SendResult.Accepted("id"));
        ChangeDate(First, Second);

        var (check, plan) = (_folder.CheckWithData(), _folder.Prepare());

        Assert.Equal(before.Planned!.Audience.RecipientTotal - 1, plan.Planned!.Audience.RecipientTotal);
        Assert.Equal(1, plan.Planned.Audience.Excluded[ExclusionReason.AlreadySent]);
        Assert.Equal(new Dictionary<DateOnly, long> { [new(2025, 7, 30)] = 1 }, plan.Planned.Audience.AlreadySent);
        Assert.Equal(plan.Planned.Audience.RecipientTotal, check.Planned!.Audience.RecipientTotal);
        Assert.Equal(plan.Planned.ApprovedHash, check.Planned.ApprovedHash);
        Assert.Equal(["84911234563", "84981234562"], Numbers(Key(Second)));
    }

    [Fact]
    public async Task The_report_says_in_which_run_it_was_sent()
    {
        _folder.Prepare();
        await _folder.SendAsync(Key(First), Viettel, SendResult.Accepted("id"));
        ChangeDate(First, Second);
        _folder.Prepare();

        var report = RunReport.Write(
            _folder.Data.AddressOf(Key(Second)),
            Path.Combine(_folder.Data.Root, "out"),
            new ReportOptions(Language.Vietnamese));

        Assert.True(report.Balance.Holds);
        var rows = await File.ReadAllTextAsync(Path.Combine(_folder.Data.Root, "out", "loai-tru.csv"));
        Assert.Contains("đã gửi ở lượt 30/07/2025", rows, StringComparison.Ordinal);
    }

    public static TheoryData<string, SendResult?, bool> Outcomes => new()
    {
        { "taken", SendResult.Accepted("id"), true },
        { "no answer", SendResult.Uncertain(Reason.NoAnswer, "no answer within 15 s"), true },
        { "killed", null, true },
        { "lost, to be repeated", SendResult.Lost(Reason.ConnectionLost, "connection lost"), true },
        { "refused for good", SendResult.Rejected(FailureClass.Number, "31"), false },
        { "too fast", SendResult.TooFast("429", null), false },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task What_may_have_been_handed_over_counts_and_what_is_known_not_to_be_does_not(
        string what, SendResult? result, bool counts)
    {
        _folder.Prepare();
        await _folder.SendAsync(Key(First), Viettel, result);
        ChangeDate(First, Second);

        var plan = _folder.Prepare();

        Assert.True(plan.Planned!.Audience.RecipientTotal == (counts ? 2 : 3), what);
    }

    [Theory]
    [InlineData("update state set status = 5", true)] // delivered
    [InlineData("update state set status = 6, carrier_us = 1", true)] // taken, and failed later by its receipt
    // the same, where the receipt gives no time
    [InlineData("update state set status = 6, settled_us = settled_us + 1", true)]
    [InlineData(
        "update state set status = 0; insert into resolution (seq, from_status, to_status, who, reason, at_us) select "
            + "seq, 2, 0, 'A', 'x', 1 from state",
        false)] // a person says that it was not sent
    [InlineData("update state set status = 7, attempt = null; delete from attempt", false)] // left over
    // said to be left over or planned past the program: its attempt says that it was handed over
    [InlineData("update state set status = 7, attempt = null", true)]
    [InlineData("delete from state", true)]
    public async Task What_became_of_it_afterwards_changes_nothing_unless_it_is_known_not_sent(
        string became,
        bool counts)
    {
        _folder.Prepare();
        await _folder.SendAsync(Key(First), Viettel, SendResult.Accepted(null));
        using (var db = SqliteDb.Open(_folder.Data.Run(Key(First))))
            db.Execute(became);
        ChangeDate(First, Second);

        Assert.Equal(counts ? 2 : 3, _folder.Prepare().Planned!.Audience.RecipientTotal);
    }

    [Fact]
    public async Task A_plan_made_before_the_other_run_sent_more_no_longer_holds()
    {
        _folder.Prepare();
        ChangeDate(First, Second);
        var early = _folder.Prepare();
        await _folder.SendAsync(Key(First), Viettel, SendResult.Accepted("id"));

        var refused = _folder.Prepare();
        var again = _folder.Prepare(ChangedRun.PlanAgain);

        Assert.Equal(3, early.Planned!.Audience.RecipientTotal);
        Assert.Null(refused.Run);
        Assert.Contains(
            "lượt gửi khác của chiến dịch này đã gửi thêm",
            Assert.Single(refused.Problems).What.Vi,
            StringComparison.Ordinal);
        Assert.Equal(2, again.Planned!.Audience.RecipientTotal);
        Assert.NotNull(again.Run);
    }

    [Fact]
    public async Task Back_on_its_first_date_a_run_that_has_begun_does_not_send_what_the_other_has()
    {
        _folder.Prepare();
        await _folder.SendAsync(Key(First), Viettel, SendResult.Accepted("id"));
        ChangeDate(First, Second);
        _folder.Prepare();
        await _folder.SendAsync(Key(Second), Viettel, SendResult.Accepted("id"));
        ChangeDate(Second, First);

        var back = _folder.Prepare(ChangedRun.PlanAgain);

        Assert.Null(back.Run);
        Assert.True(back.HasErrors);
    }

    [Fact]
    public async Task While_another_date_of_it_is_being_sent_it_is_neither_checked_as_good_nor_planned()
    {
        _folder.Prepare();
        await _folder.SendAsync(Key(First), Viettel, SendResult.Accepted("id"));
        Approve(First);
        Ledgers.OpenRegistry(_folder.Data).SetState(Key(First), RunState.Sending, _folder.Time.GetUtcNow());
        ChangeDate(First, Second);

        using (SendingLock.TryTake(_folder.Data, _folder.Time))
        {
            Assert.Contains(
                _folder.CheckWithData().Problems,
                problem => problem.What.Vi.Contains("còn đang gửi", StringComparison.Ordinal));
            Assert.Null(_folder.Prepare(ChangedRun.PlanAgain).Run);
        }

        Assert.NotNull(_folder.Prepare(ChangedRun.PlanAgain).Run);
    }

    /// <summary>The way out that is shown: stop the worker, approve the new date, start it again. It then holds
    /// the lock itself.</summary>
    [Fact]
    public async Task A_date_that_was_approved_in_place_of_one_half_sent_is_sent_by_the_process_that_holds_the_lock()
    {
        _folder.Prepare();
        Approve(First);
        await _folder.SendAsync(Key(First), Viettel, SendResult.Accepted("id"));
        Ledgers.OpenRegistry(_folder.Data).SetState(Key(First), RunState.Sending, _folder.Time.GetUtcNow());
        ChangeDate(First, Second);
        _folder.Prepare();
        Approve(Second);

        using var worker = SendingLock.TryTake(_folder.Data, _folder.Time);
        Assert.NotNull(worker);

        var opening = _folder.Prepare();
        Assert.NotNull(opening.Run);
        Assert.Equal(2, opening.Planned!.Audience.RecipientTotal);
    }

    [Fact]
    public async Task Rule_1_where_the_other_runs_ledger_is_lost_nothing_is_planned_as_if_nothing_had_been_sent()
    {
        _folder.Prepare();
        await _folder.SendAsync(Key(First), Viettel, SendResult.Accepted("id"));
        File.Delete(_folder.Data.Run(Key(First)));
        ChangeDate(First, Second);

        var preparation = _folder.Prepare();

        Assert.Null(preparation.Run);
        Assert.Contains(
            "sms-campaign declare thu-nghiem --date 2025-07-30",
            Assert.Single(preparation.Problems).What.Vi,
            StringComparison.Ordinal);
        Assert.True(_folder.CheckWithData().HasErrors);
    }

    [Fact]
    public async Task Where_the_other_runs_ledger_cannot_be_read_nothing_is_planned()
    {
        _folder.Prepare();
        await _folder.SendAsync(Key(First), Viettel, SendResult.Accepted("id"));
        await File.WriteAllTextAsync(_folder.Data.Run(Key(First)), "no database");
        ChangeDate(First, Second);

        var preparation = _folder.Prepare();

        Assert.Null(preparation.Run);
        Assert.Contains(
            "không biết ai đã được gửi", Assert.Single(preparation.Problems).What.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yearly: 31/7", "2025-07-31", 2)] // the same year on another day: the same occasion
    [InlineData("yearly: 30/7", "2026-07-30", 3)] // the next year: another
    public async Task A_yearly_campaign_is_sent_once_a_year(string yearly, string date, int recipients)
    {
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "yearly: 30/7");
        _folder.Prepare();
        await _folder.SendAsync(Key(First), Viettel, SendResult.Accepted("id"));
        if (yearly != "yearly: 30/7")
            _folder.Edit("campaign.yaml", "yearly: 30/7", yearly);

        var plan = _folder.Prepare(date: DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(recipients, plan.Planned!.Audience.RecipientTotal);
    }

    [Fact]
    public async Task A_rehearsal_leaves_nobody_out()
    {
        _folder.Prepare();
        await _folder.SendAsync(Key(First), Viettel, SendResult.Accepted("id"));
        ChangeDate(First, Second);

        Assert.Equal(3, _folder.Prepare(simulated: true).Planned!.Audience.RecipientTotal);
    }

    [Fact]
    public void Approving_a_date_voids_what_approves_the_others()
    {
        var registry = Ledgers.OpenRegistry(_folder.Data);
        foreach (var date in new[] { First, Second, null, "2024-07-30" })
            registry.Approve(new Approval
            {
                Campaign = "thu-nghiem",
                Date = date,
                Hash = "h",
                ApprovedBy = "A",
                At = _folder.Time.GetUtcNow().ToSql(),
            });

        registry.VoidOtherDates(Key(Second), yearly: true, _folder.Time.GetUtcNow());
        Assert.Equal(["2024-07-30", null, Second], Standing());

        registry.VoidOtherDates(Key(Second), yearly: false, _folder.Time.GetUtcNow());
        Assert.Equal([Second], Standing());

        IEnumerable<string?> Standing() => registry
            .ReadApprovals("thu-nghiem")
            .Where(approval => approval.VoidedAt is null)
            .Select(approval => approval.Date);
    }

    void Approve(string date)
    {
        var registry = Ledgers.OpenRegistry(_folder.Data);
        registry.VoidOtherDates(Key(date), yearly: false, _folder.Time.GetUtcNow());
        registry.Approve(new Approval
        {
            Campaign = "thu-nghiem",
            Date = date,
            Hash = "h",
            ApprovedBy = "A",
            At = _folder.Time.GetUtcNow().ToSql(),
        });
    }

    static RunKey Key(string date) => new("thu-nghiem", SqlTime.DateFromSql(date), Simulated: false);

    void ChangeDate(string from, string to) => _folder.Edit("campaign.yaml", $"date: {from}", $"date: {to}");

    List<string> Numbers(RunKey key)
    {
        var numbers = new List<string>();
        using var db = SqliteDb.Open(_folder.Data.Run(key), readOnly: true);
        using var statement = db.Prepare("select number from message order by number");
        while (statement.Step())
            numbers.Add(statement.Text(0)!);
        return numbers;
    }
}
