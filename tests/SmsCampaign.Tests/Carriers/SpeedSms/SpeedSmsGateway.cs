using System.Globalization;
using System.Text.Json.Nodes;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.SpeedSms;

namespace SmsCampaign.Tests.Carriers.SpeedSms;

public sealed class SpeedSmsGateway : PlayedGateway
{
    public override string Type => "speedsms";

    public override string Section(Uri at, string secret) => $$"""
        "url": "{{at}}", "token": "{{secret}}"
        """;

    public override string Accepting(IReadOnlyList<OutboundSms> messages) => Taken(123_456);

    public override PlayedAnswer Answer(PlayedRequest request, Func<PlayedMessage, PlayedVerdict> judge)
    {
        var call = JsonNode.Parse(request.Body)!;
        var numbers = call["to"]!.AsArray()
            .Select(number => long.Parse(number!.GetValue<string>(), CultureInfo.InvariantCulture))
            .ToList();
        numbers.ForEach(number => judge(new(number, call["content"]!.GetValue<string>())));
        return new(200, Taken(numbers[0] % 1_000_000));
    }

    internal override IEnumerable<SendResult?> Known() =>
        Enumerable.Range(0, 1_000).SelectMany(
            code => new[] { SpeedSmsCodes.Refusal(code, 1), SpeedSmsCodes.Refusal(code, 2) });

    internal static string Taken(long tranId, string invalid = "[]") => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"status": "success", "code": "00", "data": {"tranId": {{tranId}}, "totalSMS": 1, "totalPrice": 250, "invalidPhone": {{invalid}} } }""");
}
