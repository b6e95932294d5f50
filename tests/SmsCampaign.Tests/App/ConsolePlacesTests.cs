using System.Reflection;
using SmsCampaign.App;
using SmsCampaign.Installations;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App;

/// <summary>What the pages are served by is what the installation file says.</summary>
public sealed class ConsolePlacesTests
{
    [Fact]
    public void The_identity_provider_goes_with_the_place()
    {
        using var folder = new TempFolder();
        var settings = new ConsoleSettings
        {
            Listen = "http://127.0.0.1:8443",
            OpenId = new OpenIdSettings { Authority = new Uri("https://dang-nhap.daklak.gov.vn"), ClientId = "sms" },
        };

        var place = ConsolePlaces.Of(
            new DataFolder(folder.File("data")), folder.File("smscampaign.json"), settings, Language.Vietnamese);

        Assert.Same(settings.OpenId, place!.OpenId);
    }

    /// <summary>A verb that is given another address to listen at keeps all that the file says beside it.</summary>
    [Fact]
    public void Another_address_leaves_every_other_setting_as_it_is()
    {
        var settings = new ConsoleSettings
        {
            Listen = "http://127.0.0.1:8443",
            Address = "https://tin-nhan.daklak.gov.vn",
            Certificate = "/etc/a.pem",
            CertificateKey = "/etc/a.key",
            Campaigns = "/srv/campaigns",
            OpenId = new OpenIdSettings { ClientId = "sms" },
        };

        var other = settings.At("http://127.0.0.1:9000");

        Assert.Equal("http://127.0.0.1:9000", other.Listen);
        Assert.All(
            typeof(ConsoleSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.SetMethod is { IsPublic: true } && property.Name != "Listen"),
            property => Assert.Equal(property.GetValue(settings), property.GetValue(other)));
    }
}
