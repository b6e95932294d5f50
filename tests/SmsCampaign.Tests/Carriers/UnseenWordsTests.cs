using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers;

/// <summary>What a gateway writes stands in ledgers, logs and on screens.</summary>
public class UnseenWordsTests
{
    const string Forged = "no money\nKênh gửi 'viettel': được\u001b[1A";
    const string Shown = "no money<U+000A>Kênh gửi 'viettel': được<U+001B>[1A";

    [Fact]
    public void Of_an_answer_one_line_is_kept()
    {
        Assert.Equal(Shown, SendResult.Misconfigured(Forged).Reason);
        Assert.Equal((Shown, Shown), (
            SendResult.Rejected(FailureClass.Unknown, Forged).Reason,
            SendResult.Rejected(FailureClass.Unknown, Forged).Code));
        Assert.Equal(Shown, SendResult.Uncertain(Forged).Code);
    }

    [Fact]
    public void Of_what_is_said_of_an_account_one_line_is_shown() =>
        Assert.Equal(Shown, new AccountFinding(false, new Wording(Forged, Forged)).Words.Vi);
}
