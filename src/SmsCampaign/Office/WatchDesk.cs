using SmsCampaign.Alerts;
using SmsCampaign.Installations;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What came of beginning to watch.</summary>
public abstract record WatchStart
{
    WatchStart()
    {
    }

    /// <summary>The alerts section cannot be used.</summary>
    public sealed record Misread(IReadOnlyList<Problem> Problems) : WatchStart;

    /// <summary>Nobody is named who could be told.</summary>
    public sealed record Nobody : WatchStart;

    /// <summary>Another process watches with the same folder.</summary>
    public sealed record Taken(string Folder) : WatchStart;

    /// <param name="Problems">Warnings.</param>
    public sealed record Begun(WorkerWatch Watch, IReadOnlyList<Problem> Problems) : WatchStart;
}

/// <summary>Watches a worker from another machine. What was told is kept in the folder watch of the data folder, so
/// that it is told once however often the watch is started.</summary>
public sealed class WatchDesk(DataFolder data, string installationFile, TimeProvider time)
{
    /// <param name="url">What the worker answers while it lives.</param>
    /// <param name="after">How long it must not.</param>
    public WatchStart Begin(Uri url, TimeSpan after)
    {
        var (settings, problems) = Installation.ReadAlerts(installationFile);
        if (settings is null)
            return new WatchStart.Misread(problems);
        if (!settings.IsSet)
            return new WatchStart.Nobody();

        var own = new DataFolder(Path.Combine(data.Root, "watch"));
        return SendingLock.TryTake(own, time) is { } held
            ? new WatchStart.Begun(
                new WorkerWatch(held, Ledgers.OpenRegistry(own).Alerts, settings, own.Root, url, after, time), problems)
            : new WatchStart.Taken(own.Root);
    }
}

/// <summary>What a look found.</summary>
/// <param name="Trouble">Why the worker does not answer; null where it does.</param>
/// <param name="Since">Since when it does not.</param>
/// <param name="IsTold">Whether that has lasted so long that persons are told.</param>
/// <param name="Deliveries">What was told to whom now.</param>
public sealed record WatchLook(
    Wording? Trouble, DateTimeOffset? Since, bool IsTold, IReadOnlyList<AlertDelivery> Deliveries);

/// <summary>Asks a worker every few seconds whether it lives, and tells persons where it does not, and when it does
/// again. Used by one thread at a time.</summary>
public sealed class WorkerWatch : IDisposable
{
    /// <summary>How often it is asked.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer is waited for.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly SendingLock _held;
    readonly IAlerts _book;
    readonly Uri _url;
    readonly TimeSpan _after;
    readonly TimeProvider _time;
    readonly AlertPost _post;
    readonly HttpClient _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>When it first did not answer: by an even clock, and by that on the wall.</summary>
    (long Clock, DateTimeOffset At)? _silent;

    internal WorkerWatch(
        SendingLock held,
        IAlerts book,
        AlertSettings settings,
        string folder,
        Uri url,
        TimeSpan after,
        TimeProvider time)
    {
        (_held, _book, _url, _after, _time) = (held, book, url, after, time);
        _post = new AlertPost(book, settings, AlertPlace.Of(settings, folder), time);
    }

    /// <summary>Asks once, and tells whoever is to be told.</summary>
    /// <exception cref="LedgerException">The folder cannot be read or written now.</exception>
    public async Task<WatchLook> LookAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var trouble = await AskAsync(cancellationToken);
        var isTold = false;
        if (trouble is { } why)
        {
            _silent ??= (_time.GetTimestamp(), now);
            isTold = _time.GetElapsedTime(_silent.Value.Clock) >= _after;
            if (isTold)
                _book.Raise(Away(why, _silent.Value.At), now);
        }
        else
        {
            _silent = null;
            _book.SetOver(AlertKind.WorkerAway, _url.Authority, now);
        }

        return new WatchLook(trouble, _silent?.At, isTold, await _post.PostAsync(cancellationToken));
    }

    public void Dispose()
    {
        _http.Dispose();
        _held.Dispose();
    }

    async Task<Wording?> AskAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var answer = await _http.GetAsync(_url, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return answer.IsSuccessStatusCode ? null : new Wording(
                $"{_url} trả lời HTTP {(int)answer.StatusCode}", $"HTTP {(int)answer.StatusCode} from {_url}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Wording(
                $"{_url} không trả lời trong {Figures.Duration(Patience)}",
                $"no answer from {_url} within {Figures.Duration(Patience)}");
        }
        catch (HttpRequestException failed)
        {
            return new Wording(
                $"không kết nối được {_url} ({FaultWords.Of(failed)})",
                $"no connection to {_url} ({FaultWords.Of(failed)})");
        }
    }

    Alert Away(Wording why, DateTimeOffset since) => new(
        AlertKind.WorkerAway,
        _url.Authority,
        AlertSeverity.Urgent,
        since,
        new Wording(
            $"dịch vụ gửi tại {_url.Authority} không trả lời", $"the worker at {_url.Authority} does not answer"),
        new Wording($"Theo máy giám sát: {why}.", $"As seen by the machine that watches: {why}."),
        new Wording(
            "kiểm tra máy gửi tin còn bật, còn mạng; trên máy đó xem 'sms-campaign status' và khởi động lại dịch vụ "
                + "(systemctl start sms-campaign). Không chạy dịch vụ gửi trên máy khác",
            "check that the machine is on and reachable; on it see 'sms-campaign status' and start the service again "
                + "(systemctl start sms-campaign). Do not run the worker on another machine"));
}
