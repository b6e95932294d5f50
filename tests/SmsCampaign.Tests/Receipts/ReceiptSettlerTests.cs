using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Receipts;
using SmsCampaign.Telemetry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Receipts;

/// <summary>Rule 6: status only moves forward, finals stay, and raw receipts are kept as they came.</summary>
public sealed class ReceiptSettlerTests : ReceiptCase
{
    [Theory]
    [InlineData(MessageStatus.Uncertain, "Delivered", MessageStatus.Delivered, null)]
    [InlineData(MessageStatus.Accepted, "Sent", MessageStatus.Sent, null)]
    [InlineData(MessageStatus.Sent, "Failed", MessageStatus.Failed, null)]
    [InlineData(MessageStatus.Delivered, "Delivered", MessageStatus.Delivered, "Repeated")]
    [InlineData(MessageStatus.Delivered, "Sent", MessageStatus.Delivered, "Outdated")] // came out of order
    [InlineData(MessageStatus.Delivered, "Failed", MessageStatus.Delivered, "Contradicting")]
    [InlineData(MessageStatus.Failed, "Delivered", MessageStatus.Failed, "Contradicting")]
    [InlineData(MessageStatus.Leftover, "Delivered", MessageStatus.Leftover, "Contradicting")]
    public async Task Rule_6_a_receipt_moves_a_message_forward_or_is_kept_as_evidence(
        MessageStatus before, string said, MessageStatus after, string? oddity)
    {
        Create(ReceiptTrust.Handset);
        SetState(1, before);

        await ReceiveAsync($"{SomeRun.Reference(1)}|-|{said}|X");

        Assert.Equal(after, StateOf(1));
        Assert.Equal(oddity, OddityOf(1));
        Assert.Equal(1, Raw());
    }

    [Theory]
    [InlineData(ReceiptTrust.Handset, MessageStatus.Delivered)]
    [InlineData(ReceiptTrust.Network, MessageStatus.Sent)]
    [InlineData(ReceiptTrust.Gateway, MessageStatus.Accepted)]
    [InlineData(ReceiptTrust.None, MessageStatus.Accepted)] // as it was
    public async Task A_receipt_says_no_more_than_its_lane_is_trusted_for(ReceiptTrust trust, MessageStatus expected)
    {
        Create(trust);
        SetState(1, MessageStatus.Accepted);

        await ReceiveAsync($"{SomeRun.Reference(1)}|-|Delivered|X");

        Assert.Equal(expected, StateOf(1));
    }

    /// <summary>Whoever looks from outside sees what waits also where nobody settles.</summary>
    [Fact]
    public async Task A_receipt_waits_from_when_it_came_until_it_is_settled()
    {
        Create(ReceiptTrust.Handset);
        SetState(1, MessageStatus.Accepted);
        var kept = Ledgers.ReceiptsOf(Data);
        Assert.Null(kept.FindOldestUnsettled(simulated: false));
        await Store.AppendAsync("viettel", $"{SomeRun.Reference(1)}|-|Delivered|X");
        await Store.AppendAsync("viettel", $"{SomeRun.Reference(1)}|-|Delivered|X");
        var came = Store.Read(0).First().ReceivedAt;

        Assert.Equal(came, kept.FindOldestUnsettled(simulated: false));
        Assert.Null(kept.FindOldestUnsettled(simulated: true));
        await Settler().SettleNewAsync(CancellationToken.None);

        Assert.Null(kept.FindOldestUnsettled(simulated: false));
    }

    /// <summary>What was cut off is read again, and is no more receipts for it.</summary>
    [Fact]
    public async Task Receipts_are_counted_once_however_often_they_are_read()
    {
        Create(ReceiptTrust.Handset, lane: "counted");
        await Store.AppendAsync("counted", $"{SomeRun.Reference(1)}|-|Delivered|X");
        using var metering = new Metering();
        var settler = Settler();
        settler.Reached = _ => throw new IOException("cut off");

        await Assert.ThrowsAsync<IOException>(() => settler.SettleNewAsync(CancellationToken.None));
        Assert.Equal(0, metering.SumOf(Measures.Receipts, "lane=counted"));
        settler.Reached = _ => { };
        await settler.SettleNewAsync(CancellationToken.None);

        Assert.Equal(1, metering.SumOf(Measures.Receipts, "lane=counted"));
    }

