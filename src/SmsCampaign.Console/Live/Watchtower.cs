using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.WebConsole.Live;

/// <summary>What all runs looked like at one moment.</summary>
/// <param name="View">Null where it could not be looked: nothing is known then.</param>
/// <param name="Runs">Those of the view, lane by lane.</param>
/// <param name="Trouble">Why it could not be looked; null where it could.</param>
public sealed record Sight(StatusView? View, IReadOnlyList<LiveRun> Runs, DateTimeOffset At, Wording? Trouble)
{
    /// <summary>As of the view, of all runs: that nobody sends is told to whoever looks after the server, whatever
    /// campaigns they may see.</summary>
    public bool MissesWorker { get; init; } = View?.MissesWorker == true;

    /// <summary>Whether somebody sends: known by the lock and its sign of life also where the ledgers cannot be read.
    /// Null where it could not be looked.</summary>
    public WorkerSight? Worker { get; init; } = View?.Worker;

    public LiveRun? Find(string campaign, string date) => Runs.FirstOrDefault(
        run => run.Overview.Run.Campaign == campaign && run.Overview.Run.Date == date);

    /// <summary>What of it somebody may see: of other campaigns nothing, and of what is about none what it takes to
    /// look at any. What is told of all runs is told of these.</summary>
    public Sight For(CurrentPerson person)
    {
        if (View is not { } view || person.SeesAll)
            return this;

        var (office, any) = (person.SeesServer, person.May(Right.See));
        return this with
        {
            MissesWorker = office && MissesWorker,
            Runs = [.. Runs.Where(run => Sees(run.Overview.Run.Campaign))],
            View = view with
            {
                Runs = [.. view.Runs.Where(run => Sees(run.Run.Campaign))],
                Openings = [.. view.Openings.Where(opening => Sees(opening.Run.Tested))],
                Stopped = any ? view.Stopped : [],
                Orders = [.. view.Orders.Where(order => SeesOrder(person, order))],
                Strays = any ? view.Strays : [],
                Missing = any ? view.Missing : [],
                Unlisted = [.. view.Unlisted.Where(key => Sees(key.Tested))],
                Problems = [.. view.Problems.Where(problem => SeesOf(problem.Campaign))],
                MissingApprovals = [.. view.MissingApprovals.Where(approval => Sees(approval.Campaign))],
                Forged = [.. view.Forged.Where(
                    command => SeesOf(StatusProblem.Of(default, command.Run).Campaign))],
                Alerts = [.. view.Alerts.Where(alert => SeesAlert(alert.Raised.Alert))],
                Ready = [.. view.Ready.Where(look => Sees(look.Run.Tested))],
            },
        };

        bool Sees(string campaign) => person.May(Right.See, campaign);

        bool SeesOf(string? campaign) => campaign is null ? office : Sees(campaign);

        // What a newer program tells of may name whatever it likes.
        bool SeesAlert(Alert alert) =>
            alert.FindCampaign() is { } campaign ? Sees(campaign) : office && alert.Kind != AlertKind.Unknown;
    }

    /// <summary>Whether somebody may see what a person has ordered, and why.</summary>
    public static bool SeesOrder(CurrentPerson person, StandingOrder order) =>
        order.Run is null || order.IsOfAnyRun
            ? person.May(Right.See)
            : person.May(Right.See, RunKey.FindCampaign(order.Run) ?? "");
}

/// <summary>
/// Looks at the ledgers for everyone who watches: no more often than <see cref="MostAge"/> asks for, however many do,
/// and never while nobody does.
/// </summary>
public sealed class Watchtower(ConsolePlace place, TimeProvider time) : IDisposable
{
    /// <summary>How often who watches asks.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>How old what they are shown may be then: what another process changed shows within both
    /// together.</summary>
    public static readonly TimeSpan MostAge = TimeSpan.FromMilliseconds(600);

    readonly SemaphoreSlim _one = new(1);
    readonly LaneRates _rates = new(time);
    Looked? _last;

    /// <summary>How often something was done.</summary>
    int _done;

    /// <summary>How fast lanes were of late.</summary>
    public RateHistory Rates { get; } = new();

    /// <summary>What was last looked at, however long ago; null: nothing was.</summary>
    public Sight? Last => Volatile.Read(ref _last)?.Sight;

    /// <summary>What was looked at within <see cref="MostAge"/>.</summary>
    public async Task<Sight> LookAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } fresh)
            return fresh;

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (Fresh() is { } meanwhile)
                return meanwhile;

            // Off the thread of whoever asks: it reads files.
            var done = Volatile.Read(ref _done);
            var sight = await Task.Run(Look, cancellationToken);
            Volatile.Write(ref _last, new Looked(sight, time.GetTimestamp(), done));
            return sight;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Something was done: what was looked at before, or is being looked at, is not shown to who looks from
    /// now on.</summary>
    public void Forget() => Interlocked.Increment(ref _done);

    public void Dispose() => _one.Dispose();

    Sight? Fresh() =>
        Volatile.Read(ref _last) is { } last
        && last.Done == Volatile.Read(ref _done)
        && time.GetElapsedTime(last.At) < MostAge
            ? last.Sight
            : null;

    Sight Look()
    {
        var now = time.GetUtcNow();
        try
        {
            var view = StatusView.ReadOften(place.Data, place.Installation, time, simulated: place.ShowsSimulated);
            _rates.Note(view);
            var runs = LiveRun.ReadAll(view, _rates);
            Rates.Note(runs, now);
            return new Sight(view, runs, now, null);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException) // it may be over at the next look
        {
            return new Sight(null, [], now, StorageFaults.Describe(broken, place.Data) ?? FaultWords.Of(broken))
            {
                Worker = FindWorker(place.Data, now),
            };
        }
    }

    /// <summary>Whether somebody sends, by what lies beside the ledgers.</summary>
    /// <returns>Null where that cannot be looked at either.</returns>
    internal static WorkerSight? FindWorker(DataFolder data, DateTimeOffset now)
    {
        try
        {
            return WorkerSight.Read(data, now);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <param name="At">When the look ended.</param>
    /// <param name="Done">How often something had been done before it began.</param>
    sealed record Looked(Sight Sight, long At, int Done);
}
