using System.CommandLine;
using System.Globalization;
using SmsCampaign.Office;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign rate LANE N|contract --by NAME --reason TEXT</summary>
sealed class RateCommand
{
    const string AsContracted = "contract";

    readonly Terminal _terminal;
    readonly Argument<string> _lane;
    readonly Argument<string> _rate;
    readonly DecisionOptions _decision;

    RateCommand(Terminal terminal)
    {
        _terminal = terminal;
        _lane = new Argument<string>(terminal.Text("kênh", "lane"))
        {
            Description = terminal.Text("kênh gửi", "the lane"),
        };
        _rate = new Argument<string>(terminal.Text("tốc-độ", "rate"))
        {
            Description = terminal.Text(
                "mỗi giây nhiều nhất bao nhiêu, tính như hợp đồng, từ 1 đến tốc độ hợp đồng; 'contract': trở lại đúng "
                    + "hợp đồng",
                "most a second, as the contract counts, 1 to the contracted rate; 'contract': as contracted"),
        };
        _decision = new DecisionOptions(terminal.Language);
    }

    public static Command Create(Terminal terminal)
    {
        var rate = new RateCommand(terminal);
        var command = new Command("rate", terminal.Text(
            "Giảm tốc độ của một kênh gửi ở mọi lượt gửi, kể cả lúc đang gửi; không bao giờ nhanh hơn hợp đồng",
            "Slow a lane down for every run, also while it sends; never above its contract"))
        {
            rate._lane, rate._rate,
        };
        rate._decision.AddTo(command);
        command.SetAction(rate.RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        var (who, reason) = _decision.Read(parsed, problems);
        var (lane, written) = (parsed.GetRequiredValue(_lane), parsed.GetRequiredValue(_rate).Trim());
        var isContract = written.Equals(AsContracted, StringComparison.OrdinalIgnoreCase);
        if (!int.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && !isContract)
        {
            problems.Add(new Problem(null, new Wording(
                $"'{written}' không phải là tốc độ: hãy ghi một số nguyên, như 100, hoặc 'contract'.",
                $"'{written}' is no rate: give a whole number, such as 100, or 'contract'.")));
        }

        if (_terminal.List(problems))
            return ExitCode.InputHasProblems;

        var desk = new ControlDesk(
            SharedOptions.FolderOf(parsed), SharedOptions.InstallationOf(parsed).FullName, _terminal.Time);
        switch (await desk.SlowAsync(
            who, lane, isContract ? null : number, reason, CommandDesk.Patience, cancellationToken))
        {
            case ControlResult.Refused refused:
                _terminal.List(refused.Findings.Select(ControlText.Of));
                return ExitCode.InputHasProblems;
            case ControlResult.Given given:
                var of = OrderWords.Scope(given.Order);
                return ControlText.Say(
                    _terminal,
                    new Wording(
                        $"ĐÃ GIẢM TỐC ĐỘ {of}: nhiều nhất {given.Order.Rate}/giây.",
                        $"SLOWED DOWN: {of}, {given.Order.Rate}/s at most."),
                    given.Heeding,
                    OrderWords.WayOn(given.Order));
            case ControlResult.Lifted lifted:
                return ControlText.Say(
                    _terminal,
                    lifted.Orders.Count == 0
                        ? new Wording(
                            $"Kênh gửi '{lane}' vốn đã gửi theo hợp đồng.",
                            $"The lane '{lane}' goes as contracted already.")
                        : new Wording(
                            $"Kênh gửi '{lane}' gửi lại theo tốc độ hợp đồng.",
                            $"The lane '{lane}' goes as contracted again."),
                    lifted.Heeding,
                    new Wording("", ""));
            case var other:
                throw new InvalidOperationException($"not a result of a rate: {other}");
        }
    }
}
