using SmsCampaign.Campaigns;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Conduct;

/// <summary>
/// What a conductor has done for it, stage by stage. Every stage may be asked again after a crash and does the rest.
/// </summary>
public sealed record RunStages
{
    /// <summary>Imports and plans the run, or finds that what is there fits its files.</summary>
    public required Func<RunKey, string, CancellationToken, Preparation> Prepare { get; init; }

    /// <summary>Whether nothing is sent that one person alone has approved.</summary>
    public required Func<bool> TakesTwoPersons { get; init; }

    /// <summary>What the run's ledger says other than what was approved; none where all fits.</summary>
    public required Func<RunRecord, string?, CancellationToken, IReadOnlyList<Wording>> Verify { get; init; }

    /// <summary>Whether its ledger says that anything of the run was ever tried or settled.</summary>
    public required Func<RunRecord, bool> HasBegun { get; init; }

    /// <summary>What the campaign file of a run that has begun says other than was planned: whoever writes
    /// into it wants the run to stop. None where it says the same, and where it cannot be read: a run that
    /// has begun needs no file.</summary>
    public required Func<RunRecord, IReadOnlyList<Problem>> FindRewritten { get; init; }

    /// <summary>What differs between the run's lanes as planned and those this process uses, which are of
    /// the installation file as it was at the start: it would be sent at another rate, or by another way.
    /// None where they fit.</summary>
    public required Func<RunRecord, IReadOnlyList<Wording>> FindStale { get; init; }

    /// <summary>How many messages are still to be sent.</summary>
    public required Func<RunRecord, long> CountPlanned { get; init; }

    /// <summary>The same of a run that is over, whose ledger is not opened for it. Null where
    /// the file is gone.</summary>
    public required Func<RunRecord, long?> CountLeft { get; init; }

    /// <summary>Makes the run's lanes ready for an opening that is near. Over when it opens.</summary>
    public required Func<RunRecord, DateTimeOffset, CancellationToken, Task> WarmUpAsync { get; init; }

    /// <summary>Opens its ledger to be written to, and settles what a fault left on its way: where another program
    /// holds it, nothing is begun.</summary>
    public required Func<RunRecord, Task> OpenAsync { get; init; }

    /// <summary>Sends while the window of the day is open.</summary>
    public required Func<RunRecord, DateOnly, CancellationToken, Task<SendEnd>> SendAsync { get; init; }

    /// <summary>Ends when every message is settled or its receipt time is over, or it is cancelled.</summary>
    public required Func<RunRecord, CancellationToken, Task<ReceiptsWait>> AwaitReceiptsAsync { get; init; }

    /// <summary>Makes what is still planned leftover: on every lane, or on the one that is named; by what happened at
    /// the moment that is given.</summary>
    public required Func<RunRecord, Reason, string?, DateTimeOffset, Task> LeaveAsync { get; init; }

    /// <summary>Tells whether the report balances (rule 7). Its figures are final only where the wait for receipts is
    /// over.</summary>
    public required Func<RunRecord, ReceiptsWait, ReportResult> WriteReport { get; init; }

    /// <summary>The stages at a station, each run prepared from its files as they are by then.</summary>
    /// <param name="installationFile">Read again at every preparation: what was approved must be
    /// what stands there.</param>
    public static RunStages At(Station station, string installationFile, IRunWatcher watcher, Language language) =>
        At(station, watcher, language, TakesTwo(installationFile), (key, campaignFile, stopping) =>
        {
            try
            {
                return new CampaignPreparation(station.Clock.Time).Prepare(
                    new PreparationRequest(campaignFile, installationFile, key.Date),
                    station.Data,
                    ChangedRun.Refuse,
                    stopping);
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                var why = FaultWords.Of(unreadable);
                return new Preparation(
                    null,
                    null,
                    [new Problem(null, new Wording($"Không đọc được một tệp ({why}).", $"A file cannot be read: {why}"))
                    {
                        MayPass = true,
                    }]);
            }
        });

    /// <summary>The stages at a station for a run that a person has just prepared, and whose ledger this process has
    /// just held to the approval.</summary>
    public static RunStages At(Station station, Preparation prepared, IRunWatcher watcher, Language language) =>
        At(station, watcher, language, TakesTwo(prepared.Planned!.Installation.File), (_, _, _) => prepared) with
        {
            Verify = (_, _, _) => [],
            FindRewritten = _ => [],
        };

