using System.CommandLine;
using SmsCampaign.Planning;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign check CAMPAIGN_FILE [--date DATE] [--simulate] [--json]</summary>
static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var options = new PreparationOptions(terminal.Language);
        var command = new Command("check", terminal.Text(
            "Xem trước một chiến dịch: nội dung, thuê bao, chi phí, thời gian, cảnh báo. Không gửi và không lưu gì",
            "Look at a campaign before it runs: text, recipients, cost, time, warnings. Sends and stores nothing"));
        options.AddTo(command);

        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(options.Read(parsed), SharedOptions.FolderOf(parsed), options.Json(parsed), terminal, cancellationToken)));
        return command;
    }

    static int Run(PreparationRequest request, DataFolder data, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        var preparation = new CampaignPreparation(TimeProvider.System).Check(request, cancellationToken, data);

        if (json)
            terminal.SayJson(PlanJson.Of(preparation, terminal.Language));
        else if (preparation.Planned is { } planned)
            Write(planned, request, data, terminal);

        return terminal.List(preparation.AllProblems) ? ExitCode.InputHasProblems : ExitCode.Done;
    }

    static void Write(PlannedCampaign planned, PreparationRequest request, DataFolder data, Terminal terminal)
    {
        var summary = new PlanSummary(planned, terminal);
        summary.Write();
        summary.WriteCode();

        // Looking must not make an empty installation.
        if (planned.Simulated || !File.Exists(data.Ledger) || new RunRegistry(data).Find(planned.Key) is not { } run || !ApprovedFiles.Concern(data, run))
            return;

        var changes = ApprovedFiles.FindChanges(data, run, request.InstallationFile, TimeProvider.System.GetUtcNow());
        if (changes.Count > 0)
            terminal.SayError(ApprovedFiles.Describe(changes));
    }
}
