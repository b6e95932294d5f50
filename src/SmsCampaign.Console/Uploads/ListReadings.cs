using System.Collections.Concurrent;
using System.Security.Cryptography;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.WebConsole.Uploads;

/// <summary>How far the reading of a campaign's lists is.</summary>
public enum ListReadingState
{
    /// <summary>Another campaign's are being read.</summary>
    Waiting,

    Reading,

    /// <summary>Somebody stopped it, and the machine is not done with what it is at.</summary>
    Stopping,

    /// <summary>Somebody stopped it: it begins again only when somebody says so.</summary>
    Stopped,

    Done,

    /// <summary>The machine could not read on.</summary>
    Failed,
}

/// <summary>The reading of a campaign's lists as they were at one moment.</summary>
/// <param name="id">By which it is stopped.</param>
/// <param name="folder">Of its own.</param>
public sealed class ListReading(string id, string campaign, CampaignLists lists, DateTimeOffset began, string folder)
    : IDisposable
{
    readonly CancellationTokenSource _stop = new();
    readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    ListReadingView _view = new(
        ListReadingState.Waiting, new Dictionary<string, ListSight>(), null, null, null);

    public string Id => id;

    public string Campaign => campaign;

    public CampaignLists Lists => lists;

    public DateTimeOffset Began => began;

    /// <summary>What is known of it by now: one moment's, all of it.</summary>
    public ListReadingView View => Volatile.Read(ref _view);

    public ListProgress Progress { get; } = new();

    internal string Folder => folder;

    internal CancellationToken Stopping => _stop.Token;

    internal Task Over => _over.Task;

    /// <summary>Where it is stopped at the same moment, one comes after the other.</summary>
    internal void Become(Func<ListReadingView, ListReadingView> next)
    {
        ListReadingView view;
        do
            view = View;
        while (Interlocked.CompareExchange(ref _view, next(view), view) != view);
    }

    internal void Stop()
    {
        Become(view => view.IsOver ? view : view with { State = ListReadingState.Stopping });
        _stop.Cancel();
    }

    internal void End(TimeProvider time, ListReadingState state, ListCount? count, Wording? trouble) =>
        Become(view => view with { State = state, Count = count, Ended = time.GetUtcNow(), Trouble = trouble });

    internal void End() => _over.TrySetResult();

    public void Dispose() => _stop.Dispose();
}

/// <param name="Sights">By the id of the list, as far as they have been looked at.</param>
/// <param name="Count">Null until it is done.</param>
/// <param name="Ended">Null until it is over.</param>
/// <param name="Trouble">Why it failed; null where it did not.</param>
public sealed record ListReadingView(
    ListReadingState State,
    IReadOnlyDictionary<string, ListSight> Sights,
    ListCount? Count,
    DateTimeOffset? Ended,
    Wording? Trouble)
{
    public bool IsOver =>
        State is not (ListReadingState.Waiting or ListReadingState.Reading or ListReadingState.Stopping);
}

/// <summary>
/// Reads the lists of campaigns for whoever looks at them, once, beside the pages: a list of millions of rows takes
/// longer than anybody waits for a page. What came of it is known as long as the files stay as they are and this
/// process lives; after that it is read again.
/// </summary>
public sealed class ListReadings(ConsolePlace place, TimeProvider time) : IDisposable
{
    /// <summary>Campaigns that are remembered.</summary>
    const int Most = 50;

    /// <summary>Readings that were stopped and do not end, as on a share that is dead, for which no other
    /// waits.</summary>
    const int MostLingering = 2;

    /// <summary>How long another waits for one that was stopped.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<string, ListReading> _all = new();
    readonly SemaphoreSlim _one = new(1);
    readonly CancellationTokenSource _gone = new();
    readonly Lock _lock = new();
    int _lingering;

    /// <summary>Reads all lists of a reading to their ends, and makes it end.</summary>
    internal Action<ListReading> Reads { get; set; } = new ListReader(place, time).Read;

    /// <summary>How long a page waits for a reading that has just begun: small lists are shown at once.</summary>
    internal TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The reading of the lists as they are, begun if there is none.</summary>
    /// <param name="anew">Whether what is known is not enough: other things than files may have changed.</param>
    public ListReading Read(string campaign, CampaignLists lists, bool anew = false)
    {
        lock (_lock)
        {
            if (Find(campaign) is { } there)
            {
                if (there.Lists.Stamp == lists.Stamp && !(anew && there.View.IsOver))
                    return there;

                Forget(there);
            }

            foreach (var old in _all.Values.OrderBy(each => each.Began).Take(_all.Count - Most + 1).ToList())
                Forget(old);

            var reading = new ListReading(
                Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
                campaign,
                lists,
                time.GetUtcNow(),
                FormUpload.NewFolder(place.Data));
            _all[campaign] = reading;
            _ = Task.Run(() => RunAsync(reading), CancellationToken.None);
            return reading;
        }
    }

