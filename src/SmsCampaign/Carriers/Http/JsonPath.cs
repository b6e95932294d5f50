using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SmsCampaign.Carriers.Http;

/// <summary>
/// A way into a JSON value: names joined by dots, with [0] for a place in a list, such as <c>data.results[0].id</c>.
/// </summary>
sealed class JsonPath
{
    /// <summary>The way to where one is.</summary>
    public static readonly JsonPath Itself = new([]);

    readonly Step[] _steps;

    JsonPath(Step[] steps) => _steps = steps;

    /// <returns>Null where the text is not a path.</returns>
    public static JsonPath? TryParse(string text)
    {
        var steps = new List<Step>();
        foreach (var part in text.Split('.'))
        {
            var bracket = part.IndexOf('[', StringComparison.Ordinal);
            var name = bracket < 0 ? part : part[..bracket];
            if (name.Length > 0)
                steps.Add(new Step(Encoding.UTF8.GetBytes(name), 0));
            else if (bracket != 0 || steps.Count > 0)
                return null;

            for (var at = bracket; at >= 0 && at < part.Length;)
            {
                var end = part.IndexOf(']', at);
                if (part[at] != '[' || end < 0
                    || !int.TryParse(
                        part.AsSpan(at + 1, end - at - 1),
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var index))
                {
                    return null;
                }

                steps.Add(new Step(null, index));
                at = end + 1;
            }
        }

        return new JsonPath([.. steps]);
    }

    /// <summary>For a path that was checked when the settings were read.</summary>
    public static JsonPath? Of(string? text) =>
        text is null ? null : TryParse(text) ?? throw new ArgumentException($"'{text}' is no path", nameof(text));

    /// <exception cref="InvalidOperationException">A name in the JSON is broken Unicode.</exception>
    public JsonElement? Find(JsonElement root)
    {
        foreach (var step in _steps)
        {
            if (step.Name is { } name
                && root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty(name.AsSpan(), out var member))
                root = member;
            else if (step.Name is null && root.ValueKind == JsonValueKind.Array && step.Index < root.GetArrayLength())
                root = root[step.Index];
            else
                return null;
        }

        return root;
    }

    /// <summary>The text, number or flag at the path as text; null where there is none, or an empty one.</summary>
    /// <exception cref="InvalidOperationException">The text is broken Unicode.</exception>
    public string? TextIn(JsonElement root)
    {
        var text = Find(root) is not { } found ? null : found.ValueKind switch
        {
            JsonValueKind.String => found.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => found.GetRawText(),
            _ => null,
        };
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <param name="Name">UTF-8, as the JSON has it; null for a place in a list.</param>
    readonly record struct Step(byte[]? Name, int Index);
}
