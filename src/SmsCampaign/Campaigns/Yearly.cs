namespace SmsCampaign.Campaigns;

/// <summary>
/// A day that comes round every year, such as 30/7.
/// </summary>
static class Yearly
{
    /// <summary>The first such day on or after <paramref name="day"/>. 29/2 falls only in leap years.</summary>
    public static DateOnly FirstOnOrAfter(DateOnly day, int month, int dayOfMonth)
    {
        // Leap years are at most 8 years apart (1896 and 1904).
        for (var year = day.Year; ; year++)
        {
            if (dayOfMonth <= DateTime.DaysInMonth(year, month)
                && new DateOnly(year, month, dayOfMonth) is var found
                && found >= day)
                return found;
        }
    }

    /// <summary>The last such day on or before <paramref name="day"/>. 29/2 falls only in leap years.</summary>
    public static DateOnly LastOnOrBefore(DateOnly day, int month, int dayOfMonth)
    {
        for (var year = day.Year; ; year--)
        {
            if (dayOfMonth <= DateTime.DaysInMonth(year, month)
                && new DateOnly(year, month, dayOfMonth) is var found
                && found <= day)
                return found;
        }
    }
}
