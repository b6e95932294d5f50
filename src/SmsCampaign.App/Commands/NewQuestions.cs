using System.CommandLine;
using System.Text.RegularExpressions;
using SmsCampaign.Campaigns;
using SmsCampaign.Office;

namespace SmsCampaign.App.Commands;

/// <summary>The particulars of a new campaign: from options, and at a terminal what is missing by questions.</summary>
sealed partial class NewQuestions
{
    readonly Terminal _terminal;
    readonly Option<string?> _issuer;
    readonly Option<string?> _number;
    readonly Option<string?> _date;
    readonly Option<string?> _item;
    readonly Option<string?> _text;
    readonly Option<string?> _sender;
    readonly Option<string?> _sendDate;
    readonly Option<string?> _hours;
    readonly Option<string?> _heldBy;
    readonly Option<string?> _area;
    readonly Option<string[]> _lists;
    readonly Option<string[]> _suppression;
    readonly Option<string?> _reportTo;
    readonly Option<string?> _reportBy;

    public NewQuestions(Terminal terminal)
    {
        _terminal = terminal;
        _issuer = Text("--issuer", new("cơ quan ban hành văn bản", "who issued the order"));
        _number = Text("--number", new("số văn bản (không bắt buộc)", "its number (not needed)"));
        _date = Text("--order-date", new("ngày văn bản (không bắt buộc)", "its date (not needed)"));
        _item = Text("--item", new("mục giao việc (không bắt buộc)", "its item (not needed)"));
        _text = Text("--text", new("nguyên văn thông điệp", "the message, letter for letter"));
        _sender = Text("--sender", new("tên định danh", "the sender"));
        _sendDate = Text("--date", new("ngày gửi, như 30/7/2025", "day of sending, as 2025-07-30"));
        _hours = Text("--hours", new("giờ gửi, như 08:00-20:00", "hours, as 08:00-20:00"));
        _heldBy = Text("--held-by", new(
            "các nhà mạng tự nhắn, cách nhau bằng dấu phẩy, như viettel,vinaphone",
            "carriers that text their own subscribers, by commas, as viettel,vinaphone"));
        _area = Text("--area", new(
            "địa bàn của thuê bao nhà mạng giữ (mặc định: theo cơ quan ban hành)",
            "where those subscribers are (default: as the issuer's name says)"));
        _lists = new Option<string[]>("--list")
        {
            Description = terminal.Text(
                "tệp danh sách thuê bao của Sở, được chép vào; ghi được nhiều lần",
                "a list of the department's own, which is copied; may be given several times"),
        };
        _suppression = new Option<string[]>("--suppression")
        {
            Description = terminal.Text(
                "tệp số đề nghị không nhận tin, được chép vào; ghi được nhiều lần",
                "a list of those who are not texted, which is copied; may be given several times"),
        };
        _reportTo = Text("--report-to", new("nơi nhận báo cáo", "to whom the result is reported"));
        _reportBy = Text("--report-by", new("hạn báo cáo, như 30/9/2025", "when that is due, as 2025-09-30"));
    }

    public IEnumerable<Option> Options =>
    [
        _issuer, _number, _date, _item, _text, _sender, _sendDate, _hours, _heldBy, _area, _lists, _suppression,
        _reportTo, _reportBy,
    ];

