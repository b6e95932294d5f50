using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Rows.Run;

/// <summary>What is planned on a stopped lane goes to another in pieces.</summary>
public sealed class MoveTests : IDisposable
{
    const int Messages = 9_000;
    const int Other = SomeRun.LaneId;
    static readonly Dictionary<int, int> Parts = new() { [1] = 1 };

    readonly TempFolder _folder = new();
    readonly ProcessClock _clock = new(new FakeTimeProvider(new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.Zero)));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_stop_ends_it_between_two_pieces_and_the_next_time_moves_the_rest()
    {
        var path = Create(batch: 1_500);
        using var stop = new CancellationTokenSource();
        int first;
        await using (var ledger = RunLedger.Open(path, _clock))
        {
            var moving = ledger.MoveAsync(1, Other, Parts, "lane stopped", stop.Token);
            await stop.CancelAsync();
            first = await moving;
        }

        Assert.InRange(first, 0, Messages - 1);
        await using var again = RunLedger.Open(path, _clock);
        Assert.Equal(Messages - first, await again.MoveAsync(1, Other, Parts, "lane stopped"));
        using var db = SqliteDb.Open(path, readOnly: true);
        Assert.Equal(Messages, db.ReadNumber("select count(*) from route"));
    }

    [Fact]
    public async Task Others_write_between_its_pieces_and_no_piece_looks_at_more_than_two_thousand()
    {
        await using var ledger = RunLedger.Open(Create(batch: 700), _clock);
        var between = new List<long>();
        var moving = ledger.MoveAsync(1, Other, Parts, "lane stopped");
        while (!moving.IsCompleted)
        {
            await ledger.HoldAsync(1, new LaneChange(LaneChangeKind.Regained, 1, null, 1));
            using var db = SqliteDb.Open(ledger.Address.KeptIn.Name, readOnly: true);
            between.Add(db.ReadNumber("select count(*) from route")!.Value);
        }

        Assert.Equal(Messages, await moving);
        using var after = SqliteDb.Open(ledger.Address.KeptIn.Name, readOnly: true);
        using var pieces = after.Prepare("select at_us, count(*) from route group by at_us order by at_us");
        var sizes = new List<long>();
        while (pieces.Step())
            sizes.Add(pieces.Number(1));
        Assert.All(sizes, size => Assert.InRange(size, 1, 2_000));
        Assert.Contains(between, count => count is > 0 and < Messages);
    }

    [Fact]
    public async Task What_may_have_been_sent_stays_and_is_found_without_looking_through_all_tries()
    {
        var path = Create(batch: 1_500);
        await using (var ledger = RunLedger.Open(path, _clock))
        {
            LedgerBuilder.Add(path, rows => rows.Tried(17, Deferral.Lost, handed: 1, answered: 2, attempt: 1));

            Assert.Equal(Messages - 1, await ledger.MoveAsync(1, Other, Parts, "lane stopped"));
        }

        using var plan = SqliteDb.Open(path, readOnly: true);
        using var steps = plan.Prepare(
            $"explain query plan select 1 from standing_try where seq = 5 and {RunStatements.TriedInDoubt}");
        while (steps.Step())
            Assert.DoesNotContain("SCAN tried", steps.Text(3), StringComparison.Ordinal);
    }

    string Create(int batch) => SomeRun.Create(_folder.Path, Messages, batch);
}
