using System.Text;
using SmsCampaign.Carriers.Twilio;

namespace SmsCampaign.Tests.Carriers.Twilio;

public class TwilioSignatureTests
{
    /// <summary>The example of Twilio's own libraries' tests.</summary>
    const string Address = "https://mycompany.com/myapp.php?foo=1&bar=2";
    const string Form =
        "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";
    const string Signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

    [Theory]
    [InlineData(Address, Form, Signature, true)]
    [InlineData(
        Address,
        "To=%2B18005551212&From=%2B14158675309&Digits=1234&Caller=%2B14158675309&CallSid=CA1234567890ABCDE",
        Signature,
        true)] // in any order
    [InlineData("https://mycompany.com:443/myapp.php?foo=1&bar=2", Form, Signature, true)] // the port it has anyway
    [InlineData("https://mycompany.com:8443/myapp.php?foo=1&bar=2", Form, Signature, true)] // signed without it
    [InlineData("http://mycompany.com/myapp.php?foo=1&bar=2", Form, Signature, false)]
    [InlineData("https://mycompany.com/myapp.php?bar=2&foo=1", Form, Signature, false)]
    [InlineData(Address, Form + "&x=1", Signature, false)]
    [InlineData(Address, Form, "RSOYDt4T1cUTdK1PDd93/VVr8B9=", false)]
    [InlineData(Address, Form, "", false)]
    [InlineData(Address, Form, null, false)]
    [InlineData(Address, Form, "ă", false)]
    public void It_holds_over_address_and_fields(string address, string form, string? signature, bool holds) =>
        Assert.Equal(
            holds, new TwilioSignature("12345").Holds(new Uri(address), Encoding.UTF8.GetBytes(form), signature));

    [Fact]
    public void Another_token_signs_otherwise() =>
        Assert.False(new TwilioSignature("12346").Holds(new Uri(Address), Encoding.UTF8.GetBytes(Form), Signature));
}
