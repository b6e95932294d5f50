namespace SmsCampaign.Tests.Messages;

/// <summary>Texts of real directives, as extracted from their PDFs.</summary>
static class Case
{
    /// <summary>The message the order of Đắk Lắk of 2025 gives in item 7, joined to one line.</summary>
    public static string DakLak => Read("dak-lak-2025-item-7.txt");

    /// <summary>The same message as Lai Châu's plan of 2024 words it, "Tổng đại" included.</summary>
    public static string LaiChau => Read("lai-chau-2024-item-5.txt");

    public static string Read(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Messages", "Cases", name));
}
