using System.Text.RegularExpressions;

namespace SmsCampaign.Directives;

/// <summary>Reads to whom, through whom and by when the result is reported.</summary>
/// <param name="year">The order's, where it is known.</param>
sealed partial class ReportReader(DirectiveText order, (int Year, string Words)? year)
{
    readonly List<Line> _lines = FindLines(order);

    /// <summary>The sentence that asks for the result; null where none does, or several do.</summary>
    Line? Result
    {
        get
        {
            var sure = _lines.Where(line => line.IsOfResult).ToList();
            return sure.Count == 1 ? sure[0] : sure.Count == 0 && _lines.Count == 1 ? _lines[0] : null;
        }
    }

    /// <summary>Other sentences that set another day for a report: of no plan, and of none that comes round.</summary>
    IReadOnlyList<Line> RivalsOf(Line result) => [.. _lines.Where(line => line != result
        && !line.IsOfPlan && !line.IsPeriodic && line.Dates.Any(date => !result.Dates.Any(date.IsSameDay)))];

    public DirectiveFinding To()
    {
        if (Result is { To: { } to } line)
        {
            var named = RivalsOf(line).Select(each => each.To).OfType<string>().Prepend(to).Distinct().ToList();
            return named.Count > 1 ? Ask(DirectiveField.ReportTo, line, Several(named))
                : BrokenLetters.AreIn(to) ? Ask(DirectiveField.ReportTo, line, Missing)
                : new DirectiveFinding(DirectiveField.ReportTo, to, line.Sentence, line.Place, null);
        }

        var different = _lines.Select(each => each.To).OfType<string>().Distinct().ToList();
        return different.Count == 1
            ? new DirectiveFinding(
                DirectiveField.ReportTo, different[0], _lines[0].Sentence, _lines[0].Place, null)
            : Ask(
                DirectiveField.ReportTo, _lines.FirstOrDefault(), different.Count == 0 ? Missing : Several(different));
    }

    static Wording Several(List<string> places) => new(
        $"nơi nhận báo cáo: văn bản nêu {places.Count} nơi: {string.Join("; ", places)}. Báo cáo nơi nào?",
        $"to whom the result is reported: the order names several: {string.Join("; ", places)}. Which is it?");

    static Wording Missing => new(
        "nơi nhận báo cáo: không tìm thấy trong văn bản. Hãy ghi cơ quan nhận và cơ quan tổng hợp.",
        "to whom the result is reported: not found in the order. Write who gets it, and through whom.");

    /// <param name="sent">Day of sending; null where it is not known.</param>
    public DirectiveFinding By(DateOnly? sent)
    {
        if (Result is not { } line)
            return Ask(DirectiveField.ReportBy, _lines.FirstOrDefault(), _lines.Count == 0
                ? new Wording(
                    "hạn báo cáo: không tìm thấy trong văn bản. Hãy ghi ngày/tháng/năm.",
                    "when the report is due: not found in the order. Write day/month/year.")
                : Several(_lines));

        if (RivalsOf(line) is { Count: > 0 } rivals)
            return Ask(DirectiveField.ReportBy, line, Several([line, .. rivals]));

        if (line.Dates.Count != 1)
            return Ask(DirectiveField.ReportBy, line, new Wording(
                $"hạn báo cáo: văn bản nêu nhiều hạn ({Listed([line])}), như của báo cáo định kỳ. Theo hạn nào?",
                $"when the report is due: the order names several days ({Listed([line])}), as of reports that come "
                    + $"round. Which one is it?"));

        var date = line.Dates[0];
        var said = line.Item.Text.Substring(date.Start, date.Length);
        if (!date.IsPossible)
            return Ask(DirectiveField.ReportBy, line, new Wording(
                $"hạn báo cáo: văn bản ghi “{said}”, ngày không có trong lịch. Hãy hỏi lại cơ quan ban hành rồi ghi đủ "
                    + $"ngày/tháng/năm.",
                $"when the report is due: the order says “{said}”, which no calendar has. Ask who issued it, and write "
                    + $"day/month/year."));

        if (date.Year is null && year is null)
            return Ask(DirectiveField.ReportBy, line, new Wording(
                $"hạn báo cáo: văn bản ghi “{said}”, không có năm. Hãy ghi đủ ngày/tháng/năm.",
                $"when the report is due: the order says “{said}” without a year. Write day/month/year."));

        var by = date.In(year?.Year ?? 0);
        if (IsSlip(by, sent))
            return Ask(DirectiveField.ReportBy, line, new Wording(
                $"hạn báo cáo: văn bản ghi “{said}”, trước ngày gửi hoặc khác năm của văn bản; có thể là nhầm. Hạn nào "
                    + $"đúng?",
                $"when the report is due: the order says “{said}”, which is before the day of sending or of another "
                    + $"year than the order; it may be a slip. Which day is right?"));

        return new DirectiveFinding(
            DirectiveField.ReportBy,
            HeadReader.Text(by),
            date.IsDate ? line.Sentence : $"{line.Sentence} … {HeadReader.Shown(year!.Value.Words)}",
            line.Place,
            null);
    }

