using System.Globalization;
using System.Net.Http.Headers;
using SmsCampaign.Files.Binding;

namespace SmsCampaign.Carriers.Http;

/// <summary>
/// What the settings of an <c>http</c> lane must be to one another.
/// </summary>
static class HttpLaneChecks
{
    public static IEnumerable<SettingsFault> Check(HttpLaneOptions options) =>
        CheckRequest(options).Concat(CheckTemplates(options)).Concat(CheckAnswer(options, options.Answer!))
            .Concat(options.Receipts is { } receipts
                ? CheckReceipts(receipts).Concat(CheckIds(options.Answer!, receipts))
                : [])
            .Concat(options.Inquiry is { } inquiry ? HttpInquiryChecks.Check(options, inquiry) : []);

    static IEnumerable<SettingsFault> CheckRequest(HttpLaneOptions options)
    {
        foreach (var fault in CheckHeaders("headers", options.Headers))
            yield return fault;

        if (options.Body is not null && options.Form.Count > 0)
            yield return SettingsFault.Of(
                "form", "Chỉ được có body hoặc form, không cả hai.", "Either body or form, not both.");

        if (options.Method == "GET" && (options.Body is not null || options.Form.Count > 0))
            yield return SettingsFault.Of("method", "GET chỉ đi với query.", "GET goes with query only.");
    }

    internal static IEnumerable<SettingsFault> CheckHeaders(string section, Dictionary<string, string> headers)
    {
        foreach (var (name, value) in headers)
        {
            using var request = new HttpRequestMessage();
            if (IsContentHeader(name)
                || value.AsSpan().ContainsAny('\r', '\n')
                || !TryAdd(request.Headers, name, value))
            {
                yield return SettingsFault.Of($"{section}.{name}",
                    "Tên hoặc giá trị tiêu đề HTTP không hợp lệ.",
                    "The name or value of the HTTP header is not valid.");
            }
        }
    }

