using SmsCampaign.Office;

namespace SmsCampaign.App.Commands;

/// <summary>What was looked at to be submitted or approved, and what was found of it.</summary>
static class ReviewText
{
    public static void Show(Terminal terminal, SeenPlan? plan, IReadOnlyList<ApprovalFinding> findings)
    {
        if (plan is not null)
        {
            var page = new Page(terminal.Language);
            new PlanSummary(plan.Planned, page).Write();
            if (plan.Left is { } left)
            {
                page.Title("GỬI TIẾP PHẦN CÒN LẠI", "WHAT IS LEFT GOES ON");
                page.Line("  " + left.ToWords().In(terminal.Language));
            }

            terminal.Show(page);
        }

        terminal.Output.WriteLine();
        terminal.List(findings.Select(ApprovalFindingWords.Of));
    }

    public static readonly Wording IsBusy = new(
        "Đang có một lần trình hoặc phê duyệt khác. Hãy chờ xong rồi chạy lại.",
        "Something else is submitted or approved at this moment. Wait for it to finish, then run this again.");
}
