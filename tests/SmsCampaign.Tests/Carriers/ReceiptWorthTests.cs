using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers;

public class ReceiptWorthTests
{
    public static TheoryData<ReceiptTrust, MessageStatus> Pairs
    {
        get
        {
            var pairs = new TheoryData<ReceiptTrust, MessageStatus>();
            foreach (var trust in Enum.GetValues<ReceiptTrust>())
            {
                foreach (var status in Enum.GetValues<MessageStatus>())
                    pairs.Add(trust, status);
            }

            return pairs;
        }
    }

    [Theory]
    [InlineData(ReceiptTrust.None, "Delivered", null)]
    [InlineData(ReceiptTrust.None, "Failed", null)]
    [InlineData(ReceiptTrust.Gateway, "Delivered", MessageStatus.Accepted)]
    [InlineData(ReceiptTrust.Gateway, "Sent", MessageStatus.Accepted)]
    [InlineData(ReceiptTrust.Gateway, "Failed", MessageStatus.Failed)]
    [InlineData(ReceiptTrust.Network, "Delivered", MessageStatus.Sent)]
    [InlineData(ReceiptTrust.Network, "Accepted", MessageStatus.Accepted)]
    [InlineData(ReceiptTrust.Handset, "Delivered", MessageStatus.Delivered)]
    public void A_receipt_is_worth_no_more_than_its_lane_is_trusted_for(
        ReceiptTrust trust, string said, MessageStatus? worth) =>
        Assert.Equal(worth, trust.WorthOf(Enum.Parse<MessageStatus>(said)));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_settles_what_is_waited_for_and_what_is_reported_agree(ReceiptTrust trust, MessageStatus status)
    {
        // Nothing a receipt has settled is taken back by a report, and what is as far as it can come is not waited for.
        if (trust.WorthOf(status) is { } worth)
            Assert.Equal(worth, trust.Believe(worth));
        Assert.False(trust.Awaits(trust.Best()) && status == trust.Best());
        if (trust.Awaits(status))
            Assert.True(status.MayBecome(trust.Best()));
    }
}
