using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmsCampaign.Files.Binding;

namespace SmsCampaign.Tests.Support;

/// <summary>Writes the JSON Schema (draft 7) and the handbook's table of a file from the
/// declarations of its keys.</summary>
static class KeySchema
{
    const string Duration = @"^([0-9]{1,4}\.)?[0-9]{1,4}:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,7})?$";

    static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <param name="title">Of the file.</param>
    public static string Write(FileKey root, string title)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = title,
            ["description"] = Meaning(root),
        };
        var map = MapOf(root);
        // A key of the engineer's file that editors alone read.
        if (root is SettingKey)
            map["properties"]!.AsObject().Insert(0, "$schema", new JsonObject { ["type"] = "string" });
        AddTo(schema, map);
        return schema.ToJsonString(Indented) + "\n";
    }

    /// <returns>The rows, in the order of the keys; each key behind those it stands in.</returns>
    public static string Table(FileKey root) => string.Concat(Rows(root, ""));

    static IEnumerable<string> Rows(FileKey inside, string prefix) =>
        inside.Keys.SelectMany(key => Rows(key, $"{prefix}{key.Name}.").Prepend(
            $"| `{prefix}{key.Name}` | {key.Words.Vi} | "
            + $"{(key.Example is null ? "" : $"`{key.Example}` ")}| {Need(key)} |\n"));

    static string Need(FileKey key) =>
        key.Unset?.Vi ?? (key.Required ? "có" : key.Default is { } standard ? $"không (`{standard}`)" : "không");

    static JsonObject Describe(FileKey key)
    {
        var schema = key is SettingKey
            ? new JsonObject { ["description"] = Meaning(key) }
            : new JsonObject { ["description"] = Description(key), ["$comment"] = Plain(key.Words.En) };
        AddTo(schema, ValueOf(key));
        if (key.Default is { } standard && key.Kind != KeyKind.Map)
            schema["default"] = key.Kind is KeyKind.Number or KeyKind.Decimal or KeyKind.Flag
                ? JsonNode.Parse(standard)
                : standard;
        return schema;
    }

    static JsonObject ValueOf(FileKey key) => key.Kind switch
    {
        KeyKind.Number or KeyKind.Decimal => Number(key),
        KeyKind.Choice => new JsonObject { ["type"] = "string", ["enum"] = ArrayOf(key.Choices) },
        KeyKind.Map when key.VariantKey is { } chooser => new JsonObject
        {
            ["oneOf"] = new JsonArray([.. key.Variants.Select(variant => (JsonNode)VariantOf(variant, chooser))]),
        },
        KeyKind.Map => MapOf(key),
        KeyKind.MapList => ListOf(key, MapOf(key)),
        KeyKind.TextList => ListOf(key, Text(key.Item ?? key with { MayBeEmpty = false })),
        KeyKind.TextOrList => new JsonObject
        {
            ["oneOf"] = new JsonArray(Text(key), new JsonObject { ["type"] = "array", ["items"] = Text(key) }),
        },
        KeyKind.Filter => Filter(),
        KeyKind.Flag => new JsonObject { ["type"] = "boolean" },
        KeyKind.Duration => new JsonObject { ["type"] = "string", ["pattern"] = Duration },
        KeyKind.Address => Address(key),
        KeyKind.Table => Table(key, ValueOf(key.Item!)),
        KeyKind.Json => [],
        _ => Text(key),
    };

    /// <summary>Of the officer's file in Vietnamese; of the engineer's in English, then in Vietnamese.</summary>
    static string Meaning(FileKey key) => key is SettingKey ? $"{key.Words.En}\n\n{key.Words.Vi}" : key.Words.Vi;

    /// <summary>What it means, with an example and what holds without it, in Vietnamese.</summary>
    static string Description(FileKey key)
    {
        var example = key.Example is { } written && key.Kind is KeyKind.Text or KeyKind.Filter or KeyKind.TextOrList
            ? $" Ví dụ: {key.Example}."
            : "";
        var unset = key.Required || key.Unset is null && key.Default is null ? ""
            : key.Unset is { } said
            ? (said.Vi.StartsWith("không (", StringComparison.Ordinal) ? $" Không ghi: {said.Vi[7..^1]}." : "")
            : $" Không ghi: {key.Default}.";
        return Plain(key.Words.Vi) + "." + example + unset;
    }

    /// <summary>Without the signs of a document.</summary>
    static string Plain(string words) =>
        words.Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal);

    static JsonObject Text(FileKey key)
    {
        var schema = new JsonObject { ["type"] = key.MayBeDigits ? new JsonArray("string", "number") : "string" };
        if (key.IsSecret)
            schema["pattern"] = @"\$\{(env|file):.+\}";
        else if (key.Pattern is { } pattern)
            schema["pattern"] = $"^({pattern})$";
        else if (!key.MayBeEmpty)
            schema["minLength"] = 1;
        if (key.Most is { } most)
            schema["maxLength"] = most;
        return schema;
    }

    static JsonObject Number(FileKey key) =>
        new()
        {
            ["type"] = key.Kind == KeyKind.Number ? "integer" : "number",
            ["minimum"] = key.Least,
            ["maximum"] = key.Most,
        };

    static JsonObject Address(FileKey key)
    {
        var schema = new JsonObject { ["type"] = "string", ["format"] = "uri" };
        if (key.Example is { } example)
            schema["examples"] = new JsonArray(example);
        return schema;
    }

    static JsonObject Table(FileKey key, JsonObject item)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = item };
        if (!key.MayBeEmpty)
            schema["minProperties"] = 1;
        if (key.NamePattern is { } names)
            schema["propertyNames"] = new JsonObject { ["pattern"] = $"^({names})$" };
        return schema;
    }

    static JsonObject ListOf(FileKey key, JsonObject item)
    {
        var schema = new JsonObject { ["type"] = "array" };
        if (!key.MayBeEmpty)
            schema["minItems"] = 1;
        if (key.IsDistinct)
            schema["uniqueItems"] = true;
        schema["items"] = item;
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
                ["oneOf"] = new JsonArray(
                    One(), new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = One() }),
            },
        };
    }

    static JsonObject VariantOf(FileKey variant, FileKey chooser)
    {
        var schema = new JsonObject { ["description"] = Meaning(variant) };
        AddTo(schema, MapOf(variant));
        schema["properties"]![chooser.Name]!["const"] = variant.Name;
        schema["properties"]![chooser.Name]!.AsObject().Remove("enum");
        return schema;
    }

    static JsonObject MapOf(FileKey key)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false };
        if (key.Keys.Where(inside => inside.Required).Select(inside => inside.Name).ToList() is { Count: > 0 } required)
            schema["required"] = ArrayOf(required);
        if (key.OneOf.Count > 0)
            schema["oneOf"] = new JsonArray(
                [.. key.OneOf.Select(name => (JsonNode)new JsonObject { ["required"] = new JsonArray(name) })]);
        schema["properties"] = new JsonObject(
            key.Keys.Select(inside => KeyValuePair.Create(inside.Name, (JsonNode?)Describe(inside))));
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
