using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.App.Worker;

namespace SmsCampaign.Tests.Office;

/// <summary>What whoever settles uncertain messages is answered, without a terminal.</summary>
public sealed class ResolutionDeskTests : OfficerVerbsCase
{
    static readonly Who Officer = new("Trần Thị B", "b", "cong-van");

    [Fact]
    public async Task What_is_settled_bears_the_account_of_who_asked_not_of_the_process()
    {
        var run = await CrashedRunAsync();

        var result = await Desk.SettleAsync(Officer, run, All(MessageStatus.Failed, seen: 3), CancellationToken.None);

        Assert.Equal(new ResolutionResult.Settled(3, 3, IsStopped: false, IsHeld: false), result);
        using var db = SqliteDb.Open(Ledger, readOnly: true);
        Assert.Equal(
            "Trần Thị B b@cong-van", db.ReadText("select group_concat(distinct who || ' ' || by_os) from resolution"));
        Assert.True(Registry.Audit.Verify(ledgers: true).Holds);
    }

    [Fact]
    public async Task All_are_settled_only_where_there_are_as_many_as_were_looked_at()
    {
        var run = await CrashedRunAsync();
        var seen = await Desk.LookAsync(run, most: 2);

        var refused = await Desk.SettleAsync(
            Officer, run, All(MessageStatus.Failed, seen.Total - 1), CancellationToken.None);

        Assert.Equal((2, 3), (seen.First.Count, seen.Total));
        Assert.Equal(
            [new ResolutionFinding.OtherCount(2, 3)], Assert.IsType<ResolutionResult.Refused>(refused).Findings);
        Assert.Equal(3, (await Desk.LookAsync(run, most: 0)).Total);
    }

    [Fact]
    public async Task As_many_as_were_looked_at_that_are_others_are_not_settled()
    {
        var run = await CrashedRunAsync();
        var seen = await Desk.LookAsync(run, most: 1);
        using (var db = SqliteDb.Open(Ledger))
            db.Execute($"update state set settled_us = settled_us + 1 where seq = {seen.First[0].Seq}");

        var refused = await Desk.SettleAsync(
            Officer, run, All(MessageStatus.Failed, seen.Total) with { Mark = seen.Mark }, CancellationToken.None);

        Assert.Equal(
            [new ResolutionFinding.OtherMessages(3, 3)], Assert.IsType<ResolutionResult.Refused>(refused).Findings);
        var now = await Desk.LookAsync(run, most: 0);
        Assert.Equal(3, now.Total);
        Assert.IsType<ResolutionResult.Settled>(await Desk.SettleAsync(
            Officer, run, All(MessageStatus.Failed, seen.Total) with { Mark = now.Mark }, CancellationToken.None));
        Assert.Equal(0, (await Desk.LookAsync(run, most: 0)).Total);
    }

    [Fact]
    public async Task Those_that_were_chosen_one_by_one_are_settled_only_as_they_were_looked_at()
    {
        var run = await CrashedRunAsync();
        var seen = (await Desk.LookAsync(run, most: 2)).First;
        using (var db = SqliteDb.Open(Ledger))
            db.Execute($"update state set settled_us = settled_us + 1 where seq = {seen[0].Seq}");
        var other = new ResolutionFinding.OtherTicked(2, 1);

        Assert.Equal(other, Desk.FindOther(run, [.. seen.Select(UncertainTick.Of)]));
        Assert.Null(Desk.FindOther(run, [UncertainTick.Of(seen[1])]));
        var refused = await Desk.SettleAsync(Officer, run, Ticked(seen), CancellationToken.None);
        Assert.Equal([other], Assert.IsType<ResolutionResult.Refused>(refused).Findings);
        Assert.Equal(3, (await Desk.LookAsync(run, most: 0)).Total);

        var now = (await Desk.LookAsync(run, most: 2)).First;
        Assert.Equal(
            new ResolutionResult.Settled(2, 2, IsStopped: false, IsHeld: false),
            await Desk.SettleAsync(Officer, run, Ticked(now), CancellationToken.None));
        Assert.IsType<ResolutionResult.Refused>(
            await Desk.SettleAsync(Officer, run, Ticked(now), CancellationToken.None));
        Assert.Equal("Trần Thị B", Desk.FindLast(run)!.Who);
    }

    [Fact]
    public void What_is_ticked_is_read_as_it_was_written_and_a_reference_alone_is_none_that_was_looked_at()
    {
        var tick = new UncertainTick("abcd2345-1", "0123456789abcdef");

        Assert.Equal(tick, UncertainTick.Parse(tick.ToString()));
        Assert.Equal(new UncertainTick("abcd2345-1", ""), UncertainTick.Parse("abcd2345-1"));
    }

