using System.Text.RegularExpressions;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;

namespace SmsCampaign.Directives;

/// <summary>Reads the item of an order that speaks of the message: its words, sender, day, and who texts.</summary>
/// <param name="year">The order's, where it is known.</param>
sealed partial class PassageReader(DirectiveText order, (int Year, string Words)? year)
{
    /// <summary>Shortest text of a message. What is shorter in quotation marks is a name.</summary>
    const int ShortestText = 30;

    readonly List<DirectiveItem> _passages = FindPassages(order);

    DirectiveItem? Passage => _passages.Count == 1 ? _passages[0] : null;

    /// <summary>Those that say most about it; several where they say as much.</summary>
    static List<DirectiveItem> FindPassages(DirectiveText order)
    {
        var scored = order.Items
            .Select(item => (Item: item, Score: Score(item.Text)))
            .Where(each => each.Score > 0)
            .ToList();
        return scored.Count == 0 ? [] : [.. scored
            .Where(each => each.Score == scored.Max(other => other.Score))
            .Select(each => each.Item)];
    }

    static int Score(string text) =>
        !Texting().IsMatch(text) ? 0
        : 1 + (Carriers().IsMatch(text) ? 2 : 0) + (Department().IsMatch(text) ? 1 : 0)
            + (SenderLabel().IsMatch(text) ? 1 : 0)
            + (TextsIn(text).Count > 0 ? 2 : 0);

    public DirectiveFinding Where() => _passages switch
    {
        [] => new DirectiveFinding(DirectiveField.Passage, null, null, null, new Wording(
            "đoạn giao nhắn tin: không tìm thấy trong văn bản. Hãy kiểm tra có chỉ nhầm tệp không.",
            "the passage about the message: not found in the order. Check that it is the right file.")),
        [var one] => new DirectiveFinding(DirectiveField.Passage, one.Text, one.Text, one.Place, null),
        var several => Ask(DirectiveField.Passage, several[0].Text, several[0].Place, new Wording(
            $"đoạn giao nhắn tin: có {several.Count} đoạn như nhau ({Places(several)}). Hãy chọn một đoạn, để riêng "
                + $"trong tệp.",
            $"the passage about the message: several say as much ({Places(several)}). Choose one, and leave the others "
                + $"out of the file.")),
    };

    public DirectiveFinding Item() =>
        Passage is not { } passage
            ? new DirectiveFinding(DirectiveField.Item, null, null, null, null)
            : passage.IsNumberLost
            ? Ask(DirectiveField.Item, HeadReader.Shown(passage.Text, 60), passage.Place, new Wording(
                "mục giao việc: Word tự đánh số đoạn này, số không nằm trong chữ. Hãy ghi mục như trên giấy, hoặc xóa "
                    + "dòng này.",
                "the item: Word numbers the passage by itself, and the number is not in its text. Write it as the "
                    + "page has it, or delete the line."))
            : new DirectiveFinding(
                DirectiveField.Item, passage.Path, HeadReader.Shown(passage.Text, 60), passage.Place, null);

    public DirectiveFinding Text()
    {
        if (Passage is not { } passage)
            return Ask(DirectiveField.Text, null, null, new Wording(
                "nguyên văn thông điệp: chưa biết đoạn nào giao nhắn tin. Hãy chép đúng từng chữ.",
                "the message's words: which passage orders it is not known. Copy them letter for letter."));

        var quotes = TextsIn(passage.Text);
        if (quotes.Count == 1)
            return OfQuote(passage, quotes[0]);

        if (quotes.Count > 1)
            return Ask(DirectiveField.Text, passage.Text, passage.Place, new Wording(
                $"nguyên văn thông điệp: đoạn này trích {quotes.Count} câu: {Listed(quotes)}. Gửi câu nào?",
                $"the message's words: the passage quotes several: {Listed(quotes)}. Which one is sent?"));

        if (Unquoted().Match(passage.Text) is { Success: true } bare)
            return Ask(DirectiveField.Text, bare.Value, passage.PlaceAt(bare.Index), new Wording(
                $"nguyên văn thông điệp: văn bản không đặt trong ngoặc kép, không rõ hết ở đâu: "
                    + $"“{HeadReader.Shown(bare.Groups["text"].Value)}”. Hãy chép đúng từng chữ.",
                $"the message's words: they stand without quotation marks, and where they end is not clear: "
                    + $"“{HeadReader.Shown(bare.Groups["text"].Value)}”. Copy them letter for letter."));

        var unclosed = Quotes.FindUnclosed(passage.Text);
        return unclosed.Count == 0 ? AskForDraft(passage) : AskForClose(passage, unclosed[0]);
    }

