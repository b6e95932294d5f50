using System.CommandLine;
using SmsCampaign.App.Sending;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign test-send CAMPAIGN --to NUMBER[,…] --by NAME [--lane LANE] [--outside-hours] [--yes]</summary>
sealed class TestSendCommand
{
    readonly Terminal _terminal;
    readonly Argument<string> _campaign;
    readonly Option<string[]> _to;
    readonly Option<string?> _by;
    readonly Option<string[]> _lanes;
    readonly Option<bool> _outsideHours;
    readonly Option<bool> _yes;

    TestSendCommand(Terminal terminal)
    {
        _terminal = terminal;
        _campaign = new Argument<string>(terminal.Text("chiến-dịch", "campaign"))
        {
            Description = terminal.Text(
                "tệp chiến dịch, hoặc mã chiến dịch đã lập kế hoạch",
                "campaign's file, or the id of one that was planned"),
        };
        _to = new Option<string[]>("--to")
        {
            Description = terminal.Text(
                $"các số nhận thử, cách nhau bằng dấu phẩy, nhiều nhất {TestDesk.MostNumbers} số",
                $"the phones, by commas, {TestDesk.MostNumbers} at most"),
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        _by = new Option<string?>("--by")
        {
            Description = terminal.Text("họ tên ai gửi thử, được ghi vào sổ", "name of who sends it, recorded"),
        };
        _lanes = new Option<string[]>("--lane")
        {
            Description = terminal.Text(
                "chỉ gửi qua các kênh này (mặc định: mọi kênh của chiến dịch)",
                "through these lanes alone (default: all of the campaign)"),
            AllowMultipleArgumentsPerToken = true,
        };
        _outsideHours = new Option<bool>("--outside-hours")
        {
            Description = terminal.Text(
                "cho gửi thử ngoài khung giờ của chiến dịch", "also outside the campaign's hours"),
        };
        _yes = new Option<bool>("--yes")
        {
            Description = terminal.Text("không hỏi lại trước khi gửi", "send without asking"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var test = new TestSendCommand(terminal);
        var command = new Command("test-send", terminal.Text(
            "Gửi thử nội dung thật, dưới tên định danh thật, qua từng kênh gửi tới vài máy của đơn vị, và xem kết quả. "
                + "Không tính vào chiến dịch",
            "Send the real text under the real sender through each lane to a few phones of your own, and see what "
                + "comes back. Counts nothing for the campaign"))
        {
            test._campaign, test._to, test._by, test._lanes, test._outsideHours, test._yes,
        };

        command.SetAction(test.RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var data = SharedOptions.FolderOf(parsed);
        var who = SharedOptions.WhoBy(parsed.GetValue(_by));
        var order = new TestOrder(
            parsed.GetRequiredValue(_campaign),
            [.. (parsed.GetValue(_to) ?? []).SelectMany(
                list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
            parsed.GetValue(_lanes) ?? [],
            parsed.GetValue(_outsideHours));
        var desk = new TestDesk(data, SharedOptions.InstallationOf(parsed).FullName, _terminal.Time);
        switch (desk.Look(who, order))
        {
            case TestLook.Refused refused:
                _terminal.List(refused.Problems);
                return ExitCode.InputHasProblems;
            case TestLook.NoRun none:
                _terminal.List([RunChoice.NotFound(none.Search, data, order.Campaign)]);
                return ExitCode.InputHasProblems;
            case TestLook.Ready ready:
                Say(ready.Plan);
                return Confirm(ready.Plan, parsed.GetValue(_yes))
                    ? await SendAsync(desk, who, order, ready, data, cancellationToken)
                    : ExitCode.CouldNot;
            case var unknown:
                throw new InvalidOperationException($"not a look at a test: {unknown}");
        }
    }

    async Task<int> SendAsync(
        TestDesk desk,
        Who who,
        TestOrder order,
        TestLook.Ready ready,
        DataFolder data,
        CancellationToken cancellationToken)
    {
        using var stop = new StopRequest(cancellationToken);
        using var turn = new SendingTurn(data, simulated: false);
        var watch = new TestWatch(desk, _terminal);
        switch (await desk.StartAsync(who, order, ready, turn, stop.Token))
        {
            case TestStart.IsBusy:
                _terminal.SayError(new Wording(
                    $"Một lệnh khác đang gửi từ {data.Root} ({turn.DescribeHolder()}) và không nhận gửi thử. "
                        + $"Hãy chờ xong, hoặc dùng dịch vụ gửi (worker).",
                    $"Another command is sending with the data in {data.Root} ({turn.DescribeHolder()}) and takes up "
                        + $"no tests. Wait for it, or use the service 'worker'."));
                return ExitCode.CouldNot;
            case TestStart.IsTaken:
                _terminal.SayError(new Wording(
                    "Lúc này có lần gửi thử khác của chiến dịch này. Lệnh này không gửi gì; hãy chạy lại.",
                    "Somebody else is testing this campaign at this very moment. Nothing was sent by this; run it "
                        + "again."));
                return ExitCode.CouldNot;
            case TestStart.ByWorker(var tests):
                return await watch.RunAsync(tests, isOwn: false, stop.Token);
            case TestStart.ByCaller(var tests):
                return await new TestRunning(ready.Plan.Tests[0].Planned.Installation, data, _terminal).RunAsync(
                    desk, order, tests, watch, stop.Token);
            case TestStart.Unclear(var sent, var open, var why):
                foreach (var each in why.Distinct())
                    _terminal.SayError(each);
                await watch.RunAsync([.. sent, .. open], isOwn: false, stop.Token);
                return ExitCode.CouldNot;
            case TestStart.Refused(var sent, var why):
                foreach (var each in why.Distinct())
                    _terminal.SayError(each);
                if (sent.Count > 0)
                    await watch.RunAsync(sent, isOwn: false, stop.Token);
                return ExitCode.CouldNot;
            case var unknown:
                throw new InvalidOperationException($"not a start of a test: {unknown}");
        }
    }

    void Say(TestPlan plan)
    {
        var (campaign, screen) = (plan.Campaign!, _terminal.Wrapped());
        screen.Say(
            $"Gửi thử chiến dịch \"{campaign.Title}\", tên định danh {campaign.Sender}:",
            $"A test of \"{campaign.Title}\", sender {campaign.Sender}:");
        foreach (var message in plan.Tests.GroupBy(test => test.Message))
        {
            var text = campaign.Messages.First(each => each.Name == message.Key).Text.Value;
            var cost = Figures.Money(message.Sum(test => test.CostVnd));
            var lanes = string.Join(", ", message.Select(test => test.Lane));
            screen.Say($"  tin '{message.Key}': {text}", $"  message '{message.Key}': {text}");
            screen.Say($"  qua kênh: {lanes} ({cost}, chưa kể thuế)", $"  through: {lanes} ({cost} before tax)");
        }

        var numbers = string.Join(", ", plan.Numbers.Select(number => number.Masked));
        screen.Say($"  tới: {numbers}", $"  to: {numbers}");
        if (campaign.Mode == Campaigns.CampaignMode.Exercise)
            screen.Say(
                "  DIỄN TẬP: các kênh gửi này nối tới nhà mạng mô phỏng, không tin nào tới máy thật.",
                "  An exercise: these lanes lead to stand-ins, and no phone gets anything.");
    }

    /// <summary>Typed by whoever sits there: a number, so that nobody presses a key without reading.</summary>
    bool Confirm(TestPlan plan, bool isSure)
    {
        if (isSure)
            return true;

        var messages = Figures.Counted(plan.Messages, "message");
        if (_terminal.Ask is not { } ask)
        {
            _terminal.SayError(new Wording(
                $"Sẽ gửi {messages} tin. Ở đây không hỏi lại được: thêm --yes để gửi.",
                $"{messages} would be sent. Nobody can be asked here: add --yes to send."));
            return false;
        }

        _terminal.Say(
            $"Sẽ gửi {messages} tin. Gõ đúng số tin rồi Enter để gửi, phím khác để thôi:",
            $"{messages} will be sent. Type how many, then Enter, to send; anything else to leave it:");
        if (long.TryParse(ask()?.Trim(), out var typed) && typed == plan.Messages)
            return true;

        _terminal.Say("Chưa gửi tin nào.", "Nothing was sent.");
        return false;
    }
}
