using SmsCampaign.Carriers;

namespace SmsCampaign.Dispatch.Accounts;

/// <summary>
/// One limit a calendar day. A hand-over counts towards the day of the process clock, by which it stands in the ledger,
/// and towards the day of the wall clock where that is another: however the clock was set, neither day is passed.
/// </summary>
sealed class DayQuota(LaneLimit limit, TimeZoneInfo zone)
{
    readonly Dictionary<DateOnly, long> _used = [];
    CalendarDay _byClock = CalendarDay.None;
    CalendarDay _byWall = CalendarDay.None;

    public LaneLimit Limit => limit;

    public int Most => limit.Most;

    public RateUnit Of => limit.Of;

    /// <summary>When the day has room for a cost: the next midnight where it has none now.</summary>
    /// <param name="now">Microseconds of the process clock.</param>
    /// <param name="wall">Of the wall clock.</param>
    public long DueAt(int cost, long now, long wall)
    {
        Turn(now, wall);
        var due = now;
        if (Used(_byClock.Date) + cost > Most)
            due = _byClock.To;
        if (_byWall.Date != _byClock.Date && Used(_byWall.Date) + cost > Most)
            due = Math.Max(due, now + _byWall.To - wall);
        return due;
    }

    public void Take(long cost, long now, long wall)
    {
        Turn(now, wall);
        Add(_byClock.Date, cost);
        if (_byWall.Date != _byClock.Date)
            Add(_byWall.Date, cost);
    }

    /// <summary>What is left of the day.</summary>
    public long Left(long now, long wall)
    {
        Turn(now, wall);
        return Most - Math.Max(Used(_byClock.Date), Used(_byWall.Date));
    }

    void Turn(long now, long wall)
    {
        if (!_byClock.Holds(now))
            _byClock = CalendarDay.Of(now, zone);
        if (!_byWall.Holds(wall))
            _byWall = CalendarDay.Of(wall, zone);
    }

    long Used(DateOnly date) => _used.GetValueOrDefault(date);

    void Add(DateOnly date, long cost) => _used[date] = Used(date) + cost;
}
