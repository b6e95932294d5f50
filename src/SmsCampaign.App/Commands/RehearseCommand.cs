using System.CommandLine;
using SmsCampaign.App.Rehearsing;
using SmsCampaign.App.Sending;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign rehearse CAMPAIGN_FILE [--date DATE] [--outage …] [--slow …] [--no-receipts …]
/// [--power-cut …] [--json]</summary>
static class RehearseCommand
{
    public static Command Create(Terminal terminal)
    {
        var options = new PreparationOptions(terminal.Language) { WithSimulate = false };
        var outages = Texts(terminal, "--outage", "cổng nhắn tin mất kết nối, như vinaphone@10:00-11:30",
            "a gateway that is away, as vinaphone@10:00-11:30");
        var slow = Texts(terminal, "--slow", "cổng nhắn tin nhận chậm, như mobifone@08:00-20:00:x0.5",
            "a gateway that takes a share of its contract, as mobifone@08:00-20:00:x0.5");
        var noReceipts = Texts(terminal, "--no-receipts", "cổng nhắn tin không trả biên nhận, như viettel",
            "a gateway that brings no receipts, as viettel");
        var powerCuts = Texts(terminal, "--power-cut", "máy này mất điện, như 13:05-13:40",
            "this machine without power, as 13:05-13:40");
        var command = new Command("rehearse", terminal.Text(
            "Diễn tập cả ngày gửi trong vài phút với nhà mạng mô phỏng: đúng kế hoạch, tốc độ, khung giờ; thử sự cố. "
                + "Không có tin nào tới điện thoại",
            "Play the whole day through in minutes with stand-in carriers: the real plan, rates and hours, "
                + "and what may go wrong. Nothing reaches a phone"))
        {
            outages, slow, noReceipts, powerCuts,
        };
        options.AddTo(command);

        command.SetAction((parsed, cancellationToken) => RunAsync(
            options.Read(parsed),
            new WrittenScenario(
                parsed.GetValue(outages) ?? [],
                parsed.GetValue(slow) ?? [],
                parsed.GetValue(noReceipts) ?? [],
                parsed.GetValue(powerCuts) ?? []),
            SharedOptions.FolderOf(parsed),
            options.Json(parsed),
            terminal,
            cancellationToken));
        return command;
    }

    static Option<string[]> Texts(Terminal terminal, string name, Vietnamese vi, English en) => new(name)
    {
        Description = terminal.Text(vi, en),
        AllowMultipleArgumentsPerToken = false,
    };

    static async Task<int> RunAsync(
        PreparationRequest request,
        WrittenScenario written,
        DataFolder data,
        bool json,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        var desk = new RehearsalDesk(data, TimeProvider.System);
        var problems = new List<Problem>();
        var scenario = new ScenarioReader(desk.Read(request, problems), problems).Read(written);
        if (problems.Exists(problem => problem.Severity == Severity.Error))
        {
            terminal.List(problems);
            return ExitCode.InputHasProblems;
        }

        using var stop = new StopRequest(cancellationToken);
        return await new RehearsalShow(desk, request, scenario, json, terminal).RunAsync(stop.Token);
    }
}
