using System.Globalization;

namespace SmsCampaign;

/// <summary>What the machine itself must have for the program to do its work, and has not: no
/// setting mends it.</summary>
public static class MachineLacks
{
    /// <returns>None where nothing is missing.</returns>
    public static IReadOnlyList<Wording> Find() => [.. new[] { Zones, Icu }.OfType<Wording>()];

    /// <summary>Set where the machine knows no time zones: without the hours of Vietnam nothing may be sent.</summary>
    internal static Wording? Zones =>
        TimeZoneInfo.TryFindSystemTimeZoneById(CalendarDay.VietnamZone, out _) ? null : new Wording(
            $"Máy này chưa có dữ liệu múi giờ (không có {CalendarDay.VietnamZone}), nên không biết khung giờ gửi. "
                + $"Hãy báo kỹ sư phụ trách cài gói tzdata: sudo apt install tzdata",
            $"This machine has no time zone data (no {CalendarDay.VietnamZone}), so that the hours of sending are not "
                + $"known. Have your engineer install the package tzdata: sudo apt install tzdata");

    /// <summary>Set where .NET runs without ICU: Vietnamese text would be left as it came, not composed.</summary>
    static Wording? Icu
    {
        get
        {
            try
            {
                _ = CultureInfo.GetCultureInfo("vi-VN", predefinedOnly: true);
                return null;
            }
            catch (CultureNotFoundException)
            {
                return new Wording(
                    "Máy này thiếu thư viện libicu, hoặc đặt DOTNET_SYSTEM_GLOBALIZATION_INVARIANT, nên không xử lý "
                        + "đúng chữ tiếng Việt. Hãy báo kỹ sư phụ trách cài gói libicu (Debian 12: "
                        + "sudo apt install libicu72) và bỏ biến môi trường đó.",
                    "This machine lacks the library libicu, or sets DOTNET_SYSTEM_GLOBALIZATION_INVARIANT, so that "
                        + "Vietnamese text is not handled rightly. Have your engineer install the package libicu "
                        + "(Debian 12: sudo apt install libicu72) and take out that variable.");
            }
        }
    }
}
