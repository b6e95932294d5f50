namespace SmsCampaign.App.Rehearsing;

/// <summary>A rehearsal for scripts. Times are UTC. Keys are stable: scripts rely on them.</summary>
static class RehearsalJson
{
    public static object Of(RehearsalDay day, RehearsalResult result, TimeSpan took, Language language) => new
    {
        Ok = result.IsGood,
        Campaign = day.Planned.Campaign.Id,
        Date = day.Planned.Key.DateText,
        Rehearsal = true,
        TookSeconds = took.TotalSeconds,
        Messages = result.Lanes.Sum(lane => lane.Messages),
        result.Left,
        result.WaitsForPerson,
        Uncertain = result.Lanes.Sum(lane => lane.Uncertain),
        result.Repeated,
        Report = result.Report is null ? null : day.ReportFolder,
        Balances = result.Report?.Balance.Holds,
        RatesKept = result.Proof.Proof.IsKept,
        Lanes = result.Lanes.Select(lane => new
        {
            lane.Name,
            lane.Messages,
            lane.Left,
            lane.Settled,
            lane.Failed,
            lane.Uncertain,
            lane.ReceiptsBrought,
            lane.First,
            lane.Last,
            Share = result.Proof.Proof.Lanes.FirstOrDefault(proof => proof.Name == lane.Name)?.Share,
        }),
        Timeline = result.Events.Select(what => new
        {
            what.At,
            what.Kind,
            what.Lane,
            what.Count,
            What = what.Words.In(language),
        }),
    };
}
