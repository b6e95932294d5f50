using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>A lane whose receipts do not come, and that a person lets go on otherwise than the campaign says: it does
/// so, also by the process that comes after a kill or a stop.</summary>
public sealed class CanaryReleaseTests : IDisposable
{
    const int Batch = CanaryCase.Batch;
    const int All = 200;

    static readonly TimeSpan Open = TimeSpan.FromHours(2);
    static readonly SendResult Barred = SendResult.Rejected(FailureClass.Content, "code 31");

    readonly CanaryCase _case = new(All) { BringsReceipts = true };

    public void Dispose() => _case.Dispose();

    [Theory]
    [InlineData(TrialRelease.Anew, "Begun Held Begun Held", Batch)]
    [InlineData(TrialRelease.WithoutReceipts, "Begun Held Begun Passed", All - Batch)]
    [InlineData(TrialRelease.WithoutFirstBatch, "Begun Held", All - Batch)]
    public async Task The_next_process_goes_on_as_the_person_said(TrialRelease release, string history, int sent)
    {
        await HoldForReceiptsAsync();
        Assert.True(_case.Release(release));
        var carrier = ScriptedCarrier.ThatAccepts();

        var end = await _case.RunAsync(carrier, Open);

        Assert.Equal((release == TrialRelease.Anew ? LaneEnd.Closed : LaneEnd.Done, sent), (end, carrier.Calls.Count));
        Assert.Equal(history, _case.History());
        Assert.Equal(release == TrialRelease.WithoutReceipts, _case.Trial!.ByAnswersAlone);
    }

    [Theory]
    [InlineData(TrialRelease.WithoutReceipts, "Begun Held Released Begun Passed")]
    [InlineData(TrialRelease.WithoutFirstBatch, "Begun Held Released")]
    public async Task So_does_the_process_that_sends(TrialRelease release, string history)
    {
        _case.Waiting = () =>
        {
            if (_case.Trial is { IsHeld: true })
                Assert.True(_case.Release(release));
        };
        var carrier = ScriptedCarrier.ThatAccepts();

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(carrier, Open));

        Assert.Equal((history, All), (_case.History(), carrier.Calls.Count));
    }

    [Fact]
    public async Task Cut_off_in_the_middle_the_batch_is_still_judged_by_answers_alone()
    {
        await HoldForReceiptsAsync();
        Assert.True(_case.Release(TrialRelease.WithoutReceipts));
        Assert.Equal(LaneEnd.Stopped, await StopAfterAsync(20));
        Assert.Equal((TrialState.UnderWay, true), (_case.Trial!.State, _case.Trial.ByAnswersAlone));
        _case.Waiting = LeaveIfHeld;

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(ScriptedCarrier.ThatAccepts(), Open));

        Assert.Equal(TrialState.Passed, _case.Trial.State);
        Assert.Equal(All, _case.Count()[MessageStatus.Accepted]);
    }

    /// <summary>Of the batch too little is known, so another takes its place.</summary>
    [Fact]
    public async Task Killed_in_the_middle_the_batch_after_it_is_judged_by_answers_alone_too()
    {
        await HoldForReceiptsAsync();
        Assert.True(_case.Release(TrialRelease.WithoutReceipts));
        await _case.KillAsync(Batch + 1, 40, byAnswersAlone: true);
        _case.Waiting = LeaveIfHeld;

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(ScriptedCarrier.ThatAccepts(), Open));

        Assert.Equal((TrialState.Passed, true), (_case.Trial!.State, _case.Trial.ByAnswersAlone));
    }

    [Fact]
    public async Task Opened_without_a_first_batch_it_stays_so_from_process_to_process()
    {
        await HoldForReceiptsAsync();
        Assert.True(_case.Release(TrialRelease.WithoutFirstBatch));
        Assert.Equal(LaneEnd.Stopped, await StopAfterAsync(10));

        Assert.Equal(LaneEnd.Done, await _case.RunAsync(ScriptedCarrier.ThatAccepts(), Open));

        Assert.Equal("Begun Held", _case.History());
        Assert.Equal(All, _case.Count()[MessageStatus.Accepted]);
    }

    [Fact]
    public async Task The_guard_stays_on_and_what_it_holds_begins_with_a_first_batch_again()
    {
        _case.Set(CanaryPolicy.Default, new GuardPolicy(20, TimeSpan.FromMinutes(5), 10));
        await HoldForReceiptsAsync();
        Assert.True(_case.Release(TrialRelease.WithoutFirstBatch));
        var carrier = new ScriptedCarrier(_ => Barred);

        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(carrier, Open, rate: 4));

        Assert.Equal((TrialKind.Guard, true), (_case.Trial!.Kind, _case.Trial.IsHeld));
        Assert.InRange(carrier.Calls.Count, 10, All - Batch - 1);
        Assert.True(_case.Release());
        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(carrier, Open));
        Assert.Equal("Begun Held Held Begun Held", _case.History());
    }

    [Fact]
    public async Task Without_receipts_too_many_refusals_still_hold_it()
    {
        await HoldForReceiptsAsync();
        Assert.True(_case.Release(TrialRelease.WithoutReceipts));
        var carrier = new ScriptedCarrier(_ => Barred);

        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(carrier, Open));

        Assert.Equal((true, TrialVerdict.Failed), (_case.Trial!.IsHeld, _case.Trial.Finding.Verdict));
        Assert.InRange(carrier.Calls.Count, 10, Batch);
    }

    /// <summary>What one batch was let off is not let off for good.</summary>
    [Fact]
    public async Task Let_go_on_plainly_after_that_receipts_are_asked_for_again()
    {
        await HoldForReceiptsAsync();
        Assert.True(_case.Release(TrialRelease.WithoutReceipts));
        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(new ScriptedCarrier(_ => Barred), Open));
        Assert.True(_case.Release());

        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(ScriptedCarrier.ThatAccepts(), Open));

        Assert.Equal(
            (true, false, TrialVerdict.FewReceipts),
            (_case.Trial!.IsHeld, _case.Trial.ByAnswersAlone, _case.Trial.Finding.Verdict));
    }

    /// <summary>A first batch of which no receipt comes.</summary>
    async Task HoldForReceiptsAsync()
    {
        _case.Waiting = LeaveIfHeld;
        Assert.Equal(LaneEnd.Closed, await _case.RunAsync(ScriptedCarrier.ThatAccepts(), Open));
        Assert.Equal((true, TrialVerdict.FewReceipts), (_case.Trial!.IsHeld, _case.Trial.Finding.Verdict));
    }

    async Task<LaneEnd> StopAfterAsync(int calls)
    {
        using var stop = new CancellationTokenSource();
        var made = 0;
        return await _case.RunAsync(
            new ScriptedCarrier(_ =>
            {
                if (++made == calls)
                    stop.Cancel();
                return SendResult.Accepted("id");
            }),
            stopping: stop.Token);
    }

    /// <summary>The window closes: a lane that is held waits for that, or for a person.</summary>
    void LeaveIfHeld()
    {
        if (_case.Trial is { IsHeld: true })
            _case.Time.Advance(Open);
    }
}
