using SmsCampaign.Storage.Registry;

namespace SmsCampaign.WebConsole.Words;

/// <summary>What a person has ordered, before who and when.</summary>
public static class OrderKindWords
{
    public static Wording Of(OrderKind kind) => kind switch
    {
        OrderKind.Pause => new("TẠM DỪNG", "PAUSED"),
        OrderKind.Cancel => new("ĐÃ HỦY", "CALLED OFF"),
        OrderKind.End => new("KẾT THÚC SỚM", "ENDED EARLY"),
        OrderKind.Rate => new("GỬI CHẬM LẠI", "SLOWED"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
