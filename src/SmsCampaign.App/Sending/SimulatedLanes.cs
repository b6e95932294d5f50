using System.Text.Json;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Messages;
using SmsCampaign.Simulator;

namespace SmsCampaign.App.Sending;

/// <summary>
/// The lanes of an installation as a simulated run sees them: the same names, pace, prices and tables, each reached at
/// the simulator, whatever its own type.
/// </summary>
static class SimulatedLanes
{
    /// <summary>How long a simulated receipt is waited for: the simulator's come within seconds.</summary>
    static readonly TimeSpan ReceiptTimeout = TimeSpan.FromSeconds(10);

    const double RateSlack = 1.1;

    public static IReadOnlyList<Lane> For(IEnumerable<Lane> lanes, Uri simulator) =>
        [.. lanes.Select(lane => For(lane, simulator))];

    public static Lane For(Lane lane, Uri simulator) => new(lane.Name, OptionsFor(lane, simulator));

    /// <summary>Carriers that hold each lane to its contract, for <see cref="SimulatedNetwork.StartAsync"/>.</summary>
    public static IReadOnlyList<SimulatedCarrierOptions> CarriersFor(IEnumerable<Lane> lanes) =>
        [.. lanes.Select(lane => new SimulatedCarrierOptions(lane.Name)
        {
            // A sender's even pace arrives less even: a real gateway has some slack as well.
            Rate = lane.Options.RateUnit == RateUnit.Parts ? (int)Math.Ceiling(lane.Options.Rate * RateSlack) : null,
        })];

    static HttpLaneOptions OptionsFor(Lane lane, Uri simulator)
    {
        var options = new HttpLaneOptions();
        foreach (var property in typeof(LaneOptions).GetProperties().Where(property =>
            property.SetMethod is { IsPublic: true }))
            property.SetValue(options, property.GetValue(lane.Options));

        options.Type = "http";
        options.StandIn = true;
        options.Callback = null;
        options.ReceiptTimeout = ReceiptTimeout;
        options.Url = new Uri(simulator, $"/{lane.Name}/messages");
        Speak(options, inLists: lane.Options.MostPerCall > 1);
        return options;
    }

    /// <summary>Describes the simulator's dialect, as the lanes of config/smscampaign.json do.</summary>
    static void Speak(HttpLaneOptions options, bool inLists)
    {
        var message = JsonSerializer.SerializeToElement(new Dictionary<string, string>
        {
            ["reference"] = "{reference}",
            ["to"] = "{to}",
            ["from"] = "{sender}",
            ["text"] = "{text}",
            ["encoding"] = "{encoding}",
            ["parts"] = "{parts:number}",
        });
        options.Body = inLists ? JsonSerializer.SerializeToElement(new { messages = "{items}" }) : message;
        options.Item = inLists ? message : null;
        options.Answer = new HttpAnswerOptions
        {
            Results = inLists ? "results" : null,
            Match = inLists ? HttpMatch.Reference : HttpMatch.Order,
            Reference = "reference",
            Code = "code",
            Id = "id",
            Accepted = ["queued"],
            Refused =
            {
                ["invalid_number"] = FailureClass.Number,
                ["barred_number"] = FailureClass.Number,
                ["wrong_network"] = FailureClass.Number,
                ["barred_content"] = FailureClass.Content,
                ["unknown_sender"] = FailureClass.Sender,
                ["no_credit"] = FailureClass.Quota,
            },
            Throttled = ["too_fast"],
            Closed = ["outside_hours", "maintenance"],
        };
        options.Receipts = new HttpReceiptOptions
        {
            Items = "receipts",
            Reference = "reference",
            Id = "id",
            Status = "status",
            Statuses =
            {
                ["ACCEPTD"] = HttpReceiptMeaning.Accepted,
                ["ENROUTE"] = HttpReceiptMeaning.Sent,
                ["DELIVRD"] = HttpReceiptMeaning.Delivered,
                ["EXPIRED"] = HttpReceiptMeaning.Failed,
                ["UNDELIV"] = HttpReceiptMeaning.Failed,
                ["REJECTD"] = HttpReceiptMeaning.Failed,
                ["DELETED"] = HttpReceiptMeaning.Failed,
            },
            Code = "code",
            Failures =
            {
                ["EXPIRED"] = FailureClass.Expired,
                ["absent_subscriber"] = FailureClass.Network,
                ["memory_full"] = FailureClass.Network,
                ["barred_subscriber"] = FailureClass.Number,
                ["unknown_subscriber"] = FailureClass.Number,
            },
            Time = "at",
        };
    }
}
