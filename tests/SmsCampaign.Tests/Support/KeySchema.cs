using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmsCampaign.Files.Binding;

namespace SmsCampaign.Tests.Support;

/// <summary>Writes the JSON Schema (draft 7) and the handbook's table of a file from the declarations of its keys.</summary>
static class KeySchema
{
    static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <param name="title">Of the file.</param>
    public static string Write(FileKey root, string title)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = title,
            ["description"] = root.Words.Vi,
        };
        AddTo(schema, MapOf(root));
        return schema.ToJsonString(Indented) + "\n";
    }

    /// <returns>The rows, in the order of the keys; each key behind those it stands in.</returns>
    public static string Table(FileKey root) => string.Concat(Rows(root, ""));

    static IEnumerable<string> Rows(FileKey inside, string prefix) => inside.Keys.SelectMany(key => Rows(key, $"{prefix}{key.Name}.").Prepend(
        $"| `{prefix}{key.Name}` | {key.Words.Vi} | {(key.Example is null ? "" : $"`{key.Example}` ")}| {Need(key)} |\n"));

    static string Need(FileKey key) =>
        key.Unset?.Vi ?? (key.Required ? "có" : key.Default is { } standard ? $"không (`{standard}`)" : "không");

    static JsonObject Describe(FileKey key)
    {
        var schema = new JsonObject { ["description"] = Description(key), ["$comment"] = Plain(key.Words.En) };
        AddTo(schema, key.Kind switch
        {
            KeyKind.Number => Number(key),
            KeyKind.Choice => new JsonObject { ["type"] = "string", ["enum"] = ArrayOf(key.Choices) },
            KeyKind.Map => MapOf(key),
            KeyKind.MapList => new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = MapOf(key) },
            KeyKind.TextList => List(key),
            KeyKind.TextOrList => new JsonObject { ["oneOf"] = new JsonArray(Text(key), new JsonObject { ["type"] = "array", ["items"] = Text(key) }) },
            KeyKind.Filter => Filter(),
            _ => Text(key),
        });
        if (key.Default is { } standard)
            schema["default"] = key.Kind == KeyKind.Number ? JsonNode.Parse(standard) : standard;
        return schema;
    }

    /// <summary>What it means, with an example and what holds without it, in Vietnamese.</summary>
    static string Description(FileKey key)
    {
        var example = key.Example is { } written && key.Kind is KeyKind.Text or KeyKind.Filter or KeyKind.TextOrList ? $" Ví dụ: {key.Example}." : "";
        var unset = key.Required || key.Unset is null && key.Default is null ? ""
            : key.Unset is { } said ? (said.Vi.StartsWith("không (", StringComparison.Ordinal) ? $" Không ghi: {said.Vi[7..^1]}." : "")
            : $" Không ghi: {key.Default}.";
        return Plain(key.Words.Vi) + "." + example + unset;
    }

    /// <summary>Without the signs of a document.</summary>
    static string Plain(string words) => words.Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal);

    static JsonObject Text(FileKey key)
    {
        var schema = new JsonObject { ["type"] = key.MayBeDigits ? new JsonArray("string", "number") : "string" };
        if (key.Pattern is { } pattern)
            schema["pattern"] = $"^({pattern})$";
        else
            schema["minLength"] = 1;
        if (key.Most is { } most)
            schema["maxLength"] = most;
        return schema;
    }

    static JsonObject Number(FileKey key) => new() { ["type"] = "integer", ["minimum"] = key.Least, ["maximum"] = key.Most };

    static JsonObject List(FileKey key)
    {
        var schema = new JsonObject { ["type"] = "array" };
        if (key.Required)
            schema["minItems"] = 1;
        if (key.IsDistinct)
            schema["uniqueItems"] = true;
        schema["items"] = Text(key);
        return schema;
    }

    static JsonObject Filter()
    {
        static JsonObject One() => new() { ["type"] = new JsonArray("string", "number", "boolean") };
        return new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = new JsonObject
            {
                ["oneOf"] = new JsonArray(One(), new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = One() }),
            },
        };
    }

    static JsonObject MapOf(FileKey key)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false };
        if (key.Keys.Where(inside => inside.Required).Select(inside => inside.Name).ToList() is { Count: > 0 } required)
            schema["required"] = ArrayOf(required);
        if (key.OneOf.Count > 0)
            schema["oneOf"] = new JsonArray([.. key.OneOf.Select(name => (JsonNode)new JsonObject { ["required"] = new JsonArray(name) })]);
        schema["properties"] = new JsonObject(key.Keys.Select(inside => KeyValuePair.Create(inside.Name, (JsonNode?)Describe(inside))));
        return schema;
    }

    static JsonArray ArrayOf(IEnumerable<string> words) => [.. words.Select(word => (JsonNode)word)];

    static void AddTo(JsonObject schema, JsonObject more)
    {
        foreach (var (name, value) in more.ToList())
        {
            more.Remove(name);
            schema[name] = value;
        }
    }
}
