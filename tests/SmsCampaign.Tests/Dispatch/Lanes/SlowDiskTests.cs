using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>A ledger whose disk takes three seconds for each commit, by a clock that only the disk moves.</summary>
public sealed class SlowDiskTests : IDisposable
{
    static readonly TimeSpan Commit = TimeSpan.FromSeconds(3);

    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Rule_2_however_slow_the_disk_nothing_leaves_before_its_intent_is_on_it()
    {
        var path = SomeRun.Create(_folder.Path, 60);
        var unseen = new ConcurrentBag<string>();
        var carrier = new ScriptedCarrier(message =>
        {
            using var db = SqliteDb.Open(path, readOnly: true);
            if (!MessageReference.TryParse(message.Reference, out _, out var seq)
                || db.ReadNumber($"select count(*) from attempt where {seq} between first_seq and last_seq") != 1)
                unseen.Add(message.Reference);
            return SendResult.Accepted("id");
        });

        Assert.Equal(LaneEnd.Done, await RunAsync(path, carrier, DateTimeOffset.MaxValue.AddDays(-1), maxInFlight: 8));

        Assert.Empty(unseen);
        Assert.Equal(Enumerable.Range(1, 60).Select(at => SomeRun.Number(at)), carrier.Numbers.Order());
        Assert.InRange(carrier.MostInFlight, 1, 8);
        Assert.Equal(60, SomeRun.Count(path)[MessageStatus.Accepted]);
    }

    [Fact]
    public async Task Rule_5_a_window_that_closes_while_the_disk_is_busy_is_closed()
    {
        var path = SomeRun.Create(_folder.Path, 200);
        var closes = _time.GetUtcNow() + 4 * Commit;
        var late = new ConcurrentBag<string>();
        var carrier = new ScriptedCarrier(message =>
        {
            if (_time.GetUtcNow() >= closes)
                late.Add(message.Reference);
            return SendResult.Accepted("id");
        });

        // One at a time, so that no commit moves the clock while a call is on its way.
        Assert.Equal(LaneEnd.Closed, await RunAsync(path, carrier, closes, maxInFlight: 1));

        Assert.Empty(late);
        var counts = SomeRun.Count(path);
        Assert.Equal(carrier.Calls.Count, counts[MessageStatus.Accepted]);
        Assert.Equal(200 - carrier.Calls.Count, counts[MessageStatus.Planned]);
    }

    [Fact]
    public async Task Rule_4_the_first_message_keeps_its_distance_from_a_login_that_had_to_wait_for_the_disk()
    {
        var path = SomeRun.Create(_folder.Path, 2);
        var time = new MovingTime(_time.GetUtcNow(), TimeSpan.FromMicroseconds(5));
        var clock = new ProcessClock(time);
        var carrier = new LoggingIn();
        var onDisk = 0L;
        await using (var ledger = RunLedger.Open(path, clock, beforeCommit: () =>
        {
            if (carrier.IsOpen)
                return;

            time.Advance(Commit);
            onDisk = clock.Now();
        }))
        {
            using var runner = new LaneRunner(
                ledger,
                new LaneSetup(
                    ledger.Info.Lanes[SomeRun.LaneId], carrier, new Pace(1, clock, RateUnit.Requests), new InFlight(1),
                    TimeSpan.FromMinutes(1), KeepCarrierReference: false),
                clock);
            await time.DriveAsync(runner.RunAsync(
                new OpenHours(DateTimeOffset.MinValue, DateTimeOffset.MaxValue.AddDays(-1)), CancellationToken.None));
        }

        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.True(
            db.ReadNumber("select min(handed_us) from state") - onDisk >= 1_000_000,
            "the login left when its row was on disk, or later");
    }

    async Task<LaneEnd> RunAsync(string path, ScriptedCarrier carrier, DateTimeOffset closes, int maxInFlight)
    {
        var clock = new ProcessClock(_time);
        await using var ledger = RunLedger.Open(path, clock, beforeCommit: () => _time.Advance(Commit));
        var pace = new Pace(100_000, clock);
        using var runner = new LaneRunner(
            ledger,
            new LaneSetup(
                ledger.Info.Lanes[SomeRun.LaneId],
                carrier,
                pace,
                new InFlight(maxInFlight),
                TimeSpan.FromMinutes(1),
                KeepCarrierReference: false),
            clock);
        return await runner.RunAsync(new OpenHours(DateTimeOffset.MinValue, closes), CancellationToken.None);
    }

    sealed class LoggingIn : ICarrier, ICarrierSession
    {
        readonly ScriptedCarrier _carrier = ScriptedCarrier.ThatAccepts();
        volatile bool _isOpen;

        public int MostPerCall => 1;

        public ICarrierSession? Session => this;

        public event Action? Lost
        {
            add { }
            remove { }
        }

        public bool IsOpen => _isOpen;

        public Task<SendResult?> OpenAsync(Departure departure, CancellationToken cancellationToken)
        {
            departure.TryLeave();
            _isOpen = true;
            return Task.FromResult<SendResult?>(null);
        }

        public void Close() => _isOpen = false;

        public Task<IReadOnlyList<SendResult>> SendAsync(
            IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken) =>
            _carrier.SendAsync(messages, departure, cancellationToken);
    }
}
