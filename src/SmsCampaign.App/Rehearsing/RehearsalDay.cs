using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Planning;
using SmsCampaign.Simulator;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Rehearsing;

/// <summary>What stays the same on a rehearsed day, whatever becomes of the program.</summary>
/// <param name="Prepared">A simulated run that stands in <paramref name="Data"/>.</param>
/// <param name="Gateways">By the lane's name.</param>
sealed record RehearsalDay(
    Preparation Prepared,
    DataFolder Data,
    string ReportFolder,
    Scenario Scenario,
    IReadOnlyDictionary<string, VirtualGateway> Gateways,
    Language Language)
{
    public PlannedCampaign Planned => Prepared.Planned!;

    public SendWindow Window => Planned.Campaign.Schedule.Window;

    public Timeline Timeline { get; } = new();

    public RehearsalPace Progress { get; } =
        new(Prepared.Planned!.Plan.Batches.Sum(batch => batch.LastSeq - batch.FirstSeq + 1));

    public static IReadOnlyDictionary<string, VirtualGateway> GatewaysOf(PlannedCampaign planned, Scenario scenario)
    {
        var schedule = planned.Campaign.Schedule;
        return planned.Lanes.ToDictionary(lane => lane.Name, lane => new VirtualGateway(
            new VirtualGatewayOptions(lane.Name, lane.Options.Rate)
            {
                Outages = [.. scenario.Outages
                    .Where(outage => outage.Lane == lane.Name)
                    .SelectMany(outage => outage.Hours.OnEach(schedule, planned.Date))],
                Slow = [.. scenario.Slow
                    .Where(slow => slow.Lane == lane.Name)
                    .SelectMany(slow => slow.Hours
                        .OnEach(schedule, planned.Date)
                        .Select(hours => (hours, slow.Share)))],
                DropsRepeats = RehearsedProcess.CreateCarrier(lane).DropsRepeats,
                BringsReceipts = lane.Options.ReceiptTrust != ReceiptTrust.None
                    && !scenario.NoReceipts.Contains(lane.Name),
            }));
    }
}
