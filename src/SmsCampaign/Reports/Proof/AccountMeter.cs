using SmsCampaign.Carriers;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Reports.Proof;

/// <summary>Measures one account over all the hand-overs on it, given in the order of time.</summary>
sealed class AccountMeter
{
    readonly RunLane _lane;
    readonly List<UnknownHandOver> _unknown;
    readonly List<Interval> _work;
    readonly SlidingPeaks _second;
    readonly SlidingPeaks _minute;
    readonly Dictionary<LaneLimit, Dictionary<DateOnly, DayTotal>> _days;
    CalendarDay _day = CalendarDay.None;
    int _workAt;
    (long Requests, long Messages, long Parts) _own;
    (long Requests, long Messages, long Parts) _inWork;
    long? _first;
    long _last;

    /// <param name="lane">As the run was planned with it: its contract.</param>
    /// <param name="work">In order, without overlap.</param>
    public AccountMeter(RunLane lane, List<UnknownHandOver> unknown, List<Interval> work)
    {
        (_lane, _unknown, _work) = (lane, unknown, work);
        _second = new SlidingPeaks(LimitPeriod.Second, unknown);
        _minute = new SlidingPeaks(LimitPeriod.Minute, unknown);
        _days = lane.AllLimits
            .Where(limit => limit.Period == LimitPeriod.Day)
            .ToDictionary(limit => limit, _ => new Dictionary<DateOnly, DayTotal>());
    }

    /// <summary>Whether the run itself has handed anything over.</summary>
    bool HasOwn => _own.Requests > 0;

    /// <summary>Whether it has, or may have.</summary>
    public bool MayHaveOwn => HasOwn || _unknown.Exists(each => each.IsOwn);

    public void Add(TimedCost each)
    {
        _second.Add(each);
        _minute.Add(each);
        if (each.IsOwn)
        {
            _own = (_own.Requests + 1, _own.Messages + each.Messages, _own.Parts + each.AllParts);
            _first ??= each.At;
            _last = each.At;
        }

        AddToWork(each);
        if (_days.Count > 0)
            AddToDay(each);
    }

    public LaneProof End(int otherRuns)
    {
        PeriodPeaks[] peaks = [_second.End(), _minute.End()];
        var work = HasOwn ? _work.Sum(each => each.Length) : 0;
        List<LimitProof> limits = [.. _lane.AllLimits.Select(limit => limit.Period == LimitPeriod.Day
            ? EndDay(limit)
            : EndSliding(limit, peaks.Single(each => each.Period == limit.Period).Of(limit.Of), work))];

        return new LaneProof(
            _lane.Name,
            new RunTotals(_own.Requests, _own.Messages, _own.Parts, _first, HasOwn ? _last : null),
            limits,
            peaks,
            otherRuns,
            new UnknownTotals(
                _unknown.Sum(each => (long)each.Requests),
                _unknown.Sum(each => (long)each.Messages),
                _unknown.Sum(each => (long)each.Parts),
                _unknown.Where(each => each.IsInFlight).Sum(each => (long)each.Messages)),
            TimeSpan.FromMicroseconds(work),
            limits.Max(limit => limit.Share));
    }

    void AddToWork(in TimedCost each)
    {
        while (_workAt < _work.Count && _work[_workAt].To <= each.At)
            _workAt++;

        if (_workAt < _work.Count && _work[_workAt].From <= each.At)
            _inWork = (_inWork.Requests + 1, _inWork.Messages + each.Messages, _inWork.Parts + each.AllParts);
    }

    void AddToDay(in TimedCost each)
    {
        if (!_day.Holds(each.At))
            _day = CalendarDay.Of(each.At, _lane.DayZone);

        foreach (var (limit, days) in _days)
        {
            var total = days.GetValueOrDefault(_day.Date, new DayTotal(_day, 0, false));
            days[_day.Date] = total with
            {
                Sum = total.Sum + limit.CostOf(each.AllParts, each.Messages, 1),
                HasOwn = total.HasOwn || each.IsOwn,
            };
        }
    }

    LimitProof EndSliding(LaneLimit limit, Peak peak, long work)
    {
        var used = limit.CostOf(_inWork.Parts, _inWork.Messages, _inWork.Requests);
        double? share = work > 0 ? used / ((double)limit.Most * work / limit.PeriodMicros) : null;
        return new LimitProof(limit, peak.Most, peak.From, peak.AtMost, share);
    }

    LimitProof EndDay(LaneLimit limit)
    {
        var days = _days[limit];
        foreach (var each in _unknown)
        {
            var day = CalendarDay.Of(each.From, _lane.DayZone);
            days.TryAdd(day.Date, new DayTotal(day, 0, HasOwn: false));
        }

        var most = days.Values
            .Where(day => day.HasOwn)
            .DefaultIfEmpty(new DayTotal(CalendarDay.None, 0, HasOwn: false))
            .MaxBy(day => day.Sum);
        var atMost = most.Sum;
        foreach (var day in days.Values)
        {
            var there = _unknown.Where(each => each.From < day.Day.To && each.Until >= day.Day.From).ToList();
            if (day.HasOwn || there.Exists(each => each.IsOwn))
                atMost = Math.Max(
                    atMost, day.Sum + there.Sum(each => limit.CostOf(each.Parts, each.Messages, each.Requests)));
        }

        return new LimitProof(limit, most.Sum, most.Day.From, atMost, null);
    }

    /// <param name="HasOwn">Whether the run itself handed anything over on it.</param>
    readonly record struct DayTotal(CalendarDay Day, long Sum, bool HasOwn);
}
