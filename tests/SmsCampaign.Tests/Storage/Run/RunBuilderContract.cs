using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Run;

/// <summary>What the builder of a run's ledger must do, whatever it is kept in.</summary>
public abstract class RunBuilderContract : IDisposable
{
    readonly RunStorage _run;

    private protected RunBuilderContract(RunStorage run) => _run = run;

    public void Dispose()
    {
        _run.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_ledger_is_there_when_it_is_complete_and_not_before()
    {
        using var builder = _run.Kept.Build();
        RunStorage.AddRows(builder);
        Assert.False(_run.Kept.Exists);

        builder.Complete(RunStorage.Audience, RunStorage.Plan, SomeRun.Description);

        Assert.True(_run.Kept.Exists);
    }

    [Fact]
    public void A_builder_that_is_disposed_before_it_finished_leaves_no_ledger()
    {
        using (var builder = _run.Kept.Build())
            RunStorage.AddRows(builder);

        Assert.False(_run.IsAnythingThere);
    }

    [Fact]
    public void A_ledger_that_stands_in_its_place_stays_where_the_new_one_is_not_finished()
    {
        _run.Create();
        using (var builder = _run.Kept.Build())
            builder.AddMessage(1, RunStorage.Row(SomeRun.Number(50), 1, 2));

        using var plan = _run.Kept.ReadPlan();
        Assert.True(plan.Has(SomeRun.Number(1)));
        Assert.False(plan.Has(SomeRun.Number(50)));
    }

    [Fact]
    public async Task A_ledger_gives_way_to_a_new_one_only_where_it_is_asked_to()
    {
        _run.Create();
        await using (var ledger = _run.Open())
            await _run.SendAsync(ledger, 1, SendResult.Accepted("a"));

        Assert.Throws<IOException>(() => _run.Create());
        using (var plan = _run.Kept.ReadPlan())
            Assert.True(plan.HasBegun());
        _run.Create(replace: true);

        using var replaced = _run.Kept.ReadPlan();
        Assert.False(replaced.HasBegun());
    }

    [Fact]
    public void Rule_1_a_number_that_stands_twice_is_never_written()
    {
        using (var builder = _run.Kept.Build())
        {
            builder.AddMessage(1, RunStorage.Row(SomeRun.Number(1), 1, 2));
            builder.AddMessage(2, RunStorage.Row(SomeRun.Number(1), 1, 3));
            Assert.Throws<LedgerException>(
                () => builder.Complete(RunStorage.Audience, RunStorage.Plan, SomeRun.Description));
        }

        Assert.False(_run.IsAnythingThere);
    }

    [Fact]
    public void Rows_of_carriers_that_come_interleaved_stand_each_in_the_order_they_came()
    {
        // More than a chunk of each, so that carriers and chunks interleave.
        const int each = RowChunk.Most + 10;
        using (var builder = _run.Kept.Build())
        {
            for (var position = 1; position <= each; position++)
            {
                builder.AddMessage(2, RunStorage.Row(RunStorage.NumberOnSecond(position), 1, position * 2));
                builder.AddMessage(1, RunStorage.Row(SomeRun.Number(position), 1, (position * 2) + 1));
            }

            builder.Complete(RunStorage.Audience, RunStorage.Plan, SomeRun.Description);
        }

        using var reader = _run.Kept.ReadForReport();
        using var messages = reader.ReadMessages(reader.ReadTables());
        foreach (var carrier in new[] { 1, 2 })
        {
            for (var position = 1; position <= each; position++)
            {
                Assert.True(messages.Next());
                Assert.Equal(
                    (
                        MessageSeq.Of(carrier, position),
                        carrier == 1 ? SomeRun.Number(position) : RunStorage.NumberOnSecond(position),
                        (position * 2L) + 2 - carrier),
                    (messages.Seq, messages.Number, messages.Line));
            }
        }

        Assert.False(messages.Next());
    }

    [Fact]
    public async Task A_new_ledger_is_balanced_and_counted_and_all_of_it_planned()
    {
        _run.Create();
        using (var reader = _run.Kept.ReadForReport())
        {
            Assert.Equal(
                [
                    new TallyRow(RunStorage.FirstLane, 1, MessageStatus.Planned, RunStorage.OfFirstBatch),
                    new TallyRow(RunStorage.FirstLane, 2, MessageStatus.Planned, RunStorage.OfSecondBatch),
                    new TallyRow(RunStorage.SecondLane, 1, MessageStatus.Planned, RunStorage.OnSecondLane),
                ],
                reader.ReadKept()!.OrderBy(row => (row.Lane, row.Parts)));
            Assert.Empty(reader.ReadSent());
        }

        await using var ledger = _run.Open();
        await ledger.CheckBalanceAsync();
    }

    [Fact]
    public async Task Rule_1_made_anew_for_a_lost_one_what_that_may_have_handed_over_is_uncertain_from_the_first()
    {
        var now = _run.Clock.Now();
        var reach = new long[MessageSeq.MostCarriers + 1];
        reach[1] = RunStorage.Seq(4);
        var reached = new RunMark(SomeRun.Description.Key.ToString(), SomeRun.Code)
        {
            Confirmed = 7,
            Reserved = 9,
            Reach = reach,
        };
        _run.Create();
        using (var builder = _run.Kept.Build())
        {
            RunStorage.AddRows(builder);
            builder.Complete(
                RunStorage.Audience, RunStorage.Plan, SomeRun.Description, replace: true, lost: (reached, now));
        }

        Assert.Equal((SomeRun.Code, 9), _run.Kept.ReadReach());
        using (var plan = _run.Kept.ReadPlan())
        {
            Assert.Equal(4, plan.CountUncertain(Reason.LedgerLost));
            Assert.Equal(
                Enumerable.Range(1, 4).Select(position => SomeRun.Number(position)), plan.ReadHandedOver().Order());
        }

        await using var ledger = _run.Open();
        using var resolutions = _run.Kept.ListUncertain();
        Assert.All(resolutions.Read(), each => Assert.Equal((Reason.LedgerLost, now), (each.Why, each.Since)));
        Assert.Equal(RunStorage.All - 4, ledger.Counters.Of(MessageStatus.Planned));
        await ledger.CheckBalanceAsync();
        Assert.True(await RunStorage.BeginAsync(ledger, RunStorage.Call(5)) > 9);
    }

    [Fact]
    public void What_the_run_was_planned_with_is_told_as_it_was_given()
    {
        _run.Create();

        using var plan = _run.Kept.ReadPlan();

        Assert.Equal(
            (SomeRun.Description.Key, SomeRun.Code, "CHINH PHU", SomeRun.Text),
            plan.ReadDescription() is var run ? (run.Key, run.Code, run.Sender, run.Texts["chinh"]) : default);
        Assert.Equal(
            RunStorage.Plan.Lanes.Select(lane => (lane.Name, lane.Settings)).Order(),
            plan.ReadLaneSettings().Select(lane => (lane.Key, lane.Value)).Order());
        Assert.Equal(
            [(1, "chinh"), (2, "chinh")],
            plan.ReadMessageOfSegment().Select(segment => (segment.Key, segment.Value)).Order());
        Assert.Equal(
            [
                .. Enumerable.Range(1, 5).Select(at => (at <= RunStorage.OfFirstBatch ? 1 : 2, SomeRun.Number(at))),
                (1, RunStorage.NumberOnSecond(1)),
                (1, RunStorage.NumberOnSecond(2)),
            ],
            plan.ReadNumbers().OrderBy(row => row.Number));
        Assert.False(plan.HasBegun());
        Assert.True(plan.IsUnfinished());
    }
}
