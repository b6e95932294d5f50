using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Storage.Sqlite.Receipts;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Receipts;

/// <summary>Receipts of one message are applied in the order they came, however each of them finds it: a final that
/// came first stays.</summary>
public sealed class ReceiptOrderTests : ReceiptCase
{
    [Fact]
    public async Task One_that_waited_for_the_answer_goes_before_a_later_one_that_finds_it_at_once()
    {
        Create(ReceiptTrust.Handset);
        await ReceiveAsync("-|id-1|Delivered|X");
        await SendAsync(1, SendResult.Accepted("id-1"));

        await ReceiveAsync("-|id-1|Failed|X");

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
        Assert.Null(OddityOf(1));
        Assert.Equal("Contradicting", OddityOf(2));
    }

    [Fact]
    public async Task One_that_waited_for_the_answer_goes_before_a_later_one_that_names_our_reference()
    {
        Create(ReceiptTrust.Handset);
        await ReceiveAsync("-|id-1|Delivered|X");
        await SendAsync(1, SendResult.Accepted("id-1"));

        await ReceiveAsync($"{SomeRun.Reference(1)}|-|Failed|X");

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
        Assert.Equal("Contradicting", OddityOf(2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_by_reference_of_a_message_on_its_way_does_not_pass_one_that_waits_by_the_gateways_id(
        bool inOneCallback)
    {
        Create(ReceiptTrust.Handset);
        var attempt = await BeginAsync(1);
        string[] receipts = ["-|id-1|Delivered|X", $"{SomeRun.Reference(1)}|-|Failed|X"];
        foreach (var callback in inOneCallback ? [string.Join('\n', receipts)] : receipts)
            await ReceiveAsync(callback);
        Assert.Null(StateOf(1));

        await AnswerAsync(1, attempt, SendResult.Accepted("id-1"));
        await Settler().SettleWaitingAsync(CancellationToken.None);

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
        Assert.Equal("Contradicting", inOneCallback ? OddityOf(1) : OddityOf(2));
    }

    [Fact]
    public async Task One_by_reference_that_was_held_goes_when_its_answer_names_no_id()
    {
        Create(ReceiptTrust.Handset);
        var attempt = await BeginAsync(1);
        await ReceiveAsync("-|id-1|Sent|X");
        await ReceiveAsync($"{SomeRun.Reference(1)}|-|Delivered|X");

        await AnswerAsync(1, attempt, SendResult.Uncertain("no answer"));
        await Settler().SettleWaitingAsync(CancellationToken.None);

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
        Assert.Null(OddityOf(2));
        Assert.Equal("Waiting", OddityOf(1));
    }

    [Fact]
    public async Task One_by_reference_that_was_held_goes_before_a_later_one_by_the_id_that_the_answer_named()
    {
        Create(ReceiptTrust.Handset);
        var attempt = await BeginAsync(1);
        var settler = Settler();
        foreach (var callback in new[] { "-|another|Sent|X", $"{SomeRun.Reference(1)}|-|Delivered|X" })
        {
            await Store.AppendAsync("viettel", callback);
            await settler.SettleNewAsync(CancellationToken.None);
        }

        await AnswerAsync(1, attempt, SendResult.Accepted("id-1"));
        await Store.AppendAsync("viettel", "-|id-1|Failed|X");
        await settler.SettleNewAsync(CancellationToken.None);

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
        Assert.Equal("Contradicting", OddityOf(3));
        Assert.Null(OddityOf(2));
    }

    [Fact]
    public async Task One_by_reference_of_a_message_on_its_way_goes_at_once_where_nothing_waits_before_it()
    {
        Create(ReceiptTrust.Handset);
        await BeginAsync(1);

        await ReceiveAsync($"{SomeRun.Reference(1)}|-|Delivered|X\n-|another|Sent|X");

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
    }

    [Fact]
    public async Task One_by_the_gateways_id_goes_before_a_later_one_by_reference_in_the_same_batch()
    {
        Create(ReceiptTrust.Handset);
        await SendAsync(1, SendResult.Accepted("id-1"));

        await ReceiveAsync($"-|id-1|Delivered|X\n{SomeRun.Reference(1)}|-|Failed|X");

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
    }

    [Fact]
    public async Task Two_that_wait_far_apart_are_applied_in_their_order()
    {
        Create(ReceiptTrust.Handset);
        await ReceiveAsync("-|id-1|Delivered|X");
        await ReceiveAsync(string.Join('\n', Enumerable.Range(1, 1_500).Select(at => $"-|unknown-{at}|Delivered|X")));
        await ReceiveAsync("-|id-1|Failed|X");
        await SendAsync(1, SendResult.Accepted("id-1"));

        await Settler().SettleWaitingAsync(CancellationToken.None);

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
        Assert.Equal("Contradicting", OddityOf(3));
    }

    [Fact]
    public async Task Those_that_wait_are_tried_though_new_ones_keep_coming()
    {
        Create(ReceiptTrust.Handset);
        SetState(2, MessageStatus.Accepted);
        var settler = Settler();
        await Store.AppendAsync("viettel", "-|id-1|Delivered|X");
        await settler.SettleNewAsync(CancellationToken.None);
        await SendAsync(1, SendResult.Accepted("id-1"));

        // A stream that never ends: there is always one more to settle.
        using var stop = new CancellationTokenSource();
        var settling = settler.RunAsync(stop.Token);
        var deadline = TimeSpan.FromMinutes(1);
        for (var began = Clock.Time.GetTimestamp(); StateOf(1) != MessageStatus.Delivered
            && Clock.Time.GetElapsedTime(began) < deadline;)
            await Store.AppendAsync("viettel", $"{SomeRun.Reference(2)}|-|Sent|X");
        await stop.CancelAsync();
        await settling;

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
    }

    [Fact]
    public async Task What_waited_is_noted_as_settled_once_however_often_it_is_tried()
    {
        Create(ReceiptTrust.Handset);
        var settler = Settler();
        await Store.AppendAsync("viettel", "-|id-1|Delivered|X");
        await settler.SettleNewAsync(CancellationToken.None);
        await SendAsync(1, SendResult.Accepted("id-1"));

        // Two that call for it in one batch.
        await Store.AppendAsync("viettel", "-|id-1|Sent|X\n-|id-1|Delivered|X");
        await settler.SettleNewAsync(CancellationToken.None);
        await settler.SettleWaitingAsync(CancellationToken.None);

        Assert.Null(OddityOf(1));
        using var db = SqliteDb.Open(ReceiptFiles.Find(Data, simulated: false)[^1].Path, readOnly: true);
        Assert.Equal(
            "Outdated,Repeated",
            db.ReadText("select group_concat(kind) from (select kind from oddity order by receipt, item)"));
    }
}
