using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Office;

/// <summary>That a person has let go on what was held back: the last time that it is on record.</summary>
/// <param name="At">Null where what is kept of it is no time.</param>
/// <param name="Words">Who, with name and account, and on what grounds. Holds no phone number.</param>
public sealed record LetGo(DateTimeOffset? At, Wording Words)
{
    /// <summary>Of what a person had paused.</summary>
    /// <returns>Null where its last pause was not lifted, or nobody knows by whom.</returns>
    public static LetGo? OfPause(DataFolder data, OrderScope scope) =>
        Ledgers.FindRegistry(data)?.Orders.FindLifted(scope) is { } lifted
            ? Of(lifted.At, $"{lifted.Who.Person} [{lifted.Who.ByOs}]: {NumberMask.In(lifted.Reason)}")
            : null;

    /// <summary>Of a run that was held for a person.</summary>
    /// <returns>Null where nobody has since it was held last, as where it was approved anew.</returns>
    /// <exception cref="LedgerRowException">A decision says what no program has written.</exception>
    public static LetGo? OfHold(DataFolder data, RunKey run) =>
        Read(data, run).LastOrDefault(decision => decision.What is DecisionKind.Held or DecisionKind.Released)
            is { What: DecisionKind.Released } released
            ? Of(released)
            : null;

    /// <summary>Of a lane that had stopped.</summary>
    /// <returns>Null where nobody has.</returns>
    public static LetGo? OfStop(DataFolder data, string lane) =>
        Ledgers.FindRegistry(data)?.FindEvent([LaneDesk.Event], LaneDesk.BeginningOf(lane)) is { } asked
            ? Of(asked.At, $"{asked.Who} [{asked.ByOs}]")
            : null;

    /// <summary>Of a lane that the program held in a run.</summary>
    /// <param name="run">As of <see cref="RunKey.FileName"/>.</param>
    /// <returns>Null where nobody has.</returns>
    /// <exception cref="LedgerRowException">A decision says what no program has written.</exception>
    public static LetGo? OfHeldLane(DataFolder data, string run, string lane)
    {
        if ((Ledgers.FindRegistry(data)?.ReadRuns() ?? [])
            .Select(each => each.FindKey())
            .OfType<RunKey>()
            .FirstOrDefault(each => each.FileName == run) is not { } key)
            return null;

        var (scope, reopened) = (OrderWords.Scope(new OrderScope(key, lane)).Vi, new List<Decision>());
        foreach (var decision in Read(data, key)
            .Where(decision => decision.Reason.Vi.Contains(scope, StringComparison.Ordinal)))
        {
            if (decision.What == DecisionKind.Reopened)
                reopened.Add(decision);

            // It says again what did not come to pass.
            else if (decision.What == DecisionKind.NotReopened
                && reopened.FindLast(each => IsAgain(each, decision)) is { } undone)
                reopened.RemoveAt(reopened.LastIndexOf(undone));
        }

        return reopened is [.., var last] ? Of(last) : null;
    }

    static bool IsAgain(Decision reopened, Decision not) =>
        not.ByOs == reopened.ByOs && not.Reason.Vi.EndsWith(reopened.Reason.Vi, StringComparison.Ordinal);

    static IEnumerable<Decision> Read(DataFolder data, RunKey run) =>
        (Ledgers.FindRegistry(data)?.ReadDecisions(run.Campaign) ?? []).Where(decision => decision.Run == run);

    static LetGo Of(Decision decision) => new(decision.At, new Wording(
        $"[{decision.ByOs}] {decision.Reason}", $"[{decision.ByOs}] {decision.Reason}"));

    static LetGo Of(DateTimeOffset? at, string words) => new(at, new Wording(words, words));
}
