using System.CommandLine;
using SmsCampaign.Files;
using SmsCampaign.Office;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign report dak-lak-2025 --date 2025-07-30 [--out DIR] [--unmasked --by NAME [--unmasked-out
/// DIR] [--encrypt]], and what is done with a report that is written: <see cref="ReportVerify"/>,
/// <see cref="ReportCompare"/>, <see cref="ReportHandIn"/></summary>
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
    readonly ReportVerify _verify;
    readonly ReportCompare _compare;
    readonly ReportHandIn _handIn;

    ReportCommand(Terminal terminal)
    {
        _terminal = terminal;
        _choice = new RunChoice(terminal.Language, isOptional: true);
        (_verify, _compare, _handIn) = (new(terminal), new(terminal), new(terminal));
        _password = new ExportPassword(terminal);
        _folder = new Option<DirectoryInfo?>("--out")
        {
            Description = _terminal.Text("Thư mục ghi báo cáo", "Folder to write the report to"),
        };
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
        _by = new Option<string?>("--by")
        {
            Description = _terminal.Text(
                "Họ tên người yêu cầu số đầy đủ, hoặc người ghi nhận đã nộp báo cáo",
                "Name of the person who asks for numbers in full, or records that the report was handed in"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var report = new ReportCommand(terminal);
        var command = new Command(
            "report", terminal.Text(
                "Ghi các tệp báo cáo của một lượt gửi; đối chiếu, so sánh báo cáo đã ghi; ghi nhận đã nộp",
                "Write the report of a run; verify or compare reports that are written; record that one was handed in"))
        {
            report._folder, report._unmasked, report._by, report._unmaskedFolder, report._encrypt,
            report._password.Option, report._verify.Option, report._compare.Option, report._compare.Json,
            report._handIn.Option, report._handIn.For, report._handIn.On,
        };
        report._choice.AddTo(command);
        command.SetAction(report.Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        var data = SharedOptions.FolderOf(parsed);
        var problems = new List<Problem>();
        FindMixed(parsed, problems);
        if (_terminal.List(problems))
            return ExitCode.InputHasProblems;

        if (parsed.GetResult(_compare.Option) is not null)
            return _compare.Run(parsed, data, _choice.IsGiven(parsed) ? _choice.NameOf(parsed) : null);

        var run = _choice.IsGiven(parsed) ? _choice.Find(parsed, data, problems)?.ToKey() : null;
        var who = SharedOptions.WhoBy(parsed.GetValue(_by));
        if (parsed.GetValue(_verify.Option) is { } folder)
            return _terminal.List(problems) ? ExitCode.InputHasProblems : _verify.Run(folder, data, run);
        if (!_choice.IsGiven(parsed))
            problems.Add(NoCampaign());
        if (parsed.GetValue(_handIn.Option) is not null)
        {
            return _terminal.List(problems) || run is null
                ? ExitCode.InputHasProblems
                : _handIn.Run(parsed, data, run, who);
        }

        FindProblems(parsed, who, problems);
        if (_terminal.List(problems) || run is null)
            return ExitCode.InputHasProblems;

        var desk = new ReportDesk(data, _terminal.Time);
        var places = desk.PlacesOf(run, parsed.GetValue(_folder)?.FullName, parsed.GetValue(_unmaskedFolder)?.FullName);
        UnmaskedExport? export = null;
        if (parsed.GetValue(_unmasked))
        {
            if (places.Link is { } target)
                problems.Add(Linked(places, target));
            else if (!places.AreApart)
                problems.Add(NotApart(places));
            else
                export = FindExport(parsed, places, problems);
            if (_terminal.List(problems) || export is null)
                return ExitCode.InputHasProblems;
        }

        return Say(desk.Write(who, run, _terminal.Language, places, export), run);
    }

    int Say(ReportOutcome outcome, RunKey run)
    {
        if (outcome.Doubt is { } file)
            _terminal.SayError(MarkWords.Of(file));
        switch (outcome)
        {
            case ReportOutcome.NoName:
                _terminal.List([NoName()]);
                return ExitCode.InputHasProblems;
            case ReportOutcome.Linked(var linked, var target):
                _terminal.List([Linked(linked, target)]);
                return ExitCode.InputHasProblems;
            case ReportOutcome.NotApart(var places):
                _terminal.List([NotApart(places)]);
                return ExitCode.InputHasProblems;
            case ReportOutcome.Unwritable(var folder, var why):
                return RunReporting.SayUnwritable(_terminal, folder, why);
            case ReportOutcome.Written(var report):
                return RunReporting.Say(_terminal, run, report);
            default:
                throw new InvalidOperationException($"not a report's outcome: {outcome}");
        }
    }

    /// <summary>One thing is done at a time, and what belongs to another is not passed over.</summary>
    void FindMixed(ParseResult parsed, List<Problem> problems)
    {
        Option[] things = [_verify.Option, _compare.Option, _handIn.Option];
        Option[] writing = [_folder, _unmasked, _unmaskedFolder, _encrypt, _password.Option];
        Option[] handingIn = [_handIn.For, _handIn.On];
        var asked = things.Where(IsGiven).ToList();
        if (asked.Count > 1)
            problems.Add(Mixed(asked[0], asked[1]));
        if (asked is [var one, ..] && writing.FirstOrDefault(IsGiven) is { } other)
            problems.Add(Mixed(one, other));
        if (!IsGiven(_handIn.Option) && handingIn.FirstOrDefault(IsGiven) is { } late)
            problems.Add(OnlyWith(late, _handIn.Option));
        if (!IsGiven(_compare.Option) && IsGiven(_compare.Json))
            problems.Add(OnlyWith(_compare.Json, _compare.Option));

        bool IsGiven(Option option) => SharedOptions.IsGiven(parsed.CommandResult, option);
    }

    void FindProblems(ParseResult parsed, Who who, List<Problem> problems)
    {
        var unmasked = parsed.GetValue(_unmasked);
        if (unmasked && !who.IsNamed)
            problems.Add(NoName());

        if (!unmasked
            && (parsed.GetValue(_encrypt)
                || parsed.GetValue(_unmaskedFolder) is not null
                || parsed.GetValue(_password.Option) is not null))
        {
            problems.Add(new Problem(null, new(
                "--encrypt, --password-file và --unmasked-out chỉ dùng cùng --unmasked. "
                    + "Hãy thêm --unmasked hoặc bỏ các tùy chọn này.",
                "--encrypt, --password-file and --unmasked-out go only with --unmasked. "
                    + "Add --unmasked or leave them out.")));
        }
        else if (!parsed.GetValue(_encrypt) && parsed.GetValue(_password.Option) is not null)
        {
            problems.Add(new Problem(null, new(
                "--password-file chỉ dùng cùng --encrypt. Hãy thêm --encrypt hoặc bỏ --password-file.",
                "--password-file goes only with --encrypt. Add --encrypt or leave it out.")));
        }

        foreach (var name in new[] { parsed.GetValue(_folder), parsed.GetValue(_unmaskedFolder) }
            .OfType<DirectoryInfo>())
        {
            if (FileNames.Refuse(name.Name) is { } reason)
                problems.Add(new Problem(null, reason));
        }
    }

    /// <param name="problems">Gets why there is no password.</param>
    /// <returns>Null where there is none.</returns>
    UnmaskedExport? FindExport(ParseResult parsed, ReportPlaces places, List<Problem> problems) =>
        !parsed.GetValue(_encrypt) ? places.Export
        : _password.Read(parsed, problems) is { } password ? places.ToArchive(password)
        : null;

    static Problem NoCampaign() => new(null, new(
        "Thiếu chiến dịch. Hãy ghi mã chiến dịch hoặc tệp chiến dịch, ví dụ: sms-campaign report dak-lak-2025",
        "The campaign is missing. Give its id or file, such as: sms-campaign report dak-lak-2025"));

    static Problem Mixed(Option one, Option other) => new(null, new(
        $"{one.Name} không đi cùng {other.Name}. Hãy chạy hai lệnh riêng.",
        $"{one.Name} does not go with {other.Name}. Run two commands."));

    static Problem OnlyWith(Option one, Option other) => new(null, new(
        $"{one.Name} chỉ dùng cùng {other.Name}. Hãy thêm {other.Name} hoặc bỏ {one.Name}.",
        $"{one.Name} goes only with {other.Name}. Add that or leave it out."));

    static Problem NoName() => new(null, new(
        "--unmasked ghi số thuê bao đầy đủ nên phải có --by \"Họ tên\" của người yêu cầu.",
        "--unmasked writes numbers in full and needs --by \"NAME\" of the person who asks"));

    static Problem Linked(ReportPlaces places, string target) => new(new Place(places.Unmasked), new(
        $"thư mục này là một liên kết (tới {target}), nên không ghi các tệp có số đầy đủ vào đó. "
            + $"Hãy ghi thẳng thư mục đích, hoặc chọn thư mục khác.",
        $"this folder is a link (to {target}), and nothing with numbers in full is written there. "
            + $"Name the folder itself, or another."));

    static Problem NotApart(ReportPlaces places) => new(new Place(places.Unmasked), new(
        $"các tệp có số đầy đủ không được nằm chung với báo cáo ({places.Report}), vì báo cáo được chuyển đi. "
            + $"Hãy chọn thư mục khác cho --unmasked-out hoặc --out.",
        $"the files with numbers in full must not lie with the report ({places.Report}), which is passed on. "
            + $"Choose another folder for --unmasked-out or --out."));
}
