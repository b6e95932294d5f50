using System.CommandLine;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign order CAMPAIGN_FILE [--date DATE] [--out DIR] [--by NAME], and order sent, ack, refuse
/// CAMPAIGN
/// --holder NAME [--segment NAME] --on DATE --by NAME</summary>
sealed class OrderCommand
{
    readonly Terminal _terminal;
    readonly Argument<FileInfo?> _campaign;
    readonly Option<string?> _date;
    readonly Option<DirectoryInfo?> _folder;
    readonly Option<string?> _by;

    OrderCommand(Terminal terminal)
    {
        _terminal = terminal;
        _campaign = new Argument<FileInfo?>(terminal.Text("tệp-chiến-dịch", "campaign-file"))
        {
            Description = terminal.Text(
                "tệp chiến dịch, ví dụ config/campaigns/ten.yaml", "campaign file, such as config/campaigns/name.yaml"),
            Arity = ArgumentArity.ZeroOrOne,
        };
        _date = new Option<string?>("--date")
        {
            Description = terminal.Text(
                "ngày của lượt gửi, như 30/7/2025, cho chiến dịch hằng năm; mặc định là lượt tới",
                "date of the run, as 2025-07-30, for a yearly campaign; the next one unless given"),
        };
        _folder = new Option<DirectoryInfo?>("--out")
        {
            Description = terminal.Text(
                "thư mục ghi công văn (mặc định orders trong thư mục dữ liệu)",
                "folder for the letters (default orders in the data folder)"),
        };
        _by = new Option<string?>("--by")
        {
            Description = terminal.Text(
                "họ tên người soạn, được ghi vào sổ (mặc định: tên tài khoản)",
                "name of who writes them, recorded (default: the account's)"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var order = new OrderCommand(terminal);
        var command = new Command("order", terminal.Text(
            "Soạn công văn đề nghị nhà mạng tự nhắn tin tới thuê bao của mình, kèm lệnh JSON và biểu báo cáo; ghi nhận "
                + "trả lời",
            "Write the letters that ask carriers to text their own subscribers, with the order as JSON and the reply "
                + "form; record the answers"))
        {
            order._campaign, order._date, order._folder, order._by,
        };
        command.Subcommands.Add(OrderNewsCommand.Create(terminal, "sent", OrderStepKind.Sent, terminal.Text(
            "Ghi nhận công văn đã ký và gửi đi", "Record that the signed letter has left")));
        command.Subcommands.Add(OrderNewsCommand.Create(terminal, "ack", OrderStepKind.Acknowledged, terminal.Text(
            "Ghi nhận nhà mạng đồng ý", "Record that the carrier will text")));
        command.Subcommands.Add(OrderNewsCommand.Create(terminal, "refuse", OrderStepKind.Refused, terminal.Text(
            "Ghi nhận nhà mạng từ chối", "Record that the carrier will not text")));
        command.Subcommands.Add(OrderNewsCommand.Create(terminal, "withdraw", OrderStepKind.Withdrawn, terminal.Text(
            "Ghi nhận đã báo nhà mạng thôi nhắn", "Record that the carrier was told not to text")));
        command.SetAction(order.Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        var problems = new List<Problem>();
        if (parsed.GetValue(_campaign) is not { } file)
        {
            problems.Add(new Problem(null, new Wording(
                "Cần ghi tệp chiến dịch: sms-campaign order config/campaigns/ten.yaml.",
                "Name the campaign file: sms-campaign order config/campaigns/name.yaml.")));
        }

        var date = RunChoice.ReadDate(parsed, _date, problems);
        if (_terminal.List(problems))
            return ExitCode.InputHasProblems;

        var request = new PreparationRequest(
            parsed.GetValue(_campaign)!.ToString(), SharedOptions.InstallationOf(parsed).ToString(), date);
        var desk = new OrderDesk(SharedOptions.FolderOf(parsed), _terminal.Time);
        switch (desk.Write(SharedOptions.WhoBy(parsed.GetValue(_by)), request, parsed.GetValue(_folder)?.FullName))
        {
            case OrderWriting.Refused refused:
                _terminal.List(refused.Problems);
                return ExitCode.InputHasProblems;
            case OrderWriting.Busy busy:
                _terminal.SayError(new Wording(
                    $"Một tiến trình khác vừa soạn công văn cho nhóm '{busy.Segment}'. Chưa ghi gì. Hãy chạy lại.",
                    $"Another process has just written the letter for '{busy.Segment}'. Nothing is written. Run it "
                        + $"again."));
                return ExitCode.CouldNot;
            case OrderWriting.Unwritable(var folder, var why):
                return RunReporting.SayUnwritable(_terminal, folder, why);
            case OrderWriting.Written result:
                Say(result);
                return result.Unreadable.Count > 0 ? ExitCode.CouldNot : ExitCode.Done;
            case var unknown:
                throw new InvalidOperationException($"not a result of writing letters: {unknown}");
        }
    }

    void Say(OrderWriting.Written result)
    {
        _terminal.List(result.Problems);
        foreach (var why in result.Unreadable)
            _terminal.SayError(why);

        foreach (var (segment, holder, order, isFirst, isSame) in result.Orders)
        {
            var estimate = Figures.Counted(order.Audience.Estimate, "subscriber");
            var state = isSame ? new Wording("như đã soạn trước", "as it was written before")
                : isFirst ? new Wording("mới", "new")
                : new Wording("sửa so với lần trước", "changed since the one before");
            _terminal.Say(
                $"{holder}, nhóm '{segment}': mã lệnh {order.OrderId}, lần {order.Revision} ({state}); ước {estimate} "
                    + $"thuê bao.",
                $"{holder}, segment '{segment}': order {order.OrderId}, revision {order.Revision} ({state}); about "
                    + $"{estimate}.");
        }

        _terminal.Say("Đã ghi:", "Written:");
        foreach (var file in result.Files)
            _terminal.Output.WriteLine($"  {file}");
        if (result.NoPdf is { } noPdf)
        {
            _terminal.Say(
                $"Chưa có bản PDF của công văn: {noPdf}. Bản Word vẫn đủ để ký, gửi; cần PDF thì lưu bản Word thành "
                    + $"PDF, hoặc báo kỹ sư phụ trách cài LibreOffice (letters.office) rồi chạy lại.",
                $"The letters have no PDF: {noPdf}. The Word files are all that is needed to sign and send; for a PDF "
                    + $"save them as such, or have LibreOffice installed (letters.office) and run this again.");
        }

        var campaign = TypedArgument.Of(result.Run.Campaign);
        var approve = result.IsApproved
            ? new Wording("", "")
            : new Wording(
                "  · Chiến dịch CHƯA được phê duyệt: công văn là dự thảo. Trình và phê duyệt bằng 'submit', "
                    + "'approve'.\n",
                "  · The campaign is NOT approved: the letters are drafts. Submit and approve it by 'submit', "
                    + "'approve'.\n");
        _terminal.Say(
            $"""
            Việc tiếp theo:
            {approve}  · Xem, ký, đóng dấu và gửi công văn cùng biểu báo cáo và lệnh JSON cho nhà mạng.
              · Ghi nhận: sms-campaign order sent {campaign} --holder … --document "số công văn" --by "Họ tên"
              · Khi nhà mạng trả lời: order ack hoặc order refuse.
            """,
            $"""
            Next:
            {approve}  · Look at the letters, have them signed, and send each with its reply form and its JSON.
              · Record it: sms-campaign order sent {campaign} --holder … --document NUMBER --by NAME
              · When the carrier answers: order ack or order refuse.
            """);
    }
}
