using SmsCampaign.Carriers;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Reports.Proof;

/// <summary>
/// The largest number of parts, messages and requests in any sliding period that holds something of the run itself.
/// What is exactly a period old is no longer in it.
/// </summary>
/// <param name="unknown">Counted into every period they may belong to, for what there can have been at most.</param>
sealed class SlidingPeaks(LimitPeriod period, IEnumerable<UnknownHandOver> unknown)
{
    readonly long _period = new LaneLimit { Per = period }.PeriodMicros;
    readonly UnknownHandOver[] _byFrom = [.. unknown.OrderBy(each => each.From)];
    readonly UnknownHandOver[] _byUntil = [.. unknown.OrderBy(each => each.Until)];
    readonly Sums _most = new();
    readonly Sums _mostFrom = new();
    readonly Sums _atMost = new();
    readonly Sums _sums = new();
    readonly Sums _unknown = new();
    TimedCost[] _ring = new TimedCost[1_024];
    int _oldest;
    int _count;
    long _own;
    long _ownUnknown;
    int _begun;
    int _ended;

    /// <param name="each">Not before the last.</param>
    public void Add(in TimedCost each)
    {
        SweepUnknown(each.At);
        Forget(each.At);
        Push(each);
        _sums.Add(1, each.Messages, each.AllParts);
        _own += each.IsOwn ? 1 : 0;
        if (_own > 0)
            _most.RaiseTo(_sums, _mostFrom, _ring[_oldest].At);
        if (_own + _ownUnknown > 0)
            _atMost.RaiseTo(_sums, _unknown);
    }

    public PeriodPeaks End()
    {
        SweepUnknown(long.MaxValue);
        return new PeriodPeaks(
            period,
            new Peak(_most.Parts, _mostFrom.Parts, _atMost.Parts),
            new Peak(_most.Messages, _mostFrom.Messages, _atMost.Messages),
            new Peak(_most.Requests, _mostFrom.Requests, _atMost.Requests));
    }

    /// <summary>Lets in what may have begun by a moment, looking at each beginning, and out what was
    /// over a period ago.</summary>
    void SweepUnknown(long now)
    {
        for (; _begun < _byFrom.Length && _byFrom[_begun].From <= now; _begun++)
        {
            var next = _byFrom[_begun];
            Expire(next.From);
            Forget(next.From);
            _unknown.Add(next.Requests, next.Messages, next.Parts);
            _ownUnknown += next.IsOwn ? 1 : 0;
            if (_own + _ownUnknown > 0)
                _atMost.RaiseTo(_sums, _unknown);
        }

        if (now != long.MaxValue)
            Expire(now);
    }

    void Expire(long now)
    {
        for (; _ended < _byUntil.Length && _byUntil[_ended].Until <= now - _period; _ended++)
        {
            var over = _byUntil[_ended];
            _unknown.Add(-over.Requests, -over.Messages, -over.Parts);
            _ownUnknown -= over.IsOwn ? 1 : 0;
        }
    }

    void Forget(long now)
    {
        while (_count > 0 && _ring[_oldest].At <= now - _period)
        {
            ref readonly var gone = ref _ring[_oldest];
            _sums.Add(-1, -gone.Messages, -gone.AllParts);
            _own -= gone.IsOwn ? 1 : 0;
            _oldest = (_oldest + 1) & (_ring.Length - 1);
            _count--;
        }
    }

    void Push(in TimedCost each)
    {
        if (_count == _ring.Length)
        {
            var larger = new TimedCost[_ring.Length * 2];
            for (var at = 0; at < _count; at++)
                larger[at] = _ring[(_oldest + at) & (_ring.Length - 1)];
            (_ring, _oldest) = (larger, 0);
        }

        _ring[(_oldest + _count++) & (_ring.Length - 1)] = each;
    }

    sealed class Sums
    {
        public long Requests { get; private set; }
        public long Messages { get; private set; }
        public long Parts { get; private set; }

        public void Add(int requests, int messages, int parts)
        {
            Requests += requests;
            Messages += messages;
            Parts += parts;
        }

        public void RaiseTo(Sums sums, Sums from, long at)
        {
            if (sums.Requests > Requests)
                (Requests, from.Requests) = (sums.Requests, at);
            if (sums.Messages > Messages)
                (Messages, from.Messages) = (sums.Messages, at);
            if (sums.Parts > Parts)
                (Parts, from.Parts) = (sums.Parts, at);
        }

        public void RaiseTo(Sums one, Sums other)
        {
            Requests = Math.Max(Requests, one.Requests + other.Requests);
            Messages = Math.Max(Messages, one.Messages + other.Messages);
            Parts = Math.Max(Parts, one.Parts + other.Parts);
        }
    }
}
