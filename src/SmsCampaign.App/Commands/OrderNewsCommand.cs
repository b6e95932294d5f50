using System.CommandLine;
using SmsCampaign.Installations;
using SmsCampaign.Office;
using SmsCampaign.Orders;
using SmsCampaign.Orders.Words;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign order sent|ack|refuse|withdraw CAMPAIGN --holder NAME --by NAME [--segment NAME] [--document
/// NUMBER]
/// [--on DATE] [--said-by NAME] [--rate N] [--note TEXT] [--reason TEXT]</summary>
sealed class OrderNewsCommand
{
    readonly Terminal _terminal;
    readonly OrderStepKind _kind;
    readonly RunChoice _choice;
    readonly Option<string> _holder;
    readonly Option<string?> _segment;
    readonly Option<string?> _document;
    readonly Option<string?> _on;
    readonly Option<string?> _saidBy;
    readonly Option<int?> _rate;
    readonly Option<string?> _note;
    readonly Option<string?> _by;

    OrderNewsCommand(Terminal terminal, OrderStepKind kind)
    {
        (_terminal, _kind) = (terminal, kind);
        _choice = new RunChoice(terminal.Language) { WithSimulate = false };
        _holder = new Option<string>("--holder")
        {
            Description = terminal.Text("nhà mạng, theo heldBy của tệp chiến dịch", "carrier, as heldBy names it"),
            Required = true,
        };
        _segment = new Option<string?>("--segment")
        {
            Description = terminal.Text(
                "nhóm nhận tin, khi nhà mạng giữ nhiều nhóm", "segment, where the carrier holds several"),
        };
        _document = new Option<string?>("--document")
        {
            Description = kind == OrderStepKind.Sent
                ? terminal.Text("số công văn đã ký", "number of the signed letter")
                : terminal.Text("số công văn trả lời", "number of the answer"),
        };
        _on = new Option<string?>("--on")
        {
            Description = terminal.Text(
                "ngày của công văn hay câu trả lời, như 12/7/2025 (mặc định: hôm nay)",
                "date of the letter or answer, as 2025-07-12 (default: today)"),
        };
        _saidBy = new Option<string?>("--said-by")
        {
            Description = terminal.Text(
                "người ở nhà mạng đã trả lời", "who answered at the carrier"),
        };
        _rate = new Option<int?>("--rate")
        {
            Description = terminal.Text(
                "tốc độ nhà mạng báo, tin/giây", "rate the carrier says, messages a second"),
        };
        _note = kind is OrderStepKind.Refused or OrderStepKind.Withdrawn
            ? new Option<string?>("--reason")
            {
                Description = kind == OrderStepKind.Refused
                    ? terminal.Text("lý do từ chối", "why it refuses")
                    : terminal.Text("lý do thôi nhắn", "why it is not to text"),
            }
            : new Option<string?>("--note") { Description = terminal.Text("ghi chú", "what else is to be kept") };
        _by = new Option<string?>("--by")
        {
            Description = terminal.Text("họ tên người ghi nhận", "name of who records it"),
        };
    }

    public static Command Create(Terminal terminal, string name, OrderStepKind kind, string description)
    {
        var news = new OrderNewsCommand(terminal, kind);
        var command = new Command(name, description)
        {
            news._holder, news._segment, news._document, news._on, news._note, news._by,
        };
        news._choice.AddTo(command);
        if (kind is OrderStepKind.Acknowledged or OrderStepKind.Refused)
            command.Options.Add(news._saidBy);
        if (kind == OrderStepKind.Acknowledged)
            command.Options.Add(news._rate);
        command.SetAction(news.Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        var data = SharedOptions.FolderOf(parsed);
        var problems = new List<Problem>();
        var run = _choice.Find(parsed, data, problems)?.ToKey();
        var on = RunChoice.ReadDate(parsed, _on, problems);
        var rate = _kind == OrderStepKind.Acknowledged ? parsed.GetValue(_rate) : null;
        if (rate <= 0)
        {
            problems.Add(new Problem(null, new Wording(
                "--rate phải từ 1 tin/giây trở lên.", "--rate must be 1 message a second or more.")));
        }

        if (_terminal.List(problems) || run is null)
            return ExitCode.InputHasProblems;

        var news = new OrderNews(_kind, parsed.GetRequiredValue(_holder).Trim(), parsed.GetValue(_segment), on)
        {
            Document = parsed.GetValue(_document),
            SaidBy = _kind is OrderStepKind.Acknowledged or OrderStepKind.Refused ? parsed.GetValue(_saidBy) : null,
            Note = parsed.GetValue(_note),
            Rate = rate,
        };
        switch (new OrderDesk(data, _terminal.Time).Record(SharedOptions.WhoBy(parsed.GetValue(_by)), run, news))
        {
            case OrderRecording.Refused refused:
                _terminal.List(refused.Findings.Select(finding => new Problem(
                    null,
                    finding is OrderFinding.NoOrder && FindUnknown(parsed, news.Holder) is { } unknown
                        ? unknown
                        : OrderFindingWords.Of(finding))));
                return ExitCode.InputHasProblems;
            case OrderRecording.Recorded(var order):
                _terminal.Say(OrderStateWords.Line(order, _terminal.Time.GetUtcNow()));
                return ExitCode.Done;
            case var unknown:
                throw new InvalidOperationException($"not a result of recording: {unknown}");
        }
    }

    static Wording? FindUnknown(ParseResult parsed, string holder) =>
        Installation.Read(SharedOptions.InstallationOf(parsed).ToString()).Installation is { } installation
            ? HolderNames.FindUnknown(holder, installation.Holders.Keys, installation.File)
            : null;
}
