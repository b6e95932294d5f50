namespace SmsCampaign.Carriers.Words;

/// <summary>What a rate or a limit counts, for a person.</summary>
public static class RateUnitWords
{
    /// <summary>To stand after a number, as 200 phần/giây.</summary>
    public static Wording Of(RateUnit unit) => Of(unit, LimitPeriod.Second);

    public static Wording Of(RateUnit unit, LimitPeriod period)
    {
        var (of, per) = (Counted(unit), Period(period));
        return new Wording($"{of}/{per}", $"{of}/{per}");
    }

    public static Wording Counted(RateUnit unit) => unit switch
    {
        RateUnit.Parts => new Wording("phần", "parts"),
        RateUnit.Messages => new Wording("tin", "messages"),
        RateUnit.Requests => new Wording("yêu cầu", "requests"),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, null),
    };

    static Wording Period(LimitPeriod period) => period switch
    {
        LimitPeriod.Second => new Wording("giây", "s"),
        LimitPeriod.Minute => new Wording("phút", "min"),
        LimitPeriod.Day => new Wording("ngày", "day"),
        _ => throw new ArgumentOutOfRangeException(nameof(period), period, null),
    };
}
