namespace SmsCampaign.Reports;

/// <summary>Something that both reports have.</summary>
public sealed record ReportPair(ReportSum A, ReportSum B);

/// <summary>Two reports side by side: of two years of a campaign, or of two provinces.</summary>
public sealed record ReportComparison(ReportFigures A, ReportFigures B)
{
    public ReportPair All => new(A.All, B.All);

    /// <summary>Hundredths of a percentage point that B is above A; null where the two rates do not compare.</summary>
    public long? RateDifferenceOf(ReportPair pair) =>
        A.IsLive == B.IsLive && pair.A.MeansTheSameAs(pair.B) && pair.A.Rate is { } one && pair.B.Rate is { } other
            ? other - one
            : null;

    /// <summary>Carriers of both, as A has them.</summary>
    public IReadOnlyList<ReportPair> Carriers { get; } =
    [
        .. A.Carriers
            .Select(one => (A: one, B: B.Carriers.FirstOrDefault(other => SameName(one, other))))
            .Where(pair => pair.B is not null)
            .Select(pair => new ReportPair(pair.A, pair.B!)),
    ];

    public IReadOnlyList<string> CarriersOnlyInA =>
        [.. A.Carriers.Where(one => !B.Carriers.Any(other => SameName(one, other))).Select(one => one.Name)];

    public IReadOnlyList<string> CarriersOnlyInB =>
        [.. B.Carriers.Where(one => !A.Carriers.Any(other => SameName(one, other))).Select(one => one.Name)];

    /// <summary>Areas of both, by normalised name, where each has one such alone; as A has them.</summary>
    public IReadOnlyList<ReportPair> Areas { get; } =
    [
        .. A.Areas
            .Select(one => (A: one, B: B.Areas.Where(one.IsSameArea).ToList()))
            .Where(pair => pair.B.Count == 1 && A.Areas.Count(pair.B[0].IsSameArea) == 1)
            .Select(pair => new ReportPair(pair.A, pair.B[0])),
    ];

    public IReadOnlyList<string> AreasOnlyInA =>
        [.. A.Areas.Where(one => Areas.All(pair => pair.A != one)).Select(one => one.Name)];

    public IReadOnlyList<string> AreasOnlyInB =>
        [.. B.Areas.Where(one => Areas.All(pair => pair.B != one)).Select(one => one.Name)];

    /// <summary>What of the two cannot be compared, and why.</summary>
    public IReadOnlyList<Wording> NotComparable { get; init; } = [];

    static bool SameName(ReportSum one, ReportSum other) =>
        one.Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase);
}
