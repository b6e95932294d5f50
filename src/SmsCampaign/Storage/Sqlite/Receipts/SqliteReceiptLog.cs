using System.Buffers;
using SmsCampaign.Files;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Receipts;

namespace SmsCampaign.Storage.Sqlite.Receipts;

/// <summary>Receipts in a file a month (<see cref="ReceiptFiles"/>).</summary>
sealed class SqliteReceiptLog : IReceiptLog
{
    /// <summary>Bytes that a receipt takes in a file at least: id, time and the lengths of its columns.</summary>
    const int FewestBytes = 16;

    readonly DataFolder _data;
    readonly ProcessClock _clock;
    readonly bool _simulated;
    readonly ReceiptIds _ids;
    readonly Signal _changed = new();
    readonly List<DamagedReceipts> _damaged = [];
    readonly SemaphoreSlim _turning = new(1, 1);

    // The oldest first, the last one written to.
    volatile ReceiptSegment[] _segments;
    long _ends;
    int _disposed;

    /// <param name="simulated">Whether it keeps what stand-ins send.</param>
    /// <exception cref="LedgerException">A file cannot be opened, and not by its own fault.</exception>
    public SqliteReceiptLog(DataFolder data, ProcessClock clock, bool simulated = false)
    {
        PrivateFiles.KeepFolder(data.Root);
        (_data, _clock, _simulated) = (data, clock, simulated);
        _ids = ReceiptIds.Open(data, simulated);

        var segments = new List<ReceiptSegment>();
        try
        {
            OpenAll(segments);

            // Where the clock was set back the newest goes on.
            var now = Month.Of(clock.Now());
            var current = segments is [.., var newest] && newest.Month is { } month && month.Index >= now.Index
                ? newest
                : null;
            var gap = FindGap(segments, current?.Path ?? ReceiptFiles.PathOf(data, simulated, now));
            if (current is null)
                segments.Add(Begin(now, LastOf(segments), gap));
            else if (gap is not null)
                current.GoOnAfter(gap);
        }
        catch
        {
            foreach (var opened in segments)
                opened.DisposeAsync().AsTask().GetAwaiter().GetResult();
            _ids.Dispose();
            throw;
        }

        _segments = [.. segments];
        _ends = segments[^1].Month!.Value.Next.Begin;
    }

    public IReadOnlyList<DamagedReceipts> Damaged => _damaged;

    public Action<DamagedReceipts>? Alarm { get; set; }

    public Task Changed => _changed.Next;

    public bool IsAnyBroken => _segments.Any(segment => segment.Broken is not null);

    public ValueTask AppendAsync(string lane, string query, string contentType, in ReadOnlySequence<byte> body)
    {
        var now = _clock.Now();
        return now < Volatile.Read(ref _ends)
            && _segments[^1].TryAppend(lane, query, contentType, body, now, out var done)
            ? done
            : new ValueTask(AppendToNextAsync(lane, query, contentType, body.ToArray(), now));
    }

    public long ReadProgress() => _segments.Max(segment => segment.ReadProgress());

    public IEnumerable<RawReceipt> Read(long after)
    {
        var segments = _segments;
        for (var at = 0; at < segments.Length; at++)
        {
            if (at + 1 < segments.Length && segments[at].LastId <= after)
                continue;

            foreach (var raw in segments[at].Read(after))
                yield return raw;
        }
    }

    public RawReceipt? Find(long id) =>
        SegmentOf(id).Read(id - 1).FirstOrDefault() is { } raw && raw.Id == id ? raw : null;

    public IEnumerable<(long Receipt, int Item)> ReadWaiting() =>
        _segments.SelectMany(segment => segment.ReadWaiting());

    public async Task NoteAsync(IReadOnlyList<OddReceipt> odd, IReadOnlyList<(long Receipt, int Item)> settled)
    {
        foreach (var some in odd.GroupBy(each => SegmentOf(each.Receipt)))
            await some.Key.NoteAsync(some);
        foreach (var some in settled.GroupBy(each => SegmentOf(each.Receipt)))
            await some.Key.ForgetAsync(some);
    }

    public Task AdvanceAsync(long id) => SegmentOf(id).AdvanceAsync(id);

