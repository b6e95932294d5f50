using System.Diagnostics;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Storage.Marks;

/// <summary>
/// Keeps the mark of a run that is open: after every commit that holds attempts, and before these are handed over.
/// </summary>
/// <remarks>
/// ledger.db cannot be written for every commit. It says how far the attempts may come (reserved, on disk before
/// the first of them is handed over), in steps of about a second's work; the file outside says how far they have
/// come. Used by one thread at a time.
/// </remarks>
sealed class MarkKeeper : IDisposable
{
    const long FewestAttempts = 16;
    const long MostAttempts = 8_192;

    /// <summary>Messages reserved with each attempt.</summary>
    const long MessagesEach = 64;

    readonly RunMarks _marks;
    readonly MarkFile _outside;
    RunMark _mark;
    bool _isLeft;
    long _step = FewestAttempts;
    long _reservedAt = Stopwatch.GetTimestamp();

    MarkKeeper(RunMarks marks, RunMark mark, MarkFile outside) => (_marks, _mark, _outside) = (marks, mark, outside);

    /// <summary>The last message of each carrier that is in an attempt of the file.</summary>
    public IReadOnlyList<long> Frontier => _mark.Frontier;

    /// <param name="judged">A file that is whole.</param>
    /// <param name="readFrontier">Of the same: the last message of each carrier that is in an attempt.</param>
    /// <exception cref="RunFileException">The marks' folder cannot be written.</exception>
    public static MarkKeeper Open(DataFolder data, RunFile judged, Func<long[]> readFrontier)
    {
        var marks = new RunMarks(data);
        var mark = judged.Known ?? new RunMark(judged.Key.ToString(), judged.Code);

        // A process that was killed after a commit, or one that kept no marks, left the file ahead of them.
        var ahead = judged.Attempts > mark.Confirmed;
        if (ahead)
        {
            var frontier = RunMark.Furthest(mark.Frontier, readFrontier());
            mark = mark with
            {
                Confirmed = judged.Attempts,
                Reserved = Math.Max(mark.Reserved, judged.Attempts),
                Frontier = frontier,
                Reach = RunMark.Furthest(mark.Reach, frontier),
            };
        }

        try
        {
            var outside = new MarkFile(marks.PathOf(judged.Key, judged.Code));
            if (ahead)
                marks.Write(mark, outside);
            return new MarkKeeper(marks, mark, outside);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new RunFileException(MarkWords.Unwritable(data, FaultWords.Of(closed)));
        }
    }

    /// <summary>The file's attempts are on disk.</summary>
    /// <param name="attempts">The last one's id.</param>
    /// <param name="frontier">The last message of each carrier that is in one.</param>
    /// <exception cref="LedgerException">It cannot be kept: nothing may be handed over.</exception>
    public void Reached(long attempts, ReadOnlySpan<long> frontier)
    {
        if (attempts == _mark.Confirmed)
            return;

        var isReserved = attempts <= _mark.Reserved;
        for (var carrier = 0; carrier < frontier.Length; carrier++)
            isReserved &= frontier[carrier] <= _mark.Reach[carrier];

        try
        {
            var mark = _mark with { Confirmed = attempts, Frontier = frontier.ToArray() };
            if (isReserved)
                _outside.Write(mark, flush: false);
            else
                mark = Reserve(mark);

            // Only what was written counts: the next commit tries again.
            _mark = mark;
        }
        catch (IOException unwritable)
        {
            var why = FaultWords.Of(unwritable);
            throw new LedgerException(new Wording(
                $"không ghi được dấu mốc của lượt gửi {RunKey.Parse(_mark.Key)} ({why})",
                $"the mark of {_mark.Key} cannot be written: {why}"));
        }
    }

    /// <summary>From now on somebody else keeps the mark: nothing more is written of it here.</summary>
    public void LeaveAlone() => _isLeft = true;

    /// <summary>All is on disk and nothing more comes: what is reserved beyond was not used.</summary>
    public void Dispose()
    {
        try
        {
            if (!_isLeft && _mark.Reserved > _mark.Confirmed)
                _marks.Write(_mark with { Reserved = _mark.Confirmed, Reach = _mark.Frontier }, _outside);
        }
        catch (Exception unwritable) when (unwritable is LedgerException or IOException)
        {
            // What is reserved stays so: more than needed, never less.
        }

        _outside.Dispose();
    }

    RunMark Reserve(RunMark mark)
    {
        var since = Stopwatch.GetElapsedTime(_reservedAt);
        _step = Math.Clamp(
            since < TimeSpan.FromSeconds(1) ? _step * 2 : since > TimeSpan.FromSeconds(4) ? _step / 2 : _step,
            FewestAttempts,
            MostAttempts);
        var reach = new long[mark.Frontier.Count];
        for (var carrier = 0; carrier < reach.Length; carrier++)
            reach[carrier] = Math.Max(
                mark.Reach[carrier], mark.Frontier[carrier] > 0 ? mark.Frontier[carrier] + (_step * MessagesEach) : 0);

        var reserved = mark with { Reserved = mark.Confirmed + _step, Reach = reach };
        _marks.Write(reserved, _outside);
        _reservedAt = Stopwatch.GetTimestamp();
        return reserved;
    }
}
