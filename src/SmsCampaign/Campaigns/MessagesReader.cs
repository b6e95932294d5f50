using SmsCampaign.Files;
using SmsCampaign.Files.Binding;
using SmsCampaign.Messages;
using SmsCampaign.Orthography;

namespace SmsCampaign.Campaigns;

/// <summary>
/// Reads <c>directive</c> and <c>messages</c>: the words ordered and the words sent.
/// </summary>
/// <param name="asKept">Whether the text was taken before and is kept by a run: its words are not judged again.</param>
sealed class MessagesReader(ProblemList problems, ValueReader values, bool asKept = false)
{
    const string DefaultLanguage = "vi";

    /// <summary>Free words of the order, beside those that are sent.</summary>
    static IEnumerable<FileKey> ReportedOfDirective =>
        CampaignKeys.Root.Keys.Single(key => key.Name == "directive").Keys
            .Where(key => key is { Kind: KeyKind.Text, Pattern: null, Name: not "text" });

    /// <summary>The words that only the report shows: what cannot be read there is refused, how they are
    /// written is not judged.</summary>
    public void CheckReported(FileNode root)
    {
        Check(root.Scalar("title"), "title");
        foreach (var key in ReportedOfDirective)
            Check(root.Map("directive")?.Scalar(key.Name), "directive." + key.Name);

        void Check(FileNode? text, string key)
        {
            if (text is null || asKept)
                return;

            foreach (var problem in TextCheck.Check(Body(text)).Where(problem => problem.Severity == Severity.Error))
                problems.Add(text.PlaceOf(problem.Index), key, problem.What, problem.Severity);
        }
    }

    /// <param name="schedule">Null where it could not be read.</param>
    /// <returns>Null where anything in it is wrong; that has been reported.</returns>
    public Directive? ReadDirective(FileNode root, FileNode map, Schedule? schedule, bool yearly)
    {
        var date = map.Scalar("date") is { } written ? values.Date(written, "directive.date") : null;
        var reportBy = ReadReportBy(map, schedule, yearly);
        if (map.Scalar("text") is { } quoted)
            CheckText(quoted, "directive.text", LanguageOfOrder(quoted, root), unaccented: false);

        if (map.Words("issuer") is not { } issuer
            || map.Words("reportTo") is not { } reportTo
            || reportBy is not { } by)
            return null;

        return new Directive(
            issuer,
            map.Words("number"),
            date,
            map.Words("item"),
            map.Words("legalBasis"),
            map.Scalar("text") is { } text ? Body(text).Composed() : "",
            reportTo,
            by.Year is { } year ? new DateOnly(year, by.Month, by.Day) : null)
        {
            ReportByMonth = by.Year is null ? by.Month : null,
            ReportByDay = by.Year is null ? by.Day : null,
            Reports = ReadReports(map),
        };
    }

    public IReadOnlyList<MessageText> ReadMessages(FileNode root)
    {
        var ordered = root.Map("directive")?.Scalar("text");
        var messages = new List<MessageText>();
        var seen = new Dictionary<string, Place>(StringComparer.OrdinalIgnoreCase);
        foreach (var (item, index) in root.ItemsOf("messages").Select(
            (item, index) => (item.Kind == NodeKind.Map ? item : null, index)))
        {
            if (item is null)
                continue;

            var path = $"messages[{index + 1}]";
            if (item.Words("name") is { } name && !seen.TryAdd(name, item.Scalar("name")!.Where))
                problems.Error(item.Scalar("name")!.Where, path + ".name",
                    $"Đã có tin tên '{name}' ở dòng {seen[name].Line}. Mỗi tin phải có tên riêng.",
                    $"A message named '{name}' already stands in line {seen[name].Line}. Give each its own name.");

            var language = item.Words("language") ?? DefaultLanguage;
            if (!LanguageLetters.IsTag(language))
                problems.Error(item.Scalar("language")!.Where, path + ".language",
                    $"'{language}' không phải mã ngôn ngữ. Ví dụ: vi (tiếng Việt), rad (tiếng Ê Đê), en (tiếng Anh).",
                    $"'{language}' is no language tag. Examples: vi (Vietnamese), rad (Rade), en (English).");

            var (letters, declared) = ReadLetters(item, path, language);
            if (!asKept && declared is null && LanguageLetters.IsTag(language)
                && LanguageLetters.WhatIsUnchecked(language) is { } lack)
                problems.Add(item.Scalar("language")!.Where, path + ".language", lack, Severity.Warning);

            if (item.Scalar("text") is not { } text)
                continue;

            var unaccented = item.Choice("form") == "unaccented";
            CheckText(text, path + ".text", language, unaccented, declared);
            var composed = SmsText.Compose(Body(text));
            var sent = unaccented ? composed.Unaccented() : composed;
            if (ordered is not null && OrderedText.IsVietnamese(language))
                CompareWithOrder(text, path + ".text", OrderedText.Compare(Body(ordered), sent, unaccented));

            if (item.Words("name") is { } kept)
                messages.Add(new MessageText(kept, language, sent, unaccented) { Letters = letters });
        }

        return messages;
    }

