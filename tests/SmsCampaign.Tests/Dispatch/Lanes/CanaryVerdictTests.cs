using SmsCampaign.Campaigns;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>Whether a lane opens, by where the messages of its first batch stand: of 50, by the campaign's
/// defaults.</summary>
public sealed class CanaryVerdictTests
{
    [Theory]
    [InlineData(50, 0, 0, TrialState.Passed)]
    [InlineData(41, 9, 0, TrialState.Passed)] // some dead numbers are in every list
    [InlineData(40, 10, 0, TrialState.Held)] // 20 %: not below
    [InlineData(0, 50, 0, TrialState.Held)]
    [InlineData(41, 0, 9, TrialState.Passed)]
    [InlineData(40, 0, 10, TrialState.Held)]
    [InlineData(41, 5, 4, TrialState.Passed)]
    [InlineData(40, 5, 5, TrialState.Held)]
    public void A_whole_batch_opens_the_lane_where_fewer_than_the_bound_fare_badly(
        int taken, int refused, int unanswered, TrialState expected)
    {
        var states = Taken(taken).Concat(Refused(refused)).Concat(Unanswered(unanswered));

        Assert.Equal(expected, Judge(states)!.Value.State);
    }

    [Fact]
    public void A_batch_that_can_only_fail_is_not_sent_to_its_end()
    {
        Assert.Null(Judge(Refused(9), isWhole: false));

        Assert.Equal(TrialState.Held, Judge(Refused(10), isWhole: false)!.Value.State);
    }

    [Fact]
    public void Before_all_is_answered_nothing_opens_the_lane() => Assert.Null(Judge(Taken(49), isWhole: false));

    [Fact]
    public void What_the_programs_own_end_cut_off_counts_on_neither_side()
    {
        var cutOff = States(20, MessageStatus.Uncertain, Reason.Interrupted);

        Assert.Equal(TrialState.Passed, Judge(Taken(25).Concat(Refused(5)).Concat(cutOff))!.Value.State);
        Assert.Equal(TrialState.Held, Judge(Taken(23).Concat(Refused(7)).Concat(cutOff))!.Value.State);
    }

    /// <summary>Receipts, and answers to inquiries, may still say what became of them.</summary>
    [Theory]
    [InlineData(0, 0, false, null)]
    [InlineData(0, 0, true, TrialVerdict.Unknown)]
    [InlineData(24, 0, false, null)]
    [InlineData(24, 0, true, TrialVerdict.Unknown)]
    [InlineData(15, 9, true, TrialVerdict.Unknown)]
    [InlineData(25, 0, false, TrialVerdict.None)]
    [InlineData(24, 1, false, TrialVerdict.None)]
    [InlineData(1, 10, false, TrialVerdict.Failed)] // a fifth of the batch, whatever becomes of the rest
    public void Of_fewer_than_half_nothing_is_concluded(int taken, int refused, bool isOver, TrialVerdict? expected)
    {
        var cutOff = States(50 - taken - refused, MessageStatus.Uncertain, Reason.Interrupted);

        Assert.Equal(
            expected, Judge(Taken(taken).Concat(Refused(refused)).Concat(cutOff), isOver: isOver)?.Finding.Verdict);
    }

    /// <summary>They come to an end by themselves: taken, or refused after enough tries.</summary>
    [Theory]
    [InlineData(24, 1, null)]
    [InlineData(24, 0, TrialVerdict.Unknown)]
    [InlineData(25, 25, TrialVerdict.None)]
    public void What_is_put_off_is_waited_for_only_where_too_few_are_known(
        int taken, int putOff, TrialVerdict? expected) =>
        Assert.Equal(expected, Judge(Taken(taken), putOff: putOff, isOver: true)?.Finding.Verdict);

    [Theory]
    [InlineData(29, false, null)]
    [InlineData(30, false, TrialState.Passed)]
    [InlineData(29, true, TrialState.Held)]
    [InlineData(30, true, TrialState.Passed)]
    public void Where_receipts_come_so_many_must_have_one_in_time(int delivered, bool isOver, TrialState? expected)
    {
        var states = States(delivered, MessageStatus.Delivered).Concat(Taken(50 - delivered)).ToList();

        var found = Judge(states, receipts: 60, isOver: isOver);

        Assert.Equal(expected, found?.State);
        if (expected == TrialState.Held)
            Assert.Equal(
                (TrialVerdict.FewReceipts, 50, 29, 60),
                (found!.Value.Finding.Verdict, found.Value.Finding.Judged, found.Value.Finding.Found,
                    found.Value.Finding.Bound));
    }

    [Fact]
    public void A_receipt_that_says_it_failed_is_a_failure_and_a_receipt()
    {
        var failed = States(9, MessageStatus.Failed, failure: FailureClass.Network);

        Assert.Equal(
            TrialState.Passed,
            Judge(failed.Concat(States(21, MessageStatus.Sent)).Concat(Taken(20)), receipts: 60)!.Value.State);
        Assert.Equal(
            TrialState.Held,
            Judge(failed.Concat(Refused(1)).Concat(States(40, MessageStatus.Delivered)), receipts: 60)!.Value.State);
    }

    [Fact]
    public void What_the_gateway_said_most_often_is_kept()
    {
        var states = Refused(12).Concat(States(3, MessageStatus.Failed, failure: FailureClass.Number, code: "code 4"));

        var finding = Judge(states.Concat(Unanswered(2)).Concat(Taken(33)))!.Value.Finding;

        Assert.Equal(
            new TrialFinding(TrialVerdict.Failed, 50, 17, 20, FailureClass.Content, Reason.None, "code 31"), finding);
    }

    [Fact]
    public void Without_answers_that_is_the_reason()
    {
        var finding = Judge(Unanswered(12).Concat(Taken(38)))!.Value.Finding;

        Assert.Equal(
            new TrialFinding(TrialVerdict.Unanswered, 50, 12, 20, null, Reason.NoAnswer, null), finding);
    }

    static (TrialState State, TrialFinding Finding)? Judge(
        IEnumerable<TrialMessage> states,
        bool isWhole = true,
        int receipts = 0,
        bool isOver = false,
        int putOff = 0) =>
        CanaryVerdict.Of(CanaryPolicy.Default, [.. states], isWhole, putOff, receipts, isOver);

    static IEnumerable<TrialMessage> Taken(int count) => States(count, MessageStatus.Accepted);

    static IEnumerable<TrialMessage> Refused(int count) =>
        States(count, MessageStatus.Failed, failure: FailureClass.Content, code: "code 31");

    static IEnumerable<TrialMessage> Unanswered(int count) => States(count, MessageStatus.Uncertain, Reason.NoAnswer);

    static IEnumerable<TrialMessage> States(
        int count,
        MessageStatus status,
        Reason reason = Reason.None,
        FailureClass? failure = null,
        string? code = null) => Enumerable.Repeat(new TrialMessage(1, status, failure, reason, code), count);
}