    /// <returns>Null where something is missing, or was not answered: <paramref name="problems"/> says what.</returns>
    public NewParticulars? Read(ParseResult parsed, out IReadOnlyList<Problem> problems)
    {
        var found = new List<Problem>();
        problems = found;
        var isAsked = _terminal.Ask is not null;
        if (isAsked)
            _terminal.Say(
                "Trả lời từng câu; để trống thì lấy giá trị trong ngoặc vuông. Ctrl-C để bỏ.",
                "Answer each question; an empty line takes what stands in brackets. Ctrl-C to leave.");

        var issuer = Take(parsed, _issuer, found);
        var number = Take(parsed, _number, found, isNeeded: false);
        var date = Take(parsed, _date, found, isNeeded: false, check: CheckDate);
        var item = Take(parsed, _item, found, isNeeded: false);
        var text = Take(parsed, _text, found);
        var sender = Take(parsed, _sender, found, check: CheckSender);
        var sendDate = Take(parsed, _sendDate, found, check: CheckDate);
        var hours = Take(parsed, _hours, found, check: CheckHours, proposal: "08:00-20:00");
        var lists = parsed.GetValue(_lists) ?? [];
        var suppression = parsed.GetValue(_suppression) ?? [];
        var heldBy = parsed.GetValue(_heldBy);
        if (lists.Length == 0 && heldBy is null)
            (heldBy, lists) = TakeAudience(found);
        var reportTo = Take(parsed, _reportTo, found);
        var reportBy = Take(parsed, _reportBy, found, check: CheckDate);
        if (found.Count > 0)
            return null;

        var between = Hours().Match(hours!);
        return new NewParticulars
        {
            Issuer = issuer!,
            Number = number,
            Date = date,
            Item = item,
            Text = text!,
            Sender = sender!,
            SendDate = sendDate!,
            From = between.Groups["from"].Value.PadLeft(5, '0'),
            To = between.Groups["to"].Value.PadLeft(5, '0'),
            HeldBy = (heldBy ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Area = parsed.GetValue(_area),
            Lists = lists,
            Suppression = suppression,
            ReportTo = reportTo!,
            ReportBy = reportBy!,
        };
    }

    /// <summary>Carriers that hold the numbers, or files of them.</summary>
    (string? HeldBy, string[] Lists) TakeAudience(List<Problem> found)
    {
        var held = Put(_heldBy.Description!, proposal: "");
        if (!string.IsNullOrWhiteSpace(held))
            return (held, []);

        var list = Put(_lists.Description!, proposal: "");
        if (!string.IsNullOrWhiteSpace(list))
            return (null, [list]);

        found.Add(new Problem(null, new Wording(
            "Thiếu --held-by (nhà mạng tự nhắn) hoặc --list (danh sách của Sở): cần một trong hai.",
            "--held-by (carriers that text their own) or --list (a list of the department's) is missing: one of them "
                + "is needed.")));
        return (null, []);
    }

    string? Take(
        ParseResult parsed,
        Option<string?> option,
        List<Problem> found,
        bool isNeeded = true,
        Func<string, Wording?>? check = null,
        string? proposal = null)
    {
        if (parsed.GetValue(option) is { } given)
        {
            if (check?.Invoke(given.Trim()) is { } fault)
                found.Add(new Problem(null, new Wording($"{option.Name}: {fault}", $"{option.Name}: {fault}")));
            return given.Trim();
        }

        while (true)
        {
            var answer = Put(option.Description!, isNeeded ? proposal : "");
            if (answer is null)
            {
                if (isNeeded)
                    found.Add(new Problem(null, new Wording(
                        $"Thiếu {option.Name}: {option.Description}.",
                        $"{option.Name} is missing: {option.Description}.")));
                return null;
            }

            if (answer.Length == 0 && !isNeeded)
                return null;
            if (answer.Length == 0)
                continue;
            if (check?.Invoke(answer) is not { } fault)
                return answer;

            _terminal.SayError(fault);
        }
    }

    /// <returns>Null where nobody sits there, or has no more to say.</returns>
    string? Put(string what, string? proposal)
    {
        if (_terminal.Ask is not { } ask)
            return null;

        _terminal.Output.Write(proposal is { Length: > 0 } ? $"{what} [{proposal}]: " : $"{what}: ");
        _terminal.Output.Flush();
        return ask()?.Trim() is not { } answer ? null : answer.Length == 0 ? proposal ?? "" : answer;
    }

    static Wording? CheckDate(string written) => RunChoice.TryReadDate(written, out _)
        ? null
        : new Wording(
            $"'{written}' không phải là ngày; hãy ghi như 30/7/2025 hoặc 2025-07-30",
            $"'{written}' is not a date; write it as 2025-07-30 or 30/7/2025");

    static Wording? CheckSender(string written) =>
        SenderRule.Broken(written) is [var first, ..] ? first : null;

    static Wording? CheckHours(string written) => Hours().IsMatch(written)
        ? null
        : new Wording(
            $"'{written}' không phải là giờ gửi; hãy ghi như 08:00-20:00",
            $"'{written}' are no hours; write 08:00-20:00");

    Option<string?> Text(string name, Wording what) => new(name) { Description = what.In(_terminal.Language) };

    [GeneratedRegex(@"^(?<from>[0-9]{1,2}:[0-9]{2})\s*[-–]\s*(?<to>[0-9]{1,2}:[0-9]{2})$")]
    private static partial Regex Hours();
}
