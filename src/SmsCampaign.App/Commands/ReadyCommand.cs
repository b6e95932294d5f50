using System.CommandLine;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign ready CAMPAIGN [--date DATE] [--by NAME] [--json]</summary>
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
        var by = new Option<string?>("--by")
        {
            Description = terminal.Text(
                "họ tên ai xem, được ghi vào sổ (mặc định: tên tài khoản)",
                "name of who looks, recorded (default: the account's)"),
        };
        var json = JsonOption(terminal);
        var command = new Command("ready", terminal.Text(
            "Sẵn sàng chưa? Xem mọi thứ mà lượt gửi cần: dịch vụ, phê duyệt, tệp, từng kênh gửi, biên nhận, đĩa, đồng "
                + "hồ, sao lưu. Không gửi tin nào",
            "Ready? Look at all that a run needs: service, approval, files, each lane, receipts, disk, clock, backup. "
                + "Sends nothing"))
        {
            campaign, date, by, json,
        };

        command.SetAction((parsed, cancellationToken) =>
        {
            var problems = new List<Problem>();
            var day = RunChoice.ReadDate(parsed, date, problems);
            if (terminal.List(problems))
                return Task.FromResult(ExitCode.InputHasProblems);

            return LookAsync(
                new ReadyWish(parsed.GetRequiredValue(campaign), day, []),
                parsed,
                SharedOptions.WhoBy(parsed.GetValue(by)),
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
    /// <param name="who">Recorded, where it is about a run.</param>
    public static async Task<int> LookAsync(
        ReadyWish wish,
        ParseResult parsed,
        Who who,
        bool json,
        Terminal terminal,
        CancellationToken cancellationToken)
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
                if (desk.Record(who, looked) is { } why)
                    terminal.SayError(Unrecorded(why));
                return looked.Light == ReadyLight.Red ? ExitCode.CouldNot : ExitCode.Done;
            case var unknown:
                throw new InvalidOperationException($"not a result of looking: {unknown}");
        }
    }

    /// <summary>It needs no right to write: what was found stands all the same.</summary>
    public static Wording Unrecorded(Wording why) => new(
        $"Chưa ghi được vào sổ ai đã làm việc này: {why}", $"Who did this could not be recorded: {why}");
}