    public async Task<bool> SetAsideBrokenAsync()
    {
        if (!IsAnyBroken)
            return false;

        await _turning.WaitAsync();
        try
        {
            foreach (var broken in _segments.Where(segment => segment.Broken is not null).ToList())
                await SetAsideAsync(broken);
            return true;
        }
        finally
        {
            _turning.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        // None is begun any more.
        await _turning.WaitAsync();
        foreach (var segment in _segments)
            await segment.DisposeAsync();
        _ids.Dispose();
        _turning.Dispose();
    }

    /// <summary>Opens the files that there are. One of this month that is damaged is set aside; one of
    /// before is left out.</summary>
    void OpenAll(List<ReceiptSegment> segments)
    {
        var current = Month.Of(_clock.Now()).Index;
        foreach (var (path, month) in ReceiptFiles.Find(_data, _simulated))
        {
            try
            {
                segments.Add(OpenSegment(path, month, LastOf(segments)));
            }
            catch (LedgerException damaged)
                when (month is null || month.Value.Index < current) // an old one: the rest goes on
            {
                _damaged.Add(new DamagedReceipts(Path.GetFileName(path), damaged.Message));
            }
            catch (LedgerException damaged)
                when (StorageFaults.KindOf(damaged) is StorageFault.Damaged or StorageFault.Foreign)
            {
                _damaged.Add(new DamagedReceipts(Path.GetFileName(path), damaged.Message)
                {
                    Kept = ReceiptFiles.SetAside(path),
                });
            }
        }
    }

    /// <summary>Finds what came and is in no file.</summary>
    /// <param name="path">The file that goes on, or is to be begun.</param>
    ReceiptGap? FindGap(List<ReceiptSegment> segments, string path)
    {
        // Set aside in this very start, or in one that was killed before it had begun another.
        var file = Path.GetFileName(path);
        var kept = File.Exists(path) ? null : ReceiptFiles.FindSetAside(_data, _simulated)
            .Select(each => Path.GetFileName(each.Path))
            .LastOrDefault(each => each.StartsWith(file, StringComparison.Ordinal));
        var last = LastOf(segments);
        if (kept is null && _ids.Given <= last)
            return null;

        if (kept is null)
            _damaged.Add(new DamagedReceipts(file, $"receipts up to {_ids.Given} came, and it has them up to {last}"));
        return new ReceiptGap(
            last + 1,
            Math.Max(_ids.Possible, last + (kept is null ? 1 : MostIdsIn(Path.Combine(_data.Root, kept)))),
            segments is [] ? 0 : segments.Max(segment => segment.LastReceived),
            _clock.Now(),
            file,
            kept);
    }

    ReceiptSegment Begin(Month month, long after, ReceiptGap? gap = null) =>
        OpenSegment(ReceiptFiles.PathOf(_data, _simulated, month), month, after, gap);

    ReceiptSegment OpenSegment(string path, Month? month, long after, ReceiptGap? gap = null) =>
        new(path, month, after, _ids, _changed.Set, gap, _data.Flushes, _clock.Time);

    async Task SetAsideAsync(ReceiptSegment broken)
    {
        var (last, reason, file) = (broken.LastId, broken.Broken!, Path.GetFileName(broken.Path));
        var isCurrent = broken == _segments[^1];
        await broken.CloseAsync();
        await broken.DisposeAsync();
        var others = _segments.Where(segment => segment != broken).ToList();
        var damaged = new DamagedReceipts(file, reason);
        if (isCurrent)
        {
            damaged = damaged with { Kept = ReceiptFiles.SetAside(broken.Path) };
            var first = LastOf(others) + 1;
            var gap = new ReceiptGap(
                first,
                Math.Max(first, Math.Max(last, _ids.Possible)),
                others is [] ? 0 : others.Max(segment => segment.LastReceived),
                _clock.Now(),
                file,
                damaged.Kept);
            others.Add(Begin(broken.Month!.Value, last, gap));
        }

        _segments = [.. others];
        _damaged.Add(damaged);
        Alarm?.Invoke(damaged);
    }

    /// <summary>The first of a month, or one that came in that very moment.</summary>
    async Task AppendToNextAsync(string lane, string query, string contentType, byte[] body, long now)
    {
        while (true)
        {
            await TurnAsync(now);
            if (_segments[^1].TryAppend(lane, query, contentType, new ReadOnlySequence<byte>(body), now, out var done))
            {
                await done;
                return;
            }
        }
    }

    /// <summary>Begins the file of the month where it has not been begun. Those that came before are on disk first: ids
    /// go up as receipts come.</summary>
    async Task TurnAsync(long now)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        await _turning.WaitAsync();
        try
        {
            if (now < _ends)
                return;

            var month = Month.Of(now);
            await _segments[^1].CloseAsync();
            _segments = [.. _segments, Begin(month, _segments[^1].LastId)];
            Volatile.Write(ref _ends, month.Next.Begin);
        }
        finally
        {
            _turning.Release();
        }
    }

    ReceiptSegment SegmentOf(long id)
    {
        var segments = _segments;
        var at = segments.Length - 1;
        while (at > 0 && segments[at].After >= id)
            at--;
        return segments[at];
    }

    static long LastOf(List<ReceiptSegment> segments) => segments is [] ? 0 : segments[^1].LastId;

    static long MostIdsIn(string path) =>
        new[] { path, path + "-wal" }.Where(File.Exists).Sum(file => new FileInfo(file).Length) / FewestBytes + 1;
}
