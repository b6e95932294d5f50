using System.Globalization;
using System.Text.Json;
using System.Web;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Http;

/// <summary>
/// Reads a gateway's callbacks by the paths and tables of <see cref="HttpReceiptOptions"/>.
/// </summary>
sealed class HttpReceipts(HttpReceiptOptions options, IReadOnlyList<string> secrets)
{
    /// <summary>Parts of one message: a byte counts them (3GPP TS 23.040, 9.2.3.24.1).</summary>
    const int MostParts = 255;

    readonly Dictionary<string, JsonPath> _paths = options.From != HttpReceiptSource.Json ? [] :
        new[]
        {
            options.Items, options.Reference, options.Id, options.Status, options.Code, options.Time, options.Part,
            options.Parts,
        }
            .OfType<string>().Distinct().ToDictionary(path => path, path => JsonPath.Of(path)!);

    public IReadOnlyList<DeliveryReceipt> Read(ReceiptCallback callback) => options.From switch
    {
        HttpReceiptSource.Query => [ReadOne(name => callback.Query.GetValueOrDefault(name))],
        HttpReceiptSource.Form => [ReadForm(callback.Body)],
        _ => ReadJson(callback),
    };

    DeliveryReceipt ReadForm(ReadOnlyMemory<byte> body)
    {
        var fields = HttpUtility.ParseQueryString(GatewayText.Read(body));
        return ReadOne(name => fields[name]);
    }

    List<DeliveryReceipt> ReadJson(ReceiptCallback callback)
    {
        try
        {
            using var document = GatewayJson.Parse(callback.Body);
            var root = document.RootElement;
            var found = options.Items is null ? root : _paths[options.Items].Find(root)
                ?? throw new FormatException($"no '{options.Items}' in the callback");

            return found.ValueKind == JsonValueKind.Array ? ReadItems(found, callback) : [ReadElement(found)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("the callback is not readable JSON", e);
        }
    }

    /// <summary>Each by itself: what is wrong with one spoils no other.</summary>
    List<DeliveryReceipt> ReadItems(JsonElement list, ReceiptCallback callback)
    {
        var read = new List<DeliveryReceipt>(list.GetArrayLength());
        var at = 0;
        foreach (var element in list.EnumerateArray())
        {
            try
            {
                read.Add(ReadElement(element, at));
            }
            catch (FormatException senseless)
            {
                callback.Unread.Add(new UnreadItem(at, senseless.Message));
            }
            catch (InvalidOperationException) // broken Unicode
            {
                callback.Unread.Add(new UnreadItem(at, "not readable JSON"));
            }

            at++;
        }

        return read;
    }

    DeliveryReceipt ReadElement(JsonElement element, int item = 0) =>
        ReadOne(path => _paths[path].TextIn(element), item);

    DeliveryReceipt ReadOne(Func<string, string?> read, int item = 0)
    {
        var reference = ReadId(options.Reference, read);
        var id = ReadId(options.Id, read) is { } given
            ? CarrierIds.Normalize(options.IdForm, given) is { Length: > 0 } there ? there : null
            : null;
        if (reference is null && id is null)
            throw new FormatException($"no '{options.Reference ?? options.Id}' in the callback");

        var written = Value(options.Status, read)
            ?? throw new FormatException($"no '{options.Status}' in the callback");
        if (!options.Statuses.TryGetValue(written, out var meaning))
            throw new FormatException($"unknown status '{CarrierCode.Clean(written, secrets)}'");

        var code = Value(options.Code, read) ?? written;
        var failed = meaning == HttpReceiptMeaning.Failed;
        return new DeliveryReceipt(
            reference,
            id,
            meaning switch
            {
                HttpReceiptMeaning.Accepted => MessageStatus.Accepted,
                HttpReceiptMeaning.Sent => MessageStatus.Sent,
                HttpReceiptMeaning.Delivered => MessageStatus.Delivered,
                _ => MessageStatus.Failed,
            },
            failed ? ClassOf(code, written) : null,
            CarrierCode.Clean(code, secrets),
            CarrierTime.Read(Value(options.Time, read), options.TimeFormat, options.TimeOffset),
            ReadPart(options.Part, read),
            ReadPart(options.Parts, read))
        {
            Item = item,
        };
    }

    // A number that makes no sense must not turn the receipt of a part into one of the message.
    static int? ReadPart(string? path, Func<string, string?> read) =>
        Value(path, read) is not { } written ? null
        : int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= MostParts
        ? number
        : throw new FormatException($"'{path}' is not a number of 1 to {MostParts}");

    FailureClass ClassOf(string code, string status) =>
        options.Failures.TryGetValue(code, out var byCode) ? byCode
        : options.Failures.TryGetValue(status, out var byStatus) ? byStatus
        : FailureClass.Unknown;

    static string? ReadId(string? path, Func<string, string?> read) =>
        Value(path, read) is { } id
            ? id.Length <= CarrierIds.Longest ? id : throw new FormatException($"'{path}' is too long")
            : null;

    static string? Value(string? path, Func<string, string?> read) =>
        path is null ? null : read(path) is { Length: > 0 } value ? value : null;
}
