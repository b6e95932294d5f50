using SmsCampaign.Messages;

namespace SmsCampaign.Storage;

/// <summary>
/// Which lane sends a message where that is another than the plan said, as the ledger's writer writes it.
/// </summary>
sealed class MoveRows(RunStatements statements, RunCounters counters, RunRoutes routes, long lastMove)
{
    /// <summary>Messages looked at in one piece of a move: some hundredths of a second, after which others may write.</summary>
    const int MostMovedTogether = 2_000;

    long _lastMove = lastMove;

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
        var moved = statements.MovePlanned(range, to, why, NextMove(now));
        foreach (var seq in moved)
            Note(seq, to, range.Parts);

        return moved.Count;
    }

    /// <summary>Moves a message that its lane refused for being on another network.</summary>
    /// <param name="code">The refusal's.</param>
    public void Move(long seq, long batch, NewRoute route, string code, long now)
    {
        statements.AddRoute(seq, batch, route, code, NextMove(now));
        Note(seq, route.Lane, route.Parts);
    }

    void Note(long seq, int lane, int parts)
    {
        counters.Route(seq, lane, parts, MessageStatus.Planned);
        routes.Add(seq, lane, parts);
    }

    /// <summary>A moment after that of every move before it: whoever reads on in their order misses none.</summary>
    long NextMove(long now) => _lastMove = Math.Max(now, _lastMove + 1);
}
