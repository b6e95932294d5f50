using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace SmsCampaign.Orders;

/// <summary>How orders and reports are written as JSON: letters as they are, names in camel case.</summary>
static class OrderJson
{
    /// <summary>What a person reads, too: indented; a key that is none of the form is refused.</summary>
    public static readonly JsonSerializerOptions ForPersons = Make(options =>
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.WriteIndented = true;
        options.NewLine = "\n";
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectRequiredConstructorParameters = true;
    });

    /// <summary>What is kept: what is not said is left out; what a later version adds is passed over.</summary>
    public static readonly JsonSerializerOptions Kept = Make(options =>
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull);

    /// <returns>False where it is no such JSON.</returns>
    public static bool TryRead<T>(string json, JsonSerializerOptions options, [NotNullWhen(true)] out T? read)
        where T : class
    {
        try
        {
            read = JsonSerializer.Deserialize<T>(json, options);
        }
        catch (JsonException)
        {
            read = null;
        }

        return read is not null;
    }

    static JsonSerializerOptions Make(Action<JsonSerializerOptions> set)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            RespectNullableAnnotations = true, // what must be there and is null is no such form
        };
        set(options);
        return options;
    }
}
