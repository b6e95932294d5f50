using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Accounts;

/// <summary>
/// Keeps the limits of an account, all of them at once: in every sliding second and minute and on every day at most
/// what the contract allows leaves, evenly spaced. One serves everything that sends on the account.
/// </summary>
/// <remarks>
/// One lock guards what it consists of: what the contract allows (<see cref="ContractLimits"/>), what stands in the
/// way beside it (<see cref="PaceHolds"/>, <see cref="GatewayTrial"/>), and who goes next (<see cref="FairLine"/>).
/// Changes are told of outside it.
/// </remarks>
public sealed partial class Pace
{
    /// <summary>Microseconds after which nothing of a hand-over counts towards a second any more: what a lane waits out
    /// after a restart.</summary>
    public const long Window = 1_000_000 + SlidingLimit.Guard;

    /// <summary>How often a turn asks again while another's call is on trial, microseconds.</summary>
    const long TrialGlance = 200_000;

    readonly Lock _lock = new();
    readonly ContractLimits _limits;
    readonly PaceHolds _holds;
    readonly GatewayTrial _trial = new();
    readonly FairLine _line = new();

    /// <param name="limits">The contract's, the main one first: over a second or a minute.</param>
    /// <param name="zone">Whose calendar days count.</param>
    public Pace(IEnumerable<LaneLimit> limits, TimeZoneInfo zone, ProcessClock clock)
    {
        Clock = clock;
        _limits = new ContractLimits(limits, zone, clock.Time);
        _holds = new PaceHolds(_limits);
    }

