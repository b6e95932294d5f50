using SmsCampaign.Carriers;

namespace SmsCampaign.Planning;

/// <summary>What a rate counts, for a person.</summary>
public static class RateUnitWords
{
    /// <summary>To stand after a number, as 200 phần/giây.</summary>
    public static Wording Of(RateUnit unit) => unit switch
    {
        RateUnit.Parts => new Wording("phần/giây", "parts/s"),
        RateUnit.Messages => new Wording("tin/giây", "messages/s"),
        RateUnit.Requests => new Wording("lượt gọi/giây", "requests/s"),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, null),
    };
}
