using SmsCampaign.Audience;

namespace SmsCampaign.Orders;

/// <summary>An area's name taken apart, so that "tỉnh Đắk Lắk", "ĐẮK LẮK" and "Dak Lak" are one area, and "thị xã Buôn
/// Hồ" is not "phường Buôn Hồ".</summary>
/// <param name="Kind">What it is said to be, canonical; empty where that is not said.</param>
/// <param name="Name">The name alone, folded.</param>
readonly record struct AreaName(string Kind, string Name)
{
    /// <summary>Beside those of communes (<see cref="CommuneName"/>), with the ways they are shortened.</summary>
    static readonly (string Written, string Kind)[] Kinds =
    [
        ("tỉnh", "tỉnh"), ("thành phố", "thành phố"), ("tp", "thành phố"), ("thị xã", "thị xã"), ("tx", "thị xã"),
        ("huyện", "huyện"), ("quận", "quận"),
    ];

    public static AreaName Of(string written)
    {
        var canonical = CellText.Canonical(written);
        foreach (var (start, kind) in Kinds)
        {
            if (canonical.StartsWith(start, StringComparison.Ordinal)
                && canonical.Length > start.Length
                && canonical[start.Length] is ' ' or '.' or ':'
                && CellText.Fold(canonical[start.Length..]) is { Length: > 0 } name)
                return new AreaName(kind, name);
        }

        var commune = CommuneName.Of(canonical);
        return new AreaName(commune.Kind, CellText.Fold(commune.Name));
    }

    /// <summary>Whether the two can be the same area: by name, and by kind where both say it.</summary>
    public bool IsSame(AreaName other) =>
        Name == other.Name && (Kind.Length == 0 || other.Kind.Length == 0 || Kind == other.Kind);
}
