using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Receipts;

/// <summary>A report is written when what has come is known, not when the clock says that no more is waited
/// for.</summary>
public sealed class CatchUpTests : ReceiptCase
{
    readonly CancellationTokenSource _over = new();
    int _behind;

    [Theory]
    [InlineData(1)]
    [InlineData(2_500)] // more than are read together
    public async Task A_receipt_that_came_in_time_counts_though_the_time_was_over_when_it_was_read(int before)
    {
        Create(ReceiptTrust.Handset);
        SetState(1, MessageStatus.Uncertain); // handed over in 1970
        for (var at = 1; at < before; at++)
            await Store.AppendAsync("viettel", "of no message");
        await Store.AppendAsync("viettel", $"{SomeRun.Reference(1)}|-|Delivered|X");

        var settler = Settler();
        var settling = Task.CompletedTask;
        var session = Session(() =>
        {
            var asked = settler.CatchUpAsync();
            settling = settler.RunAsync(_over.Token);
            return asked;
        });

        Assert.Equal(
            ReceiptsWait.Over,
            await session.AwaitReceiptsAsync(CancellationToken.None).WaitAsync(Patience.ForAnything));
        Assert.Equal((MessageStatus.Delivered, 0), (StateOf(1), _behind));
        await StopAsync(settling);
    }

    [Fact]
    public async Task One_that_rests_is_woken_and_tries_what_waited_again()
    {
        Create(ReceiptTrust.Handset, clock: new ProcessClock(new StillTime()));
        var attempt = await BeginAsync(1);
        var settler = Settler();
        var settling = settler.RunAsync(_over.Token);

        // By the gateway's id, which no message has yet: it waits, and is tried again in a second that never comes.
        await Store.AppendAsync("viettel", "-|id-1|Delivered|X");
        await settler.CatchUpAsync().WaitAsync(Patience.ForAnything);
        Assert.NotEqual(MessageStatus.Delivered, StateOf(1));
        await AnswerAsync(1, attempt, SendResult.Accepted("id-1"));

        await settler.CatchUpAsync().WaitAsync(Patience.ForAnything);

        Assert.Equal(MessageStatus.Delivered, StateOf(1));
        await StopAsync(settling);
    }

    [Fact]
    public async Task A_settler_that_never_comes_to_it_keeps_a_run_from_its_end_for_five_minutes()
    {
        var time = new FakeTimeProvider();
        Create(ReceiptTrust.Handset, clock: new ProcessClock(time));
        SetState(1, MessageStatus.Uncertain);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var session = Session(() =>
        {
            asked.TrySetResult();
            return new TaskCompletionSource().Task;
        });
        time.Advance(TimeSpan.FromDays(30)); // its time for receipts is over

        var waiting = session.AwaitReceiptsAsync(CancellationToken.None);
        await asked.Task.WaitAsync(Patience.ForAnything);
        var minutes = 0;
        for (; !waiting.IsCompleted && minutes < 10_000_000; minutes++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Assert.Equal(ReceiptsWait.Behind, await waiting.WaitAsync(Patience.ForAnything));
        Assert.True(minutes >= 5, $"{minutes} min");
        Assert.Equal(1, _behind);
    }

    RunSession Session(Func<Task> catchUp) => new(
        Runs.FindByCode(SomeRun.Code)!,
        new SendWindow(new TimeOnly(8, 0), new TimeOnly(20, 0), TimeZoneInfo.Utc),
        Accounts,
        Watched)
    {
        CatchUpAsync = catchUp,
        Behind = () => _behind++,
    };

    async Task StopAsync(Task settling)
    {
        await _over.CancelAsync();
        await settling.WaitAsync(Patience.ForAnything);
        _over.Dispose();
    }

    /// <summary>Receipts are gathered as ever, and a second never passes.</summary>
    sealed class StillTime : TimeProvider
    {
        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            dueTime >= TimeSpan.Zero && dueTime < TimeSpan.FromSeconds(1)
                ? base.CreateTimer(callback, state, dueTime, period)
                : new Never();

        sealed class Never : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
