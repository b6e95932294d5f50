using System.Globalization;

namespace SmsCampaign.Tests.Support;

/// <summary>What <see cref="SubscriberGenerator"/> draws from. People and numbers are invented.</summary>
static class SampleData
{
    /// <summary>Of the 102 communes and wards of Đắk Lắk since 1/7/2025: Resolution
    /// 1660/NQ-UBTVQH15 of 16/6/2025.</summary>
    public static readonly string[] Communes =
    [
        "Phường Buôn Ma Thuột", "Phường Tân An", "Phường Tân Lập", "Phường Thành Nhất", "Phường Ea Kao",
        "Phường Buôn Hồ", "Phường Cư Bao", "Phường Tuy Hòa", "Phường Phú Yên", "Phường Bình Kiến",
        "Phường Xuân Đài", "Phường Sông Cầu", "Phường Đông Hòa", "Phường Hòa Hiệp",
        "Xã Ea Bung", "Xã Buôn Đôn", "Xã Ia Rvê", "Xã Ia Lốp", "Xã Ea Súp", "Xã Ea Rốk", "Xã Ea Wer",
        "Xã Krông Pắc", "Xã Ea Kar", "Xã Krông Năng", "Xã Krông Bông", "Xã Krông Ana", "Xã Hòa Phú",
        "Xã Sơn Hòa", "Xã Sông Hinh", "Xã Đồng Xuân", "Xã Tuy An Bắc", "Xã M'Drắk",
    ];

    /// <summary>National prefixes without the zero, whose they are, and how often they come: roughly the
    /// carriers' shares.</summary>
    public static readonly (int Prefix, string Carrier, int Weight)[] Prefixes =
    [
        (96, "viettel", 8), (97, "viettel", 9), (98, "viettel", 10), (86, "viettel", 4), (32, "viettel", 2),
        (33, "viettel", 4), (34, "viettel", 4), (35, "viettel", 4), (36, "viettel", 4), (37, "viettel", 3),
        (38, "viettel", 3), (39, "viettel", 2), (91, "vinaphone", 8), (94, "vinaphone", 7), (88, "vinaphone", 3),
        (81, "vinaphone", 1), (82, "vinaphone", 1), (83, "vinaphone", 1), (84, "vinaphone", 1), (85, "vinaphone", 1),
        (90, "mobifone", 6), (93, "mobifone", 6), (70, "mobifone", 1), (76, "mobifone", 1), (77, "mobifone", 1),
        (78, "mobifone", 1), (79, "mobifone", 1), (92, "vietnamobile", 3), (56, "vietnamobile", 1),
        (58, "vietnamobile", 1), (59, "gmobile", 1),
    ];

    /// <summary>How the carriers are written in lists.</summary>
    public static readonly Dictionary<string, string[]> Spellings = new()
    {
        ["viettel"] = ["Viettel", "Viettel", "VIETTEL", "viettel", "VT"],
        ["vinaphone"] = ["VinaPhone", "Vinaphone", "VINAPHONE", "VNPT", "Vina"],
        ["mobifone"] = ["MobiFone", "Mobifone", "MOBIFONE", "Mobi"],
        ["vietnamobile"] = ["Vietnamobile", "VIETNAMOBILE", "VNM"],
        ["gmobile"] = ["Gmobile", "GMOBILE", "Gtel"],
    };

    public static readonly string[] FamilyNames =
        [
            "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
            "Lý", "Y", "H'",
        ];

    public static readonly string[] MiddleNames =
        ["Văn", "Thị", "Hữu", "Đức", "Minh", "Ngọc", "Quang", "Thanh", "Xuân", "Hồng", "Kim", "Bá"];

    public static readonly string[] GivenNames =
    [
        "An", "Bình", "Chi", "Dũng", "Đạt", "Giang", "Hà", "Hạnh", "Hiếu", "Hương", "Khánh", "Lan", "Linh", "Long",
        "Mai", "Nam", "Nga", "Phúc", "Phương", "Quân", "Sơn", "Tâm", "Thảo", "Trang", "Tuấn", "Uyên", "Vân", "Yến",
        "Êban", "Niê",
    ];

    public static readonly string[] FormulaMarks = ["=", "+", "-", "@"];

    /// <summary>Invented: ranges kept for fiction (Ofcom 07700 900, NANP 555-01) and others too
    /// short to be anyone's.</summary>
    public static readonly string[] ForeignNumbers =
        ["+44 7700 900123", "+1 202 555 0143", "0044 7700 900456", "+1 (303) 555-0188"];

    public static readonly string[] ScientificNumbers = ["9.12E+08", "8.49E+10", "9,12E+08", "3.87E+08"];

    public static readonly string[] NoNumbers = ["không có", "chưa cấp", "-", "đã cắt", "?", "hỏi lại"];

    public static readonly string[] ServiceNumbers = ["1900 1234", "18001091", "113", "0800"];

    /// <summary>Prefixes of today that before 15/9/2018 had one digit more. As in the
    /// carriers' announcements.</summary>
    static readonly (int Today, int Old)[] OldPrefixes =
    [
        (32, 162), (33, 163), (34, 164), (35, 165), (36, 166), (37, 167), (38, 168), (39, 169),
        (70, 120), (79, 121), (77, 122), (76, 126), (78, 128), (83, 123), (84, 124), (85, 125),
        (81, 127), (82, 129), (56, 186), (58, 188), (59, 199),
    ];

    /// <returns>The 11 digits the number had; null where it had 10 then as now.</returns>
    public static string? OldFormOf(string national)
    {
        var today = int.Parse(national.AsSpan(0, 2), CultureInfo.InvariantCulture);
        var old = OldPrefixes.FirstOrDefault(entry => entry.Today == today).Old;
        return old == 0 ? null : $"0{old}{national[2..]}";
    }
}
