using System.Globalization;
using System.Text;
using System.Text.Json;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Http;

/// <summary>
/// Reads a gateway's answer by the paths and tables of <see cref="HttpAnswerOptions"/>.
/// </summary>
sealed class HttpAnswer(HttpAnswerOptions options, IReadOnlyList<string> secrets)
{
    readonly JsonPath? _results = JsonPath.Of(options.Results);
    readonly JsonPath? _reference = JsonPath.Of(options.Reference);
    readonly HttpIds? _ids = HttpIds.Of(options);
    readonly JsonPath? _code = JsonPath.Of(options.Code);
    readonly Dictionary<string, Func<TimeSpan?, SendResult>> _refusals = Refusals(options);
    readonly HashSet<string> _accepted = [.. options.Accepted];
    readonly byte[]? _usual = options.Accepted is [var first, ..] && !Refusals(options).ContainsKey(first)
        ? Encoding.UTF8.GetBytes(first)
        : null;

    /// <returns>One result a message; null where the HTTP status decides.</returns>
    /// <exception cref="FormatException">A success that makes no sense.</exception>
    public IReadOnlyList<SendResult>? Read(CarrierAnswer answer, IReadOnlyList<OutboundSms> messages)
    {
        try
        {
            using var document = GatewayJson.Parse(answer.Body);
            return answer.IsSuccess
                ? ReadSuccess(document.RootElement, messages, answer.RetryAfter)
                : ReadFailure(document.RootElement, messages, answer);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return answer.IsSuccess
                ? throw new FormatException("a success without readable JSON", e)
                : ByStatus(answer) is { } meaning ? CarrierHttp.ForAll(messages.Count, meaning) : null;
        }
    }

    IReadOnlyList<SendResult> ReadSuccess(JsonElement root, IReadOnlyList<OutboundSms> messages, TimeSpan? retryAfter)
    {
        if (_results is null)
            return [ReadResult(root, retryAfter)];

        if (_results.Find(root) is { ValueKind: JsonValueKind.Array } results)
        {
            return options.Match == HttpMatch.Order
                ? ReadInOrder(results, messages.Count, retryAfter)
                : ReadByReference(results, messages, retryAfter);
        }

        // The call as a whole was turned away.
        if (_code?.TextIn(root) is { } code && _refusals.TryGetValue(code, out var refusal))
            return CarrierHttp.ForAll(messages.Count, refusal(retryAfter));

        throw new FormatException("a success without a list of results");
    }

    List<SendResult> ReadInOrder(JsonElement results, int count, TimeSpan? retryAfter)
    {
        // With one missing nobody knows which.
        if (results.GetArrayLength() != count)
            throw new FormatException(
                $"wrong number of results: {results.GetArrayLength()} for "
                + $"{Figures.Counted(count, "message").In(Language.English)}");

        var read = new List<SendResult>(count);
        foreach (var result in results.EnumerateArray())
            read.Add(ReadResult(result, retryAfter));
        return read;
    }

    List<SendResult> ReadByReference(JsonElement results, IReadOnlyList<OutboundSms> messages, TimeSpan? retryAfter)
    {
        var byReference = new Dictionary<string, SendResult>(messages.Count);
        foreach (var result in results.EnumerateArray())
        {
            if (_reference!.TextIn(result) is { } reference
                && !byReference.TryAdd(reference, ReadResult(result, retryAfter)))
                byReference[reference] = SendResult.Uncertain(Reason.Unreadable, "two results for one reference");
        }

        return [.. messages.Select(sms => byReference.GetValueOrDefault(sms.Reference)
            ?? SendResult.Uncertain(Reason.Unreadable, "no result for this reference"))];
    }

    SendResult ReadResult(JsonElement result, TimeSpan? retryAfter)
    {
        if (_code is not null && !IsAccepted(result))
        {
            if (_code.TextIn(result) is not { } code)
                return SendResult.Uncertain(Reason.Unreadable, "a result without a code");

            if (_refusals.TryGetValue(code, out var refusal))
                return refusal(retryAfter);

            if (!_accepted.Contains(code))
                return SendResult.UnknownCode(CarrierCode.Clean(code, secrets));
        }

        return _ids is null ? SendResult.Accepted(null) : _ids.Read(result);
    }

    /// <summary>Whether the code is the usual one, compared as it stands: nearly every answer's is.</summary>
    bool IsAccepted(JsonElement result) =>
        _usual is not null
        && _code!.Find(result) is { ValueKind: JsonValueKind.String } code
        && code.ValueEquals(_usual.AsSpan());

    IReadOnlyList<SendResult>? ReadFailure(JsonElement root, IReadOnlyList<OutboundSms> messages, CarrierAnswer answer)
    {
        var code = _code?.TextIn(root);
        if (code is not null && _refusals.TryGetValue(code, out var refusal))
            return CarrierHttp.ForAll(messages.Count, refusal(answer.RetryAfter));

        if (code is not null && _accepted.Contains(code))
            throw new FormatException($"HTTP {(int)answer.Status} with code {code}, which means accepted");

        return ByStatus(answer) is { } meaning ? CarrierHttp.ForAll(messages.Count, meaning) : null;
    }

    SendResult? ByStatus(CarrierAnswer answer)
    {
        var status = ((int)answer.Status).ToString(CultureInfo.InvariantCulture);
        if (!options.Statuses.TryGetValue(status, out var meaning))
            return null;

        var result = meaning switch
        {
            HttpMeaning.Refused => SendResult.Rejected(FailureClass.Unknown, $"HTTP {status}"),
            HttpMeaning.Throttled => SendResult.TooFast($"HTTP {status}", answer.RetryAfter),
            HttpMeaning.Closed => SendResult.Deferred($"HTTP {status}", answer.RetryAfter),
            HttpMeaning.Configuration => SendResult.Misconfigured($"HTTP {status}"),
            HttpMeaning.Busy => SendResult.Busy($"HTTP {status}", answer.RetryAfter),
            _ => SendResult.Uncertain(Reason.HttpStatus, $"HTTP {status}", $"HTTP {status}"),
        };
        return result.Because(HoldCauses.Of(answer.Status));
    }

    internal static Dictionary<string, Func<TimeSpan?, SendResult>> Refusals(HttpAnswerOptions options)
    {
        var table = new Dictionary<string, Func<TimeSpan?, SendResult>>();
        foreach (var (code, failure) in options.Refused)
            table[code] = _ => SendResult.Rejected(failure, $"code {code}");

        foreach (var code in options.OtherNetwork)
            table[code] = _ => SendResult.WrongNetwork($"code {code}");

        foreach (var code in options.Throttled)
            table[code] = retryAfter => SendResult.TooFast($"code {code}", retryAfter);

        foreach (var code in options.Busy)
            table[code] = retryAfter => SendResult.Busy($"code {code}", retryAfter);

        foreach (var code in options.Closed)
            table[code] = retryAfter => SendResult.Deferred($"code {code}", retryAfter);

        foreach (var code in options.Configuration)
            table[code] = _ => SendResult.Misconfigured($"code {code}");

        return table;
    }
}
