using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SmsCampaign.Storage.Run;

/// <summary>
/// What a run's ledger says that decides what a phone receives, piece by piece as hashes: sender, texts, recipients,
/// lanes, batches. An approval binds it, and the ledger's own rows must give it again before anything is sent (rule 8).
/// </summary>
/// <remarks>
/// What is planned is written into an empty ledger in memory and read from there by the very statements that read a
/// run's file, so that the two cannot come to mean different things.
/// </remarks>
public sealed class RunSeal
{
    readonly SortedDictionary<string, string> _parts;

    internal RunSeal(SortedDictionary<string, string> parts) => _parts = parts;

    /// <summary>Of all pieces, 64 hexadecimal digits; empty where there is none.</summary>
    public string Hash =>
        _parts.Count == 0 ? "" : HashOf(string.Concat(_parts.Select(part => $"{part.Key}\n{part.Value}\n")));

    /// <summary>Hashes by piece: info:sender, info:text:NAME, segment:1, lane:1, batches,
    /// messages:1, exclusions …</summary>
    public IReadOnlyDictionary<string, string> Parts => _parts;

    public string ToText() => JsonSerializer.Serialize(_parts, StorageJson.Default.SortedDictionaryStringString);

    /// <param name="text">What <see cref="ToText"/> wrote. Anything else is a seal of nothing,
    /// which fits no ledger.</param>
    public static RunSeal Parse(string text)
    {
        try
        {
            return new RunSeal(new(
                text.Length == 0
                    ? []
                    : JsonSerializer.Deserialize(text, StorageJson.Default.SortedDictionaryStringString) ?? [],
                StringComparer.Ordinal));
        }
        catch (JsonException)
        {
            return new RunSeal(new(StringComparer.Ordinal) { ["unreadable"] = HashOf(text) });
        }
    }

    /// <summary>Without the audience's rows.</summary>
    public RunSeal References => new(new(
        _parts
            .Where(part => !part.Key.StartsWith("messages:", StringComparison.Ordinal) && part.Key != "exclusions")
            .ToDictionary(),
        StringComparer.Ordinal));

    /// <summary>With the audience's rows of another, as the numbers in them were erased since.</summary>
    public RunSeal WithRowsOf(RunSeal other)
    {
        var references = other.References._parts;
        var rows = other._parts.Where(part => !references.ContainsKey(part.Key));
        return new(new(References._parts.Concat(rows).ToDictionary(), StringComparer.Ordinal));
    }

    internal static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
