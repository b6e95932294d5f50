using System.Globalization;
using System.Text.Json.Nodes;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Esms;

namespace SmsCampaign.Tests.Carriers.Esms;

public sealed class EsmsGateway : PlayedGateway
{
    internal const string Id = "dc712784-9c5f-4c69-b9a8-ea69d56adc9a87";

    public override string Type => "esms";

    public override string Section(Uri at, string secret) => $$"""
        "url": "{{at}}", "apiKey": "{{secret}}", "secretKey": "{{secret}}", "sandbox": true
        """;

    public override string Accepting(IReadOnlyList<OutboundSms> messages) => Taken(Id);

    public override PlayedAnswer Answer(PlayedRequest request, Func<PlayedMessage, PlayedVerdict> judge)
    {
        var call = JsonNode.Parse(request.Body)!;
        var number = long.Parse("84" + call["Phone"]!.GetValue<string>().TrimStart('0'), CultureInfo.InvariantCulture);
        judge(new(number, call["Content"]!.GetValue<string>()));
        return new(200, Taken(call["RequestId"]!.GetValue<string>()));
    }

    internal override IEnumerable<SendResult?> Known() => Enumerable.Range(0, 1_000).Select(EsmsCodes.Refusal);

    static string Taken(string id) => $$"""{"CodeResult": "100", "CountRegenerate": 0, "SMSID": "{{id}}"}""";
}
