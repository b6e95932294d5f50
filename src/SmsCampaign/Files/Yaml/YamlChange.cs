using System.Globalization;
using System.Text.RegularExpressions;

namespace SmsCampaign.Files.Yaml;

/// <summary>What one key of a YAML file is to say.</summary>
/// <param name="Path">As <c>directive.number</c>, <c>messages[1].text</c>, counted from 1 as a person counts.</param>
/// <param name="Text">Null: the key goes, or has <paramref name="Items"/>.</param>
/// <param name="Items">Of a list of texts.</param>
/// <param name="IsNumber">Whether quotation marks would make another kind of it.</param>
sealed partial record YamlChange(
    string Path, string? Text, IReadOnlyList<string>? Items = null, bool IsNumber = false)
{
    /// <summary>The name of the map whose keys are any text, a dot and a bracket included.</summary>
    const string Free = "filter";

    /// <summary>Names, and numbers of items as text.</summary>
    public IReadOnlyList<YamlStep> Steps { get; } = [.. StepsOf(Path)];

    static IEnumerable<YamlStep> StepsOf(string path)
    {
        for (var at = 0; at < path.Length;)
        {
            var step = Step().Match(path, at);
            yield return step.Groups["item"].Success
                ? new YamlStep("", int.Parse(step.Groups["item"].ValueSpan, CultureInfo.InvariantCulture))
                : new YamlStep(step.Groups["name"].Value, 0);
            at += step.Length;
            if (step.Groups["name"].Value != Free || at >= path.Length)
                continue;

            yield return new YamlStep(path[(at + 1)..], 0);
            yield break;
        }
    }

    [GeneratedRegex(@"\G(?:\.?(?<name>[^.\[\]]+)|\[(?<item>[0-9]{1,6})\]|.)", RegexOptions.Singleline)]
    private static partial Regex Step();
}

/// <param name="Name">Empty: an item of a list.</param>
/// <param name="Item">From 1.</param>
readonly record struct YamlStep(string Name, int Item);

/// <summary>What came of changing a YAML file.</summary>
/// <param name="Text">All of it; null where a change cannot be made in its place.</param>
/// <param name="Path">The first that cannot.</param>
/// <param name="Line">Where it stands; null where it is not there.</param>
sealed record YamlEdit(string? Text, string? Path = null, int? Line = null);
