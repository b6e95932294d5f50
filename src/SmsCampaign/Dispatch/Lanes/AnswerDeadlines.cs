namespace SmsCampaign.Dispatch.Lanes;

/// <summary>
/// Ends calls whose answer does not come. Calls that begin close together share a token: at 50,000 calls a second a
/// timer and a linked token for each would cost more than the intent.
/// </summary>
sealed class AnswerDeadlines : IDisposable
{
    readonly TimeSpan _longest;
    readonly TimeProvider _time;
    readonly CancellationToken _giveUp;
    readonly CancellationTokenRegistration _givenUp;
    readonly Lock _lock = new();

    /// <summary>The newest last.</summary>
    readonly Queue<CancellationTokenSource> _running = new();
    CancellationToken _newest;
    long _newestSince;

    /// <param name="longest">A call may be ended by a hundredth of it early.</param>
    /// <param name="giveUp">Ends all calls at once.</param>
    public AnswerDeadlines(TimeSpan longest, TimeProvider time, CancellationToken giveUp)
    {
        (_longest, _time, _giveUp) = (longest, time, giveUp);
        _givenUp = giveUp.Register(CancelAll);
    }

    /// <summary>Cancelled when the answer to a call that begins now has taken too long.</summary>
    public CancellationToken Begin()
    {
        lock (_lock)
        {
            if (_giveUp.IsCancellationRequested)
                return _giveUp;
            if (_running.Count == 0
                || _newest.IsCancellationRequested
                || _time.GetElapsedTime(_newestSince) > _longest / 100)
                BeginNext();
            return _newest;
        }
    }

    public void Dispose()
    {
        _givenUp.Dispose();
        lock (_lock)
        {
            while (_running.TryDequeue(out var source))
                source.Dispose();
        }
    }

    void BeginNext()
    {
        // Not disposed of: it may have only begun to end its calls, and what has fired keeps nothing.
        while (_running.TryPeek(out var oldest) && oldest.IsCancellationRequested)
            _running.Dequeue();

        var source = new CancellationTokenSource(_longest, _time);
        _running.Enqueue(source);
        (_newest, _newestSince) = (source.Token, _time.GetTimestamp());
    }

    void CancelAll()
    {
        CancellationTokenSource[] running;
        lock (_lock)
            running = [.. _running];
        foreach (var source in running)
            source.Cancel();
    }
}
