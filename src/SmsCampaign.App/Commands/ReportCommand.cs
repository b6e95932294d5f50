using System.CommandLine;
using SmsCampaign.Files;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign report dak-lak-2025 --date 2025-07-30 [--out DIR] [--unmasked --by NAME [--unmasked-out DIR] [--encrypt]]</summary>
sealed class ReportCommand
{
    readonly Terminal _terminal;
    readonly RunChoice _choice;
    readonly ExportPassword _password;
    readonly Option<DirectoryInfo?> _folder;
    readonly Option<bool> _unmasked;
    readonly Option<DirectoryInfo?> _unmaskedFolder;
    readonly Option<bool> _encrypt;
    readonly Option<string?> _by;

    ReportCommand(Terminal terminal)
    {
        _terminal = terminal;
        _choice = new RunChoice(terminal.Language);
        _password = new ExportPassword(terminal);
        _folder = new Option<DirectoryInfo?>("--out") { Description = _terminal.Text("Thư mục ghi báo cáo", "Folder to write the report to") };
        _unmasked = new Option<bool>("--unmasked")
        {
            Description = _terminal.Text(
                "Ghi thêm các tệp có số thuê bao đầy đủ vào một thư mục khác; việc này được ghi lại, phải kèm --by",
                "Also write the files with numbers in full, to another folder; this is recorded and needs --by"),
        };
        _unmaskedFolder = new Option<DirectoryInfo?>("--unmasked-out")
        {
            Description = _terminal.Text(
                "Thư mục ghi các tệp có số đầy đủ (mặc định so-day-du trong thư mục dữ liệu)",
                "Folder for the files with numbers in full (default so-day-du in the data folder)"),
        };
        _encrypt = new Option<bool>("--encrypt")
        {
            Description = _terminal.Text(
                "Ghi các tệp có số đầy đủ thành một tệp .zip có mật khẩu (AES-256); mật khẩu được hỏi khi chạy",
                "Write the files with numbers in full as one .zip with a password (AES-256), which is asked for"),
        };
        _by = new Option<string?>("--by") { Description = _terminal.Text("Họ tên người yêu cầu số đầy đủ", "Name of the person who asks for numbers in full") };
    }

    public static Command Create(Terminal terminal)
    {
        var report = new ReportCommand(terminal);
        var command = new Command("report", terminal.Text("Ghi các tệp báo cáo CSV của một lượt gửi", "Write the report CSVs of a run"))
        {
            report._folder, report._unmasked, report._by, report._unmaskedFolder, report._encrypt, report._password.Option,
        };
        report._choice.AddTo(command);
        command.SetAction(report.Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        var data = SharedOptions.FolderOf(parsed);
        var problems = new List<Problem>();
        var run = _choice.Find(parsed, data, problems)?.ToKey();
        var by = parsed.GetValue(_by)?.Trim();
        FindProblems(parsed, by, problems);
        if (_terminal.List(problems) || run is null)
            return ExitCode.InputHasProblems;

        var folder = parsed.GetValue(_folder)?.FullName ?? RunReport.FolderOf(data, run);
        UnmaskedExport? export = null;
        if (parsed.GetValue(_unmasked))
        {
            export = FindExport(parsed, data, run, folder, problems);
            if (_terminal.List(problems) || export is null)
                return ExitCode.InputHasProblems;

            new RunRegistry(data).RecordEvent(by!, "report-unmasked", run.ToString(), _terminal.Time.GetUtcNow());
        }

        if (RunFile.Judge(data, run) is { IsWhole: false } file)
            _terminal.SayError(MarkWords.Of(file));
        return RunReporting.Write(_terminal, data, run, folder, export);
    }

    void FindProblems(ParseResult parsed, string? by, List<Problem> problems)
    {
        var unmasked = parsed.GetValue(_unmasked);
        if (unmasked && string.IsNullOrEmpty(by))
        {
            problems.Add(new Problem(null, new(
                "--unmasked ghi số thuê bao đầy đủ nên phải có --by \"Họ tên\" của người yêu cầu.",
                "--unmasked writes numbers in full and needs --by \"NAME\" of the person who asks")));
        }

        if (!unmasked && (parsed.GetValue(_encrypt) || parsed.GetValue(_unmaskedFolder) is not null || parsed.GetValue(_password.Option) is not null))
        {
            problems.Add(new Problem(null, new(
                "--encrypt, --password-file và --unmasked-out chỉ dùng cùng --unmasked. Hãy thêm --unmasked hoặc bỏ các tùy chọn này.",
                "--encrypt, --password-file and --unmasked-out go only with --unmasked. Add --unmasked or leave them out.")));
        }
        else if (!parsed.GetValue(_encrypt) && parsed.GetValue(_password.Option) is not null)
        {
            problems.Add(new Problem(null, new(
                "--password-file chỉ dùng cùng --encrypt. Hãy thêm --encrypt hoặc bỏ --password-file.", "--password-file goes only with --encrypt. Add --encrypt or leave it out.")));
        }

        foreach (var name in new[] { parsed.GetValue(_folder), parsed.GetValue(_unmaskedFolder) }.OfType<DirectoryInfo>())
        {
            if (FileNames.Refuse(name.Name) is { } reason)
                problems.Add(new Problem(null, reason));
        }
    }

    /// <param name="report">Full path of the report's folder.</param>
    /// <param name="problems">Gets why it cannot be written there.</param>
    /// <returns>Null where there is a problem.</returns>
    UnmaskedExport? FindExport(ParseResult parsed, DataFolder data, RunKey run, string report, List<Problem> problems)
    {
        var own = RunReport.UnmaskedFolderOf(data, run);
        var named = parsed.GetValue(_unmaskedFolder)?.FullName;
        var folder = named ?? own;
        if (RealPath.IsWithin(RealPath.Of(folder), RealPath.Of(report)) || RealPath.IsWithin(RealPath.Of(report), RealPath.Of(folder)))
        {
            problems.Add(new Problem(new Place(folder), new(
                $"các tệp có số đầy đủ không được nằm chung với báo cáo ({report}), vì báo cáo được chuyển đi. Hãy chọn thư mục khác cho --unmasked-out hoặc --out.",
                $"the files with numbers in full must not lie with the report ({report}), which is passed on. Choose another folder for --unmasked-out or --out.")));
            return null;
        }

        if (!parsed.GetValue(_encrypt))
            return new UnmaskedExport(folder);

        var archive = named is null ? own + ".zip" : Path.Combine(named, run.FileName + ".zip");
        return _password.Read(parsed, problems) is { } password ? new UnmaskedExport(own, (archive, password)) : null;
    }
}
