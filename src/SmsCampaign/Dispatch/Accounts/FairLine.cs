namespace SmsCampaign.Dispatch.Accounts;

/// <summary>
/// Who of those that want to send on an account may go next: start-time fair queueing (Goyal, Vin, Cheng 1996), each in
/// proportion to its shares. What one does not want the others get.
/// </summary>
/// <remarks>Guarded by its <see cref="Pace"/>'s lock.</remarks>
sealed class FairLine
{
    /// <summary>How long after the moment it was told to come again a turn that does not come still has its place,
    /// microseconds. After that it holds nobody up.</summary>
    public const long Patience = 20_000;

    /// <summary>How long a turn that has just taken has its place for the next, microseconds: it is about to ask, and
    /// the others must not slip in between every two of its calls.</summary>
    const long Breath = 2_000;

    /// <summary>How far one may get ahead of the others, seconds of the account's time: at high rates turns go in small
    /// groups, not one by one with a change of threads between any two.</summary>
    const double MostAhead = 0.02;

    readonly List<PaceTurn> _turns = [];
    double _now;
    int _blocked;

    public IReadOnlyList<PaceTurn> Turns => _turns;

    public void Join(PaceTurn turn) => _turns.Add(turn);

    public void Leave(PaceTurn turn)
    {
        if (_turns.Remove(turn))
            WakeUnblocked();
    }

    /// <summary>Whether a turn whose cost has room may take it before the others.</summary>
    /// <param name="at">Where not: when those before it will have gone, or lost their place.</param>
    public bool MayGo(PaceTurn turn, long now, out long at)
    {
        at = now;
        Enter(turn);
        foreach (var other in _turns)
        {
            if (other == turn || !IsAhead(other, turn))
                continue;

            if (now >= other.HasPlaceUntil)
                other.Wants = false;
            else
                at = Math.Max(at, other.HasPlaceUntil);
        }

        return at == now;
    }

    /// <summary>The turn was told to come again.</summary>
    /// <param name="blocked">Because others go first.</param>
    public void Wait(PaceTurn turn, long expected, bool blocked)
    {
        Enter(turn);
        if (blocked != turn.IsBlocked)
            _blocked += blocked ? 1 : -1;
        (turn.Wants, turn.HasPlaceUntil, turn.IsBlocked) = (true, expected + Patience, blocked);
    }

    /// <summary>The turn wants nothing that could be had soon.</summary>
    public void StandBack(PaceTurn turn)
    {
        Unblock(turn);
        turn.Wants = false;
        WakeUnblocked();
    }

    /// <param name="seconds">What it took of the account's time.</param>
    public void Took(PaceTurn turn, double seconds, long now)
    {
        Unblock(turn);

        // Time goes on with whoever is furthest behind.
        var furthestBehind = turn.Start;
        foreach (var other in _turns)
        {
            if (other.Wants)
                furthestBehind = Math.Min(furthestBehind, other.Start);
        }

        _now = Math.Max(_now, furthestBehind);
        turn.Start = turn.Finish = turn.Start + seconds / turn.Shares;
        (turn.Wants, turn.HasPlaceUntil) = (true, now + Breath);
        WakeUnblocked();
    }

    /// <summary>Its place in the line: behind what it had before. Whoever comes back has saved up no more than what the
    /// others may have got ahead while it was busy between two calls.</summary>
    void Enter(PaceTurn turn)
    {
        if (!turn.Wants)
            turn.Start = Math.Max(_now - MostAhead / turn.Shares, turn.Finish);
    }

    static bool IsAhead(PaceTurn other, PaceTurn turn) =>
        other.Wants && other.Start + MostAhead / turn.Shares < turn.Start;

    void Unblock(PaceTurn turn)
    {
        if (turn.IsBlocked)
            _blocked--;
        turn.IsBlocked = false;
    }

    void WakeUnblocked()
    {
        if (_blocked == 0)
            return;

        foreach (var turn in _turns)
        {
            if (turn.IsBlocked && !_turns.Exists(other => other != turn && IsAhead(other, turn)))
            {
                Unblock(turn);
                turn.Wake();
            }
        }
    }
}
