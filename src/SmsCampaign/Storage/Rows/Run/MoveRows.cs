using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// Which lane sends a message where that is another than the plan said, as the ledger's writer writes it.
/// </summary>
/// <param name="resolutions">Taken in before a message moves: what was settled of it counts for the
/// lane it stood on then.</param>
sealed class MoveRows(
    Db db, RunCounters counters, RunRoutes routes, ResolutionRows resolutions, long lastMove) : IDisposable
{
    /// <summary>Messages looked at in one piece of a move: some hundredths of a second, after which
    /// others may write.</summary>
    const int MostMovedTogether = 2_000;

    readonly Statement _addRoute = db.Prepare(
        "insert into route (seq, lane, batch, parts, why, network, code, at_us) values (?, ?, ?, ?, ?, ?, ?, ?)");

    readonly Statement _readBatches = db.Prepare(
        "select id, segment, first_seq, last_seq from batch where lane = ? order by id");

    readonly Statement _movePlanned = db.Prepare($"""
        insert into route (seq, lane, batch, parts, why, code, at_us)
        select message.seq, ?, ?, ?, {(int)RouteReason.LaneStopped}, ?, ?
        from   message
        where  message.seq between ? and ?
        and    not exists (select 1 from state where state.seq = message.seq and (status <> 0 or {InquiryRows.MayBeSent}))
        and    not exists (select 1 from route where route.seq = message.seq)
        and    not exists (select 1 from standing_try where standing_try.seq = message.seq and {RunStatements.TriedInDoubt})
        returning seq
        """);

    long _lastMove = lastMove;

    /// <summary>The batches of a lane's plan, of some segments.</summary>
    public List<PlannedRange> ReadBatches(int lane, IReadOnlyDictionary<int, int> partsOfSegment)
    {
        var batches = new List<PlannedRange>();
        _readBatches.Bind(1, lane);
        while (_readBatches.Step())
        {
            if (partsOfSegment.TryGetValue((int)_readBatches.Number(1), out var parts))
                batches.Add(
                    new PlannedRange(_readBatches.Number(0), parts, _readBatches.Number(2), _readBatches.Number(3)));
        }

        _readBatches.Reset();
        return batches;
    }

    /// <summary>Cuts ranges of messages into pieces of at most <see cref="MostMovedTogether"/>.</summary>
    public static IEnumerable<List<PlannedRange>> Pieces(IEnumerable<PlannedRange> ranges)
    {
        var piece = new List<PlannedRange>();
        var messages = 0L;
        foreach (var range in ranges)
        {
            for (var first = range.First; first <= range.Last;)
            {
                var last = Math.Min(range.Last, first + MostMovedTogether - messages - 1);
                piece.Add(range with { First = first, Last = last });
                messages += last - first + 1;
                first = last + 1;
                if (messages < MostMovedTogether)
                    continue;

                yield return piece;
                (piece, messages) = ([], 0);
            }
        }

        if (piece.Count > 0)
            yield return piece;
    }

    /// <summary>Moves what is planned in a range to a lane that stands in for its own.</summary>
    /// <returns>How many messages.</returns>
    public int Move(PlannedRange range, int to, string why, long now)
    {
        resolutions.TakeIn();
        var moved = MovePlanned(range, to, why, NextMove(now));
        foreach (var seq in moved)
            Note(seq, to, range.Parts);

        return moved.Count;
    }

    /// <summary>Moves a message that its lane refused for being on another network.</summary>
    /// <param name="code">The refusal's.</param>
    public void Move(long seq, long batch, NewRoute route, string code, long now)
    {
        resolutions.TakeIn();
        AddRoute(seq, batch, route, code, NextMove(now));
        Note(seq, route.Lane, route.Parts);
    }

    public void Dispose()
    {
        _addRoute.Dispose();
        _readBatches.Dispose();
        _movePlanned.Dispose();
    }

    /// <summary>Moves what is planned in a range, but for what has moved before and what may have been sent.</summary>
    /// <returns>The messages that were moved.</returns>
    List<long> MovePlanned(PlannedRange range, int to, string code, long now)
    {
        var moved = new List<long>();
        _movePlanned
            .Bind(1, to)
            .Bind(2, range.Batch)
            .Bind(3, range.Parts)
            .Bind(4, code)
            .Bind(5, now)
            .Bind(6, range.First)
            .Bind(7, range.Last);
        while (_movePlanned.Step())
            moved.Add(_movePlanned.Number(0));
        _movePlanned.Reset();
        return moved;
    }

    void AddRoute(long seq, long batch, NewRoute route, string code, long now) => _addRoute
        .Bind(1, seq)
        .Bind(2, route.Lane)
        .Bind(3, batch)
        .Bind(4, route.Parts)
        .Bind(5, (long)route.Why)
        .Bind(6, route.Network)
        .Bind(7, code)
        .Bind(8, now)
        .Run();

    void Note(long seq, int lane, int parts)
    {
        counters.Route(seq, lane, parts, MessageStatus.Planned);
        routes.Add(seq, lane, parts);
    }

    /// <summary>A moment after that of every move before it: whoever reads on in their order misses none.</summary>
    long NextMove(long now) => _lastMove = Math.Max(now, _lastMove + 1);
}

/// <summary>Messages of a batch next to each other.</summary>
/// <param name="Parts">Of one message, on the lane it goes to.</param>
readonly record struct PlannedRange(long Batch, int Parts, long First, long Last);
