namespace SmsCampaign.WebConsole.Serving;

/// <summary>Something else goes on that takes the machine, and does not end soon.</summary>
/// <param name="words">What it is and since when, for a person: nothing was done yet of what they asked for.</param>
sealed class TurnTakenException(Wording words) : TimeoutException(words.En)
{
    public Wording Words => words;
}

/// <summary>What takes memory, processor or disk for long, asked for on the pages: one at a time in this process, as
/// sending has the machine first. Who asks meanwhile waits for a while, and is then told what goes on.</summary>
class WorkTurn(TimeProvider time) : IDisposable
{
    /// <summary>How long a thing may take before the next begins beside it: on a dead share it never ends.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>So many that took <see cref="Longest"/> at most go on beside the one whose turn it is.</summary>
    internal const int MostLeft = 2;

    /// <summary>So many times <see cref="Patience"/> waits what is costly to bring again, as a file.</summary>
    internal const int LongPatience = 30;

    readonly SemaphoreSlim _one = new(1);
    volatile Current? _current;
    int _left;

    /// <summary>How long the end of another is waited for.</summary>
    internal TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc cref="TakeAsync{T}(Wording, string, Func{Task{T}}, CancellationToken, TimeSpan?)"/>
    public Task<T> TakeAsync<T>(
        Wording what, string person, Func<T> work, CancellationToken cancellationToken, TimeSpan? patience = null) =>
        TakeAsync(what, person, () => Task.FromResult(work()), cancellationToken, patience);

    /// <summary>Does the work on a thread of its own once nothing else goes on. What has begun is done to its end,
    /// whether anybody still waits for it or not.</summary>
    /// <param name="what">What it is, as part of a sentence, without campaign or person: not everyone may see those.
    /// </param>
    /// <param name="person">Id of who asks: their own is told to them as theirs.</param>
    /// <param name="patience">How long another's end is waited for; null: <see cref="Patience"/>.</param>
    /// <exception cref="TurnTakenException">Another does not end.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before it began.</exception>
    public async Task<T> TakeAsync<T>(
        Wording what,
        string person,
        Func<Task<T>> work,
        CancellationToken cancellationToken,
        TimeSpan? patience = null)
    {
        if (!await _one.WaitAsync(patience ?? Patience, cancellationToken))
            throw new TurnTakenException(Busy(person));

        var (doing, isLeft) = (Task.FromCanceled<T>(new CancellationToken(canceled: true)), false);
        using var over = new CancellationTokenSource();
        try
        {
            _current = new Current(what, person, time.GetUtcNow());
            doing = Task.Run(work, cancellationToken);
            isLeft = await Task.WhenAny(doing, Task.Delay(Longest, time, over.Token)) != doing && MayBeLeft();
            if (!isLeft)
                return await doing;
        }
        finally
        {
            await over.CancelAsync();
            _current = null;
            _one.Release();
        }

        try
        {
            return await doing;
        }
        finally
        {
            Interlocked.Decrement(ref _left);
        }
    }

    public void Dispose()
    {
        _one.Dispose();
        GC.SuppressFinalize(this);
    }

    bool MayBeLeft()
    {
        if (Interlocked.Increment(ref _left) <= MostLeft)
            return true;

        Interlocked.Decrement(ref _left);
        return false;
    }

    Wording Busy(string person)
    {
        var current = _current;
        var now = current is null
            ? new Wording("một việc nặng khác", "something else that takes long")
            : new Wording(
                $"{current.What}, từ {VietnamTime.Moment(current.Since)}",
                $"{current.What}, since {VietnamTime.Moment(current.Since)}");
        return current is { Person: { Length: > 0 } own } && own == person
            ? new Wording(
                $"Việc mà chính tài khoản này đã bấm trước đó đang chạy: {now}. Lần bấm này không làm gì thêm; chờ vài "
                    + $"phút rồi mở lại trang để xem kết quả.",
                $"What this account asked for before goes on: {now}. This press does nothing more; wait for some "
                    + $"minutes, then open the page again to see what came of it.")
            : new Wording(
                $"Máy chủ đang bận: {now}. Gửi tin được ưu tiên nên mỗi lúc chỉ làm một việc nặng. CHƯA làm gì; hãy "
                    + $"thử lại sau ít phút, vẫn vậy thì báo kỹ sư phụ trách.",
                $"The server is busy: {now}. Sending comes first, so one such thing is done at a time. NOTHING was "
                    + $"done; try again in some minutes, and if that does not help tell your engineer.");
    }

    sealed record Current(Wording What, string Person, DateTimeOffset Since);
}

/// <summary>The turn of planning: no report or letter keeps what is to be sent today from being planned.</summary>
sealed class PlanningTurn(TimeProvider time) : WorkTurn(time);
