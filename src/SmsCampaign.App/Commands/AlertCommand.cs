using System.CommandLine;
using SmsCampaign.Office;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign alert test [--by NAME] [--json]</summary>
static class AlertCommand
{
    /// <summary>Where the installation file names nobody.</summary>
    public static readonly Wording NobodyNamed = new(
        "Tệp cấu hình chưa ghi ai nhận cảnh báo: hãy thêm mục 'alerts' (xem config/INSTALL.md).",
        "The installation file names nobody who is told of alerts: add the section 'alerts' (see config/INSTALL.md).");

    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json")
        {
            Description = terminal.Text(
                "in kết quả dạng JSON cho chương trình khác đọc", "print the result as JSON for scripts"),
        };
        var by = new Option<string?>("--by")
        {
            Description = terminal.Text(
                "họ tên ai thử, được ghi vào sổ (mặc định: tên tài khoản)",
                "name of who tries it, recorded (default: the account's)"),
        };
        var test = new Command("test", terminal.Text(
            "Gửi một cảnh báo thử tới từng người, bằng từng cách, và cho biết cái nào tới được",
            "Send a test to each person by each channel, and say what came of each"))
        {
            by, json,
        };
        test.SetAction((parsed, cancellationToken) => TestAsync(
            new AlertDesk(
                SharedOptions.FolderOf(parsed), SharedOptions.InstallationOf(parsed).ToString(), terminal.Time),
            SharedOptions.WhoBy(parsed.GetValue(by)),
            parsed.GetValue(json),
            terminal,
            cancellationToken));

        return new Command("alert", terminal.Text(
            "Thử cách báo cho những người có tên trong mục 'alerts' của tệp cấu hình",
            "Test how those are told whom the section 'alerts' of the installation file names"))
        {
            test,
        };
    }

    static async Task<int> TestAsync(
        AlertDesk desk, Who who, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        switch (await desk.TestAsync(who, cancellationToken))
        {
            case AlertTest.Misread misread:
                terminal.List(misread.Problems);
                return ExitCode.InputHasProblems;
            case AlertTest.Nobody:
                terminal.SayError(NobodyNamed);
                return ExitCode.CouldNot;
            case AlertTest.Sent sent:
                Say(sent, json, terminal);
                if (sent.Unrecorded is { } why)
                    terminal.SayError(ReadyCommand.Unrecorded(why));
                return sent.Receivers.All(each => each.Trouble is null) ? ExitCode.Done : ExitCode.CouldNot;
            default:
                throw new InvalidOperationException("not a result of a test of alerts");
        }
    }

    static void Say(AlertTest.Sent sent, bool json, Terminal terminal)
    {
        if (json)
        {
            terminal.SayJson(new
            {
                Receivers = sent.Receivers.Select(each => new
                {
                    Receiver = each.Receiver.In(terminal.Language),
                    Delivered = each.Trouble is null,
                    Trouble = each.Trouble?.In(terminal.Language),
                }),
            });
            return;
        }

        foreach (var (_, receiver, trouble) in sent.Receivers)
        {
            if (trouble is { } why)
                terminal.Say($"CHƯA GỬI ĐƯỢC: {receiver}: {why}.", $"NOT DELIVERED: {receiver}: {why}.");
            else
                terminal.Say($"đã gửi: {receiver}", $"delivered: {receiver}");
        }

        terminal.Say(
            "Đã gửi nghĩa là máy chủ đã nhận: hãy hỏi từng người xem có thấy không, kể cả trong mục thư rác.",
            "Delivered means that the server took it: ask each person whether it came, in the spam folder too.");
    }
}
