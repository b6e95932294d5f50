using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SmsCampaign.Settings;

/// <summary>
/// A value of an installation file, with the place where it stands.
/// </summary>
/// <param name="Kind">StartObject, StartArray, String, Number, True, False or Null.</param>
/// <param name="Text">A string's value, a number as written; empty otherwise.</param>
/// <param name="Where">Line and column of the value, or the environment variable it came from.</param>
/// <param name="Variable">The environment variable that gave the value; null where the file did.</param>
sealed record SettingsNode(JsonTokenType Kind, string Text, Place Where, string? Variable = null)
{
    /// <summary>Of an object, in the order of the file.</summary>
    public List<SettingsMember> Members { get; } = [];

    /// <summary>Of an array.</summary>
    public List<SettingsNode> Items { get; } = [];

    /// <summary>What may be shown of the value to a person: never what came from the environment.</summary>
    public string Shown => (Kind, Variable) switch
    {
        (_, not null) => "***",
        (JsonTokenType.StartObject, _) => "{…}",
        (JsonTokenType.StartArray, _) => "[…]",
        (JsonTokenType.String, _) => $"'{(Text.Length <= 60 ? Text : Text[..60] + "…")}'",
        (JsonTokenType.Number, _) => Text,
        _ => Kind.ToString().ToLower(CultureInfo.InvariantCulture),
    };

    public SettingsNode? Find(string name) => Members.Find(member => member.Name == name)?.Value;

    /// <summary>The value as plain JSON, each string passed through <paramref name="expand"/>.</summary>
    public JsonElement ToJson(Func<SettingsNode, string> expand)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, expand);

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    void Write(Utf8JsonWriter writer, Func<SettingsNode, string> expand)
    {
        switch (Kind)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                foreach (var member in Members)
                {
                    writer.WritePropertyName(member.Name);
                    member.Value.Write(writer, expand);
                }

                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                foreach (var item in Items)
                    item.Write(writer, expand);

                writer.WriteEndArray();
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(expand(this));
                break;
            case JsonTokenType.Number:
                writer.WriteRawValue(Encoding.UTF8.GetBytes(Text));
                break;
            case JsonTokenType.Null:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteBooleanValue(Kind == JsonTokenType.True);
                break;
        }
    }
}

/// <param name="Where">Place of the name.</param>
sealed record SettingsMember(string Name, Place Where, SettingsNode Value);
