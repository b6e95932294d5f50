using System.Globalization;
using SmsCampaign.Audience;
using SmsCampaign.Carriers;
using SmsCampaign.Reports.Words;

namespace SmsCampaign.Reports;

/// <summary>The figures of a report that was written, to be put beside those of another.</summary>
/// <param name="Mode">As the report says it.</param>
/// <param name="IsLive">Whether it was really sent.</param>
/// <param name="Carriers">By name, as the report has them; all lanes of one together.</param>
/// <param name="Areas">As the report has them.</param>
public sealed record ReportFigures(
    string Campaign,
    string Title,
    DateOnly? Date,
    string Mode,
    bool IsLive,
    ReportSum All,
    IReadOnlyList<ReportSum> Carriers,
    IReadOnlyList<ReportSum> Areas)
{
    /// <summary>Rows of the audience's files.</summary>
    public long Audience { get; init; }

    public long Excluded { get; init; }

    /// <summary>From the first message handed over to the last; null where none was.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>What stands in the place of an area that no row names.</summary>
    static readonly Wording NoArea = new("(không ghi)", "(not given)");

    /// <returns>Null where it is no report, or one whose tables are not as the program writes them.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static ReportFigures? Read(string folder)
    {
        if (WrittenSummary.Read(folder) is not { Run: { } run } summary)
            return null;

        var carriers = ReadCarriers(folder);
        var areas = ReadAreas(folder);
        if (carriers is null
            || areas is null
            || summary.FindNumber(TallyCells.Recipients) is not { } recipients
            || summary.FindNumber(SummaryFile.Succeeded) is not { } succeeded)
            return null;

        var mode = summary.Find(SummaryFile.ModeItem) ?? "";
        IReadOnlyList<ReceiptTrust> trusts = [.. carriers
            .Where(carrier => carrier.Recipients > 0)
            .SelectMany(carrier => carrier.Trusts)
            .Distinct()
            .Order()];
        return new ReportFigures(
            run.Campaign,
            summary.Find(SummaryFile.Title) ?? "",
            run.Date,
            mode,
            SummaryFile.IsLive(mode),
            new ReportSum("", recipients, succeeded)
            {
                Parts = summary.FindNumber(TallyCells.PartsHandedOver) ?? 0,
                CostVnd = Money(summary.Find(TallyCells.Cost)),
                Trusts = trusts,
            },
            carriers,
            areas.ConvertAll(area => area with { Trusts = trusts }))
        {
            Audience = summary.FindNumber(SummaryFile.Audience) ?? 0,
            Excluded = summary.FindNumber(ReportWords.Excluded.Heading()) ?? 0,
            Duration = Moment(summary.Find(SummaryFile.LastHanded)) - Moment(summary.Find(SummaryFile.FirstHanded)),
        };
    }

    static List<ReportSum>? ReadCarriers(string folder)
    {
        var (page, lanes) = (
            ReportTable.Read(Path.Combine(folder, "theo-nha-mang.csv")),
            ReportTable.Read(Path.Combine(folder, "theo-kenh.csv")));
        var succeeded = page.Column(TallyCells.Confirmed);
        var columns = new[] { TallyCells.Recipients, TallyCells.PartsHandedOver, TallyCells.Cost, CarrierFiles.Trust }
            .Select(lanes.Column)
            .ToList();
        if (succeeded is null || columns.Contains(null))
            return null;

        var confirmed = page.Rows.ToLookup(row => (row[0], ReportTable.Cell(row, 1)), row =>
            Number(ReportTable.Cell(row, succeeded)));
        return [.. lanes.Rows
            .Where(row => ReportTable.Cell(row, 1).Length > 0) // the total has no lane
            .GroupBy(row => row[0])
            .Select(carrier => new ReportSum(
                carrier.Key,
                carrier.Sum(row => Number(ReportTable.Cell(row, columns[0]))),
                carrier.Sum(row => confirmed[(row[0], row[1])].Sum()))
            {
                Parts = carrier.Sum(row => Number(ReportTable.Cell(row, columns[1]))),
                CostVnd = carrier.Sum(row => Money(ReportTable.Cell(row, columns[2]))),
                Trusts = [.. carrier
                    .Select(row => TrustOf(ReportTable.Cell(row, columns[3])))
                    .OfType<ReceiptTrust>()
                    .Distinct()
                    .Order()],
            })];
    }

    static List<ReportSum>? ReadAreas(string folder)
    {
        var table = ReportTable.Read(Path.Combine(folder, "theo-dia-ban-nha-mang.csv"));
        var columns = BreakdownFiles.TotalHeadings.Select(table.Column).ToList();
        return columns.Contains(null)
            ? null
            : [.. table.Rows
                .Where(row => row[0].Length > 0) // the total has no number
                .Select(row => new ReportSum(
                    ReportTable.Cell(row, 1),
                    Number(ReportTable.Cell(row, columns[0])),
                    Number(ReportTable.Cell(row, columns[1]))))
                .Where(area => area.Name != NoArea.Vi && area.Name != NoArea.En)];
    }

    static ReceiptTrust? TrustOf(string words) => Enum.GetValues<ReceiptTrust>()
        .Where(trust => ReportWords.Of(trust) is var known && (known.Vi == words || known.En == words))
        .Select(trust => (ReceiptTrust?)trust)
        .FirstOrDefault();

    static long Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;

    static decimal Money(string? text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var money) ? money : 0;

    static DateTime? Moment(string? text) => DateTime.TryParseExact(
        text, "dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
        ? moment
        : null;
}

/// <summary>What came of some messages.</summary>
/// <param name="Name">Of a carrier or an area; empty for all.</param>
/// <param name="Succeeded">As far as the receipts of each lane can say.</param>
public sealed record ReportSum(string Name, long Recipients, long Succeeded)
{
    public long Parts { get; init; }
    public decimal CostVnd { get; init; }

    /// <summary>What the receipts of its lanes are worth; empty where that is not known.</summary>
    public IReadOnlyList<ReceiptTrust> Trusts { get; init; } = [];

    /// <summary>Hundredths of a per cent, cut; null where there is no message.</summary>
    public long? Rate => Recipients == 0 ? null : (long)((Int128)Succeeded * 10_000 / Recipients);

    /// <summary>Whether success means the same at both.</summary>
    public bool MeansTheSameAs(ReportSum other) => Trusts.SequenceEqual(other.Trusts);

    /// <summary>Whether the two can be the same area, by name.</summary>
    internal bool IsSameArea(ReportSum other) => CommuneName.Of(Name).IsSame(CommuneName.Of(other.Name));
}
