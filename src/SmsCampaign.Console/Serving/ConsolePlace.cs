using SmsCampaign.Storage;

namespace SmsCampaign.WebConsole.Serving;

/// <summary>What the pages are of, and where they are served.</summary>
/// <param name="Installation">Path of the installation file.</param>
/// <param name="Listen">Port 0: any free one.</param>
public sealed record ConsolePlace(DataFolder Data, string Installation, Uri Listen, Language Language)
{
    /// <summary>Where persons open it, where that is another than <see cref="Listen"/>.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>Path of the certificate in PEM form; needed where <see cref="Listen"/> is https.</summary>
    public string? Certificate { get; init; }

    /// <summary>Path of its key; null: in the same file.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>Full path of the folder of the campaigns that are written on the pages, each a folder with its
    /// file.</summary>
    public string Campaigns { get; init; } = Path.Combine(
        Path.GetDirectoryName(Path.GetFullPath(Installation))!, Installations.ConsoleSettings.DefaultCampaigns);

    /// <summary>The identity provider by which persons may sign in as well; null: none.</summary>
    public Installations.OpenIdSettings? OpenId { get; init; }

    /// <summary>Whether runs with a stand-in for the gateways are shown as well.</summary>
    public bool ShowsSimulated { get; init; }

    /// <summary>Whether nothing that is shown reaches a phone: a demonstration.</summary>
    public bool IsExercise => ShowsSimulated || Entry is not null;

    /// <summary>A word by which one person gets in once without a password; null: nobody does.</summary>
    internal OneTimeEntry? Entry { get; init; }

    /// <summary>Whether a browser is to send cookies over TLS alone.</summary>
    public bool IsSecure => (PublicAddress ?? Listen).Scheme == "https";
}

/// <summary>Lets one person in, once: of a console that is served for a demonstration on this machine.</summary>
sealed class OneTimeEntry
{
    /// <summary>Who gets in by it.</summary>
    public const string Person = "trinh-dien";

    string? _word = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(24));

    /// <summary>Path and query; null where it was used.</summary>
    public string? Path => _word is { } word ? $"/vao?ma={word}" : null;

    /// <summary>Whether somebody comes by the word, who is the first.</summary>
    public bool TryTake(string word)
    {
        var there = Volatile.Read(ref _word);
        return there is not null
            && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
                System.Text.Encoding.UTF8.GetBytes(word), System.Text.Encoding.UTF8.GetBytes(there))
            && Interlocked.CompareExchange(ref _word, null, there) == there;
    }
}