    /// <summary>What opens, and never closes, is quoted all the same: how far nobody can tell.</summary>
    static DirectiveFinding AskForClose(DirectiveItem passage, int at) =>
        Ask(DirectiveField.Text, passage.Text[at..], passage.PlaceAt(at), new Wording(
            $"nguyên văn thông điệp: ngoặc kép mở ở {passage.PlaceAt(at)} (“{ShownBehind(passage, at)}”) mà không "
                + $"đóng, không rõ câu trích hết ở đâu. Hãy chép đúng từng chữ.",
            $"the message's words: a quotation mark opens at {passage.PlaceAt(at)} (“{ShownBehind(passage, at)}”) and "
                + $"none closes it, so where the words end is not clear. Copy them letter for letter."));

    static string ShownBehind(DirectiveItem passage, int at) =>
        HeadReader.Shown(passage.Text[(at + 1)..].Trim(), 60);

    /// <summary>What a person should know of the passage beside what was taken from it.</summary>
    public IEnumerable<Wording> Notes()
    {
        if (Passage is not { } passage || TextsIn(passage.Text).Count == 0
            || Quotes.FindUnclosed(passage.Text) is not [var at, ..])
            yield break;

        yield return new Wording(
            $"{passage.PlaceAt(at)}: ngoặc kép mở (“{ShownBehind(passage, at)}”) mà không đóng; chỉ lấy câu trích có "
                + $"đủ ngoặc. Hãy xem lại văn bản.",
            $"{passage.PlaceAt(at)}: a quotation mark opens (“{ShownBehind(passage, at)}”) and none closes it; only "
                + $"what stands between two is taken. Look at the order again.");
    }

    static DirectiveFinding OfQuote(DirectiveItem passage, Quote quote)
    {
        var faults = TextCheck.Check(quote.Inside).Where(problem => problem.Severity == Severity.Error).ToList();
        var place = passage.PlaceAt(quote.Start);
        return faults.Count == 0 && !BrokenLetters.AreIn(quote.Inside)
            ? new DirectiveFinding(
                DirectiveField.Text, quote.Inside, quote.Inside, place, null)
            : Ask(DirectiveField.Text, quote.Inside, place, new Wording(
                $"nguyên văn thông điệp: chữ trong văn bản bị hỏng, “{HeadReader.Shown(quote.Inside)}”. Hãy gõ lại.",
                $"the message's words: letters of it are broken, “{HeadReader.Shown(quote.Inside)}”. Type it again."));
    }

    /// <summary>No words are quoted: slogans may stand elsewhere, or the department is to write them.</summary>
    DirectiveFinding AskForDraft(DirectiveItem passage)
    {
        foreach (var item in order.Items.Where(item => Slogans().IsMatch(item.Text)))
        {
            var label = Slogans().Match(item.Text).Index;
            List<Quote> slogans = [.. Quotes.Find(item.Text).Where(quote => quote.Start > label
                && quote.Inside.Length >= ShortestText)];
            if (slogans.Count > 0)
                return Ask(DirectiveField.Text, item.Text[label..], item.PlaceAt(label), new Wording(
                    $"nội dung tin: đoạn giao nhắn tin không trích câu nào; khẩu hiệu ở {item.PlaceAt(label)}: "
                        + $"{Listed(slogans)}. Gửi câu nào?",
                    $"the message's words: the passage quotes none; slogans stand at {item.PlaceAt(label)}: "
                        + $"{Listed(slogans)}. Which one is sent?"));
        }

        List<Quote> names = [.. Quotes.Find(passage.Text).Where(quote => !DirectiveText.IsCapitals(quote.Inside))];
        return Ask(DirectiveField.Text, passage.Text, passage.Place, Drafting().IsMatch(passage.Text)
            ? new Wording(
                "nội dung tin: văn bản giao Sở tự xây dựng, không trích câu nào. Hãy ghi nội dung đã được duyệt.",
                "the message's words: the order has the department write them and quotes none. Write what was agreed.")
            : names.Count > 0
            ? new Wording(
                $"nội dung tin: trong ngoặc kép chỉ có {Listed(names)}, không rõ có phải câu cần gửi. Hãy ghi nội dung "
                    + $"đã được duyệt.",
                $"the message's words: only {Listed(names)} stands in quotation marks, which may be no message. Write "
                    + $"what was agreed.")
            : new Wording(
                "nội dung tin: văn bản không trích câu nào. Hãy ghi nội dung đã được duyệt.",
                "the message's words: the order quotes none. Write what was agreed."));
    }