    static bool IsContentHeader(string name) => name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);

    static bool TryAdd(HttpRequestHeaders headers, string name, string value)
    {
        try
        {
            return headers.TryAddWithoutValidation(name, value);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    static IEnumerable<SettingsFault> CheckTemplates(HttpLaneOptions options)
    {
        var texts = options.Query
            .Select(pair => (key: $"query.{pair.Key}", template: MessageTemplate.OfText(pair.Value)))
            .Concat(
                options.Form.Select(pair => (key: $"form.{pair.Key}", template: MessageTemplate.OfText(pair.Value))))
            .ToList();
        var body = options.Body is { } json ? MessageTemplate.OfJson(json) : null;
        var item = options.Item is { } element ? MessageTemplate.OfJson(element) : null;
        var all = texts.Append(("body", body!)).Append(("item", item!)).Where(pair => pair.Item2 is not null).ToList();

        foreach (var (key, template) in all)
        {
            foreach (var fault in template.Faults)
                yield return new SettingsFault(key, fault);
        }

        foreach (var (key, _) in all.Where(pair => pair.Item2.Slots.Contains(Slot.Id)))
            yield return SettingsFault.Of(key, "Chỉ inquiry mới dùng được {id}.", "Only inquiry can use {id}.");

        var slots = all.SelectMany(pair => pair.Item2.Slots).ToHashSet();
        if (!slots.Overlaps([Slot.To, Slot.ToLocal, Slot.ToPlus]) || !slots.Contains(Slot.Text))
        {
            yield return SettingsFault.Of(body is null ? "" : "body",
                "Yêu cầu gửi đi phải có {to} và {text}.", "The request must hold {to} and {text}.");
        }

        // Some gateways have no field for it.
        if (!slots.Contains(Slot.Reference) && WhatNeedsReference(options) is { } needed)
        {
            yield return SettingsFault.Of(body is null ? "" : "body",
                $"Yêu cầu gửi đi phải có {{reference}} vì '{needed}' cần đến.",
                $"The request must hold {{reference}}: '{needed}' needs it.");
        }

        var inList = body?.Slots.Contains(Slot.Items) ?? false;
        if (inList != item is not null || (item?.Slots.Contains(Slot.Items) ?? false))
        {
            yield return SettingsFault.Of("item",
                "item và chỗ điền \"{items}\" trong body phải đi cùng nhau, và item không chứa {items}.",
                "item and the placeholder \"{items}\" in body go together, and item holds no {items}.");
        }

        if (item is not null && all.Where(pair => pair.Item2 != item).SelectMany(pair => pair.Item2.Slots)
            .Any(slot => slot is not Slot.Items and not Slot.Sender))
        {
            yield return SettingsFault.Of("body",
                "Khi gửi theo danh sách, ngoài item chỉ được dùng {items} và {sender}.",
                "Where a call carries a list, only {items} and {sender} may stand outside item.");
        }

        if (item is null && options.MostPerCall > 1)
        {
            yield return SettingsFault.Of("mostPerCall",
                "Chỉ lớn hơn 1 khi có item và \"{items}\".", "It may exceed 1 only with item and \"{items}\".");
        }
    }

    static string? WhatNeedsReference(HttpLaneOptions options) =>
        options.RepeatsDropped ? "repeatsDropped"
        : options.Answer!.Match == HttpMatch.Reference ? "answer.match"
        : options.Receipts?.Reference is not null ? "receipts.reference"
        : options.Inquiry is { } inquiry && HttpInquiryChecks.AsksByReference(inquiry) ? "inquiry"
        : null;

    static IEnumerable<SettingsFault> CheckAnswer(HttpLaneOptions options, HttpAnswerOptions answer)
    {
        foreach (var fault in CheckPaths("answer",
            ("results", answer.Results),
            ("reference", answer.Reference),
            ("id", answer.Id),
            ("ids", answer.Ids),
            ("code", answer.Code)))
        {
            yield return fault;
        }

        if (options.Item is not null && answer.Results is null)
        {
            yield return SettingsFault.Of("answer.results",
                "Khi gửi theo danh sách phải cho biết danh sách kết quả nằm ở đâu.",
                "Where a call carries a list, the place of the list of results must be given.");
        }

        if (answer.Match == HttpMatch.Reference && answer.Reference is null)
            yield return SettingsFault.Of(
                "answer.match", "Cần khóa 'reference' đi kèm.", "It needs the key 'reference' beside it.");

        if (answer.Id is null && answer.Ids is null && answer.Code is null)
        {
            yield return SettingsFault.Of("answer",
                "Cần ít nhất 'id' hoặc 'code', nếu không thì không biết tin đã được nhận hay chưa.",
                "At least 'id' or 'code' is needed, or nothing tells whether a message was taken.");
        }

        if (answer.Code is not null && answer.Accepted.Count == 0)
            yield return SettingsFault.Of("answer.accepted", "Cần ít nhất một mã.", "It needs at least one code.");

        foreach (var fault in CheckTables(answer))
            yield return fault;

        foreach (var status in answer.Statuses.Keys.Where(status =>
            !int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 300 or > 599))
        {
            yield return SettingsFault.Of($"answer.statuses.{status}",
                "Cần mã trạng thái HTTP từ 300 đến 599.", "Expected an HTTP status from 300 to 599.");
        }
    }

    /// <summary>A code has one meaning. Said at the later of two tables.</summary>
    static IEnumerable<SettingsFault> CheckTables(HttpAnswerOptions answer)
    {
        (string Key, IEnumerable<string> Codes)[] tables =
        [
            ("accepted", answer.Accepted), ("refused", answer.Refused.Keys), ("otherNetwork", answer.OtherNetwork),
            ("throttled", answer.Throttled), ("closed", answer.Closed), ("busy", answer.Busy),
            ("configuration", answer.Configuration),
        ];
        foreach (var same in tables
            .SelectMany(table => table.Codes.Select(code => (Code: code, table.Key)))
            .GroupBy(each => each.Code))
        {
            var keys = same.Select(each => each.Key).Distinct().ToList();
            if (keys.Count > 1)
            {
                yield return SettingsFault.Of($"answer.{keys[^1]}",
                    $"Mã '{same.Key}' nằm trong hơn một bảng: {string.Join(", ", keys)}. "
                        + $"Mỗi mã chỉ có một nghĩa: hãy để lại ở một bảng.",
                    $"The code '{same.Key}' stands in more than one table: {string.Join(", ", keys)}. "
                        + $"A code has one meaning: leave it in one.");
            }
            else if (same.Count() > 1)
            {
                yield return SettingsFault.Of($"answer.{keys[0]}",
                    $"Mã '{same.Key}' được ghi hai lần. Hãy bỏ một.",
                    $"The code '{same.Key}' is written twice. Remove one.");
            }
        }
    }

    static IEnumerable<SettingsFault> CheckReceipts(HttpReceiptOptions receipts)
    {
        if (receipts.Reference is null && receipts.Id is null)
        {
            yield return SettingsFault.Of("receipts",
                "Cần 'reference' hoặc 'id' để biết biên nhận thuộc tin nào.",
                "Either 'reference' or 'id' is needed to know which message a receipt is about.");
        }

        if (receipts.From != HttpReceiptSource.Json)
            yield break;

        foreach (var fault in CheckPaths("receipts",
            ("items", receipts.Items),
            ("reference", receipts.Reference),
            ("id", receipts.Id),
            ("status", receipts.Status),
            ("code", receipts.Code),
            ("time", receipts.Time),
            ("part", receipts.Part),
            ("parts", receipts.Parts)))
        {
            yield return fault;
        }
    }

    static IEnumerable<SettingsFault> CheckIds(HttpAnswerOptions answer, HttpReceiptOptions receipts)
    {
        // Both are brought to decimal, or neither is.
        if (IsNumber(answer.IdForm) != IsNumber(receipts.IdForm))
        {
            yield return SettingsFault.Of("receipts.idForm",
                "answer.idForm và receipts.idForm phải cùng là số (number, hex) hoặc cùng không; "
                    + "nếu không, mã hai bên không bao giờ khớp.",
                "answer.idForm and receipts.idForm must both be numbers (number, hex) or neither: "
                    + "their ids would never meet.");
        }
        else if (!IsNumber(answer.IdForm) && answer.IdForm != receipts.IdForm)
        {
            yield return SettingsFault.Of("receipts.idForm",
                "answer.idForm và receipts.idForm phải giống nhau khi không phải là số.",
                "answer.idForm and receipts.idForm must be the same where they are no numbers.");
        }

        if (answer.Ids is not null && receipts.Id is null && receipts.Part is null)
        {
            yield return SettingsFault.Of("answer.ids",
                "Mỗi phần có mã riêng thì biên nhận phải cho biết phần nào, bằng receipts.id hoặc receipts.part.",
                "Where each part has an id, receipts must tell the part, by receipts.id or receipts.part.");
        }

        if (receipts.Parts is not null && receipts.Part is null)
            yield return SettingsFault.Of(
                "receipts.parts", "Cần khóa 'part' đi kèm.", "It needs the key 'part' beside it.");
    }

    static bool IsNumber(CarrierIdForm form) => form is CarrierIdForm.Number or CarrierIdForm.Hex;

    internal static IEnumerable<SettingsFault> CheckPaths(string section, params (string Key, string? Path)[] paths) =>
        paths.Where(pair => pair.Path is { } path && JsonPath.TryParse(path) is null).Select(pair => SettingsFault.Of(
            $"{section}.{pair.Key}",
            $"'{pair.Path}' không phải đường dẫn JSON như data.results[0].id.",
            $"'{pair.Path}' is no JSON path such as data.results[0].id."));
}
