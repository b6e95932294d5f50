using SmsCampaign.Office;

namespace SmsCampaign.App.Commands;

/// <summary>The reports that an order asks for on a run, a line each.</summary>
static class DueReports
{
    public static void Say(RunOverview overview, DateOnly today, Terminal terminal)
    {
        foreach (var report in overview.Reports)
        {
            var line = DueReportWords.Line(report, today);
            terminal.Say($"  {line}", $"  {line}");
        }

        if (overview.Reports.Any(report => report.StateOn(today) == DueState.Overdue))
        {
            var command = $"sms-campaign report --submitted … --by … {overview.Run.Campaign} --date "
                + $"{overview.Run.Date}";
            terminal.Say($"  Đã nộp thì ghi lại: {command}", $"  Where it is handed in, record it: {command}");
        }
    }
}