    /// <summary>What is sent: a slip in the words is asked about, never mended.</summary>
    public static DirectiveFinding Sent(DirectiveFinding text)
    {
        if (text.Value is not { } words)
            return text with { Field = DirectiveField.Sent };

        if (Switchboard().Match(words) is { Success: true } slip)
        {
            var mended = slip.Groups["word"].Value[0] + "ổng đài" + slip.Groups["rest"].Value;
            return Ask(DirectiveField.Sent, slip.Value, text.Place, new Wording(
                $"nội dung gửi đi: văn bản ghi “{slip.Value}”, có lẽ là “{mended}”. Gửi đúng như văn bản, hay sửa (và "
                    + $"hỏi lại cơ quan ban hành)?",
                $"the words that are sent: the order says “{slip.Value}”, and may mean “{mended}”. Are they sent as it "
                    + $"has them, or mended (and who issued it asked)?"));
        }

        var syllables = TextCheck.Check(words).Where(problem => problem.Severity == Severity.Warning).ToList();
        return syllables.Count == 0
            ? text with { Field = DirectiveField.Sent }
            : Ask(DirectiveField.Sent, text.Words, text.Place, new Wording(
                $"nội dung gửi đi: {syllables[0].What} Gửi đúng như văn bản, hay sửa?",
                $"the words that are sent: {syllables[0].What} Are they sent as the order has them, or mended?"));
    }

    public DirectiveFinding Sender()
    {
        var found = (Passage is { } passage ? [passage] : order.Items)
            .SelectMany(item => SenderLabel().Matches(item.Text), (item, match) => (item, match))
            .ToList();
        var isElsewhere = found.Count == 0 && Passage is not null;
        if (isElsewhere)
            found = [.. order.Items.SelectMany(
                item => SenderLabel().Matches(item.Text), (item, match) => (item, match))];

        var names = found.Select(each => each.match.Groups["name"].Value.Trim()).Distinct().ToList();
        if (names.Count == 0)
            return Ask(DirectiveField.Sender, null, null, new Wording(
                "tên định danh: không tìm thấy trong văn bản. Hãy ghi tên đơn vị được phép dùng, tối đa 11 ký tự.",
                "the sender: not found in the order. Write the name that may be used, at most 11 characters."));

        var (at, label) = found[0];
        var place = at.PlaceAt(label.Index);
        if (names.Count > 1)
            return Ask(DirectiveField.Sender, label.Value, place, new Wording(
                $"tên định danh: văn bản nêu {names.Count} tên: {string.Join(", ", names)}. Dùng tên nào?",
                $"the sender: the order names several: {string.Join(", ", names)}. Which one is used?"));

        if (isElsewhere)
            return Ask(DirectiveField.Sender, label.Value, place, new Wording(
                $"tên định danh: đoạn giao nhắn tin không nêu; {place} ghi “{names[0]}”. Có dùng tên này không?",
                $"the sender: the passage names none; {place} says “{names[0]}”. Is it the one?"));

        var broken = SenderRule.Broken(names[0]);
        return broken.Count == 0
            ? new DirectiveFinding(DirectiveField.Sender, names[0], label.Value, place, null)
            : Ask(DirectiveField.Sender, label.Value, place, new Wording(
                $"tên định danh: văn bản ghi “{names[0]}”. {broken[0]}",
                $"the sender: the order says “{names[0]}”. {broken[0]}"));
    }