    [Fact]
    public async Task That_it_goes_on_is_told_and_where_it_hangs_it_is_seen()
    {
        var time = new FakeTimeProvider();
        Create(ReceiptTrust.Handset, clock: new ProcessClock(time));
        var hangs = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var release = new ManualResetEventSlim();
        SetState(1, MessageStatus.Accepted);
        await Store.AppendAsync("viettel", $"{SomeRun.Reference(1)}|-|Delivered|X");
        var settler = Settler();
        settler.Reached = step =>
        {
            if (step != SettleStep.Applied)
                return;
            hangs.TrySetResult();
            release.Wait(Patience.ForAnything);
        };
        using var stop = new CancellationTokenSource();

        var running = settler.RunAsync(stop.Token);
        await hangs.Task.WaitAsync(Patience.ForAnything);
        Assert.True(Accounts.Loops.HasBegun("receipts"));
        Assert.Empty(Accounts.Loops.FindStuck());
        time.Advance(LoopWatch.LongestTurn + TimeSpan.FromSeconds(1));

        Assert.Equal(["receipts"], Accounts.Loops.FindStuck().Select(stuck => stuck.Name));
        release.Set();
        stop.Cancel();
        await running.WaitAsync(Patience.ForAnything);
        Assert.Empty(Accounts.Loops.FindStuck());
    }

    [Fact]
    public async Task A_receipt_before_the_answer_stands_and_the_answer_does_not_move_it_back()
    {
        Create(ReceiptTrust.Handset);
        var ledger = Runs.FindByCode(SomeRun.Code)!;
        var call = Call(1);
        var attempt = (await ledger.BeginAsync([call]))[0]!.Value;

        await ReceiveAsync($"{SomeRun.Reference(1)}|-|Delivered|X");
        await ledger.FinishAsync([new CallResult(call, attempt, 0, Clock.Now(), [SendResult.Accepted("id-1")])]);

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
        using var db = SqliteDb.Open(Ledger, readOnly: true);
        Assert.Equal("id-1", db.ReadText("select carrier_id from state where handed_us is not null"));
    }

    [Fact]
    public async Task A_receipt_by_the_gateways_id_waits_for_the_answer_that_names_it()
    {
        Create(ReceiptTrust.Handset);
        var ledger = Runs.FindByCode(SomeRun.Code)!;
        var call = Call(1);
        var attempt = (await ledger.BeginAsync([call]))[0]!.Value;

        await ReceiveAsync("-|id-1|Delivered|X");
        Assert.Equal("Waiting", OddityOf(1));

        await ledger.FinishAsync([new CallResult(call, attempt, 0, Clock.Now(), [SendResult.Accepted("id-1")])]);
        await Settler().SettleWaitingAsync(CancellationToken.None);

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
        Assert.Null(OddityOf(1));
    }

    [Fact]
    public async Task A_receipt_for_a_message_put_off_counts_so_that_it_is_not_sent_twice()
    {
        Create(ReceiptTrust.Handset);
        var ledger = Runs.FindByCode(SomeRun.Code)!;
        var call = Call(1);
        var attempt = (await ledger.BeginAsync([call]))[0]!.Value;
        await ledger.FinishAsync([new CallResult(call, attempt, 0, Clock.Now(), [SendResult.TooFast("429")])]);

        await ReceiveAsync($"{SomeRun.Reference(1)}|-|Delivered|X");

        Assert.Equal("Contradicting", OddityOf(1));
        Assert.Null((await ledger.BeginAsync([call]))[0]);
    }

    [Theory]
    [InlineData("zzzz9999-2s|-|Delivered|X", "Unknown")] // a reference of no run here
    [InlineData("-|never-given|Delivered|X", "Waiting")]
    [InlineData("nonsense", "Unreadable")]
    public async Task A_receipt_that_matches_nothing_is_kept_as_it_came(string body, string oddity)
    {
        Create(ReceiptTrust.Handset);

        await ReceiveAsync(body);

        Assert.Equal(oddity, OddityOf(1));
        Assert.Equal(1, Raw());
    }

