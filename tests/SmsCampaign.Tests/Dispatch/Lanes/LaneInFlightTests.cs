using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>What is on its way, and what becomes of it where the process dies.</summary>
public sealed class LaneInFlightTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rule_2_an_attempt_is_on_disk_before_its_call_is_made()
    {
        var path = SomeRun.Create(_folder.Path, 40);
        var unseen = 0;
        var carrier = new ScriptedCarrier(message =>
        {
            // What another process sees is what a crash leaves.
            using var db = SqliteDb.Open(path, readOnly: true);
            if (!MessageReference.TryParse(message.Reference, out _, out var seq)
                || db.ReadNumber($"select count(*) from attempt where answered_us is null and {seq} "
                    + $"between first_seq and last_seq") != 1)
                Interlocked.Increment(ref unseen);
            return SendResult.Accepted("id");
        });

        await LaneCase.RunAsync(path, carrier);

        Assert.Equal(40, carrier.Calls.Count);
        Assert.Equal(0, unseen);
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(5, 12)] // two lists of five fit in twelve
    public async Task Rule_2_never_more_in_flight_than_a_crash_may_make_uncertain(int mostPerCall, int maxInFlight)
    {
        var path = SomeRun.Create(_folder.Path, 200);
        var mostOpenAttempts = 0L;
        var carrier = new ScriptedCarrier(
            async (messages, _) =>
            {
                await Task.Yield();
                using var db = SqliteDb.Open(path, readOnly: true);
                var open = db.ReadNumber("""
                    select count(*)
                    from   attempt
                    join   message on message.seq between attempt.first_seq and attempt.last_seq
                    where  attempt.answered_us is null
                    and    not exists (select 1 from state where state.seq = message.seq)
                    """)!.Value;
                lock (_folder)
                    mostOpenAttempts = Math.Max(mostOpenAttempts, open);
                return [.. messages.Select(_ => SendResult.Accepted("id"))];
            },
            mostPerCall);

        await LaneCase.RunAsync(path, carrier, maxInFlight: maxInFlight);

        Assert.InRange(mostOpenAttempts, 1, maxInFlight);
    }

    [Fact]
    public async Task Rule_2_a_lane_that_another_has_taken_over_stops_and_hands_over_nothing_new()
    {
        const int Messages = 40;
        var path = SomeRun.Create(_folder.Path, Messages);
        RunLedger? taker = null;
        var carrier = new ScriptedCarrier(_ =>
        {
            lock (_folder)
                taker ??= RunLedger.Open(path, new ProcessClock(TimeProvider.System));
            return SendResult.Accepted("id");
        });

        await Assert.ThrowsAsync<LaneTakenException>(() => LaneCase.RunAsync(path, carrier, maxInFlight: 4));

        // What had its intent before may have left, and is uncertain to who has the lane now; all else he may send.
        await using var next = taker!;
        var known = next.Counters.Of(MessageStatus.Accepted) + next.Counters.Of(MessageStatus.Uncertain);
        Assert.InRange(known, carrier.Calls.Count, 8);
        Assert.Equal(Messages - known, next.Counters.Of(MessageStatus.Planned));
        await next.CheckBalanceAsync();
    }

    [Fact]
    public async Task Rule_2_two_runs_on_one_account_together_have_no_more_in_flight_than_it_may()
    {
        using var other = new TempFolder();
        var carrier = new ScriptedCarrier(async (messages, _) =>
        {
            for (var turn = 0; turn < 20; turn++)
                await Task.Yield();
            return [.. messages.Select(_ => SendResult.Accepted("id"))];
        });
        var clock = new ProcessClock(TimeProvider.System);
        var pace = new Pace(100_000, clock);
        var inFlight = new InFlight(4);

        await Task.WhenAll(new[] { _folder, other }.Select(async folder =>
        {
            await using var ledger = RunLedger.Open(SomeRun.Create(folder.Path, 200), clock);
            using var runner = new LaneRunner(
                ledger,
                new LaneSetup(
                    ledger.Info.Lanes[SomeRun.LaneId],
                    carrier,
                    pace,
                    inFlight,
                    TimeSpan.FromMinutes(1),
                    KeepCarrierReference: false),
                clock);
            Assert.Equal(
                LaneEnd.Done,
                await runner.RunAsync(new OpenHours(DateTimeOffset.MinValue, LaneCase.Always), CancellationToken.None));
        }));

        Assert.Equal(400, carrier.Calls.Count);
        Assert.InRange(carrier.MostInFlight, 1, 4);
    }

    [Fact]
    public async Task Rule_2_what_was_in_flight_at_a_crash_is_uncertain_at_the_next_start_and_not_sent_again()
    {
        var path = SomeRun.Create(_folder.Path, 10);
        LedgerBuilder.Add(path, rows => rows.CutOff(3, 5));

        var carrier = ScriptedCarrier.ThatAccepts();
        await LaneCase.RunAsync(path, carrier);

        Assert.DoesNotContain(SomeRun.Number(4), carrier.Numbers);
        Assert.Equal(3, SomeRun.Count(path)[MessageStatus.Uncertain]);
        Assert.Equal(7, SomeRun.Count(path)[MessageStatus.Accepted]);
    }

    [Fact]
    public async Task Rule_2_of_an_intent_cut_off_in_the_middle_what_was_answered_stays_and_only_the_rest_is_uncertain()
    {
        var path = SomeRun.Create(_folder.Path, 10);
        var now = new ProcessClock(TimeProvider.System).Now();
        using (var db = SqliteDb.Open(path))
            Migrations.Apply(db, TableSet.Run);
        LedgerBuilder.Add(
            path,
            rows => rows.CutOff(1, 5, now, calls: 5).State(1, MessageStatus.Accepted, attempt: rows.Attempted)
                .Tried(2, Deferral.TooFast, handed: now, answered: now));

        var carrier = ScriptedCarrier.ThatAccepts();
        await LaneCase.RunAsync(path, carrier);

        // The second was answered "too fast": it is sent. The third to fifth may have left.
        Assert.Equal([2, 6, 7, 8, 9, 10], carrier.Numbers.Order().Select(number => number - SomeRun.Number(0)));
        Assert.Equal(3, SomeRun.Count(path)[MessageStatus.Uncertain]);
    }
}
