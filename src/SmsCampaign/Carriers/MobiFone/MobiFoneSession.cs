using System.Globalization;
using System.Text.Json;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.MobiFone;

/// <summary>What a login came to: the session, or what it means for a message that nothing was sent.</summary>
/// <param name="Sid">Null where the login was refused.</param>
sealed record MobiFoneLogin(string? Sid, SendResult? Refusal);

/// <summary>
/// The lane's session at the gateway, while there is one. It ends when the gateway says so; then, or before there is
/// any, one login at a time gives the next, however many wait for it.
/// </summary>
sealed class MobiFoneSession : ICarrierSession, IDisposable
{
    /// <summary>Sessions in a row that were refused with their first message, after which a person must act.</summary>
    const int MostRefused = 5;

    /// <summary>How long nothing is sent after the first of them; twice as long after each further one.</summary>
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    readonly MobiFoneLaneOptions _options;
    readonly HttpClient _http;
    readonly Lock _lock = new();
    volatile string? _current;
    volatile bool _isProven;
    int _refused;
    Task<MobiFoneLogin>? _pending;

    public MobiFoneSession(MobiFoneLaneOptions options)
    {
        _options = options;
        _http = CarrierHttp.CreateClient(options);

        // The login must be over, one way or the other, while whoever asked for it still waits.
        _http.Timeout = options.AnswerTimeout / 2;
    }

    /// <summary>Null where there is none, or it is over.</summary>
    public string? Current => _current;

    public bool IsOpen => _current is not null;

    public event Action? Lost;

    public async Task<SendResult?> OpenAsync(Departure departure, CancellationToken cancellationToken) =>
        (await GetAsync(departure, cancellationToken)).Refusal;

    /// <summary>The gateway has no way to log out: what is not used runs out there.</summary>
    public void Close()
    {
        lock (_lock)
            _current = null;
    }

    /// <summary>The session, or why there is none: logs in where it must.</summary>
    /// <param name="departure">Asked where it logs in, and not where it waits for a login that is under way.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<MobiFoneLogin> GetAsync(Departure departure, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _current is { } current
                ? Task.FromResult(new MobiFoneLogin(current, null))
                : (_pending ??= Task.Run(() => LoginAsync(departure), CancellationToken.None)).WaitAsync(
                    cancellationToken);
        }
    }

    /// <summary>Logs in anew.</summary>
    public Task<MobiFoneLogin> RenewAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            _current = null;
        return GetAsync(Departure.AtOnce, cancellationToken);
    }

    /// <summary>The gateway said that a session is over: nothing leaves with it any more.</summary>
    /// <returns>What that means for the message that said so. One that was never good for anything is put off, longer
    /// each time, and after a few a person must see why the gateway lets us in and then does not know us.</returns>
    public SendResult End(string sid)
    {
        var (meaning, isNews) = Forget(sid);
        if (isNews)
            Lost?.Invoke();
        return meaning;
    }

    (SendResult Meaning, bool IsNews) Forget(string sid)
    {
        lock (_lock)
        {
            if (_current != sid)
                return (SendResult.PutBack("the session was over"), false);

            _current = null;
            if (_isProven)
                return (SendResult.PutBack("the session is over"), true);

            var times = ++_refused;
            const string Reason = "session refused right after the login: HTTP 401";
            var put = times < MostRefused
                ? SendResult.Deferred(Reason, FirstPause * (1 << (times - 1)))
                : SendResult.Misconfigured($"{Reason}, {times} times in a row");
            return (put.Because(HoldCause.SessionRefused), true);
        }
    }

    /// <summary>A message was answered under the session.</summary>
    public void Prove(string sid)
    {
        if (_isProven)
            return;

        lock (_lock)
        {
            if (_current == sid)
                (_isProven, _refused) = (true, 0);
        }
    }

    internal void Begin(string sid)
    {
        lock (_lock)
            (_current, _isProven) = (sid, false);
    }

    public void Dispose() => _http.Dispose();

    async Task<MobiFoneLogin> LoginAsync(Departure departure)
    {
        MobiFoneLogin? login = null;
        try
        {
            return login = await CarrierHttp.AskAsync(
                _http,
                Write(),
                Read,
                why => NotNow($"login: {why}"),
                CancellationToken.None,
                departure,
                unreached => new MobiFoneLogin(null, unreached));
        }
        finally
        {
            lock (_lock)
            {
                _pending = null;
                if (login?.Sid is { } sid)
                    (_current, _isProven) = (sid, false);
            }
        }
    }

    HttpRequestMessage Write()
    {
        var page = new Uri(_options.Url, "login.jsp");
        KeyValuePair<string, string>[] fields =
            [new("userName", _options.User), new("password", _options.Password), new("bindMode", _options.BindMode)];
        return _options.LoginMethod == "POST"
            ? new HttpRequestMessage(HttpMethod.Post, page) { Content = new FormUrlEncodedContent(fields) }
            : new HttpRequestMessage(HttpMethod.Get, new Uri(
                $"{page}?{string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"))}"));
    }

    MobiFoneLogin Read(CarrierAnswer answer)
    {
        if (!answer.IsSuccess)
        {
            var meaning = CarrierHttp.MeaningOf(answer);
            var reason = $"login: HTTP {(int)answer.Status}";
            var refused = meaning.Deferral switch
            {
                Deferral.Configuration => SendResult.Misconfigured(reason),
                Deferral.TooFast => SendResult.TooFast(reason, answer.RetryAfter),
                _ => SendResult.Deferred(reason, answer.RetryAfter),
            };
            return new MobiFoneLogin(null, refused.Because(meaning.Cause));
        }

        if (GatewayJson.ObjectIn(answer.Body) is not { } root || StatusIn(root) is not { } status)
            return NotNow("login: an answer without a status");
        if (status != MobiFoneCarrier.Taken)
            return new MobiFoneLogin(
                null, SendResult.Misconfigured($"login refused: code {CarrierCode.Clean(status, _options.Secrets)}"));

        // Line ends have been seen in it.
        var sid = GatewayJson.TextIn(root, "sid")
            ?.Replace("\r", "", StringComparison.Ordinal)
            .Replace("\n", "", StringComparison.Ordinal)
            .Trim();
        return string.IsNullOrEmpty(sid) ? NotNow("login: an answer without a session") : new MobiFoneLogin(sid, null);
    }

    /// <returns>Null where the answer has none.</returns>
    internal static string? StatusIn(JsonElement root) =>
        GatewayJson.TextIn(root, "status")?.Trim()
        ?? GatewayJson.NumberIn(root, "status")?.ToString(CultureInfo.InvariantCulture);

    static MobiFoneLogin NotNow(string why, TimeSpan? retryAfter = null) =>
        new(null, SendResult.Deferred(why, retryAfter));
}
