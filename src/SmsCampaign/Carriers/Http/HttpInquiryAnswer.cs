using System.Globalization;
using System.Text.Json;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Http;

/// <summary>
/// Reads what a gateway answers to an inquiry. What makes no sense says nothing: it is never
/// taken for "not known there".
/// </summary>
/// <param name="answers">How ids are written in the answers to messages.</param>
/// <param name="receipts">How they are in receipts. An inquiry may write them either way.</param>
sealed class HttpInquiryAnswer(
    HttpInquiryOptions options, IReadOnlyList<string> secrets, CarrierIdForm answers, CarrierIdForm receipts)
{
    readonly JsonPath? _items = JsonPath.Of(options.Items);
    readonly JsonPath? _reference = JsonPath.Of(options.Reference);
    readonly JsonPath? _id = JsonPath.Of(options.Id);
    readonly JsonPath _status = JsonPath.Of(options.Status)!;
    readonly JsonPath? _code = JsonPath.Of(options.Code);
    readonly JsonPath? _time = JsonPath.Of(options.Time);

    public IReadOnlyList<QueryAnswer> Read(CarrierAnswer answer, IReadOnlyList<QueriedSms> messages)
    {
        if (!answer.IsSuccess)
        {
            var status = ((int)answer.Status).ToString(CultureInfo.InvariantCulture);
            return HttpInquiry.ForAll(messages, options.AbsentStatuses.Contains(status)
                ? QueryAnswer.NotThere
                : QueryAnswer.CannotSay($"HTTP {status}", answer.RetryAfter));
        }

        try
        {
            using var document = GatewayJson.Parse(answer.Body);
            return Read(document.RootElement, messages);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return HttpInquiry.ForAll(messages, QueryAnswer.CannotSay("a success without readable JSON"));
        }
    }

    IReadOnlyList<QueryAnswer> Read(JsonElement root, IReadOnlyList<QueriedSms> messages)
    {
        var found = _items is null ? root : _items.Find(root);
        if (found is not { ValueKind: JsonValueKind.Array or JsonValueKind.Object } there)
            return HttpInquiry.ForAll(
                messages, QueryAnswer.CannotSay($"no '{options.Items ?? "object"}' in the answer"));

        List<JsonElement> elements = there.ValueKind == JsonValueKind.Array ? [.. there.EnumerateArray()] : [there];

        // Asked about one and told of one without a name: it is that one.
        if (messages.Count == 1 && _reference is null && _id is null)
            return [elements.Count switch
            {
                0 => LeftOut,
                1 => Read(elements[0]),
                _ => QueryAnswer.CannotSay($"{elements.Count} answers for one message"),
            }];

        return [.. messages.Select(sms => elements.FindAll(element => IsAbout(element, sms)) switch
        {
            [] => LeftOut,
            [var one] => Read(one),
            _ => QueryAnswer.CannotSay("two answers for one message"),
        })];
    }

    QueryAnswer LeftOut =>
        options.LeavesOutAbsent ? QueryAnswer.NotThere : QueryAnswer.CannotSay("not a word on this message");

    bool IsAbout(JsonElement element, QueriedSms sms) =>
        _reference?.TextIn(element) is { } reference ? reference == sms.Reference
        : _id?.TextIn(element) is { } id && sms.CarrierMessageId is { } ours
            && CarrierIds.Normalize(answers, ours) is var there
            && (CarrierIds.Normalize(answers, id) == there || CarrierIds.Normalize(receipts, id) == there);

    QueryAnswer Read(JsonElement element)
    {
        if (_status.TextIn(element) is not { } status)
            return QueryAnswer.CannotSay($"no '{options.Status}' in the answer");
        if (!options.Statuses.TryGetValue(status, out var meaning))
            return QueryAnswer.CannotSay($"unknown status '{CarrierCode.Clean(status, secrets)}'");
        if (meaning == HttpInquiryMeaning.Absent)
            return QueryAnswer.NotThere;

        var code = _code?.TextIn(element) ?? status;
        return QueryAnswer.Known(new DeliveryReceipt(
            _reference?.TextIn(element),
            _id?.TextIn(element) is { } id ? CarrierIds.Normalize(receipts, id) : null,
            meaning switch
            {
                HttpInquiryMeaning.Accepted => MessageStatus.Accepted,
                HttpInquiryMeaning.Sent => MessageStatus.Sent,
                HttpInquiryMeaning.Delivered => MessageStatus.Delivered,
                _ => MessageStatus.Failed,
            },
            meaning == HttpInquiryMeaning.Failed ? ClassOf(code, status) : null,
            CarrierCode.Clean(code, secrets),
            CarrierTime.Read(_time?.TextIn(element), options.TimeFormat, options.TimeOffset)));
    }

    FailureClass ClassOf(string code, string status) =>
        options.Failures.TryGetValue(code, out var byCode) ? byCode
        : options.Failures.TryGetValue(status, out var byStatus) ? byStatus
        : FailureClass.Unknown;
}
