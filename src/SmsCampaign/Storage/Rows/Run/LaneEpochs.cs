using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// Which epoch of each lane the opening of a ledger took, and whether it still is the lane's. Used on the writer's
/// thread, inside its transaction, in which nobody else can take a lane: it is looked at once a lane and transaction.
/// </summary>
/// <param name="names">Of the run's lanes, by id.</param>
/// <param name="taken">By lane id.</param>
sealed class LaneEpochs(
    Db db,
    RunStatements statements,
    IReadOnlyDictionary<int, string> names,
    IReadOnlyDictionary<int, long> taken)
{
    readonly HashSet<int> _looked = [];

    /// <summary>Whether the lane is no other's: of this ledger, or not of the run's at all.</summary>
    public bool IsOwn(int lane) => taken.ContainsKey(lane) || !names.ContainsKey(lane);

    /// <returns>The lane's epoch.</returns>
    /// <exception cref="LaneTakenException">It is somebody else's.</exception>
    public long Check(int lane)
    {
        if (!taken.TryGetValue(lane, out var epoch))
            return names.TryGetValue(lane, out var name)
                ? throw new LaneTakenException(new RunAddress(db.At), name)
                : 0;
        if (_looked.Contains(lane))
            return epoch;

        if (statements.ReadEpoch(lane) != epoch)
            throw new LaneTakenException(new RunAddress(db.At), names.GetValueOrDefault(lane, ""));
        _looked.Add(lane);
        return epoch;
    }

    /// <summary>For what concerns the run as a whole.</summary>
    /// <exception cref="LaneTakenException">One of its lanes is somebody else's.</exception>
    public void CheckAll()
    {
        foreach (var lane in names.Keys)
            Check(lane);
    }

    /// <summary>Whether every lane that was taken still is this ledger's. Outside a transaction
    /// only of that moment.</summary>
    public bool AreHeld() => taken.All(each => statements.ReadEpoch(each.Key) == each.Value);

    /// <summary>The transaction is over: before the next begins anybody may take a lane.</summary>
    public void Forget() => _looked.Clear();
}
