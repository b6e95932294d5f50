using System.Globalization;

namespace SmsCampaign.Storage.Registry;

/// <summary>Which reports on runs were handed in. Only ever added to.</summary>
public interface IReportSubmissions
{
    void Add(ReportSubmission submission);

    /// <summary>Of a run, or of all, in the order they were recorded; those alone that the audit chain bears witness
    /// to.</summary>
    IReadOnlyList<ReportSubmission> Read(RunKey? run = null);
}

/// <summary>A row of the table report_submission.</summary>
public sealed record ReportSubmission
{
    /// <summary>Key of the run, as it is stored.</summary>
    public required string Run { get; init; }

    /// <summary>Empty for the report that the order asks for; of a periodic one its day of every year, as 10/9.
    /// </summary>
    public required string Report { get; init; }

    /// <summary>Number of the document.</summary>
    public required string Document { get; init; }

    /// <summary>Its date.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The name that was given.</summary>
    public required string RecordedBy { get; init; }

    /// <summary>As of <see cref="Who.ByOs"/>.</summary>
    public required string ByOs { get; init; }

    public long Id { get; init; }
    public required string At { get; init; }

    /// <exception cref="LedgerRowException">The row's time cannot be read.</exception>
    public DateTimeOffset RecordedAt =>
        SqlTime.FromSql(At, "report_submission", Id.ToString(CultureInfo.InvariantCulture));
}
