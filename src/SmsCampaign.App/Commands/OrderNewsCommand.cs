using System.CommandLine;
using SmsCampaign.Installations;
using SmsCampaign.Office;
using SmsCampaign.Orders;
using SmsCampaign.Orders.Words;
using SmsCampaign.Orthography;
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
                        : Of(finding))));
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

    static Wording Of(OrderFinding finding) => finding switch
    {
        OrderFinding.NoName => new(
            "Cần ghi người ghi nhận: --by \"Họ tên\".", "Say who records it: --by NAME."),
        OrderFinding.NoKey(var why) => why,
        OrderFinding.IsDoubtful(var order) => new(
            $"Không rõ công văn gửi {order.Kept.Holder} đang thế nào: có dòng trong sổ bị sửa. Kiểm tra bằng 'audit "
                + $"verify', báo kỹ sư phụ trách.",
            $"It is not known how the letter to {order.Kept.Holder} stands: a row of the ledger was changed. See "
                + $"'audit "
                + $"verify', and tell your engineer."),
        OrderFinding.NoDocument => new(
            "Cần ghi số công văn đã ký: --document \"…/SKHCN-BCVT\".", "Say the letter's number: --document NUMBER."),
        OrderFinding.NoWhy => new(
            "Cần ghi lý do: --reason \"…\".", "Say why: --reason \"…\"."),
        OrderFinding.InFuture(var day) => new(
            $"--on: ngày {Figures.Date(day)} chưa tới. Hãy ghi ngày của công văn.",
            $"--on: {Figures.Date(day)} is still to come. Write the date of the letter."),
        OrderFinding.TooEarly(var order, var day, var least, null) => new(
            $"--on: ngày {Figures.Date(day)} là trước khi soạn công văn gửi {order.Kept.Holder} (lần "
                + $"{order.Kept.Revision}, ngày {Figures.Date(least)}). Hãy ghi ngày từ {Figures.Date(least)} trở đi.",
            $"--on: {Figures.Date(day)} is before the letter to {order.Kept.Holder} was written (revision "
                + $"{order.Kept.Revision}, {Figures.Date(least)}). Write a date from {Figures.Date(least)} on."),
        OrderFinding.TooEarly(var order, var day, var least, { } step) => TooEarly(order, day, least, step.Kind),
        OrderFinding.ReportedAlready(var order, var report) => new(
            $"{order.Kept.Holder} đã báo cáo số liệu nhắn tin ({report.FileName}, ngày {Figures.Date(report.On)}, nhập "
                + $"bởi {report.RecordedBy}), nên không ghi là từ chối hay thôi nhắn được. Báo cáo sai thì nhập báo "
                + $"cáo sửa bằng 'import-results … --corrects'.",
            $"{order.Kept.Holder} has reported what it sent ({report.FileName}, {Figures.Date(report.On)}, imported by "
                + $"{report.RecordedBy}): it can neither refuse nor be told not to text. Where the report is wrong, "
                + $"import a correction by 'import-results … --corrects'."),
        OrderFinding.Unreadable(var why) => why,
        OrderFinding.NoOrder(var holder, _, { Count: 0 }) => new(
            $"Chưa soạn công văn nào cho lượt gửi này, nên chưa có gì của '{holder}' để ghi nhận. Soạn bằng 'order "
                + $"TỆP-CHIẾN-DỊCH'.",
            $"No letter is written for this run, so there is nothing of '{holder}' to record. Write them by 'order "
                + $"CAMPAIGN-FILE'."),
        OrderFinding.NoOrder(var holder, var segment, var there) => NoOrder(holder, segment, there),
        OrderFinding.WhichSegment(var segments) => new(
            $"Nhà mạng này giữ nhiều nhóm nhận tin: {string.Join(", ", segments)}. Hãy ghi thêm --segment.",
            $"The carrier holds several segments: {string.Join(", ", segments)}. Say which by --segment."),
        OrderFinding.NotSent(var order) => new(
            $"Công văn gửi {order.Kept.Holder} (lần {order.Kept.Revision}) chưa được ghi nhận là đã gửi. Ghi nhận "
                + $"trước "
                + $"bằng 'order sent'.",
            $"The letter to {order.Kept.Holder} (revision {order.Kept.Revision}) is not recorded as sent. Record that "
                + $"first, by 'order sent'."),
        OrderFinding.SentAlready(var order, var sent) => new(
            $"Công văn gửi {order.Kept.Holder} (lần {order.Kept.Revision}) đã ghi nhận gửi ngày "
                + $"{Figures.Date(sent.On)}, "
                + $"số {sent.Document}, bởi {sent.RecordedBy}. Sửa nội dung thì soạn lần mới bằng 'order'.",
            $"The letter to {order.Kept.Holder} (revision {order.Kept.Revision}) is recorded as sent on "
                + $"{Figures.Date(sent.On)}, number {sent.Document}, by {sent.RecordedBy}. To ask for something else, "
                + $"write a new revision by 'order'."),
        OrderFinding.NotApproved(var run, null) => new(
            $"Lượt gửi ngày {Figures.Date(run.Date)} chưa được lập kế hoạch và phê duyệt: công văn mới là dự thảo. Hãy "
                + $"trình và phê duyệt bằng 'submit', 'approve' rồi ghi nhận.",
            $"The run of {Figures.Date(run.Date)} is neither planned nor approved: the letter is a draft. Submit and "
                + $"approve it by 'submit' and 'approve' first."),
        OrderFinding.NotApproved(var run, var file) => new(
            $"Lượt gửi ngày {Figures.Date(run.Date)} không có phê duyệt nào đang có hiệu lực: công văn mới là dự thảo. "
                + $"Phê duyệt bằng: sms-campaign approve {TypedArgument.Of(file!)} --by \"Họ tên\"",
            $"No approval of the run of {Figures.Date(run.Date)} stands: the letter is a draft. Approve it by: "
                + $"sms-campaign approve {TypedArgument.Of(file!)} --by NAME"),
        OrderFinding.OtherThanApproved(var order, var file) => new(
            $"Công văn gửi {order.Kept.Holder} (lần {order.Kept.Revision}) khác với bản đã phê duyệt (nội dung, tên "
                + $"định "
                + $"danh, giờ, địa bàn hoặc hạn). Soạn lại bằng: sms-campaign order {TypedArgument.Of(file)}",
            $"The letter to {order.Kept.Holder} (revision {order.Kept.Revision}) asks for something else than what was "
                + $"approved (text, sender, hours, area or days). Write it again by: sms-campaign order "
                + $"{TypedArgument.Of(file)}"),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, null),
    };

    static Wording TooEarly(HeldOrder order, DateOnly day, DateOnly least, OrderStepKind last)
    {
        var was = last switch
        {
            OrderStepKind.Sent => new Wording("gửi đi", "as sent"),
            OrderStepKind.Acknowledged => new Wording("được nhà mạng đồng ý", "as agreed to"),
            OrderStepKind.Refused => new Wording("bị nhà mạng từ chối", "as refused"),
            _ => new Wording("thôi nhắn", "as withdrawn"),
        };
        return new Wording(
            $"--on: ngày {Figures.Date(day)} là trước bước đã ghi nhận: công văn gửi {order.Kept.Holder} (lần "
                + $"{order.Kept.Revision}) ghi {was} ngày {Figures.Date(least)}. Ngày muộn nhất được tính, nên phải "
                + $"ghi từ {Figures.Date(least)} trở đi; điều nói trước ngày đó không thay đổi gì thì không ghi.",
            $"--on: {Figures.Date(day)} is before what is recorded: the letter to {order.Kept.Holder} (revision "
                + $"{order.Kept.Revision}) {was} on {Figures.Date(least)}. The latest date counts: write one from "
                + $"{Figures.Date(least)} on; what was said before that changes nothing and need not be recorded.");
    }

    static Wording NoOrder(string holder, string? segment, IReadOnlyList<HeldOrder> there)
    {
        var names = there.Select(order => order.Kept.Holder).Distinct().ToList();
        var hint = Spelling.DidYouMean(Spelling.Nearest(holder, names));
        var list = string.Join("; ", there.Select(order => $"{order.Kept.Holder} ({order.Kept.Segment})"));
        return segment is null
            ? new Wording(
                $"Không có công văn nào gửi '{holder}'.{hint} Đang có: {list}.",
                $"There is no letter to '{holder}'.{hint} There are: {list}.")
            : new Wording(
                $"Không có công văn nào gửi '{holder}' cho nhóm '{segment}'.{hint} Đang có: {list}.",
                $"There is no letter to '{holder}' for the segment '{segment}'.{hint} There are: {list}.");
    }
}
