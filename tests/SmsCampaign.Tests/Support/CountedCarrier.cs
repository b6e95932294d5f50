using SmsCampaign.Carriers;

namespace SmsCampaign.Tests.Support;

/// <summary>An adapter whose calls are counted as they begin, leave and end, and can be waited for
/// without the clock.</summary>
sealed class CountedCarrier(ICarrier carrier) : ICarrier
{
    readonly Signal _changed = new();
    int _begun;
    int _ended;
    int _left;
    int _putBack;

    /// <summary>While it is, calls that have begun do not come to an end.</summary>
    public bool IsStalled { get; set; } = true;

    public int MostPerCall => carrier.MostPerCall;

    public int Left => Volatile.Read(ref _left);

    public int PutBack => Volatile.Read(ref _putBack);

    public Task WhenBegunAsync(int calls) => WhenAsync(() => Volatile.Read(ref _begun) >= calls);

    public Task WhenLeftAsync(int calls) => WhenAsync(() => Left >= calls);

    /// <summary>Ends when no call is under way that needs nothing but the network.</summary>
    public Task WhenIdleAsync() => WhenAsync(() => IsStalled || Volatile.Read(ref _ended) == Volatile.Read(ref _begun));

    public async Task<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken)
    {
        Count(ref _begun);
        try
        {
            var results = await carrier.SendAsync(messages, new CountedDeparture(this, departure), cancellationToken);
            if (results[0].IsPutBack)
                Count(ref _putBack);
            return results;
        }
        finally
        {
            Count(ref _ended);
        }
    }

    void Count(ref int calls)
    {
        Interlocked.Increment(ref calls);
        _changed.Set();
    }

    async Task WhenAsync(Func<bool> isSo)
    {
        for (var changed = _changed.Next; !isSo(); changed = _changed.Next)
            await changed;
    }

    sealed class CountedDeparture(CountedCarrier carrier, Departure departure) : Departure
    {
        public override bool TryLeave()
        {
            if (!departure.TryLeave())
                return false;

            carrier.Count(ref carrier._left);
            return true;
        }
    }
}
