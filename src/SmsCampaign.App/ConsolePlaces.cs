using SmsCampaign.Installations;
using SmsCampaign.Storage;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.App;

/// <summary>Where an installation's pages are served.</summary>
static class ConsolePlaces
{
    /// <returns>Null where none are to be.</returns>
    public static ConsolePlace? Of(
        DataFolder data, string installation, ConsoleSettings settings, Language language) =>
        settings.ListenAt is not { } listen ? null : new ConsolePlace(data, installation, listen, language)
        {
            PublicAddress = settings.Address.Length > 0 ? settings.PublicAddress : null,
            Certificate = FileOf(settings.Certificate),
            CertificateKey = FileOf(settings.CertificateKey),
            Campaigns = Path.GetFullPath(settings.Campaigns, Path.GetDirectoryName(Path.GetFullPath(installation))!),
            OpenId = settings.OpenId,
        };

    static string? FileOf(string path) => path.Length > 0 ? path : null;
}
