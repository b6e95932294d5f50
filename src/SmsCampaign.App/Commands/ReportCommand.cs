using System.CommandLine;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign report dak-lak-2025 --date 2025-07-30</summary>
static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var choice = new RunChoice(terminal.Language);
        var folder = new Option<DirectoryInfo?>("--out") { Description = terminal.Text("Thư mục ghi báo cáo", "Folder to write the report to") };
        var unmasked = new Option<bool>("--unmasked")
        {
            Description = terminal.Text(
                "Ghi thêm các tệp có số thuê bao đầy đủ; việc này được ghi lại, phải kèm --by",
                "Also write the files with numbers in full; this is recorded and needs --by"),
        };
        var by = new Option<string?>("--by") { Description = terminal.Text("Họ tên người yêu cầu số đầy đủ", "Name of the person who asks for numbers in full") };

        var command = new Command("report", terminal.Text("Ghi các tệp báo cáo CSV của một lượt gửi", "Write the report CSVs of a run"))
        {
            folder, unmasked, by,
        };
        choice.AddTo(command);
        command.SetAction(parsed =>
        {
            var data = SharedOptions.FolderOf(parsed);
            var problems = new List<Problem>();
            var run = choice.Find(parsed, data, problems)?.ToKey();
            return Run(
                terminal, data, run, new Request(parsed.GetValue(folder)?.FullName, parsed.GetValue(unmasked), parsed.GetValue(by)?.Trim()), problems);
        });
        return command;
    }

    static int Run(Terminal terminal, DataFolder data, RunKey? run, Request request, List<Problem> problems)
    {
        if (request.Unmasked && string.IsNullOrEmpty(request.By))
        {
            problems.Add(new Problem(null, new(
                "--unmasked ghi số thuê bao đầy đủ nên phải có --by \"Họ tên\" của người yêu cầu",
                "--unmasked writes numbers in full and needs --by \"NAME\" of the person who asks")));
        }

        if (terminal.List(problems) || run is null)
            return ExitCode.InputHasProblems;

        if (request.Unmasked)
            new RunRegistry(data).RecordEvent(request.By!, "report-unmasked", run.ToString(), TimeProvider.System.GetUtcNow());

        if (RunFile.Judge(data, run) is { IsWhole: false } file)
            terminal.SayError(MarkWords.Of(file));
        return RunReporting.Write(terminal, data, run, request.Folder, request.Unmasked);
    }

    /// <param name="Folder">Null: the run's own.</param>
    sealed record Request(string? Folder, bool Unmasked, string? By);
}
