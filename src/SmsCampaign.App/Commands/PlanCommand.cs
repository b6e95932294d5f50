using System.CommandLine;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign plan CAMPAIGN_FILE [--date DATE] [--simulate] [--json]</summary>
static class PlanCommand
{
    public static Command Create(Terminal terminal)
    {
        var options = new PreparationOptions(terminal.Language);
        var command = new Command("plan", terminal.Text(
            "Nhập danh sách thuê bao vào sổ và lập kế hoạch gửi, để trình phê duyệt. Chưa gửi gì",
            "Import the subscribers into the ledger and plan the run, to be approved. Sends nothing"));
        options.AddTo(command);

        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            options.Read(parsed), SharedOptions.FolderOf(parsed), options.Json(parsed), terminal, cancellationToken)));
        return command;
    }

    static int Run(
        PreparationRequest request, DataFolder data, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        var preparation = new PlanDesk(data, TimeProvider.System).Plan(request, cancellationToken);

        if (json)
            terminal.SayJson(PlanJson.Of(preparation, terminal.Language));
        else if (preparation.Planned is { } planned)
            Write(planned, preparation.Run, terminal);

        return terminal.ListWithTotal([.. preparation.AllProblems]) ? ExitCode.InputHasProblems : ExitCode.Done;
    }

    /// <summary>The plan, and the code to approve it by.</summary>
    internal static void Write(PlannedCampaign planned, PreparedRun? run, Terminal terminal)
    {
        var page = new Page(terminal.Language);
        var summary = new PlanSummary(planned, page);
        summary.Write();
        if (run is null)
        {
            terminal.Show(page);
            return;
        }

        summary.WritePlan();
        page.Line();
        if (run.Reused)
            page.Say(
                "  Kế hoạch đã có từ trước và vẫn khớp với các tệp.",
                "  The plan was there already and still fits the files.");
        else
            page.Say("  Đã lưu kế hoạch. Chưa gửi tin nào.", "  The plan is stored. Nothing has been sent.");
        summary.WriteCode();
        terminal.Show(page);
    }
}
