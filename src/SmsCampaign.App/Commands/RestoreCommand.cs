using System.CommandLine;
using SmsCampaign.Office;
using SmsCampaign.Storage.Backups;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign restore FOLDER --by NAME --reason "…"</summary>
sealed class RestoreCommand
{
    readonly Terminal _terminal;
    readonly Argument<DirectoryInfo> _from;
    readonly DecisionOptions _decision;

    RestoreCommand(Terminal terminal)
    {
        _terminal = terminal;
        _from = new Argument<DirectoryInfo>(_terminal.Text("thư-mục", "folder"))
        {
            Description = _terminal.Text("thư mục do 'backup' tạo ra", "a folder that 'backup' made"),
        };
        _decision = new DecisionOptions(terminal.Language);
    }

    public static Command Create(Terminal terminal)
    {
        var restore = new RestoreCommand(terminal);
        var command = new Command("restore", terminal.Text(
            "Khôi phục bản sao lưu: phần có thể đã gửi sau lúc sao lưu thành chưa rõ, không bao giờ tự gửi lại",
            "Restore a backup: what may have been sent since it was taken is uncertain, and never sent by the program"))
        {
            restore._from,
        };
        restore._decision.AddTo(command);
        command.SetAction(restore.Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        var problems = new List<Problem>();
        var (who, reason) = _decision.Read(parsed, problems);
        if (_terminal.List(problems))
            return ExitCode.InputHasProblems;

        var result = new BackupDesk(SharedOptions.FolderOf(parsed), _terminal.Time).PutBack(
            who, reason, parsed.GetRequiredValue(_from).FullName);
        switch (result)
        {
            case RestoreResult.NoName:
                _terminal.List([DecisionOptions.NoName]);
                return ExitCode.InputHasProblems;
            case RestoreResult.NoReason:
                _terminal.List([DecisionOptions.NoReason]);
                return ExitCode.InputHasProblems;
            case RestoreResult.Refused(var why):
                _terminal.SayError(why);
                return ExitCode.CouldNot;
            case RestoreResult.Done(var restored):
                Say(restored);
                return ExitCode.Done;
            default:
                throw new InvalidOperationException($"not a result of restoring: {result}");
        }
    }

    static string Purge(Storage.RunKey run) =>
        $"sms-campaign purge {run.Campaign} --date {run.DateText}{(run.Simulated ? " --simulate" : "")} --by … "
            + $"--reason …";

    void Say(Restored restored)
    {
        var at = VietnamTime.Moment(restored.BackupAt);
        _terminal.Say($"Đã khôi phục bản sao lưu lúc {at}.", $"The backup of {at} is restored.");
        foreach (var run in restored.Runs.Where(run => run.Declared > 0))
        {
            var count = Figures.Counted(run.Declared, "message");
            _terminal.Say(
                $"  {run.Key}: {count} tin có thể đã gửi sau lúc sao lưu, nay là chưa rõ. Xem bằng: "
                    + $"sms-campaign resolve {run.Key.Campaign} --date {run.Key.DateText}",
                $"  {run.Key}: {count} that may have been sent since, uncertain now. See them by: sms-campaign resolve "
                    + $"{run.Key.Campaign} --date {run.Key.DateText}");
        }

        if (restored.Orders.Count > 0)
        {
            _terminal.Say(
                "Các lệnh sau không có trong bản sao lưu và vẫn có hiệu lực:",
                "The backup does not have these orders, and they stand:");
            foreach (var order in restored.Orders)
                OrderText.Say(order, _terminal, "  ");
        }

        if (restored.Again.Count > 0)
        {
            _terminal.Say(
                "Các lệnh sau đã được gỡ sau lúc sao lưu, nay CÓ HIỆU LỰC TRỞ LẠI; không cần nữa thì gỡ lại bằng "
                    + "'resume' (tốc độ: 'rate'):",
                "These orders were lifted after the backup and STAND AGAIN; where they are not wanted, lift them again "
                    + "with 'resume' (a rate: 'rate'):");
            foreach (var order in restored.Again)
                OrderText.Say(order, _terminal, "  ");
        }

        if (restored.Erased.Count > 0)
        {
            _terminal.SayError(new Wording(
                "Bản sao lưu đưa trở lại SỐ ĐIỆN THOẠI ĐÃ XÓA của các lượt sau. Các lượt này không gửi được; xóa lại "
                    + "ngay "
                    + "bằng:",
                "The backup brings back NUMBERS THAT WERE ERASED, of these runs. None of them is sent; erase them "
                    + "again "
                    + "at once by:"));
            foreach (var run in restored.Erased)
                _terminal.SayError(new Wording($"  {Purge(run)}", $"  {Purge(run)}"));
        }

        if (restored.NeededKey is { } key)
            _terminal.Wrapped().SayError(key);

        if (restored.SetAside is { } aside)
            _terminal.Say($"Dữ liệu trước đó nằm trong {aside}.", $"What was there before lies in {aside}.");
        _terminal.Say(
            "Xem lại bằng 'status' trước khi cho dịch vụ gửi chạy.",
            "Look at 'status' before the service 'worker' is started.");
    }
}
