using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Storage.Run;

/// <summary>
/// The proof by counting rows that nobody of an audience is lost (rule 7), at every start and whenever sending ends: a
/// loop that believes it is done is no proof.
/// </summary>
/// <param name="Audience">Rows of the audience's files.</param>
/// <param name="Excluded">Rows kept as exclusions.</param>
/// <param name="Messages">Rows kept as messages.</param>
/// <param name="Batched">Messages the batches cover.</param>
/// <param name="Stray">Status rows that belong to no message.</param>
/// <param name="ByStatus">Messages at each status; in flight counts as submitting.</param>
public sealed record RunBalance(
    long Audience,
    long Excluded,
    long Messages,
    long Batched,
    long Stray,
    IReadOnlyDictionary<MessageStatus, long> ByStatus)
{
    public bool Holds =>
        BalanceRule.Difference(Audience, Excluded, status => ByStatus[status]) == 0
        && Audience == Excluded + Messages && Messages == Batched && Stray == 0;

    /// <summary>The numbers, as an engineer wants them.</summary>
    public Wording Numbers
    {
        get
        {
            var byStatus = Describe(ByStatus);
            return new Wording(
                $"số dòng danh sách {Audience}, loại trừ {Excluded}, tin {Messages}, trong lô "
                    + $"{Batched}, lạc {Stray}; {byStatus}",
                $"audience {Audience}, excluded {Excluded}, messages {Messages}, in batches {Batched}, "
                    + $"stray {Stray}; {byStatus}");
        }
    }

    /// <summary>These numbers beside what is shown.</summary>
    internal Wording NumbersBeside(IReadOnlyDictionary<MessageStatus, long> shown)
    {
        var (counted, kept) = (Numbers, Describe(shown));
        return new Wording($"{counted}; đang hiện: {kept}", $"{counted}; shown: {kept}");
    }

    static Wording Describe(IReadOnlyDictionary<MessageStatus, long> byStatus) =>
        Wording.Join(", ", byStatus.OrderBy(pair => pair.Key)
            .Select(
                pair => new Wording($"{MessageStatusWords.Of(pair.Key)} {pair.Value}", $"{pair.Key} {pair.Value}")));
}

/// <summary>A ledger's rows do not add up, or not to what the program believes: nothing may be sent from it.</summary>
/// <param name="numbers">Without any phone number.</param>
public sealed class UnbalancedException(RunAddress ledger, Wording numbers)
    : LedgerException(ImbalanceWords.Of(ledger.ToString(), numbers))
{
    public RunAddress Ledger => ledger;

    public Wording Numbers => numbers;
}
