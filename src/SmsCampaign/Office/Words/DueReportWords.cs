namespace SmsCampaign.Office.Words;

/// <summary>Where a report stands that an order asks for, for a person.</summary>
public static class DueReportWords
{
    public static Wording Line(DueReport report, DateOnly today)
    {
        var due = Figures.Date(report.Due);
        var days = Figures.Counted(Math.Abs(report.DaysLeft(today)), "day");
        var name = report.Report.Length == 0
            ? new Wording("Báo cáo", "Report")
            : new Wording($"Báo cáo định kỳ {report.Report}", $"Periodic report {report.Report}");
        var state = report.StateOn(today) switch
        {
            DueState.Submitted => new Wording(
                $"đã nộp theo văn bản {report.Submission!.Document} ngày {Figures.Date(report.Submission.On)}, ghi bởi "
                    + $"{report.Submission.RecordedBy}",
                $"handed in as {report.Submission!.Document} of {Figures.Date(report.Submission.On)}, recorded by "
                    + $"{report.Submission.RecordedBy}"),
            DueState.Overdue => new Wording($"QUÁ HẠN {days} ngày", $"OVERDUE by {days}"),
            _ when report.DaysLeft(today) == 0 => new Wording("hạn là hôm nay", "due today"),
            _ => new Wording($"còn {days} ngày", $"{days} left"),
        };
        return new Wording($"{name} (hạn {due}): {state}", $"{name} (by {due}): {state}");
    }
}