    public DirectiveFinding SendDate()
    {
        if (Passage is not { } passage)
            return AskForDate(null, null, null);

        var quotes = Quotes.Find(passage.Text);
        var dates = WrittenDates.FindAll(passage.Text)
            .Where(date => !Quotes.Holds(quotes, date.Start) && !IsOfName(passage.Text, date))
            .Where(date => !ReportReader.IsDeadline(passage.Text, date))
            .ToList();
        var days = dates.Select(date => (date.Day, date.Month, date.Year ?? year?.Year)).Distinct().ToList();
        if (days.Count == 0)
            return AskForDate(null, null, null);

        var first = dates[0];
        var words = passage.Text[WordStart(passage.Text, first.Start - 30)..first.End].Trim();
        var place = passage.PlaceAt(first.Start);
        if (dates.Find(date => !date.IsPossible) is { Length: > 0 } impossible)
        {
            var written = passage.Text.Substring(impossible.Start, impossible.Length);
            return AskForDate(
                passage.Text[WordStart(passage.Text, impossible.Start - 30)..impossible.End].Trim(),
                passage.PlaceAt(impossible.Start),
                new Wording(
                    $"ngày gửi: văn bản ghi “{written}”, ngày không có trong lịch. Hãy hỏi lại cơ quan ban hành rồi "
                        + $"ghi đủ ngày/tháng/năm.",
                    $"the day of sending: the order says “{written}”, which no calendar has. Ask who issued it, and "
                        + $"write day/month/year."));
        }

        if (days.Count > 1)
        {
            var list = string.Join(", ", dates.Select(date => passage.Text.Substring(date.Start, date.Length)));
            return AskForDate(words, place, new Wording(
                $"ngày gửi: đoạn giao nhắn tin nêu nhiều ngày ({list}). Gửi ngày nào?",
                $"the day of sending: the passage names several ({list}). Which one is it?"));
        }

        if (first.Year is null && year is null)
            return AskForDate(words, place, new Wording(
                $"ngày gửi: văn bản ghi “{passage.Text.Substring(first.Start, first.Length)}”, không có năm. Hãy ghi "
                    + $"đủ ngày/tháng/năm.",
                $"the day of sending: the order says “{passage.Text.Substring(first.Start, first.Length)}” without a "
                    + $"year. Write day/month/year."));

        if (first.Year is { } said && year is { } known && said != known.Year)
            return AskForDate(words, place, new Wording(
                $"ngày gửi: văn bản ghi năm {said}, nhưng là của năm {known.Year} (“{HeadReader.Shown(known.Words)}”). "
                    + $"Ngày nào đúng?",
                $"the day of sending: the order says {said}, and is of {known.Year} "
                    + $"(“{HeadReader.Shown(known.Words)}”). Which is right?"));

        return new DirectiveFinding(
            DirectiveField.SendDate,
            HeadReader.Text(first.In(year?.Year ?? 0)),
            first.IsDate ? words : $"{words} … {HeadReader.Shown(year!.Value.Words)}",
            place,
            null);
    }

    /// <summary>Where the word ends in which an index falls.</summary>
    internal static int WordStart(string text, int index) =>
        index <= 0 ? 0 : text.IndexOf(' ', index) is > 0 and var space ? space : index;

    static DirectiveFinding AskForDate(string? words, DirectivePlace? place, Wording? question) =>
        Ask(DirectiveField.SendDate, words, place, question ?? new Wording(
            "ngày gửi: đoạn giao nhắn tin không nêu ngày. Hãy ghi ngày gửi, như 30/7/2025.",
            "the day of sending: the passage names none. Write it, as 30/7/2025."));

    public DirectiveFinding Delivery()
    {
        if (Passage is { } passage && HeldBy().Match(passage.Text) is { Success: true } held)
            return new DirectiveFinding(
                DirectiveField.Delivery,
                DirectiveFindings.Held,
                HeadReader.Shown(held.Value),
                passage.PlaceAt(held.Index),
                null);

        if (Passage is { } own && OwnList().Match(own.Text) is { Success: true } list)
            return new DirectiveFinding(
                DirectiveField.Delivery, DirectiveFindings.Own, list.Value, own.PlaceAt(list.Index), null);

        return Ask(DirectiveField.Delivery, null, null, new Wording(
            "thuê bao: văn bản không nói nhà mạng tự nhắn hay Sở gửi theo danh sách của mình. Hãy ghi tệp danh sách, "
                + "hoặc thay 'file' bằng 'heldBy' (sổ tay, mục 3).",
            "the subscribers: the order does not say whether carriers text their own or the department has a list. "
                + "Write the list's file, or 'heldBy' in place of 'file' (handbook, section 3)."));
    }

    /// <summary>Quotations that can be a message: no names of days, no senders.</summary>
    static List<Quote> TextsIn(string text) => [.. Quotes.Find(text).Where(quote =>
        quote.Inside.Length >= ShortestText
        && !NameOfDay().IsMatch(quote.Inside)
        && !SubjectLabel().IsMatch(text[Math.Max(0, quote.Start - 40)..quote.Start]))];

    /// <summary>Of "Ngày toàn dân phòng, chống mua bán người 30/7".</summary>
    static bool IsOfName(string text, WrittenDate date) =>
        DayName().IsMatch(text[Math.Max(0, date.Start - 80)..date.Start]);

    static DirectiveFinding Ask(DirectiveField field, string? words, DirectivePlace? place, Wording question) =>
        new(field, null, words, place, question);

