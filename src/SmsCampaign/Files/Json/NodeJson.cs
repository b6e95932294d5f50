using System.Buffers;
using System.Text;
using System.Text.Json;

namespace SmsCampaign.Files.Json;

/// <summary>Writes what was read from a file as plain JSON again.</summary>
static class NodeJson
{
    /// <summary>The value as plain JSON, each string passed through <paramref name="expand"/>.</summary>
    public static JsonElement ToJson(this FileNode node, Func<FileNode, string> expand)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(node, writer, expand);

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    static void Write(FileNode node, Utf8JsonWriter writer, Func<FileNode, string> expand)
    {
        switch (node.Kind)
        {
            case NodeKind.Map:
                writer.WriteStartObject();
                foreach (var member in node.Members)
                {
                    writer.WritePropertyName(member.Name);
                    Write(member.Value, writer, expand);
                }

                writer.WriteEndObject();
                break;
            case NodeKind.List:
                writer.WriteStartArray();
                foreach (var item in node.Items)
                    Write(item, writer, expand);

                writer.WriteEndArray();
                break;
            case NodeKind.Text:
                writer.WriteStringValue(expand(node));
                break;
            case NodeKind.Number:
                writer.WriteRawValue(Encoding.UTF8.GetBytes(node.Text));
                break;
            case NodeKind.Nothing:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteBooleanValue(node.Kind == NodeKind.True);
                break;
        }
    }
}