    static RunStages At(
        Station station,
        IRunWatcher watcher,
        Language language,
        Func<bool> takesTwo,
        Func<RunKey, string, CancellationToken, Preparation> prepare)
    {
        var runs = station.Runs;
        return new RunStages
        {
            Prepare = prepare,
            TakesTwoPersons = takesTwo,
            Verify = (run, approved, stopping) => RunVerification.Find(station.Data, run, approved, stopping),
            HasBegun = run => StoredRun.FindBegun(AddressOf(run)) is not null,
            FindRewritten = run => CompareFile(run, [.. StoredRun.Read(AddressOf(run)).LaneSettings.Keys]),
            FindStale = run => run.Simulated ? [] : CompareLanes(StoredRun.Read(AddressOf(run)), station),
            CountPlanned = run => runs.Open(run).Counters.Of(MessageStatus.Planned),
            CountLeft = run => Ledgers.RunAt(AddressOf(run)) is { Exists: true } kept ? kept.CountPlanned() : null,
            WarmUpAsync = (run, opens, stopping) => Session(run).WarmUpAsync(opens, stopping),
            OpenAsync = run => runs.Open(run).InterruptAsync(),
            SendAsync = async (run, day, stopping) =>
            {
                var end = await Session(run).SendAsync(day, stopping);
                if (!run.Simulated)
                    station.Registry.Ported.LearnFrom(run);
                return end;
            },
            AwaitReceiptsAsync = (run, stopping) => Session(run).AwaitReceiptsAsync(stopping),
            LeaveAsync = (run, reason, lane, at) =>
                LeavePlannedAsync(runs.Open(run), reason, lane, at, station.Accounts),
            WriteReport = (run, receipts) => RunReport.Write(
                AddressOf(run),
                RunReport.FolderOf(station.Data, run.ToKey()),
                ReportOptions.Of(language, unmasked: null, station.Data, station.Registry, run) with
                {
                    IsOver = receipts == ReceiptsWait.Over,
                })
                .Keep(station.Registry, run.ToKey(), Who.Here("worker"), station.Clock.Time.GetUtcNow()),
        };

        RunAddress AddressOf(RunRecord run) => run.AddressIn(station.Data);

        RunSession Session(RunRecord run) => new(
            runs.Open(run),
            run.ReadSchedule().Window,
            station.Accounts,
            station.Clock,
            (lane, why) => watcher.LaneFaulted(run.ToKey(), lane, why),
            (lane, finding) => watcher.LaneUnready(run.ToKey(), lane, finding))
        {
            CatchUpAsync = station.Settler.CatchUpAsync,
            Behind = () => watcher.ReceiptsBehind(run.ToKey()),
            Reopened = lane => watcher.LaneReopened(run.ToKey(), lane),
            ReadWindow = run.Simulated ? null : () => (station.Registry.Find(run.ToKey()) ?? run).ReadSchedule().Window,
        };
    }

    /// <summary>As the file says whenever it is asked; while it cannot be read, as it said when the process began.
    /// Where it could not be read then either, it takes two.</summary>
    static Func<bool> TakesTwo(string installationFile)
    {
        var before = Installation.ReadTwoPersons(installationFile) ?? true;
        return () => Installation.ReadTwoPersons(installationFile) ?? before;
    }

    /// <summary>A lane that the run does not have has nothing to leave. Of what the closing of the window leaves on a
    /// lane that by then sent nothing any more, that is the reason.</summary>
    static async Task LeavePlannedAsync(
        ISendingLedger ledger, Reason reason, string? lane, DateTimeOffset at, LaneAccounts accounts)
    {
        if (reason == Reason.WindowClosed)
            accounts.Orders.Look();
        foreach (var each in ledger.Info.Lanes.Values.Where(each => (lane ?? each.Name) == each.Name
            && ledger.Counters.Of(each.Id, MessageStatus.Planned) > 0))
        {
            if (lane is not null)
                await ledger.LeaveAsync(reason, each.Id);
            else if (reason == Reason.WindowClosed && FindStanding(each) is { } standing)
                await ledger.LeaveAsync(standing, each.Id);
        }

        if (lane is null)
            await ledger.LeaveAsync(reason);

        Reason? FindStanding(RunLane lane) =>
            accounts.Orders.WasPausedBy(at, ledger.Info.Key, lane.Name) ? Reason.Paused
            : accounts.Find(lane.Name)?.Stop.WasOffBy(at) == true ? Reason.LaneStopped
            : ledger.Trials.Find(lane.Id) is { IsHeld: true } trial && ProcessClock.FromMicros(trial.Since) <= at
            ? Reason.LaneHeld
            : null;
    }

    static IReadOnlyList<Problem> CompareFile(RunRecord run, IReadOnlyCollection<string> lanes)
    {
        var reading = CampaignFile.Read(run.CampaignFile, lanes, filesMayBeGone: true);
        if (reading.Problems.Any(problem => problem.MayPass))
            return [];

        if (reading.Campaign is { } campaign && CampaignHash.Of(campaign) == run.DefinitionHash)
            return [];

        var changed = reading.Campaign is { } now
            ? RunChanges.DescribeDefinition(now, run.Definition)
            : new Wording("nội dung tệp chiến dịch đã khác", "the campaign file says something else");
        return [.. reading.Problems, new Problem(new Place(run.CampaignFile), new Wording(
            $"{changed} so với khi bắt đầu gửi.", $"{changed} than when sending began."))];
    }

    internal static IReadOnlyList<Wording> CompareLanes(StoredRun stored, Station station) => [.. RunChanges.FindLanes(
        stored.LaneSettings, [.. stored.LaneSettings.Keys
            .Select(station.Accounts.Find)
            .OfType<LaneAccount>()
            .Select(account => account.Lane)])];
}
