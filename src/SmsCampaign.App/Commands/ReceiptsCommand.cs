using System.CommandLine;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;

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
            Description = _terminal.Text("Tháng đầu tiên được giữ lại, như 2026-07", "The first month that is kept, such as 2026-07"),
            HelpName = _terminal.Text("tháng", "month"),
            Required = true,
        };
        _by = new Option<string?>("--by") { Description = _terminal.Text("Họ tên người yêu cầu xóa, được ghi lại", "Name of the person who asks for it, recorded") };
    }

    public static Command Create(Terminal terminal)
    {
        var receipts = new ReceiptsCommand(terminal);
        var drop = new Command("drop", terminal.Text(
            "Xóa hẳn biên nhận nguyên văn của các tháng trước một tháng", "Delete the raw receipts of the months before a month for good"))
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
        var by = parsed.GetValue(_by)?.Trim();
        if (string.IsNullOrEmpty(by))
        {
            _terminal.SayError(new Wording("Hãy ghi họ tên người yêu cầu xóa: --by HỌ_TÊN.", "Say who asks for it: --by NAME."));
            return ExitCode.InputHasProblems;
        }

        // Looking must not make an empty installation.
        if (!File.Exists(data.Ledger))
        {
            _terminal.Say($"Chưa có biên nhận nào trong {data.Root}.", $"There are no receipts in {data.Root}.");
            return ExitCode.Done;
        }

        var registry = new RunRegistry(data);
        var (files, refusals) = ReceiptRetention.Find(data, registry, parsed.GetValue(_before)!, _terminal.Time.GetUtcNow());
        foreach (var refusal in refusals)
            _terminal.SayError(refusal);
        if (refusals.Count > 0)
            return ExitCode.CouldNot;

        if (files.Count == 0)
            _terminal.Say("Không có biên nhận nào của các tháng đó.", "There are no receipts of those months.");

        return files.All(file => Drop(data, registry, file, by)) ? ExitCode.Done : ExitCode.CouldNot;
    }

    bool Drop(DataFolder data, RunRegistry registry, OldReceipts file, string by)
    {
        var (name, count) = (Path.GetFileName(file.Path), file.Count);
        try
        {
            ReceiptRetention.Drop(data, registry, file, by, _terminal.Time.GetUtcNow());
        }
        catch (IOException inUse)
        {
            _terminal.SayError(new Wording(
                $"Không xóa được {name} ({FaultWords.Of(inUse)}). Hãy dừng dịch vụ gửi rồi chạy lại lệnh.",
                $"{name} could not be deleted: {inUse.Message} Stop the worker and run the command again."));
            return false;
        }

        _terminal.Say($"Đã xóa {name}: {count} biên nhận.", $"Deleted {name}: {count}.");
        return true;
    }
}