    static Wording Several(IReadOnlyList<Line> lines) => new(
        $"hạn báo cáo: văn bản nêu nhiều hạn ({Listed(lines)}). Theo hạn nào?",
        $"when the report is due: the order names several days ({Listed(lines)}). Which one is it?");

    bool IsSlip(DateOnly by, DateOnly? sent) =>
        (sent is { } day && by < day) || (year is { } known && (by.Year < known.Year || by.Year > known.Year + 1));

    /// <summary>What else has a day: a plan, and days that cannot be meant.</summary>
    public IEnumerable<Wording> Notes()
    {
        foreach (var (item, date) in order.Items.SelectMany(
            item => WrittenDates.FindAll(item.Text), (item, date) => (item, date)))
        {
            if (!IsDeadline(item.Text, date) || (Result is { } result && result.Item == item
                && result.Dates.Contains(date)))
                continue;

            var (words, place) = (SentenceAround(item.Text, date), item.PlaceAt(date.Start));
            if (!date.IsPossible)
                yield return new Wording(
                    $"{place}: “{words}”: ngày không có trong lịch. Hãy hỏi lại cơ quan ban hành.",
                    $"{place}: “{words}”: no calendar has the day. Ask who issued it.");
            else
                yield return date.Year is { } said && year is { } known && said < known.Year
                ? new Wording(
                    $"{place}: “{words}”: năm {said}, nhưng văn bản của năm {known.Year}. Có thể là nhầm: hãy hỏi lại "
                        + $"cơ quan ban hành.",
                    $"{place}: “{words}”: of {said}, and the order is of {known.Year}. It may be a slip: ask who "
                        + $"issued it.")
                : new Wording(
                    $"{place}: còn một hạn khác: “{words}”.", $"{place}: another day that is set: “{words}”.");
        }
    }

    static List<Line> FindLines(DirectiveText order)
    {
        var lines = new List<Line>();
        foreach (var item in order.Items)
        {
            var deadlines = WrittenDates.FindAll(item.Text).Where(date => IsDeadline(item.Text, date)).ToList();
            foreach (Match report in Report().Matches(item.Text))
            {
                var (from, until) = SentenceBounds(item.Text, report.Index);
                List<WrittenDate> dates = [.. deadlines.Where(date => from <= date.Start && date.Start < until)];
                if (dates.Count == 0 || lines.Exists(line => line.Item == item && line.From == from))
                    continue;

                var sentence = item.Text[from..until].Trim();
                var to = Recipient().Match(item.Text, report.Index, until - report.Index);
                var start = Math.Max(
                    from, Math.Min(report.Index, PassageReader.WordStart(item.Text, dates[0].Start - 20)));
                var end = Math.Max(to.Success ? to.Index + to.Length : 0, dates[^1].End);
                lines.Add(new Line(item, from, item.Text[start..end].Trim(), dates)
                {
                    To = to.Success ? Trimmed(to.Groups["to"].Value) : null,
                    IsOfResult = OfResult().IsMatch(sentence) && !OfPlan().IsMatch(sentence),
                    IsOfPlan = OfPlan().IsMatch(sentence),
                    IsPeriodic = Periodic().IsMatch(sentence),
                });
            }
        }

        return lines;
    }

    /// <summary>Whether a date is one by which something is to be done.</summary>
    public static bool IsDeadline(string text, WrittenDate date) =>
        Before().IsMatch(text[Math.Max(0, date.Start - 40)..date.Start])
        || (PeriodicBefore().IsMatch(text[Math.Max(0, date.Start - 40)..date.Start]));

