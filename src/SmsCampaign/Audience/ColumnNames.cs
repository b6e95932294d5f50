namespace SmsCampaign.Audience;

/// <summary>
/// The columns the import understands, by the names people give them. Compared folded: case, diacritics, spaces and
/// signs do not matter.
/// </summary>
static class ColumnNames
{
    public static readonly ColumnRole Phone = new(
        new Wording("số điện thoại", "phone number"),
        ["số điện thoại", "SĐT", "điện thoại", "số thuê bao", "thuê bao", "số di động", "phone", "phone number", "msisdn", "mobile", "mobile number"]);

    public static readonly ColumnRole Carrier = new(
        new Wording("nhà mạng", "carrier"),
        ["nhà mạng", "mạng", "mạng di động", "carrier", "network"]);

    public static readonly ColumnRole Commune = new(
        new Wording("xã/phường", "commune"),
        ["xã/phường", "phường/xã", "xã", "phường", "địa bàn", "commune", "ward"]);

    public static readonly IReadOnlyList<ColumnRole> All = [Phone, Carrier, Commune];
}

/// <summary>What a column is for.</summary>
/// <param name="Accepted">Names it may have.</param>
sealed record ColumnRole(Wording Name, IReadOnlyList<string> Accepted)
{
    readonly HashSet<string> _folded = [.. Accepted.Select(CellText.Fold)];

    public bool Accepts(string written) => _folded.Contains(CellText.Fold(written));
}
