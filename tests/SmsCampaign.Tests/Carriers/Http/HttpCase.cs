using System.Text;
using System.Text.Json;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Http;

/// <summary>A lane of type http before a gateway that answers as the test says.</summary>
public abstract class HttpCase : CarrierCase
{
    protected override LaneOptions OptionsFor(Uri gateway) => OptionsAt(gateway);

    protected override PlayedGateway Gateway { get; } = new HttpGateway();

    internal static HttpLaneOptions OptionsAt(Uri url) => new()
    {
        Type = "http",
        StandIn = true,
        Carriers = ["viettel"],
        Rate = 10,
        Url = url,
        Headers = { ["Authorization"] = "Bearer " + Secret },
        Secrets = [Secret],
        Body = Json("""{"ref": "{reference}", "to": "{to}", "from": "{sender}", "text": "{text}"}"""),
        Answer = new HttpAnswerOptions
        {
            Code = "code",
            Id = "id",
            Accepted = ["ok", "0"],
            Refused = { ["E1"] = FailureClass.Number, ["E2"] = FailureClass.Content },
            Throttled = ["fast"],
            Closed = ["night"],
            Busy = ["busy"],
        },
        Receipts = new HttpReceiptOptions
        {
            Reference = "ref",
            Id = "id",
            Status = "status",
            Statuses =
            {
                ["Q"] = HttpReceiptMeaning.Accepted,
                ["S"] = HttpReceiptMeaning.Sent,
                ["D"] = HttpReceiptMeaning.Delivered,
                ["F"] = HttpReceiptMeaning.Failed,
                ["X"] = HttpReceiptMeaning.Failed,
            },
            Code = "err",
            Failures = { ["12"] = FailureClass.Number, ["X"] = FailureClass.Expired },
            Time = "at",
        },
    };

    private protected HttpLaneOptions Options(Uri? url = null) => OptionsAt(url ?? new Uri(Server.Url + "/send"));

    private protected HttpLaneOptions ListOptions(HttpMatch match = HttpMatch.Order)
    {
        var options = Options();
        options.MostPerCall = 3;
        options.Body = Json("""{"from": "{sender}", "list": "{items}", "flags": [true, null, 1.50]}""");
        options.Item = Json("""{"ref": "{reference}", "to": "{toLocal}", "text": "{text}"}""");
        options.Answer!.Results = "results";
        options.Answer.Match = match;
        options.Answer.Reference = "ref";
        return options;
    }

    private protected async Task<SendResult> AnswerAsync(HttpLaneOptions options, string answer)
    {
        Answer(200, answer);
        return Assert.Single(await Carrier(options).SendAsync([Some], CancellationToken.None));
    }

    private protected IReadOnlyList<DeliveryReceipt> Read(HttpLaneOptions options, string body) =>
        ((IReceiptSource)Carrier(options)).ReadReceipts(
            new ReceiptCallback(new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body), "application/json"));

    internal static List<OutboundSms> Messages(int count) => [.. Enumerable.Range(1, count)
        .Select(number => Some with { Reference = $"r{number}", To = new PhoneNumber(84900000000 + number) })];

    internal static string Letters(IEnumerable<SendResult> results) =>
        string.Concat(results.Select(result => $"{result.Outcome}"[0]));

    internal static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
