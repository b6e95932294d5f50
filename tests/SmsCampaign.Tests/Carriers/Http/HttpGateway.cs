using System.Globalization;
using System.Text.Json.Nodes;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Carriers.Http;

/// <summary>A gateway that the installation file describes; what is known of answers is in the examples
/// that can be copied.</summary>
public sealed class HttpGateway : PlayedGateway
{
    public override string Type => "http";

    public override SmsEncoding? OfGsmLetters => null;

    public override string Section(Uri at, string secret) => $$"""
        "url": "{{at}}send", "headers": { "Authorization": "Bearer {{secret}}" },
        "body": { "id": "{reference}", "to": "{to}", "from": "{sender}", "text": "{text}" },
        "answer": { "id": "id", "code": "code", "accepted": ["ok"], "otherNetwork": ["network"] }
        """;

    public override string Accepting(IReadOnlyList<OutboundSms> messages) => messages.Count <= 1
        ? """{"code": "ok", "id": "m-1"}"""
        : $$"""{"results": [{{string.Join(", ", messages.Select(sms => $$"""{"code": "ok", "id": "m-{{sms.Reference}}"}"""))}}]}""";

    public override PlayedAnswer Answer(PlayedRequest request, Func<PlayedMessage, PlayedVerdict> judge)
    {
        var call = JsonNode.Parse(request.Body)!;
        var verdict = judge(new(
            long.Parse(call["to"]!.GetValue<string>(), CultureInfo.InvariantCulture),
            call["text"]!.GetValue<string>()));
        return new(200, $$"""{"code": "{{(verdict.IsTaken ? "ok" : "network")}}", "id": "m-{{call["id"]}}"}""");
    }

    internal override IEnumerable<SendResult?> Known() => HttpCarrier.Type.Examples
        .SelectMany(file => Installation.Read(Repository.PathOf(file), new AnyVariable()).Installation!.Lanes)
        .SelectMany(lane => HttpAnswer.Refusals(((HttpLaneOptions)lane.Options).Answer!).Values)
        .Select(refusal => refusal(null));

    /// <summary>Every variable is there, with the value v (a secret of a callback is longer).</summary>
    sealed class AnyVariable : Dictionary<string, string>, IReadOnlyDictionary<string, string>
    {
        bool IReadOnlyDictionary<string, string>.TryGetValue(string key, out string value)
        {
            value = key.EndsWith("CALLBACK_SECRET", StringComparison.Ordinal) ? new string('s', 32) : "v";
            return true;
        }
    }
}
