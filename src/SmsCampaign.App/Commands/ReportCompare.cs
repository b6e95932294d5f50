using System.CommandLine;
using SmsCampaign.Office;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign report --compare A B [CAMPAIGN] [--json]; each a report's folder, a campaign, a run's key, or
/// a year of CAMPAIGN</summary>
sealed class ReportCompare(Terminal terminal)
{
    public Option<string[]> Option { get; } = new("--compare")
    {
        Description = terminal.Text(
            "So sánh hai báo cáo A và B: mỗi bên là thư mục báo cáo, mã chiến dịch (lượt mới nhất), lượt gửi (mã/ngày) "
                + "hoặc năm",
            "Put two reports A and B side by side: each a report's folder, a campaign (its newest run), a run "
                + "(id/date), or a year"),
        HelpName = "A B",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<bool> Json { get; } = new("--json")
    {
        Description = terminal.Text(
            "in so sánh dạng JSON cho chương trình khác đọc", "print the comparison as JSON for scripts"),
    };

    /// <param name="campaign">Null where none is named.</param>
    public int Run(ParseResult parsed, DataFolder data, string? campaign)
    {
        var sides = parsed.GetValue(Option)!;
        switch (new CompareDesk(data).Compare(sides[0], sides[1], campaign, terminal.Language))
        {
            case CompareResult.Refused(var problems):
                terminal.List(problems.Select(problem => new Problem(null, problem)));
                return ExitCode.InputHasProblems;
            case CompareResult.Compared(var both):
                if (parsed.GetValue(Json))
                    terminal.SayJson(ComparisonJson.Of(both, terminal.Language));
                else
                    new ComparisonText(both, terminal.Wrapped()).Write();
                return ExitCode.Done;
            case var unknown:
                throw new InvalidOperationException($"not a comparison: {unknown}");
        }
    }
}
