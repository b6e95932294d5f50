using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>The lanes that the program itself holds, as far as that can be read.</summary>
/// <param name="Lanes">Those on which messages wait, of every run that sends or will again, rehearsals apart.</param>
/// <param name="Unread">The runs of which nobody can tell: any lane of them may be held.</param>
public sealed record HeldLanes(IReadOnlyList<HeldLane> Lanes, IReadOnlyList<UnreadRun> Unread)
{
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public static HeldLanes Read(DataFolder data)
    {
        var (lanes, unread) = (new List<HeldLane>(), new List<UnreadRun>());
        foreach (var run in (Ledgers.FindRegistry(data)?.ReadRuns() ?? [])
            .Where(run => !run.Simulated && StandingTrials.Concern(run.State)))
        {
            if (Read(data, run, lanes) is { } why)
                unread.Add(new UnreadRun(run, why));
        }

        return new HeldLanes(lanes, unread);
    }

    /// <summary>Those of a lane alone, and the runs that nobody can read all the same.</summary>
    public HeldLanes Of(string lane) => this with { Lanes = [.. Lanes.Where(held => held.Lane == lane)] };

    /// <summary>Those of a run alone; null: of every one.</summary>
    public HeldLanes Of(RunKey? run) => run is null ? this : new(
        [.. Lanes.Where(held => held.Run == run)], [.. Unread.Where(unread => unread.Run.Key == run.ToString())]);

    /// <returns>Why they cannot be read; null where they can.</returns>
    static Wording? Read(DataFolder data, RunRecord run, List<HeldLane> lanes)
    {
        if ((run.FindKey() is null ? run.Unreadable : run.FindElsewhere(data)) is { } row)
            return row;

        var (key, ledger) = (run.ToKey(), run.AddressIn(data));
        var kept = Ledgers.RunAt(ledger);
        if (!kept.Exists)
            return RunOverview.DescribeMissing(data, key, ledger);

        try
        {
            var status = RunStatus.Read(ledger);
            lanes.AddRange(StandingTrials.Read(kept, run.State, status)
                .Where(lane => lane.Value.IsHeld)
                .Select(lane => new HeldLane(
                    key, lane.Key, lane.Value, StandingTrials.CountWaiting(status, lane.Key))));
            return null;
        }
        catch (Exception broken) when (broken is not OutOfMemoryException) // of one run: the others are shown
        {
            return RunOverview.DamageOf(broken, data, ledger);
        }
    }
}

/// <summary>A run that sends or will again, and whose ledger cannot be read.</summary>
public sealed record UnreadRun(RunRecord Run, Wording Why)
{
    /// <summary>That it cannot be told whether a lane of it is held, and why.</summary>
    public Wording ToWords() => new(
        $"KHÔNG đọc được sổ của lượt gửi {Run.Campaign}, ngày {Run.DateWords}, nên không biết có kênh nào của lượt này "
            + $"đang bị giữ lại. {Why}",
        $"The ledger of the run {Run.Campaign} of {Run.DateWords} can NOT be read: whether a lane of it is held is not "
            + $"known. {Why}");
}
