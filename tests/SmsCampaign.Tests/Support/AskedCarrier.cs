using System.Collections.Concurrent;
using SmsCampaign.Carriers;

namespace SmsCampaign.Tests.Support;

/// <summary>A carrier that takes nothing, tells what the test says when it is asked, and remembers
/// what it was asked.</summary>
sealed class AskedCarrier(InquiryOptions inquiry, Func<QueriedSms, QueryAnswer> answer) : ICarrier, IReceiptQuery
{
    readonly ConcurrentQueue<IReadOnlyList<QueriedSms>> _asked = new();

    public IReadOnlyCollection<IReadOnlyList<QueriedSms>> Asked => _asked;

    public int MostPerCall => 1;

    public InquiryOptions? Inquiry => inquiry;

    public int MostPerQuery { get; init; } = 100;

    public bool AsksByReference { get; init; } = true;

    public Task<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<QueryAnswer>> AskAsync(
        IReadOnlyList<QueriedSms> messages, CancellationToken cancellationToken)
    {
        _asked.Enqueue(messages);
        return Task.FromResult<IReadOnlyList<QueryAnswer>>([.. messages.Select(answer)]);
    }
}
