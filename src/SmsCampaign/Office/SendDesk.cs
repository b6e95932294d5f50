using SmsCampaign.Conduct.Words;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Office;

/// <summary>
/// Says whether a run can be sent from here and now: plans it or takes it up, holds it to its approval, its day and its
/// own rows, and takes the turn to send.
/// </summary>
public sealed class SendDesk(DataFolder data, TimeProvider time)
{
    /// <param name="turn">Is taken where the run can be sent.</param>
    /// <param name="begins">Told of each step that may take long.</param>
    /// <exception cref="LedgerException">The disk is full, or a ledger is broken.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing is sent.</exception>
    public SendStart Start(
        PreparationRequest request, SendingTurn turn, Action<Wording> begins, CancellationToken cancellationToken)
    {
        begins(new Wording($"xem thư mục dữ liệu {data.Root}", $"looking at the data folder {data.Root}"));
        if (!request.Simulated
            && new LostRuns(data, request.InstallationFile, time).FindMissingLedger() is { } noLedger)
            return new SendStart.NoLedger(noLedger);

        using var rows = new SealReading(cancellationToken);
        var preparing = new CampaignPreparation(time)
        {
            Begins = begins,

            // The ledger of a rehearsal may be planned again, and must not be open then. One that another
            // process sends is not looked at.
            LedgerFound = request.Simulated ? null : ledger =>
            {
                if (turn.TryTake())
                    rows.Begin(ledger);
            },
        };
        var preparation = preparing.Prepare(
            request, data, request.Simulated ? ChangedRun.PlanAgain : ChangedRun.Refuse, cancellationToken);
        return Start(preparation, turn, rows, begins) with { Problems = preparation.Problems };
    }

    SendStart Start(Preparation preparation, SendingTurn turn, SealReading rows, Action<Wording> begins)
    {
        if (preparation.HasErrors || preparation is not { Planned: { } planned, Run: not null })
            return new SendStart.Refused();

        if (!planned.Simulated && FindObstacles(planned) is { Count: > 0 } obstacles)
            return new SendStart.NotNow(obstacles);

        if (!turn.TryTake())
            return new SendStart.IsBusy();

        // Whatever the files say, what is sent are the ledger's rows; under the lock no other process of
        // this program changes them.
        var ledger = data.AddressOf(planned.Key);
        begins(new Wording($"so sổ {ledger} với bản phê duyệt", $"holding the ledger {ledger} to the approval"));
        return Verify(planned, rows) is { } forged ? new SendStart.Forged(forged) : new SendStart.Ready(preparation);
    }

    /// <returns>Null where the rows are as they were approved.</returns>
    Wording? Verify(PlannedCampaign planned, SealReading rows)
    {
        var registry = Ledgers.OpenRegistry(data);
        var run = registry.Find(planned.Key)!;
        var differences = RunVerification.Find(data, run, planned.ApprovedHash, rows.Of);
        if (differences.Count == 0)
            return null;

        var words = RunVerification.Describe(differences);
        if (planned.Simulated)
            return words;

        var now = time.GetUtcNow();
        var why = HoldWords.WithWayOn(
            words,
            run.CampaignFile,
            WayOn.PlanAndApprove,
            planned.Installation.Approval.TwoPersons,
            HoldWords.DateOf(run));
        registry.Record(new Decision(planned.Key, now, now, DecisionKind.Held, why), RunState.Held);
        return words;
    }

    List<SendObstacle> FindObstacles(PlannedCampaign planned)
    {
        var (registry, obstacles) = (Ledgers.OpenRegistry(data), new List<SendObstacle>());
        var approval = registry.FindApproval(planned.Campaign.Id, planned.Date);
        if (approval is null)
            obstacles.Add(FindUnwitnessed(registry, planned) ?? new SendObstacle.NotApproved(planned.Date));
        else if (approval.Hash != planned.ApprovedHash)
            obstacles.Add(new SendObstacle.OtherApproved(planned.ApprovedHash, approval.Hash));
        else if (planned.Installation.Approval.TwoPersons && !approval.IsByTwo)
            obstacles.Add(new SendObstacle.ByOneAlone(approval));

        obstacles.AddRange(registry.Orders
            .Read()
            .Where(order => order.Lane is null && order.IsAbout(planned.Key))
            .Select<StandingOrder, SendObstacle>(order => order.IsForGood
                ? new SendObstacle.IsEnded(order)
                : new SendObstacle.IsPaused(order)));
        if (registry.Find(planned.Key) is { State: RunState.Cancelled or RunState.Ended } over)
            obstacles.Add(new SendObstacle.IsOver(over.State));

        var window = (registry.Find(planned.Key)?.ReadSchedule() ?? planned.Campaign.Schedule).Window;
        var now = time.GetUtcNow();
        var today = window.DayOf(now);
        var days = planned.Campaign.Schedule.SendDays(planned.Date).ToList();
        if (!days.Contains(today))
        {
            obstacles.Add(today < days[0]
                ? new SendObstacle.NotYet(days[0], today)
                : new SendObstacle.DaysArePast(days[^1], today));
        }
        else if (now >= window.ClosesOn(today))
        {
            DateTimeOffset? next = days.Where(day => day > today)
                .Select(day => (DateOnly?)day)
                .FirstOrDefault() is { } later
                ? window.ToLocal(window.OpensOn(later))
                : null;
            obstacles.Add(new SendObstacle.WindowIsClosed(today, window.HourOfClosing(today), next));
        }

        return obstacles;
    }

    /// <summary>An approval that stands in the table and not in the audit chain is none.</summary>
    static SendObstacle? FindUnwitnessed(IRegistry registry, PlannedCampaign planned)
    {
        var run = registry.Find(planned.Key)!;
        var about = registry.ReadApprovals(planned.Campaign.Id).Where(run.IsMeantBy).ToList();
        return !about.Exists(approval => approval is { VoidedAt: null, IsWitnessed: false }) ? null
            : about.Find(approval => approval.IsRevived) is { } revived ? new SendObstacle.Revived(revived.Revived)
            : new SendObstacle.Unwitnessed(registry.Audit.KeyTrouble ?? new Wording("", ""));
    }
}
