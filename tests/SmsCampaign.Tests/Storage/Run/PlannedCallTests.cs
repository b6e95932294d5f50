using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Run;

public sealed class PlannedCallTests
{
    static readonly PlannedBatch Batch = new(1, SomeRun.LaneId, 1, SomeRun.Seq(1), SomeRun.Seq(9), 1);

    [Theory]
    [InlineData] // nothing would leave, and the ledger could not say so
    [InlineData(1, 3)] // the second would be taken for handed over as well
    [InlineData(2, 1)]
    public void An_intent_is_over_messages_next_to_each_other(params int[] positions)
    {
        var messages = positions.Select(at => new PlannedMessage(SomeRun.Seq(at), SomeRun.Number(at))).ToList();

        Assert.Throws<ArgumentException>(
            () => new PlannedCall(SomeRun.LaneId, Batch, messages, KeepCarrierReference: false));
    }
}
