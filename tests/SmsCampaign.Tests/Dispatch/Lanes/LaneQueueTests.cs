using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

public sealed class LaneQueueTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.Zero));

    ProcessClock Clock => field ??= new ProcessClock(_time);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_lane_left_with_messages_that_have_waited_too_long_takes_them_at_once()
    {
        await using var ledger = RunLedger.Open(SomeRun.Create(_folder.Path, 1), Clock);
        var setup = SetupOf(ledger, dropsRepeats: false);
        using var room = setup.InFlight.Share();
        using var queue = new LaneQueue(ledger, setup, room, new StoppedTime([]), Clock, () => 0);
        var call = queue.Take(1, Clock.Now())!;
        queue.Judge(SomeRun.Seq(1), SendResult.TooFast("429"), Clock.Now());
        queue.PutBack(call.Batch, call.Messages[0]);

        _time.Advance(ledger.Info.Retry.Validity);

        Assert.False(queue.HasDue(Clock.Now()));
        Assert.False(queue.IsExhausted(Clock.Now()));
        Assert.Equal(0, queue.NextDue); // the lane does not sleep until its window closes
        Assert.Equal(
            (SomeRun.Seq(1), FailureClass.Expired),
            Assert.Single(queue.TakeEnded()) is var (_, seq, why) ? (seq, why.Failure!.Value) : default);
        Assert.Equal(long.MaxValue, queue.NextDue);
        Assert.True(queue.IsExhausted(Clock.Now()));
    }

    [Fact]
    public async Task A_message_repeated_in_vain_that_a_person_puts_back_is_sent_again()
    {
        await using var ledger = RunLedger.Open(SomeRun.Create(_folder.Path, 1), Clock);
        var setup = SetupOf(ledger, dropsRepeats: true);
        using var room = setup.InFlight.Share();
        using var queue = new LaneQueue(ledger, setup, room, new StoppedTime([]), Clock, () => 0);
        var call = queue.Take(1, Clock.Now())!;
        SendResult last;
        do
            last = queue.Judge(SomeRun.Seq(1), SendResult.Lost(Reason.ConnectionLost, "connection lost"), Clock.Now());
        while (last.Outcome == SendOutcome.Deferred);
        await ledger.GiveUpAsync([(call.Batch, SomeRun.Seq(1), last)]);
        queue.Settle(call.Batch, 1);
        Assert.False(queue.HasDue(Clock.Now()));
        Assert.True(queue.IsExhausted(Clock.Now()));

        using (var resolutions = new RunResolutions(ledger.Address.KeptIn.Name))
            resolutions.Settle([SomeRun.Seq(1)], MessageStatus.Planned, "an officer", "not sent, says the carrier", 1);

        Assert.False(queue.IsExhausted(Clock.Now()));
        Assert.Equal(call.Messages, queue.Take(1, Clock.Now())?.Messages);
    }

    [Fact]
    public async Task What_was_cut_off_and_put_back_is_let_go_of_once_its_receipt_comes()
    {
        var path = SomeRun.Create(_folder.Path, 1);
        LedgerBuilder.Add(path, rows => rows.CutOff(1, intent: Clock.Now()));
        await using var ledger = RunLedger.Open(path, Clock);
        await ledger.SendAgainAsync(SomeRun.LaneId);
        var setup = SetupOf(ledger, dropsRepeats: true);
        using var room = setup.InFlight.Share();
        using var queue = new LaneQueue(ledger, setup, room, new StoppedTime([]), Clock, () => 0);
        Assert.False(queue.HasDue(Clock.Now()));
        // it is there again, and the lane may have to wait long before it can leave
        Assert.False(queue.IsExhausted(Clock.Now()));

        using (var receipt = SqliteDb.Open(path))
            receipt.Execute($"update state set status = {(int)MessageStatus.Delivered}");
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, Assert.Single(queue.Look(Clock.Now()).Distinct()).Id);
        Assert.False(queue.HasDue(Clock.Now()));
        Assert.True(queue.IsExhausted(Clock.Now()));
    }

    /// <summary>Nobody looks into a batch again that is done.</summary>
    [Fact]
    public async Task What_was_put_back_and_is_settled_before_its_batch_is_read_leaves_the_rest_to_be_sent()
    {
        var path = SomeRun.Create(_folder.Path, 2);
        LedgerBuilder.Add(path, rows => rows.CutOff(1, intent: Clock.Now()));
        await using var ledger = RunLedger.Open(path, Clock);
        await ledger.SendAgainAsync(SomeRun.LaneId);
        var setup = SetupOf(ledger, dropsRepeats: true);
        using var room = setup.InFlight.Share();
        using var queue = new LaneQueue(ledger, setup, room, new StoppedTime([]), Clock, () => 0);
        queue.Look(Clock.Now());
        Assert.True(queue.HasDue(Clock.Now())); // and the lane waits out its restart

        using (var receipt = SqliteDb.Open(path))
            receipt.Execute($"update state set status = {(int)MessageStatus.Delivered}");
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(queue.Look(Clock.Now()));
        Assert.Equal(SomeRun.Seq(2), Assert.Single(queue.Take(1, Clock.Now())!.Messages).Seq);
        Assert.Equal(1, queue.Settle(new PlannedBatch(1, SomeRun.LaneId, 1, SomeRun.Seq(1), SomeRun.Seq(2), 1), 1)?.Id);
    }

    [Fact]
    public async Task What_may_have_been_sent_goes_before_what_was_put_off_and_both_before_what_is_planned()
    {
        var path = SomeRun.Create(_folder.Path, 9);
        LedgerBuilder.Add(path, rows => rows.CutOff(5, intent: Clock.Now()));
        await using var ledger = RunLedger.Open(path, Clock);
        await ledger.SendAgainAsync(SomeRun.LaneId);
        var setup = SetupOf(ledger, dropsRepeats: true) with { InFlight = new InFlight(10) };
        using var room = setup.InFlight.Share();
        using var queue = new LaneQueue(ledger, setup, room, new StoppedTime([]), Clock, () => 0);
        var first = queue.Take(3, Clock.Now())!;
        Answer(first, 0, SendResult.TooFast("429"));
        Answer(first, 1, SendResult.Lost(Reason.ConnectionLost, "connection lost"));
        Answer(first, 2, SendResult.Busy("HTTP 503"));
        queue.Look(Clock.Now()); // finds what was cut off

        Assert.Equal(
            [5, 2, 1, 3, 4],
            Enumerable.Range(0, 5).Select(_ => queue.Take(1, Clock.Now())!.Messages[0].Seq - SomeRun.Seq(0)));

        void Answer(PlannedCall call, int at, SendResult result)
        {
            queue.Judge(call.Messages[at].Seq, result, Clock.Now());
            queue.PutBack(call.Batch, call.Messages[at]);
            room.Release(1);
        }
    }

    /// <summary>Nothing need come to rest before the next are read.</summary>
    [Fact]
    public async Task Messages_moved_here_are_read_on_while_others_of_them_are_under_way_each_once()
    {
        var path = SomeRun.Create(_folder.Path, 2_600, batch: 2_600);
        await using var ledger = RunLedger.Open(path, Clock);
        Route(1, 2_500, at: 10);
        var setup = SetupOf(ledger, dropsRepeats: false) with { InFlight = new InFlight(10_000) };
        using var room = setup.InFlight.Share();
        using var queue = new LaneQueue(ledger, setup, room, new StoppedTime([]), Clock, () => 0);

        var taken = Take();
        Route(2_501, 2_600, at: 11);
        _time.Advance(TimeSpan.FromSeconds(1));
        queue.Look(Clock.Now());

        Assert.Equal(Enumerable.Range(1, 2_600).Select(at => SomeRun.Seq(at)), taken.Concat(Take()));
        Assert.True(queue.IsExhausted(Clock.Now()));

        List<long> Take()
        {
            var messages = new List<long>();
            while (queue.Take(100, Clock.Now()) is { } call)
                messages.AddRange(call.Messages.Select(message => message.Seq));
            return messages;
        }

        void Route(int from, int to, long at)
        {
            using var db = SqliteDb.Open(path);
            db.Execute($"""
                update batch set lane = 9;
                insert into route (seq, lane, batch, parts, why, code, at_us)
                select seq, 1, 1, 1, 2, 'lane stopped', {at} from message where seq between {SomeRun.Seq(from)} and {SomeRun.Seq(to)}
                """);
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Messages_put_back_are_read_on_each_once_however_often_it_is_looked()
    {
        var path = SomeRun.Create(_folder.Path, 2_600);
        LedgerBuilder.Add(path, rows => rows.States(MessageStatus.Uncertain));
        await using var ledger = RunLedger.Open(path, Clock);
        using var resolutions = new RunResolutions(path);
        PutBack(1, 2_500);
        var setup = SetupOf(ledger, dropsRepeats: false) with { InFlight = new InFlight(10_000) };
        using var room = setup.InFlight.Share();
        using var queue = new LaneQueue(ledger, setup, room, new StoppedTime([]), Clock, () => 0);

        var taken = new List<long>();
        PlannedCall? before = null;
        queue.Look(Clock.Now());
        while (queue.Take(100, Clock.Now()) is { } call)
        {
            taken.AddRange(call.Messages.Select(message => message.Seq));
            if (taken.Count == 700)
                PutBack(2_501, 2_600);
            _time.Advance(TimeSpan.FromSeconds(1));
            queue.Look(Clock.Now());

            // The intent comes to disk a little later.
            if (before is not null)
            {
                Assert.NotNull((await ledger.BeginAsync([before]))[0]);
                queue.NoteWritten(before);
            }

            before = call;
        }

        Assert.Equal(Enumerable.Range(1, 2_600).Select(at => SomeRun.Seq(at)).Order(), taken.Order());

        void PutBack(int from, int to) => resolutions.Settle(
            [.. Enumerable.Range(from, to - from + 1).Select(at => SomeRun.Seq(at))],
            MessageStatus.Planned,
            "an officer",
            "not sent, says the carrier",
            1);
    }

    LaneSetup SetupOf(RunLedger ledger, bool dropsRepeats) => new(
        ledger.Info.Lanes[SomeRun.LaneId],
        new ScriptedCarrier(_ => SendResult.Accepted("id")) { DropsRepeats = dropsRepeats },
        new Pace(100, Clock),
        new InFlight(4),
        TimeSpan.FromMinutes(1),
        KeepCarrierReference: false);
}