    /// <summary>With one limit, a second.</summary>
    public Pace(int rate, ProcessClock clock, RateUnit unit = RateUnit.Parts)
        : this([new LaneLimit { Most = rate, Of = unit, Per = LimitPeriod.Second }], TimeZoneInfo.Utc, clock) =>
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, 1);

    public static Pace Of(LaneOptions lane, ProcessClock clock) =>
        new(lane.AllLimits, TimeZoneInfo.FindSystemTimeZoneById(lane.TimeZone), clock);

    /// <summary>Of the main limit, what is let through now: as contracted, or less for a while after a
    /// throttle answer.</summary>
    public int RateInForce
    {
        get
        {
            lock (_lock)
                return _holds.RateAt(Clock.Now());
        }
    }

    /// <summary>Calls of one cost that the sliding limits let through in a second, at the rate in force.</summary>
    internal double CallsASecond(CallCost cost)
    {
        lock (_lock)
            return _limits.CallsASecond(cost, _holds.ShareAt(Clock.Now()));
    }

    /// <summary>How long after a call nothing more leaves, at the rate in force: microseconds.</summary>
    internal long SpacingOf(CallCost cost)
    {
        lock (_lock)
            return _limits.SpacingOf(cost, _holds.ShareAt(Clock.Now()));
    }

    internal ProcessClock Clock { get; }

    /// <summary>Takes a place in the line for the account.</summary>
    /// <param name="priority">1 (highest) to 10: see <see cref="CampaignPriority"/>.</param>
    /// <param name="onChange">Told of every change worth keeping, on the thread that noticed
    /// it. It must not wait.</param>
    public PaceTurn Join(int priority = CampaignPriority.Standard, Action<LaneChange>? onChange = null)
    {
        var turn = new PaceTurn(this, CampaignPriority.SharesOf(priority), onChange);
        List<LaneChange> changes;
        lock (_lock)
        {
            _line.Join(turn);
            changes = _holds.Open(Clock.Now());
        }

        changes.ForEach(turn.Tell);
        return turn;
    }

    /// <summary>The longest list that could ever leave at the rate in force, and on what is left of the day, 1 to
    /// <paramref name="most"/>.</summary>
    /// <param name="partsEach">Parts of one message.</param>
    public int MostMessages(int partsEach, int most)
    {
        lock (_lock)
        {
            if (_trial.IsOn)
                return 1;

            var now = Clock.Now();
            return _limits.MostMessages(partsEach, most, _holds.ShareAt(now), now);
        }
    }

    /// <summary>Told of every change of the account's pace, whatever runs send on it. It must not wait.</summary>
    internal Action<LaneChange>? Watch { get; set; }

    /// <summary>Whether nothing is let through until <see cref="Resume"/>.</summary>
    public bool IsStopped => _holds.IsStopped;

    /// <summary>Lets nothing through until <see cref="Resume"/>.</summary>
    /// <param name="handedAt">When the call was handed over that it is an answer to: one from before the last
    /// <see cref="Resume"/> changes nothing.</param>
    /// <param name="kind">Stopped or Faulted.</param>
    /// <returns>Whether it changed anything.</returns>
    internal bool Stop(
        long handedAt, string reason, LaneChangeKind kind = LaneChangeKind.Stopped, HoldCause cause = HoldCause.AsSaid)
    {
        lock (_lock)
        {
            if (!_holds.Stop(handedAt, reason, kind, cause, Clock.Now()))
                return false;
        }

        TellAll();
        return true;
    }

    /// <returns>Whether it changed anything.</returns>
    internal bool Resume()
    {
        lock (_lock)
        {
            if (!_holds.Resume(Clock.Now()))
                return false;
        }

        TellAll();
        return true;
    }

    /// <summary>Lets nothing through for one <see cref="Window"/> from now.</summary>
    public void HoldOneWindow() => HoldUntil(Clock.Now() + Window, LaneChangeKind.Restart);

    /// <summary>What was handed over before this process began is not all known: lets nothing through for as long as it
    /// can count, which is the rest of the day where there are quotas.</summary>
    public void HoldWhileUnknown() => HoldUntil(_limits.CountsUntil(Clock.Now()), LaneChangeKind.Unread);

    /// <summary>From when hand-overs still count: the beginning of the day where there are quotas, of the last minute
    /// where there is a limit a minute. Null where a second is all that counts.</summary>
    internal long? RemembersFrom(long now) => _limits.RemembersFrom(now);

    /// <summary>Counts what was handed over before this process began. In the order of time, before
    /// anything is taken.</summary>
    internal void Remember(long at, long parts, long messages, long requests)
    {
        lock (_lock)
            _limits.Remember(at, parts, messages, requests, Clock.Now());
    }

    /// <inheritdoc cref="PaceTurn.TryReserve"/>
    internal bool TryReserve(PaceTurn turn, CallCost cost, out PaceGrant grant, out long at)
    {
        bool taken, untold;
        lock (_lock)
        {
            taken = TryReserveLocked(turn, cost, out grant, out at);
            untold = _holds.HasNews;
        }

        if (untold)
            TellAll();
        return taken;
    }

    /// <inheritdoc cref="PaceTurn.Leave"/>
    /// <remarks>A grant that has waited too long for its connection counts no more. It leaves all the same where the
    /// contract has room for it at this moment.</remarks>
    internal long? Leave(PaceTurn turn, in PaceGrant grant)
    {
        lock (_lock)
        {
            var now = Clock.Now();
            if (turn.IsHeld
                || _holds.IsStopped
                || now < _holds.Until
                || !_limits.HasRoom(grant, _holds.ShareAt(now), now))
            {
                ReturnLocked(grant, now);
                return null;
            }

            _limits.Leave(grant, now);
            return now;
        }
    }

    /// <inheritdoc cref="PaceTurn.Return"/>
    internal void Return(in PaceGrant grant)
    {
        lock (_lock)
            ReturnLocked(grant, Clock.Now());
    }

    /// <summary>The call left, and its answer is not waited for: it tried nothing. Where it was on trial
    /// the next call is.</summary>
    internal void Abandon(in PaceGrant grant)
    {
        lock (_lock)
            _trial.Forgo(grant);
    }

    /// <summary>Lets no more through than a person says, of the main limit: 1 to what is contracted. What gateways say
    /// slows it down further, and it never climbs above.</summary>
    /// <param name="reason">Who and why, to be read by a person.</param>
    internal void Cap(int most, string reason)
    {
        lock (_lock)
        {
            if (!_holds.Cap(most, reason, Clock.Now()))
                return;
        }

        TellAll();
    }

    /// <inheritdoc cref="PaceTurn.IsTooDear"/>
    internal bool IsAboveCap(CallCost cost)
    {
        lock (_lock)
            return _limits.IsAboveCap(cost);
    }

    /// <inheritdoc cref="PaceTurn.Hold"/>
    internal void Hold(PaceTurn turn, bool isHeld)
    {
        lock (_lock)
            turn.IsHeld = isHeld;
    }

    internal Task? WokenOf(PaceTurn turn)
    {
        lock (_lock)
            return turn.Woken();
    }

    internal void Leave(PaceTurn turn)
    {
        LaneChange closed;
        lock (_lock)
        {
            if (!_line.Turns.Contains(turn))
                return;

            closed = _holds.Close(Clock.Now());
        }

        TellAll();
        lock (_lock)
            _line.Leave(turn);
        turn.Tell(closed);
    }

    bool TryReserveLocked(PaceTurn turn, CallCost cost, out PaceGrant grant, out long at)
    {
        grant = default;
        _limits.CheckCanEverLeave(cost);
        var now = Clock.Now();
        _holds.NoteRegained(now);

        if (turn.IsHeld || _holds.IsStopped)
            return StandBack(turn, out at, until: long.MaxValue);

        // Nobody else needs to wait for it: what it cannot have they may.
        if (_limits.QuotaDueAt(cost, now, out var usedUp) is var tomorrow && usedUp is not null)
        {
            _holds.NoteUsedUp(usedUp, tomorrow, now);
            return StandBack(turn, out at, until: tomorrow);
        }

        var share = _holds.ShareAt(Math.Max(now, _holds.Until));
        var due = _limits.DueAt(cost, share, _holds.Until, now);
        if (due <= now && _trial.Bars(cost))
            return StandBack(turn, out at, until: now + TrialGlance);

        at = Math.Max(due, now);
        if (due <= now && _line.MayGo(turn, now, out at))
        {
            var wall = _limits.Reserve(cost, share, now, out var seconds);
            _line.Took(turn, seconds, now);
            grant = new PaceGrant(cost, now, wall, _trial.Try(cost));
            return true;
        }

        _line.Wait(turn, at, blocked: due <= now);
        return false;
    }

    bool StandBack(PaceTurn turn, out long at, long until)
    {
        _line.StandBack(turn);
        at = until;
        return false;
    }

    void ReturnLocked(in PaceGrant grant, long now)
    {
        _limits.Return(grant, now);
        _trial.Forgo(grant);
    }

    void TellAll()
    {
        while (true)
        {
            LaneChange change;
            PaceTurn[] turns;
            lock (_lock)
            {
                if (!_holds.TryTakeNews(out change))
                    return;
                turns = [.. _line.Turns];
            }

            Watch?.Invoke(change);
            foreach (var turn in turns)
                turn.Tell(change);
        }
    }
}
