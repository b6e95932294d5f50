using System.Globalization;
using SmsCampaign.Files.Binding;
using static SmsCampaign.Carriers.Http.HttpLaneChecks;

namespace SmsCampaign.Carriers.Http;

/// <summary>
/// What the settings of an inquiry must be to one another, and to those of their lane.
/// </summary>
static class HttpInquiryChecks
{
    public static IEnumerable<SettingsFault> Check(HttpLaneOptions lane, HttpInquiryOptions inquiry) =>
        CheckRequest(lane, inquiry).Concat(CheckTemplates(inquiry)).Concat(CheckAnswer(inquiry)).Concat(
            CheckMeaning(lane, inquiry));

    /// <summary>The address with something in the place of what is asked about; null where it is none.</summary>
    internal static Uri? AddressOf(HttpInquiryOptions inquiry) =>
        Uri.TryCreate(MessageTemplate.OfText(inquiry.Url).Fill(_ => "x"), UriKind.Absolute, out var address)
            ? address
            : null;

    static IEnumerable<SettingsFault> CheckRequest(HttpLaneOptions lane, HttpInquiryOptions inquiry)
    {
        foreach (var fault in CheckHeaders("inquiry.headers", inquiry.Headers))
            yield return fault;

        if (inquiry.Method == "GET" && inquiry.Body is not null)
            yield return SettingsFault.Of("inquiry.method", "GET không đi với body.", "GET does not go with body.");
    }

    static IEnumerable<SettingsFault> CheckTemplates(HttpInquiryOptions inquiry)
    {
        var body = inquiry.Body is { } json ? MessageTemplate.OfJson(json) : null;
        var item = inquiry.Item is { } element ? MessageTemplate.OfJson(element) : null;
        var all = TemplatesOf(inquiry, body, item);

        foreach (var (key, template) in all)
        {
            foreach (var fault in template.Faults)
                yield return new SettingsFault(key, fault);

            if (template.Slots.Any(slot => slot is not Slot.Reference and not Slot.Id and not Slot.Items))
                yield return SettingsFault.Of(
                    key,
                    "Trong inquiry chỉ dùng được {reference}, {id} và \"{items}\".",
                    "An inquiry takes only {reference}, {id} and \"{items}\".");
        }

        if (!all.Exists(pair => NamesMessage(pair.Template)))
            yield return SettingsFault.Of(
                "inquiry", "Yêu cầu hỏi phải có {reference} hoặc {id}.", "The request must hold {reference} or {id}.");

        if ((body?.Slots.Contains(Slot.Items) ?? false) != item is not null
            || (item?.Slots.Contains(Slot.Items) ?? false))
        {
            yield return SettingsFault.Of("inquiry.item",
                "item và chỗ điền \"{items}\" trong body phải đi cùng nhau, và item không chứa {items}.",
                "item and the placeholder \"{items}\" in body go together, and item holds no {items}.");
        }

        if (item is not null && all.Exists(pair => pair.Template != item && NamesMessage(pair.Template)))
        {
            yield return SettingsFault.Of("inquiry.body",
                "Khi hỏi theo danh sách, ngoài item chỉ được dùng {items}.",
                "Where a list is asked about, only {items} may stand outside item.");
        }

        if (item is null && inquiry.MostPerQuery > 1)
        {
            yield return SettingsFault.Of("inquiry.mostPerQuery",
                "Chỉ lớn hơn 1 khi có item và \"{items}\".", "It may exceed 1 only with item and \"{items}\".");
        }
    }

    /// <summary>Whether a request names messages by our reference.</summary>
    internal static bool AsksByReference(HttpInquiryOptions inquiry) => TemplatesOf(
        inquiry,
        inquiry.Body is { } body ? MessageTemplate.OfJson(body) : null,
        inquiry.Item is { } item ? MessageTemplate.OfJson(item) : null).Exists(
            pair => pair.Template.Slots.Contains(Slot.Reference));

    static List<(string Key, MessageTemplate Template)> TemplatesOf(
        HttpInquiryOptions inquiry, MessageTemplate? body, MessageTemplate? item)
    {
        List<(string, MessageTemplate)> all =
        [
            ("inquiry.url", MessageTemplate.OfText(inquiry.Url)),
            .. inquiry.Query.Select(pair => ($"inquiry.query.{pair.Key}", MessageTemplate.OfText(pair.Value))),
        ];
        if (body is not null)
            all.Add(("inquiry.body", body));
        if (item is not null)
            all.Add(("inquiry.item", item));
        return all;
    }

    static bool NamesMessage(MessageTemplate template) => template.Slots.Any(slot => slot is Slot.Reference or Slot.Id);

    static IEnumerable<SettingsFault> CheckAnswer(HttpInquiryOptions inquiry)
    {
        foreach (var fault in CheckPaths("inquiry",
            ("items", inquiry.Items), ("reference", inquiry.Reference), ("id", inquiry.Id), ("status", inquiry.Status),
            ("code", inquiry.Code), ("time", inquiry.Time)))
        {
            yield return fault;
        }

        if (inquiry is { MostPerQuery: > 1, Reference: null, Id: null })
        {
            yield return SettingsFault.Of("inquiry",
                "Khi hỏi nhiều tin một lần, cần 'reference' hoặc 'id' để biết câu trả lời thuộc tin nào.",
                "Where several are asked about, 'reference' or 'id' is needed to know which "
                    + "message an answer is about.");
        }

        foreach (var status in inquiry.AbsentStatuses.Where(status =>
            inquiry.MostPerQuery > 1
            || !int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 400 or > 499))
        {
            yield return SettingsFault.Of("inquiry.absentStatuses",
                $"'{status}': cần mã trạng thái HTTP từ 400 đến 499, và chỉ khi mỗi lần hỏi một tin.",
                $"'{status}': expected an HTTP status from 400 to 499, and one message a request.");
        }
    }

    static IEnumerable<SettingsFault> CheckMeaning(HttpLaneOptions lane, HttpInquiryOptions inquiry)
    {
        foreach (var fault in InquiryOptions.Check(lane, inquiry))
            yield return fault;

        if (!inquiry.AbsentMeansNotTaken)
            yield break;

        if (inquiry.AbsentStatuses.Count == 0
            && !inquiry.LeavesOutAbsent
            && !inquiry.Statuses.ContainsValue(HttpInquiryMeaning.Absent))
        {
            yield return SettingsFault.Of("inquiry.absentMeansNotTaken",
                "Cần biết cổng nói 'không có tin này' ra sao: statuses có absent, absentStatuses hoặc leavesOutAbsent.",
                "How the gateway says that it does not know a message must be given: absent in statuses, "
                    + "absentStatuses or leavesOutAbsent.");
        }

        if (!AsksByReference(inquiry))
        {
            yield return SettingsFault.Of("inquiry.absentMeansNotTaken",
                "Chỉ dùng được khi hỏi bằng {reference}: tin chưa rõ không có mã của nhà mạng.",
                "Only where it is asked by {reference}: an uncertain message has no id of the carrier.");
        }
    }
}
