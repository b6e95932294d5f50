using System.Text.Json;
using System.Text.Json.Serialization;
using SmsCampaign.Audience;
using SmsCampaign.Letters;

namespace SmsCampaign.Storage;

/// <summary>What a run was made of: the audience in numbers, and the files with their hashes. It decides nothing that
/// is sent, and is read only where a run is held to its files.</summary>
public sealed record RunOrigin(ImportedAudience Audience, IReadOnlyList<RunInput> Inputs)
{
    internal void Write(Dictionary<string, string> rows)
    {
        rows["audience"] = JsonSerializer.Serialize(Audience, RunOriginJson.Default.ImportedAudience);
        rows["inputs"] = JsonSerializer.Serialize(Inputs, RunOriginJson.Default.IReadOnlyListRunInput);
    }

    /// <exception cref="LedgerException">A row is missing or cannot be read.</exception>
    internal static RunOrigin Of(RunRows rows) => new(
        rows.Json("audience", RunOriginJson.Default.ImportedAudience) ?? throw rows.Lacks("audience"),
        rows.Json("inputs", RunOriginJson.Default.IReadOnlyListRunInput) ?? throw rows.Lacks("inputs"));
}

/// <summary>
/// A file that an audience was made of. A run keeps the list, so that a change is found by hashing files, without
/// importing again.
/// </summary>
/// <param name="File">Relative to the campaign file, or to the installation file for the tables of numbers.</param>
/// <param name="Sha256">Of its content.</param>
public sealed record RunInput(RunInputRole Role, string File, string Sha256);

public enum RunInputRole
{
    /// <summary>Subscribers.</summary>
    Audience,

    /// <summary>Numbers that get nothing.</summary>
    Suppression,

    /// <summary>Which carrier a prefix was given to.</summary>
    Prefixes,

    /// <summary>The carriers' names.</summary>
    Carriers,

    /// <summary>Numbers that went to another carrier.</summary>
    Ported,
}

[JsonSerializable(typeof(ImportedAudience))]
[JsonSerializable(typeof(IReadOnlyList<RunInput>))]
[JsonSerializable(typeof(LetterSettings))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
sealed partial class RunOriginJson : JsonSerializerContext;
