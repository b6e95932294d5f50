using System.Globalization;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Viettel;

/// <summary>
/// Asks by getDlrStatus what became of messages that the gateway gave an id to. What its numbers
/// mean is the lane's setting.
/// </summary>
sealed class ViettelDlrStatus(ViettelLaneOptions options, ViettelInquiryOptions inquiry)
{
    public async Task<IReadOnlyList<QueryAnswer>> AskAsync(
        HttpClient asking,
        ViettelRequests requests,
        IReadOnlyList<QueriedSms> messages,
        CancellationToken cancellationToken)
    {
        var ids = string.Join(inquiry.Separator, messages.Select(message => message.CarrierMessageId));
        return await CarrierHttp.AskAsync(
            asking,
            requests.DlrStatus(ids),
            answer => Read(answer, messages),
            why => CannotSay(messages, why),
            cancellationToken);
    }

    IReadOnlyList<QueryAnswer> Read(CarrierAnswer answer, IReadOnlyList<QueriedSms> messages)
    {
        if (ViettelAnswer.Read(answer.Body) is not { Fault: null } read)
            return CannotSay(
                messages,
                answer.IsSuccess ? "an answer that makes no sense" : $"HTTP {(int)answer.Status}",
                answer.RetryAfter);
        if (!answer.IsSuccess)
            return CannotSay(messages, $"HTTP {(int)answer.Status}", answer.RetryAfter);
        if (read.Entries.Count == 0)
            return CannotSay(messages, read.Field("message") is { Length: > 0 } words
                ? ViettelCodes.NameOf(words, options.Secrets)
                : "an answer without the message");

        var byId = read.Entries.ToLookup(
            entry => CarrierIds.Normalize(CarrierIdForm.Number, entry.GetValueOrDefault("messageId") ?? ""));
        return [.. messages.Select(message =>
            Read(byId[CarrierIds.Normalize(CarrierIdForm.Number, message.CarrierMessageId!)].ToList(), message))];
    }

    QueryAnswer Read(List<IReadOnlyDictionary<string, string>> entries, QueriedSms message)
    {
        if (entries.Count != 1)
            return QueryAnswer.CannotSay(
                entries.Count == 0 ? "an answer without the message" : "two answers for one message");
        if (!int.TryParse(
            entries[0].GetValueOrDefault("dlrStatus"),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var number))
            return QueryAnswer.CannotSay("an answer without a status");

        var code = number.ToString(CultureInfo.InvariantCulture);
        if (!inquiry.Statuses.TryGetValue(code, out var status))
            return QueryAnswer.CannotSay($"unknown status {CarrierCode.Clean(code, [])}");

        return QueryAnswer.Known(new DeliveryReceipt(
            message.Reference,
            message.CarrierMessageId,
            status switch
            {
                ViettelStatus.Accepted => MessageStatus.Accepted,
                ViettelStatus.Sent => MessageStatus.Sent,
                ViettelStatus.Delivered => MessageStatus.Delivered,
                _ => MessageStatus.Failed,
            },
            status == ViettelStatus.Failed
                ? inquiry.Failures.TryGetValue(code, out var failure) ? failure : FailureClass.Unknown
                : null,
            code,
            At: null));
    }

    static IReadOnlyList<QueryAnswer> CannotSay(
        IReadOnlyList<QueriedSms> messages, string why, TimeSpan? retryAfter = null) =>
        [.. messages.Select(_ => QueryAnswer.CannotSay(why, retryAfter))];
}
