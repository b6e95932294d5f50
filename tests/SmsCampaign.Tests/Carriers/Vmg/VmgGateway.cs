using System.Globalization;
using System.Text.Json.Nodes;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Vmg;

namespace SmsCampaign.Tests.Carriers.Vmg;

public sealed class VmgGateway : PlayedGateway
{
    internal const string Id = "3eb39535e5bb4b35bd22bc4b4b0991b0";

    public override string Type => "vmg";

    public override string Section(Uri at, string secret) => $$"""
        "url": "{{at}}api/SMSBrandname/SendSMS", "token": "{{secret}}"
        """;

    public override string Accepting(IReadOnlyList<OutboundSms> messages) => Taken(Id);

    public override PlayedAnswer Answer(PlayedRequest request, Func<PlayedMessage, PlayedVerdict> judge)
    {
        var call = JsonNode.Parse(request.Body)!;
        judge(new(
            long.Parse(call["to"]!.GetValue<string>(), CultureInfo.InvariantCulture),
            call["message"]!.GetValue<string>()));
        return new(200, Taken(call["requestId"]!.GetValue<string>()));
    }

    internal override IEnumerable<SendResult?> Known() =>
        Enumerable.Range(0, 1_000).SelectMany(
            code => new[] { VmgCodes.Refusal($"{code:000}", true), VmgCodes.Refusal($"{code:000}", false) });

    static string Taken(string id) =>
        $$"""{"sendMessage": {"to": "84900000000"}, "msgLength": 25, "mtCount": 1, "account": "a", "errorCode": "000", "errorMessage": "", "referentId": "{{id}}"}""";
}
