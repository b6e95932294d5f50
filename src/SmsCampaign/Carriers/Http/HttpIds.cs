using System.Text.Json;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Http;

/// <summary>
/// Reads the id, or the ids of the parts, under which a gateway took a message.
/// </summary>
sealed class HttpIds
{
    readonly JsonPath? _list;
    readonly JsonPath? _id;
    readonly CarrierIdForm _form;

    HttpIds(JsonPath? list, JsonPath? id, CarrierIdForm form) => (_list, _id, _form) = (list, id, form);

    /// <returns>Null where the gateway gives none.</returns>
    public static HttpIds? Of(HttpAnswerOptions options) => options.Id is null && options.Ids is null
        ? null
        : new HttpIds(JsonPath.Of(options.Ids), JsonPath.Of(options.Id), options.IdForm);

    /// <returns>Accepted; uncertain where an id is missing: taken, they say, but under what id?</returns>
    public SendResult Read(JsonElement result)
    {
        if (_list is not null)
            return ReadList(result);

        if (_id!.TextIn(result) is not { } id || CarrierIds.Normalize(_form, id) is not { Length: > 0 } inReceipts)
            return SendResult.Uncertain(Reason.WithoutId, "accepted without an id");

        return SendResult.Accepted(id, inReceipts == id ? null : [inReceipts]);
    }

    SendResult ReadList(JsonElement result)
    {
        if (_list!.Find(result) is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
            return SendResult.Uncertain(Reason.WithoutId, "accepted without ids");

        var written = new List<string>(list.GetArrayLength());
        var inReceipts = new List<string>(written.Capacity);
        foreach (var each in list.EnumerateArray())
        {
            if ((each.ValueKind == JsonValueKind.Object ? _id : JsonPath.Itself)?.TextIn(each) is not { } id
                || CarrierIds.Normalize(_form, id) is not { Length: > 0 } normal)
            {
                return SendResult.Uncertain(Reason.WithoutId, "accepted without the id of a part");
            }

            written.Add(id);
            inReceipts.Add(normal);
        }

        return SendResult.Accepted(string.Join(',', written), inReceipts);
    }
}
