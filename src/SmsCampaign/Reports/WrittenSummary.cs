using System.Globalization;
using System.Text.RegularExpressions;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Reports;

/// <summary>What the tong-hop.csv of a report that was written says of itself.</summary>
sealed partial class WrittenSummary
{
    public const string Name = "tong-hop.csv";

    readonly ReportTable _table;

    WrittenSummary(ReportTable table, Language language) => (_table, Language) = (table, language);

    public Language Language { get; }

    /// <returns>Null where it is no such table.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static WrittenSummary? Read(string folder)
    {
        var table = ReportTable.Read(Path.Combine(folder, Name));
        return table.Headings is not [var first, ..] ? null
            : first == SummaryFile.Item.Vi ? new WrittenSummary(table, Language.Vietnamese)
            : first == SummaryFile.Item.En ? new WrittenSummary(table, Language.English)
            : null;
    }

    /// <summary>The rows, each once, as item and value.</summary>
    public IEnumerable<(string Item, string Value)> Rows =>
        _table.Rows.Select(row => (ReportTable.Cell(row, 0), ReportTable.Cell(row, 1)));

    /// <returns>Null where no row is called so.</returns>
    public string? Find(Wording item) => Find(item, 1);

    /// <summary>What stands beside it.</summary>
    /// <returns>Null where no row is called so.</returns>
    public string? FindNote(Wording item) => Find(item, 2);

    public long? FindNumber(Wording item) =>
        long.TryParse(Find(item), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Of which run it says it is; null where it does not.</summary>
    public RunKey? Run =>
        Find(SummaryFile.Campaign) is { Length: > 0 } campaign && Date is { } date
            ? new RunKey(campaign, date, IsSimulated)
            : null;

    public DateOnly? Date => DateOnly.TryParseExact(
        Find(SummaryFile.Date), "dd/MM/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? date
        : null;

    /// <summary>Whether nothing of it reached a real phone as the carriers were stand-ins on that machine.</summary>
    public bool IsSimulated => SummaryFile.IsSimulated(Find(SummaryFile.ModeItem) ?? "");

    /// <summary>Whether it says that its figures were final; null where it does not say.</summary>
    public bool? IsFinal => Find(FiguresState.Item) is { } state
        ? state == FiguresState.Final.Value.In(Language)
        : null;

    /// <summary>Where the audit chain ended as it was written; null where it does not say.</summary>
    public AuditHead? AuditHead =>
        Head().Match(Find(SummaryFile.ChainHead) ?? "") is { Success: true } match
        && long.TryParse(match.Groups["row"].Value, CultureInfo.InvariantCulture, out var row)
            ? new AuditHead(row, match.Groups["hash"].Value)
            : null;

    string? Find(Wording item, int column) => _table.Rows
        .Where(row => ReportTable.Cell(row, 0) == item.In(Language))
        .Select(row => ReportTable.Cell(row, column))
        .FirstOrDefault();

    [GeneratedRegex(@"^(?<row>[0-9]{1,18})( (?<hash>[0-9a-f]{16}))?\z")]
    private static partial Regex Head();
}
