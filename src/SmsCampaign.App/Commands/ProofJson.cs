using SmsCampaign.Reports.Proof;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Commands;

/// <summary>A proof for scripts. Times are UTC.</summary>
static class ProofJson
{
    public static object Of(RunRecord run, RateProof proof) => new
    {
        run.Campaign,
        run.Date,
        run.Simulated,
        Kept = proof.IsKept,
        KeptAtWorst = proof.IsKeptAtWorst,
        proof.Ledgers,
        proof.UnknownClocks,
        Lanes = proof.Lanes.Select(Lane),
    };

    static object Lane(LaneProof lane) => new
    {
        lane.Name,
        lane.Own.Requests,
        lane.Own.Messages,
        lane.Own.Parts,
        First = Moment(lane.Own.FirstAt),
        Last = Moment(lane.Own.LastAt),
        lane.OtherRuns,
        Limits = lane.Limits.Select(limit => new
        {
            Contract = limit.Limit.Most,
            limit.Limit.Of,
            Per = limit.Limit.Period,
            limit.Most,
            From = limit.Most > 0 ? Moment(limit.From) : null,
            limit.AtMost,
            Kept = limit.IsKept,
            limit.Share,
        }),
        MostInASecond = Peaks(lane.Peaks[0]),
        MostInAMinute = Peaks(lane.Peaks[1]),
        lane.Unknown,
        WorkSeconds = lane.Work.TotalSeconds,
        lane.Share,
    };

    static object Peaks(PeriodPeaks peaks) => new
    {
        Parts = Peak(peaks.Parts),
        Messages = Peak(peaks.Messages),
        Requests = Peak(peaks.Requests),
    };

    static object Peak(Peak peak) => new { peak.Most, From = Moment(peak.From), peak.AtMost };

    static DateTimeOffset? Moment(long? micros) => micros is { } at ? ProcessClock.FromMicros(at) : null;
}
