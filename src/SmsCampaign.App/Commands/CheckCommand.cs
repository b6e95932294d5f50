using System.CommandLine;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign check CAMPAIGN_FILE [--date DATE] [--simulate] [--out DIR] [--json]</summary>
static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var options = new PreparationOptions(terminal.Language);
        var folder = new Option<DirectoryInfo?>("--out")
        {
            Description = terminal.Text(
                "ghi thêm hồ sơ thành tệp .txt và .html (in được trên giấy A4) vào thư mục này",
                "also write the dossier as .txt and .html, to be printed on A4, to this folder"),
        };
        var command = new Command("check", terminal.Text(
            "Xem trước một chiến dịch: nội dung, thuê bao, chi phí, thời gian, cảnh báo. Không gửi và không lưu gì",
            "Look at a campaign before it runs: text, recipients, cost, time, warnings. Sends and stores nothing"));
        options.AddTo(command);
        command.Options.Add(folder);

        command.Validators.Add(result =>
        {
            if (SharedOptions.IsGiven(result, folder) && options.IsJson(result))
                result.AddError(terminal.Text(
                    "--out không dùng cùng --json: hãy chọn một.", "--out does not go with --json: choose one."));
        });
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            options.Read(parsed),
            SharedOptions.FolderOf(parsed),
            options.Json(parsed),
            parsed.GetValue(folder),
            terminal,
            cancellationToken)));
        return command;
    }

    static int Run(
        PreparationRequest request,
        DataFolder data,
        bool json,
        DirectoryInfo? folder,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        var (preparation, changes) = new PlanDesk(data, terminal.Time).Check(request, cancellationToken);
        var problems = preparation.AllProblems.ToList();
        var exit = problems.Any(problem => problem.Severity == Severity.Error)
            ? ExitCode.InputHasProblems
            : ExitCode.Done;
        if (json)
        {
            terminal.SayJson(PlanJson.Of(preparation, terminal.Language));
            terminal.ListWithTotal(problems);
            return exit;
        }

        if (preparation.Planned is not { } planned)
        {
            terminal.ListWithTotal(problems);
            if (folder is not null)
                terminal.SayError(new Wording(
                    "Chưa ghi hồ sơ: phải sửa các lỗi trên trước.",
                    "No dossier is written: the errors above must be mended first."));
            return exit;
        }

        var dossier = new CheckDossier(planned, problems, terminal.Language);
        terminal.Show(dossier.Page);
        if (exit == ExitCode.Done)
            terminal.Say(Problem.Total(problems));
        else
            terminal.ListWithTotal(problems, shown: Severity.Warning);
        if (changes is { } changed)
            terminal.SayError(changed);
        return folder is null || dossier.TryWrite(folder.FullName, terminal) ? exit : ExitCode.CouldNot;
    }
}
