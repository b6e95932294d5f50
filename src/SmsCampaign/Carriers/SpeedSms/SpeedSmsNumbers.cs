using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SmsCampaign.Carriers.SpeedSms;

/// <summary>
/// Subscribers' numbers as SpeedSMS writes them back, and what names one message of a call:
/// SpeedSMS gives an id a call only.
/// </summary>
static class SpeedSmsNumbers
{
    const long Lowest = 84_000_000_000;

    /// <summary>Hexadecimal digits that tell the at most 100 messages of one call apart.</summary>
    const int HashDigits = 12;

    /// <summary>Names a message in receipts without its number.</summary>
    public static string ReceiptId(string tranId, long number) => string.Create(CultureInfo.InvariantCulture,
        $"{tranId}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{tranId}:{number}"))))[..HashDigits]}");

    /// <returns>Null where there is no id of a call: letters, digits and dashes, at most 40.</returns>
    public static string? TranIdIn(JsonElement element)
    {
        var id = TextOf(GatewayJson.FieldIn(element, "tranId"))?.Trim();
        return id is { Length: > 0 and <= 40 } && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
            ? id
            : null;
    }

    /// <summary>With 84, +84 or 0 before it.</summary>
    /// <returns>Null where it is no Vietnamese number.</returns>
    public static long? NumberIn(JsonElement? value)
    {
        if (!long.TryParse(
            TextOf(value)?.Trim().TrimStart('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;

        return number is > Lowest and < Lowest + 1_000_000_000 ? number
            : number is > 0 and < 1_000_000_000 ? number + Lowest
            : null;
    }

    /// <returns>Null where it is no whole number, be it written as a text.</returns>
    public static int? StatusIn(JsonElement element) =>
        int.TryParse(
            TextOf(GatewayJson.FieldIn(element, "status")),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var status)
            ? status
            : null;

    static string? TextOf(JsonElement? value)
    {
        try
        {
            return value switch
            {
                { ValueKind: JsonValueKind.String } text => text.GetString(),
                { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair
        }
    }
}
