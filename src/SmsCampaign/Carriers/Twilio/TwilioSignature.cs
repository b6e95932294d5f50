using System.Text;
using System.Web;
using Twilio.Security;

namespace SmsCampaign.Carriers.Twilio;

/// <summary>
/// Twilio's signature on its callbacks, checked by its own package: over the address as Twilio sees it followed by each
/// field's name and value (twilio.com/docs/usage/security, "Validating requests").
/// </summary>
sealed class TwilioSignature(string authToken)
{
    public const string Header = "X-Twilio-Signature";

    readonly RequestValidator _validator = new(authToken);

    /// <param name="address">With its query.</param>
    /// <param name="given">The header's value; null where there is none.</param>
    public bool Holds(Uri address, ReadOnlySpan<byte> form, string? given)
    {
        if (string.IsNullOrEmpty(given)) // the package throws
            return false;

        // What stands without a name is not signed, nor does the package take it.
        var fields = HttpUtility.ParseQueryString(Encoding.UTF8.GetString(form));
        var signed = fields.AllKeys.OfType<string>().ToDictionary(
            name => name,
            name => string.Concat((fields.GetValues(name) ?? []).Distinct().Order(StringComparer.Ordinal)));
        return _validator.Validate(address.AbsoluteUri, signed, given);
    }
}
