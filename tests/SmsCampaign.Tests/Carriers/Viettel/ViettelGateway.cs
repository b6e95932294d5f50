using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Xml.Linq;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Viettel;

namespace SmsCampaign.Tests.Carriers.Viettel;

public sealed class ViettelGateway : PlayedGateway
{
    const string Taken = "Insert MT_QUEUE: OK";
    static readonly string[] OneCarrier = ["viettel"];

    public override string Type => "viettel";

    public override string ContentType => "text/xml;charset=UTF-8";

    public override string Section(Uri at, string secret) => $$"""
        "url": "{{at}}bulkapi", "user": "u", "password": "{{secret}}", "cpCode": "c"
        """;

    public override string Accepting(IReadOnlyList<OutboundSms> messages) => messages.Count <= 1
        ? Envelope("wsCpMtResponse", ResultOf(Taken))
        : ListOf(messages.Select((_, at) => ($"{at + 1}", Taken)));

    public override PlayedAnswer Answer(PlayedRequest request, Func<PlayedMessage, PlayedVerdict> judge)
    {
        var call = XDocument.Parse(request.Body)
            .Descendants()
            .First(element => element.Name.LocalName is "wsCpMt" or "wsCpBatchMt");
        if (call.Name.LocalName == "wsCpMt")
            return new(200, Envelope("wsCpMtResponse", ResultOf(Say(call))));

        return new(200, ListOf(call.Elements()
            .Where(element => element.Name.LocalName == "requestMt")
            .Select(item => (Of(item, "requestID"), Say(item)))
            .ToList()));

        string Say(XElement item)
        {
            var verdict = judge(
                new(long.Parse(Of(item, "receiverID"), CultureInfo.InvariantCulture), Of(item, "content")));
            return verdict.IsTaken ? Taken : $"Check ServiceID: ALIAS_INVALID:TELCO={verdict.Network}";
        }
    }

    internal override IEnumerable<SendResult?> Known() =>
        ((IEnumerable)typeof(ViettelCodes).GetField("Table", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(
            null)!)
            .Cast<object>().Select(row => (string)row.GetType().GetField("Item1")!.GetValue(row)!)
            .SelectMany(words => new[]
            {
                ViettelCodes.Refusal(words, OneCarrier),
                ViettelCodes.Refusal($"{words}:TELCO=VN", OneCarrier),
            });

    static string ListOf(IEnumerable<(string Request, string Message)> results) => Envelope(
        "wsCpBatchMtResponse",
        "<errCode>0</errCode><errDesc>success</errDesc>" + string.Concat(results.Select(
            each => $"<responseMt><requestId>{each.Request}</requestId>{ResultOf(each.Message)}</responseMt>")));

    static string ResultOf(string message) =>
        $"<message>{message}</message><result>{(message == Taken ? 1 : 0)}</result>";

    static string Of(XElement item, string name) => item.Elements().First(element =>
        string.Equals(element.Name.LocalName, name, StringComparison.OrdinalIgnoreCase)).Value;

    static string Envelope(string name, string inside) =>
        $"""<?xml version="1.0" encoding="UTF-8"?><S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><ns2:{name} xmlns:ns2="http://impl.bulkSms.ws/"><return>{inside}</return></ns2:{name}></S:Body></S:Envelope>""";
}
