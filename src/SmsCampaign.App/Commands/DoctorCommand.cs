using System.CommandLine;
using SmsCampaign.Office;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign doctor [LANE …] [--json]</summary>
/// <remarks>As <c>ready</c>, without a campaign. Asks the gateways themselves, and sends nothing.</remarks>
static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var lanes = new Argument<string[]>(terminal.Text("kênh", "lane"))
        {
            Description = terminal.Text(
                "chỉ kiểm tra các kênh gửi này (mặc định: mọi kênh và cả máy)",
                "lanes to check, and nothing else (default: all of them, and the machine)"),
            Arity = ArgumentArity.ZeroOrMore,
        };
        var json = ReadyCommand.JsonOption(terminal);
        var command = new Command("doctor", terminal.Text(
            "Xem máy này và các tài khoản có sẵn sàng không, không kể chiến dịch nào: dịch vụ, cổng nhắn tin, đăng "
                + "nhập, số dư, tên định danh, mẫu tin, đĩa, đồng hồ, sao lưu. Không gửi tin nào",
            "Whether this machine and the accounts are ready, whatever campaign: service, gateways, login, balance, "
                + "sender, templates, disk, clock, backup. Sends nothing"))
        {
            lanes, json,
        };

        command.SetAction((parsed, cancellationToken) => ReadyCommand.LookAsync(
            new ReadyWish(null, null, parsed.GetValue(lanes) ?? []),
            parsed,
            Who.Here(null),
            parsed.GetValue(json),
            terminal,
            cancellationToken));
        return command;
    }
}
