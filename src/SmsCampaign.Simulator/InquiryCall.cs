using System.Buffers;
using System.Text.Json;
using System.Web;

namespace SmsCampaign.Simulator;

/// <summary>
/// The simulator's dialect of inquiries: <c>GET /NAME/inquiry?reference=…</c>, answered by one object, or
/// <c>POST</c> with <c>{"references": [ … ]}</c>, answered by <c>{"messages": [ … ]}</c>.
/// </summary>
static class InquiryCall
{
    /// <returns>Null where it is not that.</returns>
    public static IReadOnlyList<string>? ReadQuery(string query) =>
        HttpUtility.ParseQueryString(query)["reference"] is { Length: > 0 } reference ? [reference] : null;

    /// <returns>Null where it is not that.</returns>
    public static IReadOnlyList<string>? ReadBody(ReadOnlySequence<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            List<string> references =
                [.. document.RootElement.GetProperty("references").EnumerateArray().Select(each => each.GetString()!)];
            return references.Count > 0 ? references : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    public static ReadOnlyMemory<byte> Write(List<InquiryResult> results, bool isList)
    {
        var buffer = new ArrayBufferWriter<byte>(128 * results.Count);
        using var json = new Utf8JsonWriter(buffer);
        if (isList)
        {
            json.WriteStartObject();
            json.WriteStartArray("messages"u8);
        }

        foreach (var result in results)
        {
            json.WriteStartObject();
            json.WriteString("reference"u8, result.Reference);
            json.WriteString("status"u8, result.Status);
            json.WriteString("code"u8, result.Code);
            if (result.Id is not null)
                json.WriteString("id"u8, result.Id);

            json.WriteEndObject();
        }

        if (isList)
        {
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.Flush();
        return buffer.WrittenMemory;
    }
}
