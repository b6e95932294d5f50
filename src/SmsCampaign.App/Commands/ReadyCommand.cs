using System.CommandLine;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign ready CAMPAIGN [--date DATE] [--json]</summary>
/// <remarks>Sends nothing.</remarks>
static class ReadyCommand
{
    public static Command Create(Terminal terminal)
    {
        var campaign = new Argument<string>(terminal.Text("chiến-dịch", "campaign"))
        {
            Description = terminal.Text("mã chiến dịch hoặc tệp chiến dịch", "campaign's id or file"),
        };
        var date = new Option<string?>("--date")
        {
            Description = terminal.Text(
                "ngày gửi, như 30/7/2025 (mặc định: lượt gửi tới)",
                "date of the run, as 2025-07-30 (default: the one that sends next)"),
        };
        var json = JsonOption(terminal);
        var command = new Command("ready", terminal.Text(
            "Sẵn sàng chưa? Xem mọi thứ mà lượt gửi cần: dịch vụ, phê duyệt, tệp, từng kênh gửi, biên nhận, đĩa, đồng "
                + "hồ, sao lưu. Không gửi tin nào",
            "Ready? Look at all that a run needs: service, approval, files, each lane, receipts, disk, clock, backup. "
                + "Sends nothing"))
        {
            campaign, date, json,
        };

        command.SetAction((parsed, cancellationToken) =>
        {
            DateOnly? day = null;
            if (parsed.GetValue(date) is { } written)
            {
                if (!RunChoice.TryReadDate(written, out var read))
                {
                    terminal.List([RunChoice.NotADate(written)]);
                    return Task.FromResult(ExitCode.InputHasProblems);
                }

                day = read;
            }

            return LookAsync(
                new ReadyWish(parsed.GetRequiredValue(campaign), day, []),
                parsed,
                parsed.GetValue(json),
                terminal,
                cancellationToken);
        });
        return command;
    }

    public static Option<bool> JsonOption(Terminal terminal) => new("--json")
    {
        Description = terminal.Text(
            "in kết quả dạng JSON cho chương trình khác đọc", "print the result as JSON for scripts"),
    };

    /// <summary>For <c>doctor</c> as well.</summary>
    public static async Task<int> LookAsync(
        ReadyWish wish, ParseResult parsed, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        var data = SharedOptions.FolderOf(parsed);
        var desk = new ReadyDesk(data, SharedOptions.InstallationOf(parsed).FullName, terminal.Time);
        switch (await desk.LookAsync(wish, cancellationToken))
        {
            case ReadyResult.Refused refused:
                terminal.List(refused.Problems);
                return ExitCode.InputHasProblems;
            case ReadyResult.NoRun none:
                terminal.List([RunChoice.NotFound(none.Search, data, wish.Campaign!)]);
                return ExitCode.InputHasProblems;
            case ReadyResult.Looked looked:
                if (json)
                    terminal.SayJson(ReadyJson.Of(looked, terminal.Language));
                else
                    new ReadyText(terminal).Write(looked);
                return looked.Light == ReadyLight.Red ? ExitCode.CouldNot : ExitCode.Done;
            case var unknown:
                throw new InvalidOperationException($"not a result of looking: {unknown}");
        }
    }
}
