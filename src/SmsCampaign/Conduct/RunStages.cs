using SmsCampaign.Campaigns;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Reports;
using SmsCampaign.Storage;

namespace SmsCampaign.Conduct;

/// <summary>
/// What a conductor has done for it, stage by stage. Every stage may be asked again after a crash and does the rest.
/// </summary>
public sealed record RunStages
{
    /// <summary>Imports and plans the run, or finds that what is there fits its files.</summary>
    public required Func<RunKey, string, CancellationToken, Preparation> Prepare { get; init; }

    /// <summary>What the run's ledger says other than what was approved; none where all fits.</summary>
    public required Func<RunRecord, string?, CancellationToken, IReadOnlyList<Wording>> Verify { get; init; }

    /// <summary>How many messages are still to be sent.</summary>
    public required Func<RunRecord, long> CountPlanned { get; init; }

    /// <summary>Sends while the window of the day is open.</summary>
    public required Func<RunRecord, DateOnly, CancellationToken, Task<SendEnd>> SendAsync { get; init; }

    /// <summary>Ends with true when every message is settled or its receipt time is over, with false when cancelled.</summary>
    public required Func<RunRecord, CancellationToken, Task<bool>> AwaitReceiptsAsync { get; init; }

    /// <summary>Makes what is still planned leftover.</summary>
    public required Func<RunRecord, Reason, Task> LeaveAsync { get; init; }

    /// <summary>Tells whether the report balances (rule 7).</summary>
    public required Func<RunRecord, ReportResult> WriteReport { get; init; }

    /// <summary>The stages at a station, each run prepared from its files as they are by then.</summary>
    /// <param name="installationFile">Read again at every preparation: what was approved must be what stands there.</param>
    public static RunStages At(Station station, string installationFile, Language language) => At(station, language, (key, campaignFile, stopping) =>
    {
        var preparation = new CampaignPreparation(station.Clock.Time).Prepare(
            new PreparationRequest(campaignFile, installationFile, key.Date), station.Data, ChangedRun.Refuse, stopping);
        RefuseStale(preparation, station.Accounts);
        return preparation;
    });

    /// <summary>The stages at a station for a run that a person has just prepared, and whose ledger this process has just held to
    /// the approval.</summary>
    public static RunStages At(Station station, Preparation prepared, Language language) =>
        At(station, language, (_, _, _) => prepared) with { Verify = (_, _, _) => [] };

    static RunStages At(Station station, Language language, Func<RunKey, string, CancellationToken, Preparation> prepare)
    {
        var (data, runs) = (station.Data, station.Runs);
        return new RunStages
        {
            Prepare = prepare,
            Verify = (run, approved, stopping) => RunVerification.Find(data, run, approved, stopping),
            CountPlanned = run => runs.Open(run).Counters.Of(MessageStatus.Planned),
            SendAsync = async (run, day, stopping) =>
            {
                var end = await Session(run).SendAsync(day, stopping);
                if (!run.Simulated)
                    station.Registry.Ported.LearnFrom(Path.Combine(data.Root, run.File));
                return end;
            },
            AwaitReceiptsAsync = (run, stopping) => Session(run).AwaitReceiptsAsync(stopping),
            LeaveAsync = (run, reason) => runs.Open(run).LeaveAsync(reason),
            WriteReport = run => RunReport.Write(
                Path.Combine(data.Root, run.File),
                RunReport.FolderOf(data, run.ToKey()),
                new ReportOptions(language, Unmasked: false) { Oddities = OddReceipts.Read(data, run.ToKey()) }),
        };

        RunSession Session(RunRecord run) =>
            new(runs.Open(run), CampaignFile.ReadSchedule(run.Definition).Window, station.Accounts, station.Clock);
    }

    /// <summary>The lanes in use are those of the file as it was when this process started: a plan approved on others
    /// would be sent at the wrong rate.</summary>
    static void RefuseStale(Preparation preparation, LaneAccounts accounts)
    {
        foreach (var lane in preparation.Run is null ? [] : preparation.Planned!.Lanes)
        {
            if (accounts.Find(lane.Name)?.Lane.Options is not { } inUse || LaneSettings.ToJson(inUse) != LaneSettings.ToJson(lane.Options))
                throw new InvalidOperationException($"the lane '{lane.Name}' of the installation file has changed since this process started; start it again");
        }
    }
}
