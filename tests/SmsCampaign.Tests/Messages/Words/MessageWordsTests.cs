using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;

namespace SmsCampaign.Tests.Messages.Words;

public class MessageWordsTests
{
    [Fact]
    public void Everything_a_ledger_stores_has_words_of_its_own()
    {
        AllDiffer(Enum.GetValues<ExclusionReason>().Select(ExclusionReasonWords.Of));
        AllDiffer(Enum.GetValues<MessageStatus>().Select(MessageStatusWords.Of));
        AllDiffer(Enum.GetValues<FailureClass>().Select(FailureClassWords.Of));
        AllDiffer(Enum.GetValues<CarrierRule>().Select(CarrierRuleWords.Of));

        static void AllDiffer(IEnumerable<Wording> words)
        {
            var all = words.ToList();
            Assert.Equal(all.Count, all.Select(word => word.Vi).Distinct().Count());
            Assert.Equal(all.Count, all.Select(word => word.En).Distinct().Count());
            Assert.DoesNotContain(all, word => word.Vi.Length == 0 || word.En.Length == 0);
        }
    }
}
