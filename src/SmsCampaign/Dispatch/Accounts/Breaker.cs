using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Dispatch.Accounts;

/// <summary>
/// Keeps an account from being called whose gateway has stopped answering, so that a dead gateway cannot make a whole
/// audience uncertain. One for the account, whatever runs it sends. Safe for several threads.
/// </summary>
/// <remarks>
/// Closed, it watches. It opens where of the calls of the last <see cref="Slices"/> too many went wrong, or where,
/// on a lane too slow for that, a few in a row got no answer. Open, the pace lets nothing through; then one call
/// with one message, as every try may make a message uncertain. What comes of it closes the breaker or opens it
/// again, for longer each time.
/// </remarks>
/// <param name="pace">Lets nothing through while it is open.</param>
public sealed class Breaker(Pace pace)
{
    /// <summary>Calls of the last <see cref="Slices"/> from which on their share decides, and the share of them that
    /// must have gone wrong.</summary>
    const int FewestCalls = 10;
    const double WrongShare = 0.5;

    /// <summary>The time looked back upon: so many slices of a second, microseconds.</summary>
    const int Slices = 10;
    const long Slice = 1_000_000;

    /// <summary>Calls without an answer one after the other, on a lane that makes fewer than
    /// <see cref="FewestCalls"/>.</summary>
    const int InARow = 3;

    /// <summary>How long it lets nothing through before it tries one message. Doubles with each try
    /// that goes wrong.</summary>
    static readonly TimeSpan FirstBreak = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LongestBreak = TimeSpan.FromMinutes(5);

    readonly Lock _lock = new();
    readonly int[] _calls = new int[Slices];
    readonly int[] _wrong = new int[Slices];
    long _slice;
    int _unanswered;
    TimeSpan _break;
    long _openedAt = long.MinValue;

    /// <summary>Takes note of what came of a call.</summary>
    /// <param name="grantedAt">When the pace let it go, microseconds: calls from before it
    /// opened say nothing new.</param>
    internal void Note(long grantedAt, IReadOnlyList<SendResult> results)
    {
        lock (_lock)
        {
            if (grantedAt <= _openedAt)
                return;

            var isWrong = AreAll(results, WentWrong);
            if (_break != default)
            {
                if (isWrong)
                    Open(results[0]);
                else
                    Close();
                return;
            }

            if (AreAll(results, IsUnanswered))
                _unanswered++;
            else if (!AreAll(results, IsClosed)) // which says nothing of whether it answers
                _unanswered = 0;

            var now = Count(isWrong);
            if (isWrong
                && (_calls.Sum() is var calls && calls >= FewestCalls
                    ? _wrong.Sum() >= WrongShare * calls
                    : _unanswered >= InARow))
                Open(results[0], now);
        }
    }

    /// <summary>Goes on as a process before left it: open, with one message to be tried when
    /// its time is over.</summary>
    /// <param name="until">Microseconds.</param>
    /// <param name="length">Of the break it was in.</param>
    internal void Recall(long until, TimeSpan length, string reason, HoldCause cause)
    {
        lock (_lock)
        {
            _break = length < FirstBreak ? FirstBreak : length;
            _openedAt = pace.Clock.Now() - 1; // nothing was let go yet: whatever is from now on is the trial
            pace.HoldForTrial(until, reason, cause, told: false);
        }
    }

    void Open(SendResult why, long? at = null)
    {
        var now = at ?? pace.Clock.Now();
        _break = _break == default ? FirstBreak : _break * 2 < LongestBreak ? _break * 2 : LongestBreak;
        _openedAt = now;
        pace.HoldForTrial(now + (long)_break.TotalMicroseconds, why.Reason ?? "", why.Cause);
    }

    void Close()
    {
        (_break, _unanswered) = (default, 0);
        Array.Clear(_calls);
        Array.Clear(_wrong);
        pace.EndTrial();
    }

    long Count(bool isWrong)
    {
        var now = pace.Clock.Now();
        var slice = now / Slice;
        for (var old = Math.Max(_slice + 1, slice - Slices + 1); old <= slice; old++)
            _calls[old % Slices] = _wrong[old % Slices] = 0;

        _slice = Math.Max(_slice, slice);
        _calls[slice % Slices]++;
        if (isWrong)
            _wrong[slice % Slices]++;
        return now;
    }

    /// <summary>"Too fast" is an answer of a healthy gateway, which the pace sees to; so is a list that it wants split,
    /// and one that says what is wrong with the account.</summary>
    static bool WentWrong(SendResult result) => !result.IsPutBack && result.Outcome switch
    {
        SendOutcome.Uncertain => true,
        SendOutcome.Deferred => result.Deferral is not (Deferral.TooFast or Deferral.Split or Deferral.Configuration),
        _ => false,
    };

    /// <summary>Asked of every call: it makes no enumerator.</summary>
    static bool AreAll(IReadOnlyList<SendResult> results, Func<SendResult, bool> what)
    {
        for (var at = 0; at < results.Count; at++)
        {
            if (!what(results[at]))
                return false;
        }

        return true;
    }

    static bool IsClosed(SendResult result) => result.Deferral == Deferral.Closed;

    static bool IsUnanswered(SendResult result) =>
        result is { Outcome: SendOutcome.Uncertain } or { Deferral: Deferral.Lost };
}
