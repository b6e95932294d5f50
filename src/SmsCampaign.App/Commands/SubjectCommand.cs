using System.CommandLine;
using System.Globalization;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign export-subject|erase-subject NUMBER --by NAME --reason TEXT [--out FOLDER] [--yes]</summary>
/// <remarks>The number may be given on stdin instead (-): what stands in a command is seen in the list of processes and
/// kept by shells and by sudo. It is shown masked alone.</remarks>
sealed class SubjectCommand
{
    const string FromInput = "-";

    /// <summary>Digits that are typed to confirm: those that a masked number shows.</summary>
    const int LastDigits = 3;

    readonly Terminal _terminal;
    readonly Argument<string> _number;
    readonly DecisionOptions _decision;
    readonly Option<DirectoryInfo?> _out;
    readonly Confirmation _confirmation;

    SubjectCommand(Terminal terminal)
    {
        _terminal = terminal;
        _decision = new DecisionOptions(terminal.Language);
        _number = new Argument<string>(terminal.Text("số", "number"))
        {
            Description = terminal.Text(
                "số điện thoại; ghi - để gõ số vào đầu vào chuẩn (nên dùng: số không nằm lại trong nhật ký lệnh)",
                "telephone number; - to give it on stdin, so that no log of commands keeps it"),
        };
        _out = new Option<DirectoryInfo?>("--out")
        {
            Description = terminal.Text(
                "thư mục chưa có, để ghi dữ liệu và trang trả "
                    + "lời", "a folder that is not there, for the data and the page"),
        };
        _confirmation = new Confirmation(terminal);
    }

    public static Command CreateExport(Terminal terminal)
    {
        var export = new SubjectCommand(terminal);
        var command = new Command("export-subject", terminal.Text(
            "Trích mọi dữ liệu đang giữ về một số điện thoại, kèm trang trả lời người dân",
            "Everything that is kept of one number, with a page to answer its subscriber by"))
        {
            export._number, export._out,
        };
        export._decision.AddTo(command);
        command.SetAction(export.Export);
        return command;
    }

    public static Command CreateErase(Terminal terminal)
    {
        var erase = new SubjectCommand(terminal);
        var command = new Command("erase-subject", terminal.Text(
            "Xóa một số điện thoại khỏi mọi lượt đã kết thúc và không nhắn tin tới số đó nữa",
            "Erase one number from every run that is over, and never text it again"))
        {
            erase._number,
        };
        erase._decision.AddTo(command);
        erase._confirmation.AddTo(command);
        command.SetAction(erase.Erase);
        return command;
    }

    int Export(ParseResult parsed)
    {
        if (Read(parsed, out var who, out var reason) is not { } number)
            return ExitCode.InputHasProblems;

        var data = SharedOptions.FolderOf(parsed);
        var now = _terminal.Time.GetUtcNow();
        var folder = parsed.GetValue(_out)?.FullName ?? Path.Combine(
            data.SubjectAnswers, now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture));
        if (Path.Exists(folder))
        {
            _terminal.SayError(new Wording(
                $"{folder} đã có. Hãy ghi thư mục chưa có sau --out.",
                $"{folder} is there. Give --out one that is not."));
            return ExitCode.CouldNot;
        }

        var desk = new SubjectDesk(data, _terminal.Time);
        var kept = desk.Export(who, number, reason);
        desk.WriteAnswer(kept, folder);

