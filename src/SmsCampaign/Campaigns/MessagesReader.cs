using System.Text.RegularExpressions;
using SmsCampaign.Messages;

namespace SmsCampaign.Campaigns;

/// <summary>
/// Reads <c>directive</c> and <c>messages</c>: the words ordered and the words sent.
/// </summary>
sealed partial class MessagesReader(ProblemList problems, ValueReader values)
{
    const string DefaultLanguage = "vi";

    /// <param name="schedule">Null where it could not be read.</param>
    /// <returns>Null where anything in it is wrong; that has been reported.</returns>
    public Directive? ReadDirective(YamlMap map, Schedule? schedule, bool yearly)
    {
        var date = map.Text("date") is { } written ? values.Date(written, "directive.date") : null;
        var reportBy = ReadReportBy(map, schedule, yearly);
        if (map.Text("text") is { } quoted)
            CheckText(quoted, "directive.text");

        if (map.Words("issuer") is not { } issuer || map.Text("text") is not { } text || map.Words("reportTo") is not { } reportTo
            || reportBy is not { } by)
            return null;

        return new Directive(
            issuer, map.Words("number"), date, map.Words("item"), map.Words("legalBasis"), Body(text), reportTo,
            by.Year is { } year ? new DateOnly(year, by.Month, by.Day) : null)
        {
            ReportByMonth = by.Year is null ? by.Month : null,
            ReportByDay = by.Year is null ? by.Day : null,
        };
    }

    public IReadOnlyList<MessageText> ReadMessages(YamlMap root)
    {
        var messages = new List<MessageText>();
        var seen = new Dictionary<string, YamlPoint>(StringComparer.OrdinalIgnoreCase);
        foreach (var (item, index) in root.Items("messages").Select((item, index) => (item as YamlMap, index)))
        {
            if (item is null)
                continue;

            var path = $"messages[{index + 1}]";
            if (item.Words("name") is { } name && !seen.TryAdd(name, item.Text("name")!.At))
                problems.Error(item.Text("name")!.At, path + ".name",
                    $"Đã có tin tên '{name}' ở dòng {seen[name].Line}. Mỗi tin phải có tên riêng.",
                    $"A message named '{name}' already stands in line {seen[name].Line}. Give each its own name.");

            var language = item.Words("language") ?? DefaultLanguage;
            if (!LanguageTag().IsMatch(language))
                problems.Error(item.Text("language")!.At, path + ".language",
                    $"'{language}' không phải mã ngôn ngữ. Ví dụ: vi (tiếng Việt), rad (tiếng Ê Đê), en (tiếng Anh).",
                    $"'{language}' is no language tag. Examples: vi (Vietnamese), rad (Rade), en (English).");

            if (item.Text("text") is not { } text)
                continue;

            CheckText(text, path + ".text");
            var unaccented = item.Choice("form") == "unaccented";
            var composed = SmsText.Compose(Body(text));
            if (item.Words("name") is { } kept)
                messages.Add(new MessageText(kept, language, unaccented ? composed.Unaccented() : composed, unaccented));
        }

        return messages;
    }

    WrittenDay? ReadReportBy(YamlMap map, Schedule? schedule, bool yearly)
    {
        if (map.Text("reportBy") is not { } written)
            return null;

        // A campaign of every year may be reported on by a day of every year.
        var by = values.Day(written, "directive.reportBy", yearly: yearly && !written.Value.Trim().Any(letter => letter == '-') && written.Value.Count(letter => letter == '/') == 1);
        if (by is { Year: { } year } && schedule?.Date is { } date && new DateOnly(year, by.Value.Month, by.Value.Day) < date)
            problems.Warn(written.At, "directive.reportBy",
                $"Hạn báo cáo {by.Value.Day}/{by.Value.Month}/{year} trước ngày gửi {date:d/M/yyyy}. Hãy kiểm tra lại hai ngày.",
                $"The report is due on {by.Value.Day}/{by.Value.Month}/{year}, before the day of sending, {date:d/M/yyyy}. Check both dates.");

        return by;
    }

    // The one place where the text checks are asked.
    void CheckText(YamlScalar scalar, string key)
    {
        var replaced = scalar.Value.IndexOf('\uFFFD');
        if (replaced >= 0)
            problems.Error(scalar.PointOf(replaced), key,
                "Có ký tự thay thế (U+FFFD): một chữ đã mất khi chép. Hãy gõ lại chữ đó.",
                "A replacement character (U+FFFD) stands here: a letter was lost in copying. Type it again.");
    }

    /// <summary>The text without the line end a block scalar leaves behind it.</summary>
    static string Body(YamlScalar scalar) => scalar.Value.TrimEnd('\n').Normalize();

    // The shape of BCP 47 (RFC 5646, 2.1) as far as a message needs it: language, then script, region or variant.
    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    private static partial Regex LanguageTag();
}
