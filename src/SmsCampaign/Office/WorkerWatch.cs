using System.Net;
using System.Text;
using SmsCampaign.Alerts;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What a look found.</summary>
/// <param name="Trouble">Why the worker does not answer; null where it does.</param>
/// <param name="Since">Since when it does not.</param>
/// <param name="IsTold">Whether that has lasted so long that persons are told.</param>
/// <param name="Unkept">What keeps what is told from being kept; null where it is. It is told all the same.</param>
/// <param name="Deliveries">What was told to whom since the last look.</param>
public sealed record WatchLook(
    Wording? Trouble, DateTimeOffset? Since, bool IsTold, Wording? Unkept, IReadOnlyList<AlertDelivery> Deliveries);

/// <summary>Asks a worker every few seconds whether it lives, and tells persons where it does not, and when it does
/// again. Used by one thread at a time.</summary>
/// <remarks>Where its own folder cannot be written it goes on from memory and tells that too: a watch that falls silent
/// would be taken for "all is well".</remarks>
public sealed class WorkerWatch : IDisposable
{
    /// <summary>How often it is asked.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer is waited for, and in a look for what is told: the rest is heard of later.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long its folder must be out of reach before persons are told: others hold it for
    /// moments.</summary>
    static readonly TimeSpan Lasting = TimeSpan.FromMinutes(1);

    /// <summary>About its own folder, beside what is so of the worker.</summary>
    const string Own = "watch";

    readonly WatchFolder _folder;
    readonly Uri _url;
    readonly TimeSpan _after;
    readonly TimeProvider _time;
    readonly Func<IAlerts, IReadOnlyList<WatchPost>> _postsOf;

    /// <summary>What is told while the folder cannot be written.</summary>
    readonly MemoryAlerts _memory = new();
    readonly IReadOnlyList<WatchPost> _memoryPosts;
    IReadOnlyList<WatchPost>? _posts;

    readonly HttpClient _http = new(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    readonly CancellationTokenSource _over = new();

    /// <summary>When it first did not answer: by an even clock, and by that on the wall.</summary>
    (long Clock, DateTimeOffset At)? _silent;

    /// <summary>Whether the folder has it that the worker does not answer this time: then the folder alone tells
    /// it.</summary>
    bool _isInFolder;

    /// <summary>As <see cref="_silent"/>, when the folder could first not be used.</summary>
    (long Clock, DateTimeOffset At)? _unkept;

    internal WorkerWatch(WatchFolder folder, AlertSettings settings, Uri url, TimeSpan after, TimeProvider time)
    {
        (_folder, _url, _after, _time) = (folder, url, after, time);
        _postsOf = book =>
        [
            .. AlertPost.OfEachChannel(book, settings, AlertPlace.Of(settings, folder.Root), time)
                .Select(post => new WatchPost(post)),
        ];
        _memoryPosts = _postsOf(_memory);
    }


    /// <summary>Asks once, and tells whoever is to be told.</summary>
    public async Task<WatchLook> LookAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var trouble = await AskAsync(cancellationToken);
        _silent = trouble is null ? null : _silent ?? (_time.GetTimestamp(), now);
        var isTold = _silent is { } silent && _time.GetElapsedTime(silent.Clock) >= _after;

        var unkept = Keep(isTold ? Away(trouble!.Value, _silent!.Value.At) : null, now);
        var (deliveries, untold) = await PostAsync(cancellationToken);
        NoteUnkept(unkept ?? untold, now);
        return new WatchLook(trouble, _silent?.At, isTold, unkept ?? untold, deliveries);
    }

    /// <summary>What is on its way to somebody is given up, and has a second to say so in the folder.</summary>
    public void Dispose()
    {
        _over.Cancel();
        Task.WhenAll(_memoryPosts.Concat(_posts ?? []).Select(post => post.GiveUpAsync())).Wait(Farewell);
        _http.Dispose();
        _folder.Dispose();
    }