    /// <returns>Null where none is remembered.</returns>
    public ListReading? Find(string campaign) => _all.GetValueOrDefault(campaign);

    /// <summary>Waits for its end, for as long as nobody minds.</summary>
    public async Task SettleAsync(ListReading reading)
    {
        var left = Patience - (time.GetUtcNow() - reading.Began);
        if (left <= TimeSpan.Zero)
            return;

        try
        {
            await reading.Over.WaitAsync(left, time, _gone.Token);
        }
        catch (Exception later) when (later is TimeoutException or OperationCanceledException)
        {
            // the page says that it is not over
        }
    }

    /// <summary>Stops a reading that goes on; of another nothing is changed.</summary>
    public void Stop(string campaign, string id)
    {
        lock (_lock)
        {
            if (Find(campaign) is { } reading && reading.Id == id)
                reading.Stop();
        }
    }

    /// <summary>Full path of the excluded rows of the lists as they are; null where they are not known.</summary>
    public string? FindExcluded(string campaign, string stamp) =>
        Find(campaign) is { } reading && reading.Lists.Stamp == stamp && reading.View.Count?.Audience is not null
            && Path.Combine(reading.Folder, ListDesk.ExcludedName) is var path && File.Exists(path)
            ? path
            : null;

    public void Dispose()
    {
        _gone.Cancel();
        lock (_lock)
        {
            foreach (var reading in _all.Values.ToList())
                Forget(reading);
        }

        _gone.Dispose();
    }

    /// <summary>One that goes on is stopped, and removed once it has.</summary>
    void Forget(ListReading reading)
    {
        _all.TryRemove(reading.Campaign, out _);
        if (reading.Over.IsCompleted)
            Remove(reading);
        else
            reading.Stop();
    }

    static void Remove(ListReading reading)
    {
        reading.Dispose();
        FormUpload.Remove(reading.Folder);
    }

    async Task RunAsync(ListReading reading)
    {
        try
        {
            await RunInTurnAsync(reading, reading.Stopping);
        }
        catch (OperationCanceledException)
        {
            reading.End(time, ListReadingState.Stopped, null, null);
        }
        catch (Exception broken) // the edge: of one reading, and nothing else
        {
            reading.End(
                time,
                ListReadingState.Failed,
                null,
                StorageFaults.Describe(broken, place.Data) ?? FaultWords.Of(broken));
        }
        finally
        {
            lock (_lock)
            {
                if (Find(reading.Campaign) != reading)
                    Remove(reading);
                else if (reading.View.State != ListReadingState.Done)
                    FormUpload.Remove(reading.Folder); // nobody gets what it has written
                reading.End();
            }
        }
    }

    /// <summary>One after another; one that was stopped and does not end lets the next begin.</summary>
    async Task RunInTurnAsync(ListReading reading, CancellationToken stopping)
    {
        await _one.WaitAsync(stopping);
        var work = Task.Run(() => Reads(reading), CancellationToken.None);
        var isLeft = false;
        try
        {
            if (await Task.WhenAny(work, WaitForGraceAsync(stopping)) != work)
            {
                isLeft = Interlocked.Increment(ref _lingering) <= MostLingering;
                if (!isLeft)
                    Interlocked.Decrement(ref _lingering);
            }

            if (!isLeft)
                await work;
        }
        finally
        {
            _one.Release();
        }

        try
        {
            await work;
        }
        finally
        {
            if (isLeft)
                Interlocked.Decrement(ref _lingering);
        }
    }

    async Task WaitForGraceAsync(CancellationToken stopping)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var told = stopping.Register(stopped.SetResult);
        await stopped.Task;
        await Task.Delay(Grace, time, CancellationToken.None);
    }
}

/// <summary>Reads the lists of a campaign: their first rows, and then all to their ends.</summary>
sealed class ListReader(ConsolePlace place, TimeProvider time)
{
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void Read(ListReading reading)
    {
        reading.Become(view => view.State == ListReadingState.Waiting
            ? view with { State = ListReadingState.Reading }
            : view);
        foreach (var use in reading.Lists.Uses)
        {
            reading.Stopping.ThrowIfCancellationRequested();
            if (ListDesk.Look(use, reading.Stopping) is { } sight)
                reading.Become(view => view with
                {
                    Sights = new Dictionary<string, ListSight>(view.Sights) { [use.Id] = sight },
                });
        }

        var desk = new ListDesk(new CampaignFolders(place.Campaigns), place.Installation, place.Data, time);
        var count = desk.Count(
            reading.Lists, reading.Folder, place.Language, reading.Progress, reading.Stopping);
        reading.End(time, ListReadingState.Done, count, null);
    }
}
