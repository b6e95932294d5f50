using System.Globalization;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Causes;

/// <summary>What a person must know of reports that orders ask for: that one is due in 14, 7 or 1 days or is overdue,
/// each told once, until it is handed in. Of every run, however long it is over.</summary>
sealed class ReportCauses
{
    /// <summary>Days before a report is due at which it is told.</summary>
    static readonly int[] Stages = [1, 7, 14];

    /// <summary>Days after which an overdue report is told no more: of runs from before reports were recorded nobody
    /// need hear. <c>status</c> goes on saying it.</summary>
    const int Forgotten = 30;

    readonly Dictionary<(string Run, string Definition), IReadOnlyList<DueReport>> _days = [];

    public IEnumerable<Cause> Find(IRegistry registry, DateTimeOffset now)
    {
        var today = VietnamTime.DateOf(now);
        var near = registry.ReadRuns()
            .Where(DueReport.IsOwed)
            .SelectMany(run => DaysOf(run)
                .Where(day => day.DaysLeft(today) is >= -Forgotten and <= 14)
                .Select(day => (Run: run, Day: day)))
            .ToList();
        if (near.Count == 0)
            return [];

        var submissions = registry.Reports.Read().ToLookup(each => each.Run);
        return [.. near
            .Where(each => submissions[each.Run.Key].All(done => done.Report != each.Day.Report))
            .Select(each => Of(each.Run, each.Day, today, now))];
    }

    IReadOnlyList<DueReport> DaysOf(RunRecord run)
    {
        var key = (run.Key, run.DefinitionHash);
        return _days.TryGetValue(key, out var days) ? days : _days[key] = DueReport.ReadDays(run);
    }

    static Cause Of(RunRecord run, DueReport report, DateOnly today, DateTimeOffset now)
    {
        var left = report.DaysLeft(today);
        var stage = left < 0 ? "overdue" : Number(Stages.First(days => left <= days));
        var name = RunCauses.NameOf(run.Campaign, run.DateWords);
        var due = Figures.Date(report.Due);
        var days = Figures.Counted(Math.Abs(left), "day");
        var which = report.Report.Length == 0
            ? new Wording("", "")
            : new Wording($"định kỳ {report.Report} ", $"of {report.Report} ");
        var what = left < 0
            ? new Wording(
                $"QUÁ HẠN báo cáo {which}{days} ngày: {name}", $"the report {which}is OVERDUE by {days}: {name}")
            : left == 0
            ? new Wording($"hạn báo cáo {which}là hôm nay: {name}", $"the report {which}is due today: {name}")
            : new Wording(
                $"hạn báo cáo {which}còn {days} ngày: {name}", $"the report {which}is due in {days}: {name}");
        var option = report.Report.Length == 0 ? "" : $" --for {report.Report}";
        var command = $"sms-campaign report --submitted … --by …{option} {run.Campaign} --date {run.Date}";
        return new Cause(new Alert(
            AlertKind.ReportDue,
            string.Create(CultureInfo.InvariantCulture, $"{run.Key} {report.Due:yyyy-MM-dd} {stage}"),
            AlertSeverity.Warning,
            now,
            what,
            new Wording(
                $"Hạn theo văn bản giao nhiệm vụ là {due}; chưa ghi nhận đã nộp.",
                $"The order asks for it by {due}; it is not recorded as handed in."),
            new Wording($"nộp báo cáo rồi ghi bằng '{command}'", $"hand it in and record that by '{command}'")));
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
