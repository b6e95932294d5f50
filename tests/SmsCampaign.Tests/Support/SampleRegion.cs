namespace SmsCampaign.Tests.Support;

/// <summary>
/// A province as its sample has it: units of the year of its order, and what its people are called. People and numbers
/// are invented.
/// </summary>
/// <param name="Folder">Of <c>samples/</c>.</param>
/// <param name="Seed">The day of the campaign.</param>
public sealed partial record SampleRegion(string Folder, ulong Seed, int Rows)
{
    /// <summary>Some of the province's communes, each with its district; that is empty from 1/7/2025 on.</summary>
    public required IReadOnlyList<(string Commune, string District)> Communes { get; init; }

    public required string[] FamilyNames { get; init; }

    public string[] GivenNames { get; init; } = LowlandNames;

    /// <summary>Of its fixed lines.</summary>
    public required string AreaCode { get; init; }

    /// <summary>What people asked to be texted in, drawn evenly; none: the list does not say.</summary>
    public string[] Languages { get; init; } = [];

    /// <summary>Carriers of which there are numbers; none: all.</summary>
    public IReadOnlySet<string> Carriers { get; init; } = new HashSet<string>();

    /// <summary>So many rows have one number on the suppression list.</summary>
    public int RowsARefusal { get; init; } = 50;

    /// <summary>Numbers of each prefix that other samples may have.</summary>
    public int FirstNumber { get; init; }

    public bool HasDistricts => Communes[0].District.Length > 0;

    public static readonly SampleRegion DakLak =
        new("dak-lak-2025", SubscriberGenerator.SampleSeed, SubscriberGenerator.SampleRows)
        {
            Communes = Undivided(SampleData.Communes),
            FamilyNames = SampleData.FamilyNames,
            GivenNames = SampleData.GivenNames,
            AreaCode = "0262",
            RowsARefusal = 250,
        };

    /// <summary>The samples beside Đắk Lắk's.</summary>
    public static IReadOnlyList<SampleRegion> Provinces => [LaiChau, Hue, LangSon, HaNoi];

    static string[] LowlandNames =>
        [.. SampleData.GivenNames.Except(["Êban", "Niê"])];

    static IReadOnlyList<(string Commune, string District)> Undivided(IEnumerable<string> communes) =>
        [.. communes.Select(commune => (commune, ""))];

    static IReadOnlyList<(string Commune, string District)> Divided(
        params (string District, string[] Communes)[] districts) =>
        [.. districts.SelectMany(of => of.Communes.Select(commune => (commune, of.District)))];
}
