using System.Globalization;
using SmsCampaign.Files;
using SmsCampaign.Reports.Documents;
using SmsCampaign.Reports.Words;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Reports;

/// <summary>A file of a report that was written.</summary>
/// <param name="Path">Full path.</param>
public sealed record ReportFile(string Name, string Path, long Bytes);

/// <summary>A table of a report, as people read it.</summary>
public sealed record ReportGrid(IReadOnlyList<string> Headings, IReadOnlyList<ReportGridRow> Rows)
{
    public static ReportGrid Empty { get; } = new([], []);
}

/// <param name="IsTotal">Whether it sums up the others.</param>
public sealed record ReportGridRow(IReadOnlyList<ReportGridCell> Cells, bool IsTotal);

/// <param name="IsNumber">Whether it stands to the right.</param>
public sealed record ReportGridCell(Wording Text, bool IsNumber);

/// <summary>A chart of a report.</summary>
/// <param name="Id">In addresses: never rename.</param>
/// <param name="Description">Everything that it shows, in words.</param>
/// <param name="Svg">A drawing that stands by itself.</param>
public sealed record ReportChart(string Id, string Title, string Description, string Svg);

/// <summary>A run's report as it lies in its folder: what is shown of it without reading the run's ledger
/// again.</summary>
/// <param name="Folder">Full path.</param>
/// <param name="At">When it was written.</param>
public sealed record WrittenReport(string Folder, DateTimeOffset At)
{
    static readonly string[] Names =
    [
        "bao-cao.docx", "bao-cao.xlsx", "bao-cao.html", "bao-cao.pdf", CheckFile.Name, WrittenSummary.Name,
        "theo-nha-mang.csv", "theo-kenh.csv", "theo-dia-ban.csv", "theo-dia-ban-nha-mang.csv", "theo-nhom-nhan-tin.csv",
        "theo-gio.csv", "loi.csv", "nha-mang-tu-nhan.csv", "nha-mang-theo-dia-ban.csv", "chi-tiet.csv", "chua-ro.csv",
        "loai-tru.csv",
    ];

    /// <summary>As the summary says it: sent in earnest, or with a stand-in for the gateways.</summary>
    public string Mode { get; private init; } = "";

    /// <summary>Whether it is of a campaign that was really sent.</summary>
    public bool IsLive => SummaryFile.IsLive(Mode);

    /// <summary>Whether every message was settled when it was written; null where it does not say, as of a run whose
    /// messages carriers text.</summary>
    public bool? IsFinal { get; private init; }

    /// <summary>Why its figures are final or not, as it says.</summary>
    public string Why { get; private init; } = "";

    /// <summary>Where the audit chain ended as it was written; null where it does not say.</summary>
    public AuditHead? AuditHead { get; private init; }

    /// <summary>Rows of the audience's files.</summary>
    public long Audience { get; private init; }

    /// <summary>What became of them, by the report's names.</summary>
    public IReadOnlyList<(string Name, long Count)> Terms { get; private init; } = [];

    /// <summary>By how much they are not the audience.</summary>
    public long Difference { get; private init; }

    /// <summary>Whether the report says that everything adds up, and what it says does.</summary>
    public bool Balances { get; private init; }

    /// <summary>What it says of its balance: where it has none, what is wrong.</summary>
    public string BalanceNote { get; private init; } = "";

    public ReportGrid Carriers { get; private init; } = ReportGrid.Empty;

    public ReportGrid Areas { get; private init; } = ReportGrid.Empty;

    public ReportGrid Hours { get; private init; } = ReportGrid.Empty;

    /// <summary>Recipients and successes by area: what the chart of areas shows.</summary>
    public ReportGrid AreaTotals { get; private init; } = ReportGrid.Empty;

    /// <summary>Whether carriers text some of their own subscribers for the run.</summary>
    public bool HasHolders => Files.Any(file => file.Name == "nha-mang-tu-nhan.csv");

    /// <summary>Those of the page (<see cref="ReportPage"/>).</summary>
    public IReadOnlyList<ReportChart> Charts { get; private init; } = [];

