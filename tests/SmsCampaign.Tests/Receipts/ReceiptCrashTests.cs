using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Receipts;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Receipts;

/// <summary>What receipts do stands in two files, and a crash may come between any two commits: nothing odd is lost,
/// nothing is counted twice.</summary>
public sealed class ReceiptCrashTests : ReceiptCase
{
    const int Messages = 10;

    public static TheoryData<int> Steps => [.. Enum.GetValues<SettleStep>().Select(step => (int)step)];

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_crash_between_the_two_files_loses_no_oddity(int step)
    {
        Create(ReceiptTrust.Handset, Messages);
        SetStates(MessageStatus.Failed);
        for (var at = 1; at <= Messages; at++)
            await Store.AppendAsync("viettel", $"{SomeRun.Reference(at)}|-|Delivered|X");

        await CrashAsync((SettleStep)step);
        await SettleAsNextProcessAsync();

        Assert.Equal(new() { ["Contradicting"] = Messages }, Oddities());
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task A_crash_between_the_two_files_counts_nothing_twice_that_waited(int step)
    {
        Create(ReceiptTrust.Handset);
        Registry.SetState(RunKey.Parse("some/2025-07-30"), RunState.Sending, DateTimeOffset.UnixEpoch);
        await ReceiveAsync("-|id-1|Delivered|X");
        await SendAsync(1, SendResult.Accepted("id-1"));

        // A new one calls for the one that waits.
        await Store.AppendAsync("viettel", "-|id-1|Failed|X");
        await CrashAsync((SettleStep)step);
        await SettleAsNextProcessAsync();

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
        Assert.Equal(new() { ["Contradicting"] = 1 }, Oddities());
    }

    [Fact]
    public async Task After_a_stop_in_the_middle_a_larger_batch_takes_nothing_for_repeated()
    {
        Create(ReceiptTrust.Handset);
        SetStates(MessageStatus.Accepted);
        var ledger = Runs.FindByCode(SomeRun.Code)!;
        var all = Enumerable.Range(1, 3).Select(at => Receipt(rawId: at, at)).ToArray();

        // Stopped when two of three were applied; the next start finds more, and is stopped after the first.
        await ledger.ApplyAsync(all[..2], new ReceiptMark(3, SomeRun.Seq(2)));
        Assert.Empty(await ledger.ApplyAsync(all[..1], new ReceiptMark(4, SomeRun.Seq(1))));
        var third = await ledger.ApplyAsync([.. all, Receipt(rawId: 5, 1)], new ReceiptMark(5, null));

        Assert.Equal([(3, ReceiptOddity.Repeated)], third); // the one that came since
        Assert.Equal(3, ledger.Counters.Of(MessageStatus.Delivered));
    }

    [Fact]
    public async Task A_stop_between_slices_and_a_start_with_more_receipts_counts_none_as_repeated()
    {
        const int messages = 6_000; // three slices
        Create(ReceiptTrust.Handset, messages);
        SetStates(MessageStatus.Accepted);
        await Task.WhenAll(Enumerable.Range(1, messages).Select(
            at => Store.AppendAsync("viettel", $"{SomeRun.Reference(at)}|-|Delivered|X")));
        var ledger = Runs.FindByCode(SomeRun.Code)!;

        foreach (var slices in new[] { 2, 1 })
        {
            using var stop = new CancellationTokenSource();
            var settler = Settler();
            settler.Sliced = done => { if (done == slices) stop.Cancel(); };
            await settler.SettleNewAsync(stop.Token);
            await Store.AppendAsync("viettel", $"{SomeRun.Reference(1)}|-|Sent|X"); // the next batch ends elsewhere
        }

        await Settler().SettleNewAsync(CancellationToken.None);

        Assert.Equal(messages, ledger.Counters.Of(MessageStatus.Delivered));
        Assert.Equal(new() { ["Outdated"] = 2 }, Oddities());
    }

    [Theory]
    [InlineData("7", "7")]
    [InlineData("7 0 0", "7")]
    [InlineData("7 9 5", "7 9 5")]
    public void A_mark_of_a_version_before_is_read(string written, string means) =>
        Assert.Equal(means, AppliedReceipts.Parse(written).ToString());

    static MatchedReceipt Receipt(long rawId, int at) =>
        new(rawId, 0, SomeRun.LaneId, new NamedMessage(SomeRun.Seq(at), 0, 0), new DeliveryReceipt(
            null, null, MessageStatus.Delivered, null, "X", null));

    async Task CrashAsync(SettleStep step)
    {
        var settler = Settler();
        settler.Reached = reached =>
        {
            if (reached == step)
                throw new Crash();
        };
        await Assert.ThrowsAsync<Crash>(() => settler.SettleNewAsync(CancellationToken.None));
    }

    async Task SettleAsNextProcessAsync()
    {
        await using var store = Ledgers.OpenReceipts(Data, Clock);
        await using var runs = new OpenRuns(Data, Registry, Clock);
        var settler = new ReceiptSettler(store, runs, Accounts, Clock);
        await settler.SettleWaitingAsync(CancellationToken.None);
        while (await settler.SettleNewAsync(CancellationToken.None))
        {
        }

        await settler.SettleWaitingAsync(CancellationToken.None);
    }

    Dictionary<string, long> Oddities()
    {
        using var db = SqliteDb.Open(ReceiptFiles.Find(Data, simulated: false)[^1].Path, readOnly: true);
        using var read = db.Prepare("select kind, count(*) from oddity group by kind");
        var found = new Dictionary<string, long>();
        while (read.Step())
            found[read.Text(0)!] = read.Number(1);
        return found;
    }

    sealed class Crash : Exception;
}
