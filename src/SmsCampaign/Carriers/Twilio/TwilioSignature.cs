using System.Collections.Specialized;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Web;

namespace SmsCampaign.Carriers.Twilio;

/// <summary>
/// Twilio's signature on its callbacks: Base64 of HMAC-SHA1, keyed by the auth token, over the address as Twilio sees it
/// followed by each field's name and value, sorted by name (twilio.com/docs/usage/security, "Validating requests").
/// </summary>
sealed class TwilioSignature(string authToken)
{
    public const string Header = "X-Twilio-Signature";

    readonly byte[] _key = Encoding.UTF8.GetBytes(authToken);

    /// <param name="address">With its query.</param>
    /// <param name="given">The header's value; null where there is none.</param>
    public bool Holds(Uri address, ReadOnlySpan<byte> form, string? given)
    {
        var fields = Join(HttpUtility.ParseQueryString(Encoding.UTF8.GetString(form)));
        var signature = Encoding.ASCII.GetBytes(given ?? "");

        // Twilio is known to sign with the port and without it, whichever the address has.
        return IsOver(WithPort(address) + fields, signature) | IsOver(WithoutPort(address) + fields, signature);
    }

    [SuppressMessage("Security", "CA5350", Justification = "It is what Twilio signs with; HMAC-SHA1 is not known to be forgeable.")]
    bool IsOver(string signed, byte[] given) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Convert.ToBase64String(HMACSHA1.HashData(_key, Encoding.UTF8.GetBytes(signed)))), given);

    /// <summary>Sorted as Unix does, by the bytes.</summary>
    static string Join(NameValueCollection fields)
    {
        var joined = new StringBuilder();
        foreach (var name in fields.AllKeys.OfType<string>().Order(StringComparer.Ordinal))
        {
            foreach (var value in (fields.GetValues(name) ?? []).Distinct().Order(StringComparer.Ordinal))
                joined.Append(name).Append(value);
        }

        return joined.ToString();
    }

    static string WithPort(Uri address) => $"{address.Scheme}://{address.Host}:{address.Port}{address.PathAndQuery}";

    static string WithoutPort(Uri address) => $"{address.Scheme}://{address.Host}{address.PathAndQuery}";
}
