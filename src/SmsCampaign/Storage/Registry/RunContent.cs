using System.Security.Cryptography;
using System.Text;

namespace SmsCampaign.Storage.Registry;

/// <summary>A text of a run, and who gets it.</summary>
/// <param name="Text">Hash of the text, alike for texts that a reader takes for the same: <see cref="HashOf"/>.</param>
/// <param name="Total">Numbers that get it.</param>
/// <param name="Sample">Of those numbers: <c>AudienceSketch</c>.</param>
public sealed record RunContent(string Text, long Total, byte[] Sample)
{
    /// <summary>Id of the key the sample is hashed once more with, as the run's numbers were erased; empty where it is
    /// not.</summary>
    public string KeyId { get; init; } = "";

    /// <summary>Where it is: the hash, before that, up to which it has its whole audience.</summary>
    public ulong UpTo { get; init; }

    /// <summary>Composed (NFC), without regard to white space and case.</summary>
    public static string HashOf(string text)
    {
        var same = new StringBuilder();
        foreach (var word in text.Normalize(NormalizationForm.FormC)
            .ToLowerInvariant()
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            same.Append(word).Append(' ');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(same.ToString())));
    }
}