    [Fact]
    public async Task Those_of_one_cause_are_settled_and_the_others_stay()
    {
        var run = await CrashedRunAsync();
        var first = (await Desk.LookAsync(run, most: 1)).First[0];
        using (var db = SqliteDb.Open(Ledger))
            db.Execute($"update state set reason = {(int)Reason.NoAnswer}, code = 'x' where seq = {first.Seq}");
        var seen = await Desk.LookAsync(run, most: 0);
        var group = Assert.Single(seen.Groups, group => group.Code == "x");

        var settled = await Desk.SettleAsync(
            Officer, run, All(MessageStatus.Failed, seen: 1) with { Mark = group.Mark }, CancellationToken.None);

        Assert.Equal(new ResolutionResult.Settled(1, 1, IsStopped: false, IsHeld: false), settled);
        var left = await Desk.LookAsync(run, most: 3);
        Assert.Equal(2, left.Total);
        Assert.DoesNotContain(left.First, message => message.Seq == first.Seq);
    }

    [Fact]
    public void A_mark_is_read_as_it_was_written_and_nothing_else_is()
    {
        var mark = new UncertainMark("all", 1105, "0123456789abcdef");

        Assert.Equal(mark, UncertainMark.Parse(mark.ToString()));
        foreach (var odd in new[] { null, "", "all", "all-x-1", "all--1-2", "all-1-2-3" })
            Assert.Null(UncertainMark.Parse(odd));
    }

    [Fact]
    public async Task That_a_run_waits_for_an_approval_again_is_recorded_only_with_its_state()
    {
        var run = await CrashedRunAsync();
        Registry.SetState(Key, RunState.Finished, Opening);
        using (var db = SqliteDb.Open(_data.Ledger))
            db.Execute("create trigger killed before update of state on run begin select raise(abort, 'killed'); end");

        await Assert.ThrowsAsync<LedgerException>(() => Desk.SettleAsync(
            Officer, run, All(MessageStatus.Planned, seen: 3) with { IsSureOfNotSent = true }, CancellationToken.None));

        Assert.DoesNotContain(Registry.ReadDecisions(Key.Campaign), each => each.What == DecisionKind.Held);
    }

    [Fact]
    public async Task A_terminal_says_how_many_there_are_now()
    {
        await CrashedRunAsync();

        var (exit, _, errors) = await RunAsync(
            "resolve", Key.Campaign, "--all", "--as", "failed", "--by", "B", "--reason", "đối soát", "--seen", "4");

        Assert.Equal(SmsCampaign.App.ExitCode.InputHasProblems, exit);
        Assert.Contains("đã xem 4 tin chưa rõ, nay có 3: chưa ghi gì", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_refused_by_name()
    {
        var nobody = Officer with { Person = "" };

        Assert.Equal(
            [
                new ResolutionFinding.NotOneChoice(),
                new ResolutionFinding.NoStatus(),
                new ResolutionFinding.NoName(),
                new ResolutionFinding.NoReason(),
            ],
            ResolutionDesk.Check(nobody, new ResolutionOrder([], All: false, As: null, Reason: null)));
        Assert.Equal(
            [new ResolutionFinding.NotSure(), new ResolutionFinding.CountOfSome()],
            ResolutionDesk.Check(
                Officer, new ResolutionOrder(["x"], All: false, MessageStatus.Planned, "đối soát", Seen: 1)));
    }

    [Fact]
    public async Task A_message_of_another_run_is_refused_by_name_and_nothing_is_settled()
    {
        var run = await CrashedRunAsync();
        var one = (await Desk.LookAsync(run, most: 1)).First[0].Reference;

        var result = await Desk.SettleAsync(
            Officer,
            run,
            new ResolutionOrder([one, "zzzz-1"], All: false, MessageStatus.Sent, "đối soát"),
            CancellationToken.None);

        Assert.Equal(
            [new ResolutionFinding.UnknownMessage("zzzz-1")], Assert.IsType<ResolutionResult.Refused>(result).Findings);
        Assert.Equal(3, (await Desk.LookAsync(run, most: 0)).Total);
    }

    ResolutionDesk Desk => new(_data, TimeProvider.System);

    static ResolutionOrder Ticked(IReadOnlyList<UncertainMessage> messages) =>
        new([.. messages.Select(message => message.Reference)], All: false, MessageStatus.Failed, "đối soát")
        {
            Ticks = [.. messages.Select(UncertainTick.Of)],
        };

    static ResolutionOrder All(MessageStatus to, long? seen) => new([], All: true, to, "đối soát", Seen: seen);

    async Task<RunRecord> CrashedRunAsync()
    {
        await ApproveAsync();
        await CrashAsync();
        return Registry.Find(Key)!;
    }
}
