using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.SpeedSms;

/// <summary>
/// What SpeedSMS's codes mean, and how long it asks to wait. Source: speedsms.vn, "SMS API", "Error codes" and "Rate
/// limit". A code that is not here is never guessed at.
/// </summary>
static class SpeedSmsCodes
{
    /// <summary>The first status of a callback that means failed; those from 1 up to it are failures that may yet be
    /// mended (the document's webhook section, as clients in public repositories quote it).</summary>
    public const int FirstFailed = 64;

    /// <summary>Longest wait believed: the limit is of 60 seconds.</summary>
    static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>From here on a number of seconds is a moment, not a wait.</summary>
    const long FirstMoment = 1_000_000_000;

    /// <param name="count">Messages in the call.</param>
    /// <returns>Null where the code is in no table.</returns>
    public static SendResult? Refusal(int code, int count)
    {
        var reason = $"code {code:000}";
        return code switch
        {
            7 => SendResult.Misconfigured(reason), // IP locked
            8 => SendResult.Misconfigured(reason), // account blocked
            9 => SendResult.Misconfigured(reason), // account not allowed to call the API
            101 => SendResult.Misconfigured(reason), // invalid or missing parameters: ours
            105 when count > 1 => SendResult.Split(reason), // phone number invalid: which?
            105 => SendResult.Rejected(FailureClass.Number, reason),
            110 => SendResult.Rejected(FailureClass.Content, reason), // encoding of the text not supported
            113 => SendResult.Rejected(FailureClass.Content, reason), // text too long
            300 => SendResult.Misconfigured(reason), // balance not enough
            500 => SendResult.Uncertain(reason), // internal error: some of the list may have been taken
            _ => null,
        };
    }

    /// <summary>Whether a code is about the account.</summary>
    public static bool IsOfAccount(int code) => code is 7 or 8 or 9 or 300;

    /// <returns>Null where there is none that is a whole number.</returns>
    public static int? CodeIn(JsonElement root) => GatewayJson.NumberIn(root, "code")
        ?? (int.TryParse(
            GatewayJson.TextIn(root, "code"), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? code
            : null);

    /// <summary>Whether it is the answer to too many requests, whatever its HTTP status: { "code": 0,
    /// "status": 429 }.</summary>
    public static bool IsTooFast(JsonElement root) => GatewayJson.NumberIn(root, "status") == 429
        || GatewayJson.TextIn(root, "status") == "429"
        || CodeIn(root) == 429;

    /// <summary>X-Rate-Limit-Reset: seconds to wait, as the framework that SpeedSMS is made with (Yii 2) has it, or a
    /// moment in Unix time, taken relative to the gateway's own clock.</summary>
    /// <returns>Retry-After where there is none that makes sense; null where neither says.</returns>
    public static TimeSpan? WaitAsked(CarrierAnswer answer)
    {
        if (answer.Headers is not { } headers || !headers.TryGetValues("X-Rate-Limit-Reset", out var values)
            || !long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var reset))
        {
            return answer.RetryAfter;
        }

        var seconds = reset < FirstMoment ? reset : reset - SecondsOf(headers);
        return seconds > 0 && seconds <= LongestWait.TotalSeconds
            ? TimeSpan.FromSeconds(seconds.Value)
            : answer.RetryAfter;
    }

    static long? SecondsOf(HttpResponseHeaders headers) => headers.Date?.ToUnixTimeSeconds();
}
