using System.Globalization;
using System.Text.Json.Nodes;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Vnpt;

namespace SmsCampaign.Tests.Carriers.Vnpt;

/// <summary>Takes any text as the one parameter of its template.</summary>
public sealed class VnptGateway : PlayedGateway
{
    public override string Type => "vnpt";

    /// <summary>Which numbers are on another network. None unless set.</summary>
    public Predicate<long> IsAway { get; set; } = _ => false;

    public override string Section(Uri at, string secret) => $$"""
        "url": "{{at}}smsbn/api", "agentId": "1", "apiUser": "u", "apiPass": "{{secret}}", "userName": "u", "labelId": "1", "contractId": "1",
        "templates": [{ "id": "9" }]
        """;

    public override string Accepting(IReadOnlyList<OutboundSms> messages) => Reply("0");

    public override PlayedAnswer Answer(PlayedRequest request, Func<PlayedMessage, PlayedVerdict> judge)
    {
        var call = JsonNode.Parse(request.Body)!["RQST"]!;
        var text = call["PARAMS"]![0]!["CONTENT"]!.GetValue<string>();
        var numbers = call["MOBILELIST"]!.GetValue<string>()
            .Split(',')
            .Select(number => long.Parse(number, CultureInfo.InvariantCulture))
            .ToList();

        // One number on another network, and the whole list is refused: none of it is taken.
        if (numbers.Exists(number => IsAway(number)))
            return new(200, Reply(numbers.Count > 1 ? "23" : "25"));

        numbers.ForEach(number => judge(new(number, text)));
        return new(200, Reply("0"));
    }

    internal override IEnumerable<SendResult?> Known() =>
        Enumerable.Range(-9, 200).SelectMany(code => new[] { VnptCodes.Of(code, 1), VnptCodes.Of(code, 2) });

    static string Reply(string error) =>
        $$"""{"RPLY": {"name": "send_sms_list", "ERROR": "{{error}}", "ERROR_DESC": ""} }""";
}