    /// <summary>The alphabet that a message declares, as written and to be held to; null where it declares
    /// none.</summary>
    (IReadOnlyList<string> Written, LanguageLetters? Declared) ReadLetters(FileNode item, string path, string language)
    {
        var written = item.ItemsOf("letters").Where(each => each.IsScalar).ToList();
        if (written.Count == 0)
            return ([], null);

        if (OrderedText.IsVietnamese(language))
            problems.Error(written[0].Where, path + ".letters",
                "Tin tiếng Việt không ghi 'letters': bảng chữ cái đã có sẵn. Hãy xóa dòng này, hoặc ghi 'language' nếu "
                    + "tin viết bằng tiếng khác.",
                "A message in Vietnamese needs no 'letters': they are known. Delete the line, or write 'language' if "
                    + "the text is in another.");

        foreach (var letter in written.Where(letter => !LanguageLetters.CanDeclare(letter.Text.Trim())))
            problems.Error(letter.Where, path + ".letters",
                $"'{FileNode.Shortened(letter.Text)}' không phải một chữ. Ghi từng chữ, như [č, ê̆], và vi cho mọi chữ "
                    + $"tiếng Việt.",
                $"'{FileNode.Shortened(letter.Text)}' is not one letter. Write each apart, such as [č, ê̆], and vi for "
                    + $"all of Vietnamese.");

        List<string> letters = [.. written.Select(letter => letter.Text.Trim().Composed())];
        return (letters, LanguageLetters.Declare([.. letters.Where(LanguageLetters.CanDeclare)]));
    }

    WrittenDay? ReadReportBy(FileNode map, Schedule? schedule, bool yearly)
    {
        if (map.Scalar("reportBy") is not { } written)
            return null;

        // A campaign of every year may be reported on by a day of every year.
        var everyYear = yearly && written.Text.Count(letter => letter == '/') == 1;
        var by = values.Day(written, "directive.reportBy", everyYear);
        if (by is { Year: { } year }
            && schedule?.Date is { } date
            && new DateOnly(year, by.Value.Month, by.Value.Day) < date)
            problems.Warn(written.Where, "directive.reportBy",
                $"Hạn báo cáo {by.Value.Day}/{by.Value.Month}/{year} trước ngày gửi {date:d/M/yyyy}. "
                    + $"Hãy kiểm tra lại hai ngày.",
                $"The report is due on {by.Value.Day}/{by.Value.Month}/{year}, before the day of sending, "
                    + $"{date:d/M/yyyy}. Check both dates.");

        return by;
    }

    /// <summary>Further reports. What is no day has been reported.</summary>
    ReportDay[] ReadReports(FileNode map)
    {
        const string key = "directive.reports";
        var days = new List<ReportDay>();
        foreach (var written in map.ItemsOf("reports").Where(written => written.IsScalar))
        {
            if (values.Day(written, key, yearly: true) is not { } day)
                continue;

            if (days.Contains(new ReportDay(day.Day, day.Month)))
                problems.Error(written.Where, key,
                    $"Ngày {day.Day}/{day.Month} ghi hai lần. Hãy xóa một.",
                    $"The day {day.Day}/{day.Month} stands twice. Delete one.");
            else
                days.Add(new ReportDay(day.Day, day.Month));
        }

        return days.Count == 0 ? [] : [.. days];
    }

    /// <param name="declared">The letters that the file declares; null: those of the language.</param>
    void CheckText(
        FileNode scalar, string key, string language, bool unaccented, LanguageLetters? declared = null)
    {
        if (asKept)
            return;

        var letters = declared ?? LanguageLetters.Of(language);
        var found = TextCheck.Check(Body(scalar), letters, unaccented);
        foreach (var problem in unaccented ? UnaccentedCheck.AddTo(found, Body(scalar)) : found)
            problems.Add(scalar.PlaceOf(problem.Index), key, problem.What, problem.Severity);
    }

    /// <summary>An order quotes Vietnamese, unless its words cannot be that, no message is, and they can be of a
    /// message's language.</summary>
    static string LanguageOfOrder(FileNode text, FileNode root)
    {
        List<string> languages = [.. root.MapsOf("messages")
            .Select(message => message.Words("language") ?? DefaultLanguage)
            .Where(LanguageLetters.IsTag)
            .Distinct()];
        return languages.Exists(OrderedText.IsVietnamese)
            ? DefaultLanguage
            : languages.Prepend(DefaultLanguage).FirstOrDefault(
                language => TextCheck.Check(Body(text), language).All(problem => problem.Severity != Severity.Error))
                ?? DefaultLanguage;
    }

    /// <summary>Warns of every place where a message says something other than the order.</summary>
    void CompareWithOrder(FileNode text, string key, TextDifference difference)
    {
        foreach (var word in difference.Words)
            problems.Warn(text.PlaceOf(WordStart(text.Text, word.MessageWord)), key,
                $"Nội dung khác văn bản giao nhiệm vụ: văn bản ghi {Or(word.Directive, "(không có)")}, tin sẽ gửi ghi "
                    + $"{Or(word.Message, "(bỏ)")}. Hãy so lại với 'directive.text'.",
                $"The text differs from the directive, which says {Or(word.Directive, "(nothing)")} where the message "
                    + $"says {Or(word.Message, "(nothing)")}. Compare with 'directive.text'.");
    }

    /// <summary>Index of the <paramref name="number"/>th word, from 1; of the last where there are fewer.</summary>
    static int WordStart(string text, int number)
    {
        var start = 0;
        for (var index = 0; index < text.Length && number > 0; index++)
        {
            if (!char.IsWhiteSpace(text[index]) && (index == 0 || char.IsWhiteSpace(text[index - 1])))
                (start, number) = (index, number - 1);
        }

        return start;
    }

    static string Or(string words, string none) => words.Length == 0 ? none : $"'{words}'";

    /// <summary>The text without the line end a block scalar leaves behind it, as written.</summary>
    static string Body(FileNode scalar) => scalar.Text.TrimEnd('\n');
}
