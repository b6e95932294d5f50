using System.Globalization;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>The table report_submission of ledger.db.</summary>
sealed class ReportSubmissionRows(IRegistryDb file, AuditLog audit) : IReportSubmissions
{
    public void Add(ReportSubmission submission)
    {
        using var db = file.Open();
        db.Transact(() =>
        {
            audit.AddRecord(db, AuditKinds.ReportSubmission, submission.At, $"""
                insert into report_submission (run, report, document, on_day, recorded_by, by_os, at)
                values ({submission.Run}, {submission.Report}, {submission.Document}, {submission.On.ToSql()},
                        {submission.RecordedBy}, {submission.ByOs}, {submission.At})
                """);
        });
    }

    public IReadOnlyList<ReportSubmission> Read(RunKey? run = null)
    {
        using var db = file.Open();
        var key = run?.ToString();
        var rows = db.Read(
            $"""
            select   id, run, report, document, on_day, recorded_by, by_os, at
            from     report_submission
            where    {key} is null or run = {key}
            order by id
            """,
            ReadOne).ToList();
        if (rows.Count == 0)
            return rows;

        var witnessed = audit.ReadWitnessed(db, AuditKinds.ReportSubmission);
        return [.. rows.Where(row => witnessed.Contains(row.Id))];
    }

    static ReportSubmission ReadOne(Statement row) => new()
    {
        Id = row.Number(0),
        Run = row.Text(1)!,
        Report = row.Text(2)!,
        Document = row.Text(3)!,
        On = DateOnly.TryParseExact(
            row.Text(4), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw LedgerRowException.Of(
                "report_submission",
                row.Number(0).ToString(CultureInfo.InvariantCulture),
                row.Text(4)!,
                new Wording("ngày (yyyy-MM-dd)", "date (yyyy-MM-dd)")),
        RecordedBy = row.Text(5)!,
        ByOs = row.Text(6)!,
        At = row.Text(7)!,
    };
}