    static string Trimmed(string to)
    {
        var text = to.Trim().TrimEnd(',', ';', '.', ':');
        return text.Count(letter => letter == '(') > text.Count(letter => letter == ')') ? text + ")" : text;
    }

    static string SentenceAround(string text, WrittenDate date)
    {
        var (from, until) = SentenceBounds(text, date.Start);
        var start = Math.Max(from, PassageReader.WordStart(text, date.Start - 110));
        return HeadReader.Shown(text[start..Math.Min(until, date.End + 30)].Trim());
    }

    /// <summary>A sentence ends at a stop before a capital, or at a semicolon.</summary>
    static (int From, int Until) SentenceBounds(string text, int index)
    {
        var ends = SentenceEnd().Matches(text).Select(match => match.Index + 1).ToList();
        return (ends.LastOrDefault(end => end <= index), ends.FirstOrDefault(end => end > index, text.Length));
    }

    static string Listed(IEnumerable<Line> lines) => string.Join(", ", lines.SelectMany(
        line => line.Dates, (line, date) => line.Item.Text.Substring(date.Start, date.Length)).Distinct());

    static DirectiveFinding Ask(DirectiveField field, Line? line, Wording question) =>
        new(field, null, line?.Sentence, line?.Place, question);

    sealed record Line(DirectiveItem Item, int From, string Sentence, IReadOnlyList<WrittenDate> Dates)
    {
        public string? To { get; init; }

        public bool IsOfResult { get; init; }

        public bool IsOfPlan { get; init; }

        public bool IsPeriodic { get; init; }

        public DirectivePlace Place => Item.PlaceAt(Dates[0].Start);
    }

    [GeneratedRegex(@"(?<!\p{L})báo cáo(?!\p{L})|gửi (?:kết quả|báo cáo)", RegexOptions.IgnoreCase)]
    private static partial Regex Report();

    // Behind the words of a report and before its day, or what it is for.
    [GeneratedRegex(
        @"(?:báo cáo|gửi)[^.;]{0,120}?(?<!\p{L})(?:gửi về|về|cho|tới|đến|gửi)\s+"
        + @"(?<to>(?:UBND|Ủy ban|Uỷ ban|Ban Chỉ đạo|BCĐ|Công an|Sở|Văn phòng|Phòng|Thường trực|Cơ quan)"
        + @"(?:\([^)]{0,200}\)|[^.;(“”]){0,300}?)"
        + @"(?=\s*(?:,?\s*(?:trước|chậm nhất|muộn nhất|không quá|hạn cuối|xong|hoàn thành|thời hạn|thời gian|để|"
        + @"theo quy định)(?!\p{L})|[.;]|$))", RegexOptions.IgnoreCase)]
    private static partial Regex Recipient();

    [GeneratedRegex("kết quả", RegexOptions.IgnoreCase)]
    private static partial Regex OfResult();

    [GeneratedRegex(@"định kỳ|(?:hàng|hằng)\s+(?:tuần|tháng|quý|năm)", RegexOptions.IgnoreCase)]
    private static partial Regex Periodic();

    [GeneratedRegex(@"(?:xây dựng|gửi|ban hành)\s+(?:kế hoạch|văn bản)[^.;]{0,60}(?:gửi|trước|chậm nhất)",
        RegexOptions.IgnoreCase)]
    private static partial Regex OfPlan();

    [GeneratedRegex(
        @"(?:trước|chậm nhất|muộn nhất|không quá|hạn cuối|thời hạn|trễ nhất)(?:\s+là)?(?:\s+(?:vào|đến|hết|trong))?"
        + @"(?:\s+[0-9]{1,2}\s?(?:h|giờ|:)\s?[0-9]{0,2}(?:\s?phút)?,?)?\s*(?:hết\s+)?:?\s*(?:ngày\s*)?:?\s*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Before();

    [GeneratedRegex(@"trước ngày [0-9/]+\s*(?:và|,|hoặc)\s*(?:ngày\s+)?$", RegexOptions.IgnoreCase)]
    private static partial Regex PeriodicBefore();

    [GeneratedRegex(@"[.](?=\s+[\p{Lu}“(-])|;|[.]/[.]")]
    private static partial Regex SentenceEnd();
}
