using System.CommandLine;
using SmsCampaign.Office;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign backup FOLDER</summary>
static class BackupCommand
{
    public static Command Create(Terminal terminal)
    {
        var to = new Argument<DirectoryInfo>(terminal.Text("thư-mục", "folder"))
        {
            Description = terminal.Text(
                "thư mục chưa có, nơi đặt bản sao lưu", "a folder that is not there yet, for the backup"),
        };
        var command = new Command("backup", terminal.Text(
            "Sao lưu mọi sổ gửi tin tại cùng một thời điểm, cả khi đang gửi, và kiểm tra bản sao",
            "Back up all ledgers as of one moment, also while sending, and check the copy"))
        {
            to,
        };

        command.SetAction(parsed => Run(
            new BackupDesk(SharedOptions.FolderOf(parsed), terminal.Time),
            parsed.GetRequiredValue(to).FullName,
            terminal));
        return command;
    }

    static int Run(BackupDesk desk, string to, Terminal terminal)
    {
        var result = desk.Take(to);
        switch (result)
        {
            case BackupResult.Refused(var why):
                terminal.SayError(why);
                return ExitCode.CouldNot;
            case BackupResult.Taken(var manifest, var elsewhere):
                var (at, files) = (VietnamTime.Moment(manifest.At), Figures.Counted(manifest.Files.Count, "file"));
                terminal.Say(
                    $"Đã sao lưu {files} tệp tại thời điểm {at} vào {to}; đã mở lại từng tệp để kiểm tra. "
                        + $"Bản sao chứa số thuê bao đầy đủ: hãy giữ như thư mục dữ liệu.",
                    $"{files} as of {at} backed up to {to}; each was opened again and checked. "
                        + $"The copy holds full phone numbers: guard it as the data folder.");
                foreach (var row in elsewhere)
                    terminal.SayError(row);
                return elsewhere.Count == 0 ? ExitCode.Done : ExitCode.CouldNot;
            default:
                throw new InvalidOperationException($"not a result of a backup: {result}");
        }
    }
}