    static Wording Places(List<DirectiveItem> items) =>
        Wording.Join(", ", items.Select(item => item.Place.Words));

    static string Listed(IEnumerable<Quote> quotes) =>
        string.Join("; ", quotes.Select(quote => $"“{HeadReader.Shown(quote.Inside)}”"));

    [GeneratedRegex(
        @"nhắn tin(?! (?:rác|lừa))|(?:gửi|qua|bằng|hình thức|nội dung|phát|soạn)(?: các)? tin nhắn(?! (?:rác|lừa))"
        + @"|tin nhắn (?:tuyên truyền|SMS|điện thoại)|(?<!\p{L})SMS(?!\p{L})", RegexOptions.IgnoreCase)]
    private static partial Regex Texting();

    [GeneratedRegex(
        @"viễn thông|nhà mạng|mạng di động|thuê bao|thông tin di động|VNPT|Viettel|Mobi ?Fone",
        RegexOptions.IgnoreCase)]
    private static partial Regex Carriers();

    [GeneratedRegex("Sở (?:Thông tin và Truyền thông|Khoa học và Công nghệ|TT ?& ?TT|TTTT|KH ?& ?CN|KHCN)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Department();

    [GeneratedRegex(
        @"(?:tiêu đề(?: của)? tin nhắn|tên định danh|tên hiển thị|tên(?: của)? người gửi"
        + @"|đầu tin nhắn|brand ?name|thương hiệu)"
        + @"[^“”""«».;]{0,30}?(?:[:]|là|(?=[“""«„‘']))\s*"
        + @"(?:[“""«„‘'](?<name>[^“”""«»‘’']{1,40})[”""»“’']"
        + @"|(?<name>(?-i:[A-Z][A-Z0-9_-]*(?!\p{L})(?: [A-Z0-9_-]+(?!\p{L})){0,3})))",
        RegexOptions.IgnoreCase)]
    private static partial Regex SenderLabel();

    [GeneratedRegex(@"(?:nội dung(?: tin nhắn| tuyên truyền)?|thông điệp)\s*(?:như sau|là)?\s*:\s*"
        + @"(?<text>[^“”""«».][^“”""«»]{29,})", RegexOptions.IgnoreCase)]
    private static partial Regex Unquoted();

    [GeneratedRegex("khẩu hiệu", RegexOptions.IgnoreCase)]
    private static partial Regex Slogans();

    [GeneratedRegex("(?:xây dựng|biên soạn|soạn thảo|chuẩn bị)[^.;]{0,60}nội dung", RegexOptions.IgnoreCase)]
    private static partial Regex Drafting();

    // Tổng đại, tổng đai, tổng dài: with the national number behind it nothing else is meant.
    [GeneratedRegex(
        @"(?<word>[Tt]ổng (?!đài(?!\p{L}))[đdĐD]\p{L}{1,3})(?<rest>(?: (?:điện thoại )?quốc gia)? ?(?:số )?111)")]
    private static partial Regex Switchboard();

    [GeneratedRegex("^Ngày (?:thế giới|toàn dân|quốc tế)", RegexOptions.IgnoreCase)]
    private static partial Regex NameOfDay();

    [GeneratedRegex(@"chủ đề[^“”""]*$", RegexOptions.IgnoreCase)]
    private static partial Regex SubjectLabel();

    [GeneratedRegex(@"(?:mua bán người”?|(?:toàn dân|thế giới)[^.;”""0-9]{0,60})\s*[-–(]?\s*(?:ngày\s+)?"
        + @"(?<!(?:trong|vào|từ|đến)\s+(?:ngày\s+)?)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex DayName();

    [GeneratedRegex(
        @"(?:chỉ đạo|định hướng|hướng dẫn|đề nghị|yêu cầu|phối hợp|phối hợp với|vận động|giao)[^.;:]{0,140}?"
        + @"(?:doanh nghiệp|nhà mạng|mạng viễn thông|mạng di động|đơn vị viễn thông|công ty viễn thông)"
        + @"[^.;:]{0,160}?(?:nhắn tin|tin nhắn|SMS)", RegexOptions.IgnoreCase)]
    private static partial Regex HeldBy();

    [GeneratedRegex(
        @"(?:danh sách (?:số )?(?:thuê bao|điện thoại)|hệ thống (?:nhắn tin|SMS)|cổng (?:tin nhắn|nhắn tin))"
        + @"[^.;]{0,80}", RegexOptions.IgnoreCase)]
    private static partial Regex OwnList();
}