    async Task<Wording?> AskAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var answer = await _http.GetAsync(_url, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Judge(answer.StatusCode, await BeginningOf(answer, either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Wording(
                $"{_url} không trả lời trong {Figures.Duration(Patience)}",
                $"no answer from {_url} within {Figures.Duration(Patience)}");
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            return new Wording(
                $"không kết nối được {_url} ({FaultWords.Of(failed)})",
                $"no connection to {_url} ({FaultWords.Of(failed)})");
        }
    }

    /// <summary>An answer of whatever else stands at the address, as of a proxy before it, says nothing of the
    /// worker.</summary>
    Wording? Judge(HttpStatusCode status, string body) => (int)status switch
    {
        >= 200 and < 300 => OwnAnswers.SaysLive(body) ? null : new Wording(
            $"{_url} trả lời, nhưng không phải dịch vụ gửi: chương trình khác, hoặc máy chủ ủy quyền, đang trả lời ở "
                + $"đó",
            $"what answers at {_url} is not the worker but another program, or a proxy"),
        _ when OwnAnswers.SaysStuck(body) => new Wording(
            $"dịch vụ gửi tại {_url} tự báo đã treo", $"the worker at {_url} says itself that it is stuck"),
        var code => new Wording($"{_url} trả lời HTTP {code}", $"HTTP {code} from {_url}"),
    };

    static async Task<string> BeginningOf(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var bytes = new byte[OwnAnswers.MostBytes];
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(bytes, 0, read);
    }

    /// <summary>In the folder; in memory while that cannot be written, and from then on until it is over, so that it is
    /// told once.</summary>
    /// <param name="away">Null where it is not to be told that the worker does not answer.</param>
    /// <returns>What keeps the folder from being written; null where it is.</returns>
    Wording? Keep(Alert? away, DateTimeOffset now)
    {
        var isInMemory = _memory.Read(now).Any(raised => raised is { IsOpen: true, Alert.Kind: AlertKind.WorkerAway });
        var trouble = _folder.Try(book =>
        {
            if (_silent is null)
                book.SetOver(AlertKind.WorkerAway, _url.Authority, now);
            else if (away is not null && !isInMemory)
                book.Raise(away, now);
        });
        _isInFolder = _silent is not null && (_isInFolder || (away is not null && !isInMemory && trouble is null));
        if (away is not null && (isInMemory || (trouble is not null && !_isInFolder)))
            _memory.Raise(away, now);
        if (_silent is null)
            _memory.SetOver(AlertKind.WorkerAway, _url.Authority, now);
        return trouble;
    }

    /// <summary>Each channel by itself: one that hangs holds up neither a look nor another.</summary>
    async Task<(IReadOnlyList<AlertDelivery> Deliveries, Wording? Trouble)> PostAsync(
        CancellationToken cancellationToken)
    {
        if (_folder.Book is { } book)
            _posts ??= _postsOf(book);
        List<WatchPost> posts = [.. _memoryPosts, .. _posts ?? []];
        var (deliveries, trouble) = (new List<AlertDelivery>(), (Wording?)null);
        await CollectAsync();
        using var waited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(
            Task.WhenAll(posts.Select(post => post.BeginAsync(_over.Token))),
            Task.Delay(Patience, _time, waited.Token));
        await waited.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        await CollectAsync();
        return (deliveries, trouble);

        async Task CollectAsync()
        {
            foreach (var post in posts.Where(post => post.IsDone))
            {
                try
                {
                    deliveries.AddRange(await post.EndAsync());
                }
                catch (Exception cannot) when (_folder.Describe(cannot) is not null)
                {
                    trouble = _folder.Describe(cannot);
                }
            }
        }
    }

    void NoteUnkept(Wording? trouble, DateTimeOffset now)
    {
        if (trouble is not { } why)
        {
            _unkept = null;
            _memory.SetOver(AlertKind.RecordDamaged, Own, now);
            return;
        }

        _unkept ??= (_time.GetTimestamp(), now);
        if (_time.GetElapsedTime(_unkept.Value.Clock) >= Lasting)
            _memory.Raise(Unkept(why, _unkept.Value.At), now);
    }

    Alert Unkept(Wording why, DateTimeOffset since) => new(
        AlertKind.RecordDamaged,
        Own,
        AlertSeverity.Warning,
        since,
        new Wording(
            "máy giám sát không ghi được thư mục của nó", "the machine that watches cannot write its own folder"),
        new Wording(
            $"{why} Dịch vụ gửi tại {_url.Authority} vẫn được giám sát, mọi việc vẫn được báo; chỉ nhớ tới khi lệnh "
                + $"giám sát dừng.",
            $"{why} The worker at {_url.Authority} is watched and all is told; it is remembered until the watch ends."),
        new Wording(
            $"trên máy giám sát, sửa quyền hoặc giải phóng đĩa của thư mục {_folder.Root}; không cần khởi động lại",
            $"on the machine that watches mend the rights, or make room, of the folder {_folder.Root}; it need not be "
                + $"started again"));

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

    /// <summary>What one channel is told, over several looks where it takes so long.</summary>
    sealed class WatchPost(AlertPost post)
    {
        Task<IReadOnlyList<AlertDelivery>>? _underWay;

        public bool IsDone => _underWay is { IsCompleted: true };

        public Task BeginAsync(CancellationToken cancellationToken) =>
            _underWay ??= post.PostAsync(cancellationToken);

        /// <summary>Over when nothing of it is on its way any more.</summary>
        public Task GiveUpAsync() => (_underWay ?? Task.CompletedTask).ContinueWith(
            _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

        public Task<IReadOnlyList<AlertDelivery>> EndAsync()
        {
            var done = _underWay!;
            _underWay = null;
            return done;
        }
    }
}