    /// <summary>What of it is there and may be passed on, in the order of who reads it.</summary>
    public IReadOnlyList<ReportFile> Files { get; private init; } = [];

    /// <returns>Null where there is none, or none whose summary can be read.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static WrittenReport? Read(string folder)
    {
        if (!File.Exists(Path.Combine(folder, WrittenSummary.Name)) || WrittenSummary.Read(folder) is not { } summary)
            return null;

        var terms = ReportWords.Order
            .Select(status => ReportWords.Of(status).Heading())
            .Prepend(ReportWords.Excluded.Heading())
            .Select(heading => (Name: heading.In(summary.Language), Count: summary.FindNumber(heading) ?? 0))
            .ToList();
        var audience = summary.FindNumber(SummaryFile.Audience) ?? 0;
        var difference = audience - terms.Sum(term => term.Count);
        return new WrittenReport(folder, File.GetLastWriteTimeUtc(Path.Combine(folder, WrittenSummary.Name)))
        {
            Mode = summary.Find(SummaryFile.ModeItem) ?? "",
            IsFinal = summary.IsFinal,
            Why = summary.FindNote(FiguresState.Item) ?? "",
            AuditHead = summary.AuditHead,
            Audience = audience,
            Terms = terms,
            Difference = difference,
            Balances = difference == 0
                && summary.Find(SummaryFile.BalanceItem) == SummaryFile.Right.In(summary.Language),
            BalanceNote = summary.FindNote(SummaryFile.BalanceItem) ?? "",
            Carriers = ReadGrid(folder, "theo-nha-mang.csv"),
            Areas = ReadGrid(folder, "theo-dia-ban.csv"),
            Hours = ReadGrid(folder, "theo-gio.csv"),
            AreaTotals = ReadAreaTotals(folder),
            Charts = ReadCharts(folder),
            Files = FindFiles(folder),
        };
    }

    /// <summary>The files of a report that are there, by names that are fixed.</summary>
    public static IReadOnlyList<ReportFile> FindFiles(string folder) =>
    [
        .. Names
            .Select(name => new FileInfo(Path.Combine(folder, name)))
            .Where(file => file.Exists && RealPath.ReadLink(file.FullName) is null)
            .Select(file => new ReportFile(file.Name, file.FullName, file.Length)),
    ];

    /// <summary>The charts of its page.</summary>
    /// <returns>None where there is no page.</returns>
    /// <exception cref="IOException">The page cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static IReadOnlyList<ReportChart> ReadCharts(string folder) =>
        Path.Combine(folder, ReportPage.Name) is var page && File.Exists(page)
            ? ReportCharts.Read(OrdinaryFile.ReadAllText(page))
            : [];

    static ReportGrid ReadAreaTotals(string folder) => ReadGrid(
        folder,
        "theo-dia-ban-nha-mang.csv",
        table => [1, .. BreakdownFiles.TotalHeadings.Select(table.Column).OfType<int>()]);

    /// <param name="choose">Places of the columns that are taken; null: all are.</param>
    static ReportGrid ReadGrid(string folder, string name, Func<ReportTable, IReadOnlyList<int>>? choose = null)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            return ReportGrid.Empty;

        var table = ReportTable.Read(path);
        var columns = choose?.Invoke(table) ?? [.. Enumerable.Range(0, table.Headings.Count)];
        return new ReportGrid(
            [.. columns.Select(column => ReportTable.Cell(table.Headings, column))],
            [.. table.Rows.Select(row => new ReportGridRow(
                [.. columns.Select(column => ToCell(ReportTable.Cell(row, column)))],
                row.Take(2).Any(cell => cell == ReportWords.Total.Vi || cell == ReportWords.Total.En)))]);
    }

    static ReportGridCell ToCell(string text) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number)
            ? new ReportGridCell(Figures.Number(number), IsNumber: true)
            : new ReportGridCell(new Wording($"{text}", $"{text}"), IsNumber: false);
}
