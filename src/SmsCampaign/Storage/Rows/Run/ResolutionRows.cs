using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>What persons have settled through another process (<see cref="RunResolutions"/>), as the ledger's
/// writer takes it in.</summary>
/// <param name="seen">Id of the last that the counters know of.</param>
sealed class ResolutionRows(Db db, RunCounters counters, long seen) : IDisposable
{
    readonly Statement _read = db.Prepare(
        "select id, seq, from_status, to_status from resolution where id > ? order by id");

    long _seen = seen;
    long _kept = seen;

    /// <summary>Takes in what is new since it was last looked.</summary>
    /// <returns>Whether any message was put back to planned.</returns>
    public bool TakeIn()
    {
        var again = false;
        foreach (var (id, seq, from, to) in Read())
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

    public void Dispose() => _read.Dispose();

    List<(long Id, long Seq, MessageStatus From, MessageStatus To)> Read()
    {
        var found = new List<(long, long, MessageStatus, MessageStatus)>();
        _read.Bind(1, _seen);
        while (_read.Step())
        {
            found.Add((
                _read.Number(0),
                _read.Number(1),
                (MessageStatus)_read.Number(2),
                (MessageStatus)_read.Number(3)));
        }

        _read.Reset();
        return found;
    }
}