    [Fact]
    public async Task A_receipt_that_an_adapter_breaks_on_does_not_stop_those_after_it()
    {
        Create(ReceiptTrust.Handset);
        SetState(1, MessageStatus.Accepted);

        // no status of that name: ArgumentException
        await ReceiveAsync($"{SomeRun.Reference(1)}|-|Brought by 84912000001|X");
        await ReceiveAsync($"{SomeRun.Reference(1)}|-|Delivered|X");

        Assert.Equal("Unreadable", OddityOf(1));
        Assert.Equal(MessageStatus.Delivered, StateOf(1));
        using var db = SqliteDb.Open(ReceiptFiles.Find(Data, simulated: false)[^1].Path, readOnly: true);
        Assert.DoesNotContain(
            "84912000001", db.ReadText("select detail from oddity where receipt = 1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_for_a_run_whose_ledger_is_gone_is_kept_and_does_not_stop_those_after_it()
    {
        Create(ReceiptTrust.Handset);
        File.Delete(Ledger);

        await ReceiveAsync($"{SomeRun.Reference(1)}|-|Delivered|X");

        Assert.Equal("SetAside", OddityOf(1));
        Assert.False(await Settler().SettleNewAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Rule_10_a_rehearsal_leaves_the_receipts_andRuns_of_real_gateways_alone()
    {
        Create(ReceiptTrust.Handset);
        SetState(1, MessageStatus.Accepted);
        await Store.AppendAsync("viettel", $"{SomeRun.Reference(1)}|-|Delivered|X");

        await using (var store = Ledgers.OpenReceipts(Data, Clock, simulated: true))
        await using (var runs = new OpenRuns(Data, Registry, Clock, simulated: true))
        {
            Assert.False(await new ReceiptSettler(store, runs, Accounts, Clock).SettleNewAsync(CancellationToken.None));
            Assert.Null(runs.FindByCode(SomeRun.Code));
            Assert.Empty(runs.OpenThoseAwaited());
        }

        Assert.True(await Settler().SettleNewAsync(CancellationToken.None));
        Assert.Equal(MessageStatus.Delivered, StateOf(1));
    }

    [Fact]
    public async Task A_receipt_by_the_gateways_id_finds_a_run_that_waits_for_a_person_and_was_not_opened()
    {
        Create(ReceiptTrust.Handset);
        SetState(1, MessageStatus.Accepted);
        LedgerBuilder.Add(Ledger, rows => rows.Named(1, "id-1"));
        Registry.SetState(RunKey.Parse("some/2025-07-30"), RunState.Held, DateTimeOffset.UnixEpoch);

        await ReceiveAsync("-|id-1|Delivered|X");

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
    }

    [Fact]
    public async Task A_receipt_for_a_message_never_tried_changes_nothing()
    {
        Create(ReceiptTrust.Handset);

        await ReceiveAsync($"{SomeRun.Reference(2)}|-|Delivered|X");

        Assert.Equal("Unexpected", OddityOf(1));
        Assert.Null(StateOf(2));
    }

    [Fact]
    public async Task After_a_crash_between_ledger_and_note_receipts_are_not_applied_again()
    {
        Create(ReceiptTrust.Handset);
        SetState(1, MessageStatus.Accepted);
        await ReceiveAsync($"{SomeRun.Reference(1)}|-|Delivered|X");

        // The ledger has it; the note of how far the settler came is lost.
        using (var db = SqliteDb.Open(ReceiptFiles.Find(Data, simulated: false)[^1].Path))
            db.Execute("delete from progress");
        await Settler().SettleNewAsync(CancellationToken.None);

        Assert.Null(OddityOf(1));
    }

    [Fact]
    public async Task A_storm_out_of_order_is_settled_in_slices_and_each_message_by_its_own_receipts()
    {
        const int messages = 5_000;
        Create(ReceiptTrust.Handset, messages);
        SetStates(MessageStatus.Accepted);
        var order = Enumerable.Range(1, messages).ToArray();
        new Random(7).Shuffle(order);

        // Two of each, the second after all the first: of every third message the later says less.
        foreach (var second in new[] { false, true })
        {
            await Task.WhenAll(order.Select(at => Store.AppendAsync(
                "viettel", $"{SomeRun.Reference(at)}|-|{((at % 3 == 0) == second ? "Sent" : "Delivered")}|X")));
        }

        Assert.True(await Settler().SettleNewAsync(CancellationToken.None));

        Assert.Equal(messages, SomeRun.Count(Ledger)[MessageStatus.Delivered]);
        using var db = SqliteDb.Open(ReceiptFiles.Find(Data, simulated: false)[^1].Path, readOnly: true);
        Assert.Equal(messages / 3, db.ReadNumber("select count(*) from oddity where kind = 'Outdated'"));
        Assert.Equal(messages / 3, db.ReadNumber("select count(*) from oddity"));
    }

    [Fact]
    public async Task After_a_stop_or_crash_between_two_slices_those_applied_are_not_applied_again()
    {
        Create(ReceiptTrust.Handset);
        SetStates(MessageStatus.Accepted);
        var ledger = Runs.FindByCode(SomeRun.Code)!;
        MatchedReceipt[] all = [.. Enumerable.Range(1, 3).Select(at => new MatchedReceipt(
            10 - at, 0, SomeRun.LaneId, new NamedMessage(SomeRun.Seq(at), 0, 0), new DeliveryReceipt(
                null, null, MessageStatus.Delivered, null, "X", null)))];

        await ledger.ApplyAsync(all[..2], new ReceiptMark(9, SomeRun.Seq(2)));
        var again = await ledger.ApplyAsync(
            [all[0], all[0] with { RawId = 10 }, all[1], all[2]], new ReceiptMark(10, null));
        var later = await ledger.ApplyAsync(all, new ReceiptMark(10, null));

        // only one that came since, and is not taken for one applied
        Assert.Equal([(1, ReceiptOddity.Repeated)], again);
        Assert.Equal(3, ledger.Counters.Of(MessageStatus.Delivered));
        Assert.Empty(later);
    }

    [Fact]
    public async Task A_stop_leaves_the_rest_for_the_next_start()
    {
        Create(ReceiptTrust.Handset);
        SetState(1, MessageStatus.Accepted);
        await Store.AppendAsync("viettel", $"{SomeRun.Reference(1)}|-|Delivered|X");

        await Settler().SettleNewAsync(new CancellationToken(canceled: true));
        Assert.Equal(MessageStatus.Accepted, StateOf(1));

        await Settler().SettleNewAsync(CancellationToken.None);
        Assert.Equal(MessageStatus.Delivered, StateOf(1));
    }

    [Fact]
    public async Task Receipts_that_wait_do_not_keep_others_that_wait_from_being_tried()
    {
        Create(ReceiptTrust.Handset);
        await ReceiveAsync(string.Join('\n', Enumerable.Range(1, 2_500).Select(at => $"-|unknown-{at}|Delivered|X")));
        await ReceiveAsync("-|id-1|Delivered|X");
        await SendAsync(1, SendResult.Accepted("id-1"));

        await Settler().SettleWaitingAsync(CancellationToken.None);

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
        Assert.Null(OddityOf(2));
        Assert.Equal("Waiting", OddityOf(1));
    }

    [Fact]
    public async Task A_thousand_receipts_in_any_order_settle_a_thousand_messages()
    {
        Create(ReceiptTrust.Handset, 1_000);
        SetStates(MessageStatus.Accepted);
        var order = Enumerable.Range(1, 1_000).ToArray();
        new Random(7).Shuffle(order);

        await Task.WhenAll(order.Select(at => Store.AppendAsync("viettel", $"{SomeRun.Reference(at)}|-|Delivered|X")));
        while (await Settler().SettleNewAsync(CancellationToken.None))
        {
        }

        Assert.Equal(1_000, SomeRun.Count(Ledger)[MessageStatus.Delivered]);
        Assert.Equal(1_000, Runs.FindByCode(SomeRun.Code)!.Counters.Of(MessageStatus.Delivered));
    }
}
