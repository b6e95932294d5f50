using SmsCampaign.Files.Binding;
using SmsCampaign.Installations;

namespace SmsCampaign.Tests.Installations;

/// <summary>Where the pages may be served.</summary>
public sealed class ConsoleSettingsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8443", "", null)]
    [InlineData("http://[::1]:8443", "", null)]
    [InlineData("http://localhost:8443", "", null)]
    [InlineData("https://0.0.0.0:8443", "/etc/ssl/sms.pem", null)]
    [InlineData("http://0.0.0.0:8443", "", "Http chỉ được dùng trong máy này")]
    [InlineData("http://192.0.2.7:8443", "/etc/ssl/sms.pem", "Http chỉ được dùng trong máy này")]
    [InlineData("https://0.0.0.0:8443", "", "phải ghi tệp chứng chỉ")]
    public void Plain_http_is_for_this_machine_alone(string listen, string certificate, string? problem)
    {
        var problems = new ConsoleSettings { Listen = listen, Certificate = certificate }.Problems();

        if (problem is null)
            Assert.Empty(problems);
        else
            Assert.Contains(problem, Assert.Single(problems).Vi, StringComparison.Ordinal);
    }

    /// <summary>A secret and who somebody is go there.</summary>
    [Theory]
    [InlineData("https://dang-nhap.daklak.gov.vn/realms/tinh", true)]
    [InlineData("http://127.0.0.1:8080/realms/tinh", true)]
    [InlineData("http://localhost:8080", true)]
    [InlineData("http://dang-nhap.daklak.gov.vn", false)]
    [InlineData("https://dang-nhap.daklak.gov.vn/?a=b", false)]
    [InlineData("https://dang-nhap.daklak.gov.vn/#a", false)]
    [InlineData("https://a:b@dang-nhap.daklak.gov.vn", false)]
    public void An_identity_provider_beyond_this_machine_is_asked_by_https(string authority, bool isGood)
    {
        ICheckedSettings settings = new OpenIdSettings { Authority = new Uri(authority) };

        Assert.Equal(isGood, !settings.Check().Any());
    }
}
