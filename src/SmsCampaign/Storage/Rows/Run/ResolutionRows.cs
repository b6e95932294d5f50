using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>What persons have settled through another process (<see cref="RunResolutions"/>), as the ledger's
/// writer takes it in.</summary>
/// <param name="seen">Id of the last that the counters know of.</param>
sealed class ResolutionRows(RunStatements statements, RunCounters counters, long seen)
{
    long _seen = seen;
    long _kept = seen;

    /// <summary>Takes in what is new since it was last looked.</summary>
    /// <returns>Whether any message was put back to planned.</returns>
    public bool TakeIn()
    {
        var again = false;
        foreach (var (id, seq, from, to) in statements.ReadResolutions(_seen))
        {
            _seen = id;
            counters.Notice(seq, from, to);
            again |= to == MessageStatus.Planned;
        }

        return again;
    }

    /// <summary>What the last transaction took in is on disk.</summary>
    public void Keep() => _kept = _seen;

    /// <summary>It was taken back, and is taken in again.</summary>
    public void TakeBack() => _seen = _kept;
}
