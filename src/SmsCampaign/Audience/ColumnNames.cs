namespace SmsCampaign.Audience;

/// <summary>
/// The columns the import understands, by the names people give them. Compared folded: case, diacritics, spaces and
/// signs do not matter.
/// </summary>
static class ColumnNames
{
    public static readonly ColumnRole Phone = new(
        "phone",
        new Wording("số điện thoại", "phone number"),
        [
            "số điện thoại", "SĐT", "số ĐT", "điện thoại", "ĐT", "số thuê bao", "thuê bao", "số máy", "số di động",
            "di động", "ĐTDĐ", "số ĐTDĐ", "điện thoại di động", "số điện thoại di động", "SĐT di động", "ĐT di động",
            "số điện thoại liên hệ", "SĐT liên hệ", "điện thoại liên hệ", "số liên hệ", "số điện thoại nhận tin",
            "số nhận tin", "phone", "phone number", "phone no", "telephone", "telephone number", "tel", "tel no",
            "msisdn", "mobile", "mobile number", "mobile no", "mobile phone", "cell phone",
        ]);

    public static readonly ColumnRole Carrier = new(
        "carrier",
        new Wording("nhà mạng", "carrier"),
        [
            "nhà mạng", "mạng", "mạng di động", "tên nhà mạng", "mạng viễn thông", "nhà cung cấp", "carrier", "network",
            "operator", "telco",
        ]);

    public static readonly ColumnRole Commune = new(
        "commune",
        new Wording("xã/phường", "commune"),
        [
            "xã/phường", "xã", "phường", "địa bàn",
            .. Arrangements(["xã", "phường", "thị trấn", "đặc khu"]),
            "tên xã",
            "tên xã/phường",
            "tên xã, phường",
            "tên xã, phường, đặc khu",
            "xã/P",
            "cấp xã",
            "đơn vị hành chính cấp xã",
            "đơn vị hành chính",
            "ĐVHC",
            "ĐVHC cấp xã",
            "commune",
            "ward",
            "commune/ward",
            "ward/commune",
        ]);

    public static readonly IReadOnlyList<ColumnRole> All = [Phone, Carrier, Commune];

    /// <summary>What nobody takes for one of these columns: no word is made of it where one of
    /// them was not found.</summary>
    public static readonly ColumnRole Other = new(
        "", new Wording("cột khác", "another column"),
        [
            "STT", "TT", "số thứ tự", "họ tên", "họ và tên", "tên", "họ", "tên đệm", "ghi chú", "lý do", "no", "name",
            "full name", "note", "notes",
        ]);

    /// <summary>Whether a column seems to hold telephone numbers, as "SĐT 2" and "Điện thoại
    /// vợ/chồng" do, too.</summary>
    public static bool MayHoldNumbers(string heading)
    {
        var folded = CellText.Fold(heading);
        return Phone.Accepts(heading)
            || Array.Exists(
                ["sdt", "sodt", "dienthoai", "dtdd", "sodidong", "sothuebao", "phone", "mobile"], folded.Contains);
    }

    /// <summary>Some of the names in any order, two or more: "Xã, phường", "Phường, xã, đặc khu".</summary>
    static IEnumerable<string> Arrangements(string[] names) =>
        from first in names
        from second in names
        where first != second
        from end in names
            .Where(third => third != first && third != second)
            .SelectMany(third => EndsWith(names, [first, second, third]))
            .Prepend("")
        select first + second + end;

    static IEnumerable<string> EndsWith(string[] names, string[] used) =>
        names.Except(used).Select(last => used[2] + last).Prepend(used[2]);
}

/// <summary>What a column is for.</summary>
/// <param name="Key">As a campaign file names it under <c>columns</c>.</param>
/// <param name="Accepted">Names it may have.</param>
sealed record ColumnRole(string Key, Wording Name, IReadOnlyList<string> Accepted)
{
    readonly HashSet<string> _folded = [.. Accepted.Select(CellText.Fold)];

    public bool Accepts(string written) => _folded.Contains(CellText.Fold(written));
}
