using System.Text.Json;

namespace SmsCampaign.Carriers;

/// <summary>
/// What adapters read from a gateway's JSON. But for <see cref="Parse"/> nothing here throws, whatever the gateway
/// sent: what cannot be read is not there.
/// </summary>
static class GatewayJson
{
    /// <summary>For adapters that find fields by paths.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body) => JsonDocument.Parse(GatewayText.ToUtf8(body));

    /// <returns>Null where <paramref name="body"/> is no JSON object.</returns>
    public static JsonElement? ObjectIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            var root = JsonElement.Parse(GatewayText.ToUtf8(body).Span);
            return root.ValueKind == JsonValueKind.Object ? root : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <returns>Null where there is no such field, or a name in the object is half a surrogate pair.</returns>
    public static JsonElement? FieldIn(JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
                ? value
                : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <returns>Null where the field is not there or no text.</returns>
    public static string? TextIn(JsonElement element, string name)
    {
        try
        {
            return FieldIn(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair
        }
    }

    /// <returns>Null where the field is not there or no whole number of 32 bits.</returns>
    public static int? NumberIn(JsonElement element, string name) =>
        FieldIn(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number)
            ? number
            : null;
}