        var (rows, runs) = (kept.Runs.Sum(run => run.Rows.Count), kept.Runs.Count);
        _terminal.Say(
            $"Số {number.Masked}: {Figures.Count(rows)} dòng trong {Figures.Count(runs)} lượt gửi, "
                + $"{Figures.Count(kept.Receipts)} biên nhận nguyên văn.",
            $"Number {number.Masked}: {Figures.Counted(rows, "row")} in {Figures.Counted(runs, "run")}, "
                + $"{Figures.Counted(kept.Receipts, "raw receipt")}.");
        _terminal.Say(
            $"Đã ghi du-lieu.csv, du-lieu.json, tra-loi.html vào {folder}. Các tệp này có số đầy đủ: gửi xong thì xóa.",
            $"Wrote du-lieu.csv, du-lieu.json, tra-loi.html to {folder}. The number stands in them in full: delete "
                + $"them "
                + $"once they are sent.");
        return SayUnread(kept.Unread);
    }

    int Erase(ParseResult parsed)
    {
        if (Read(parsed, out var who, out var reason) is not { } number)
            return ExitCode.InputHasProblems;

        var data = SharedOptions.FolderOf(parsed);
        var desk = new SubjectDesk(data, _terminal.Time);
        if (desk.CountFullLists(number) is > 0 and var lists)
        {
            _terminal.Wrapped().Say(
                $"Số này có trong {Figures.Count(lists)} danh sách số đầy đủ của nhà mạng: xóa số thì XÓA CẢ DANH SÁCH "
                    + $"đó, gồm mọi số khác; số liệu nhà mạng đã báo giữ nguyên.",
                $"The number is in {Figures.Counted(lists, "carrier's list")} with numbers in full: erasing it DELETES "
                    + $"SUCH A LIST WHOLE, with every other number in it; the figures the carrier reported stay.");
        }

        if (!_confirmation.IsGiven(
            parsed,
            new Wording(
                $"Sẽ xóa số {number.Masked}, không lấy lại được. Gõ ba chữ số cuối rồi Enter để xóa, phím khác để "
                    + $"thôi:",
                $"The number {number.Masked} will be erased for good. Type its last three digits, then Enter, to erase "
                    + $"it; anything else to leave it:"),
            number.Digits[^LastDigits..]))
            return ExitCode.CouldNot;

        var erased = desk.Erase(who, number, reason);
        _terminal.Say(
            $"Số {number.Masked} không được đưa vào kế hoạch gửi nào nữa. Đã xóa khỏi "
                + $"{Figures.Count(erased.Erased.Count)} lượt gửi và {Figures.Count(erased.Receipts)} biên nhận nguyên "
                + $"văn; số liệu báo cáo giữ nguyên.",
            $"The number {number.Masked} goes into no plan any more. Erased from "
                + $"{Figures.Counted(erased.Erased.Count, "run")} and "
                + $"{Figures.Counted(erased.Receipts, "raw receipt")}; the figures of reports stay.");
        if (erased.Lists > 0)
        {
            _terminal.Say(
                $"Đã xóa cả {Figures.Count(erased.Lists)} danh sách số đầy đủ của nhà mạng có số đó.",
                $"Deleted whole: {Figures.Counted(erased.Lists, "carrier's list")} with numbers in full that had it.");
        }

        foreach (var run in erased.Waiting)
        {
            _terminal.Wrapped().SayError(run.State.IsUnsent()
                ? new Wording(
                    $"  {run.Key}: CHƯA XÓA, lượt này chưa gửi và đang có số đó. Hãy lập lại bằng 'plan' rồi phê "
                        + $"duyệt lại để "
                        + $"bỏ số ra; để nguyên thì lượt này không gửi được.",
                    $"  {run.Key}: NOT ERASED, the run is not sent yet and has the number. Plan it again with 'plan' "
                        + $"and have "
                        + $"it approved, to leave the number out; as it is, the run is not sent.")
                : new Wording(
                    $"  {run.Key}: CHƯA XÓA, lượt này chưa kết thúc hoặc tin của số đó chưa rõ kết quả; tin chưa gửi "
                        + $"tới số đó VẪN CÓ THỂ ĐƯỢC GỬI ở lượt này. Hãy chạy lại lệnh này khi lượt đã xong.",
                    $"  {run.Key}: NOT ERASED, the run is not over, or the number's message is not settled; what is "
                        + $"not sent to it yet MAY STILL BE by this run. Run this again once it is over."));
        }

        foreach (var (run, hold) in erased.Held)
        {
            var day = Figures.Date(hold.Day);
            _terminal.Wrapped().SayError(new Wording(
                $"  {run.Key}: CHƯA XÓA, {hold.Person} yêu cầu giữ số điện thoại của lượt này từ ngày {day}: "
                    + $"{hold.Reason}. Khi không cần giữ nữa, chạy 'purge --release' rồi chạy lại lệnh này.",
                $"  {run.Key}: NOT ERASED, {hold.Person} wants the numbers of this run kept since {day}: "
                    + $"{hold.Reason}. Once they need be kept no longer, run 'purge --release', then this again."));
        }

        PurgeText.SayLeft(erased.Left, _terminal);
        PurgeText.SayStale(erased.Stale, _terminal);
        PurgeText.Say(erased.Copies, _terminal);
        var read = SayUnread(erased.Unread);
        return erased.Waiting.Count + erased.Held.Count + erased.Stale.Count + erased.Left > 0
            ? ExitCode.CouldNot
            : read;
    }

    int SayUnread(IReadOnlyList<Wording> unread)
    {
        if (unread.Count == 0)
            return ExitCode.Done;

        _terminal.SayError(new Wording(
            "CHƯA ĐẦY ĐỦ, có phần không đọc được:", "NOT ALL, some could not be read:"));
        foreach (var each in unread)
            _terminal.Wrapped().SayError(new Wording($"  {each}", $"  {each}"));
        return ExitCode.CouldNot;
    }

    /// <returns>Null where something is missing, which is told.</returns>
    PhoneNumber? Read(ParseResult parsed, out Who who, out string reason)
    {
        var problems = new List<Problem>();
        (who, reason) = _decision.Read(parsed, problems);
        var installation = Installation.Read(SharedOptions.InstallationOf(parsed).FullName);
        problems.AddRange(installation.Problems.Where(problem =>
            installation.Installation is null && problem.Severity == Severity.Error));
        PhoneNumber? number = null;
        if (installation.Installation is { } read)
        {
            var prefixes = PrefixTable.Load(read.Numbers.Prefixes, read.Numbers.Carriers, problems);
            var written = parsed.GetRequiredValue(_number);
            if (written == FromInput)
                written = (_terminal.Ask ?? Console.In.ReadLine)() ?? "";
            number = SubjectDesk.Read(written, prefixes);
            if (number is null)
            {
                problems.Add(new Problem(null, new Wording(
                    "Không đọc được số điện thoại di động đã ghi. Hãy ghi như 0912345678.",
                    "What was given cannot be read as a mobile number. Write it as 0912345678.")));
            }
        }

        return _terminal.List(problems) ? null : number;
    }
}
