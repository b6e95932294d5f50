using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SmsCampaign.Carriers;
using SmsCampaign.Installations;
using SmsCampaign.Files.Binding;

namespace SmsCampaign.Tests.Support;

/// <summary>
/// Writes the JSON Schema (draft 7) of the installation file from the settings classes: keys, types, ranges, which are
/// required, and the first words of their comments as descriptions.
/// </summary>
static partial class InstallationSchema
{
    const string Duration = @"^([0-9]{1,4}\.)?[0-9]{1,4}:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,7})?$";

    static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>What the comments of the engine's code say, by their documentation ids.</summary>
    internal static readonly Dictionary<string, string> Comments = XDocument
        .Load(Path.ChangeExtension(typeof(Installation).Assembly.Location, ".xml"))
        .Descendants("member")
        .ToDictionary(member => (string)member.Attribute("name")!, member => Words(member.Element("summary")));

    public static string Write()
    {
        var root = ObjectOf(typeof(InstallationSettings));
        var properties = root["properties"]!.AsObject();
        properties.Insert(0, "$schema", new JsonObject { ["type"] = "string" });
        properties["lanes"] = new JsonObject
        {
            ["description"] = "The lanes by name: an account at a gateway each. Names are lower-case letters, digits and underscores. "
                + "A carrier that two lanes serve goes to the one that the campaign file lists first.",
            ["type"] = "object",
            ["minProperties"] = 1,
            ["propertyNames"] = new JsonObject { ["pattern"] = "^[a-z0-9_]{1,40}$" },
            ["additionalProperties"] = new JsonObject { ["oneOf"] = new JsonArray([.. CarrierTypes.All.Select(LaneOf)]) },
        };
        root["required"] = new JsonArray("lanes");

        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "SmsCampaign installation file",
        };
        foreach (var (key, value) in root.ToList())
        {
            root.Remove(key);
            schema[key] = value;
        }

        return schema.ToJsonString(Indented) + "\n";
    }

    static JsonNode LaneOf(CarrierType type)
    {
        var lane = ObjectOf(type.Options);
        lane["properties"]!["type"]!["const"] = type.Name;
        return lane;
    }

    static JsonObject ObjectOf(Type type)
    {
        var settings = SettingsBinder.PropertiesOf(type);
        var section = new JsonObject
        {
            ["description"] = Comments.GetValueOrDefault($"T:{type.FullName}", ""),
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(settings.Select(property =>
                KeyValuePair.Create(SettingsBinder.KeyOf(property), (JsonNode?)Describe(property)))),
        };
        var required = settings.Where(property => property.IsDefined(typeof(RequiredAttribute)))
            .Select(property => (JsonNode)SettingsBinder.KeyOf(property)).ToArray();
        if (required.Length > 0)
            section["required"] = new JsonArray(required);

        return section;
    }

    static JsonObject Describe(PropertyInfo property)
    {
        var schema = SchemaOf(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
        schema["description"] = Comments.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}", "");

        if (property.GetCustomAttribute<RangeAttribute>() is { } range && range.OperandType != typeof(TimeSpan))
        {
            schema["minimum"] = System.Convert.ToInt64(range.Minimum, CultureInfo.InvariantCulture);
            schema["maximum"] = System.Convert.ToInt64(range.Maximum, CultureInfo.InvariantCulture);
        }

        if (property.GetCustomAttribute<SuchAsAttribute>() is { } such)
            schema["examples"] = new JsonArray(such.Example);

        if (property.IsDefined(typeof(SecretAttribute)))
            schema["pattern"] = @"\$\{(env|file):.+\}";
        else if (property.GetCustomAttribute<RegularExpressionAttribute>() is { } pattern)
            schema["pattern"] = $"^({pattern.Pattern})$";

        if (property.GetCustomAttribute<MinLengthAttribute>() is { } least)
            schema[schema["type"]!.ToString() switch { "array" => "minItems", "object" => "minProperties", _ => "minLength" }] = least.Length;

        return schema;
    }

    static JsonObject SchemaOf(Type type) => type switch
    {
        _ when type == typeof(JsonElement) => [],
        _ when type == typeof(string) => new JsonObject { ["type"] = "string" },
        _ when type == typeof(int) => new JsonObject { ["type"] = "integer" },
        _ when type == typeof(decimal) => new JsonObject { ["type"] = "number" },
        _ when type == typeof(bool) => new JsonObject { ["type"] = "boolean" },
        _ when type == typeof(TimeSpan) => new JsonObject { ["type"] = "string", ["pattern"] = Duration },
        _ when type == typeof(Uri) => new JsonObject { ["type"] = "string", ["format"] = "uri" },
        { IsEnum: true } => new JsonObject
        {
            ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(name => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(name))]),
        },
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(List<>) =>
            new JsonObject { ["type"] = "array", ["items"] = SchemaOf(type.GenericTypeArguments[0]) },
        { IsGenericType: true } when type.GetGenericTypeDefinition() == typeof(Dictionary<,>) =>
            new JsonObject { ["type"] = "object", ["additionalProperties"] = SchemaOf(type.GenericTypeArguments[1]) },
        _ => ObjectOf(type),
    };

    static string Words(XElement? summary) => summary is null
        ? ""
        : Spaces().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim();

    // A reference to a setting reads as its key.
    static string Text(XNode node) => node switch
    {
        XElement { Name.LocalName: "see" } see =>
            JsonNamingPolicy.CamelCase.ConvertName(((string)see.Attribute("cref")!).Split('.')[^1]),
        XElement element => element.Value,
        _ => node.ToString(),
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
