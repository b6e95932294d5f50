using System.CommandLine;
using SmsCampaign.Office;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign receipts drop --before MONTH --by NAME</summary>
sealed class ReceiptsCommand
{
    readonly Terminal _terminal;
    readonly Option<string> _before;
    readonly Option<string?> _by;

    ReceiptsCommand(Terminal terminal)
    {
        _terminal = terminal;
        _before = new Option<string>("--before")
        {
            Description = _terminal.Text(
                "Tháng đầu tiên được giữ lại, như 2026-07", "The first month that is kept, such as 2026-07"),
            HelpName = _terminal.Text("tháng", "month"),
            Required = true,
        };
        _by = new Option<string?>("--by")
        {
            Description = _terminal.Text(
                "Họ tên người yêu cầu xóa, được ghi lại", "Name of the person who asks for it, recorded"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var receipts = new ReceiptsCommand(terminal);
        var drop = new Command("drop", terminal.Text(
            "Xóa hẳn biên nhận nguyên văn của các tháng trước một tháng",
            "Delete the raw receipts of the months before a month for good"))
        {
            receipts._before, receipts._by,
        };
        drop.SetAction(receipts.Drop);
        return new Command("receipts", terminal.Text(
            "Biên nhận nguyên văn mà nhà mạng đã gửi", "The raw receipts that gateways have sent")) { drop };
    }

    int Drop(ParseResult parsed)
    {
        var data = SharedOptions.FolderOf(parsed);
        var result = new ReceiptDesk(data, _terminal.Time).Drop(
            SharedOptions.WhoBy(parsed.GetValue(_by)), parsed.GetValue(_before)!);
        switch (result)
        {
            case DropResult.NoName:
                _terminal.SayError(
                    new Wording("Hãy ghi họ tên người yêu cầu xóa: --by HỌ_TÊN.", "Say who asks for it: --by NAME."));
                return ExitCode.InputHasProblems;
            case DropResult.NothingThere:
                _terminal.Say($"Chưa có biên nhận nào trong {data.Root}.", $"There are no receipts in {data.Root}.");
                return ExitCode.Done;
            case DropResult.Refused(var refusals):
                foreach (var refusal in refusals)
                    _terminal.SayError(refusal);
                return ExitCode.CouldNot;
            case DropResult.Dropped dropped:
                return Say(dropped);
            default:
                throw new InvalidOperationException($"not a result of dropping receipts: {result}");
        }
    }

    int Say(DropResult.Dropped dropped)
    {
        if (dropped is { Files.Count: 0, Stuck: null })
            _terminal.Say("Không có biên nhận nào của các tháng đó.", "There are no receipts of those months.");

        foreach (var file in dropped.Files)
        {
            var (name, count) = (file.Name, file.Count);
            _terminal.Say($"Đã xóa {name}: {count} biên nhận.", $"Deleted {name}: {count}.");
        }

        if (dropped.Stuck is not var (stuck, inUse))
            return ExitCode.Done;

        var left = stuck.Name;
        _terminal.SayError(new Wording(
            $"Không xóa được {left} ({FaultWords.Of(inUse)}). Hãy dừng dịch vụ gửi rồi chạy lại lệnh.",
            $"{left} could not be deleted: {inUse.Message} Stop the worker and run the command again."));
        return ExitCode.CouldNot;
    }
}
