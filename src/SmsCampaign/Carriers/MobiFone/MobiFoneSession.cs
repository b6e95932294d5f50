using System.Globalization;
using System.Text.Json;

namespace SmsCampaign.Carriers.MobiFone;

/// <summary>What a login came to: the session, or what it means for a message that nothing was sent.</summary>
/// <param name="Sid">Null where the login was refused.</param>
sealed record MobiFoneLogin(string? Sid, SendResult? Refusal);

/// <summary>
/// The lane's session at the gateway: logged in to when first needed, and again when the gateway says that it is over. One login at a
/// time, however many callers wait; they all go on with the session it gave.
/// </summary>
sealed class MobiFoneSession : IDisposable
{
    readonly MobiFoneLaneOptions _options;
    readonly HttpClient _http;
    readonly Lock _lock = new();
    volatile MobiFoneLogin? _current;
    Task<MobiFoneLogin>? _pending;

    public MobiFoneSession(MobiFoneLaneOptions options)
    {
        _options = options;
        _http = CarrierHttp.CreateClient(options);

        // A caller waits with a message that has not left: were its time over first, the message would be uncertain.
        _http.Timeout = options.AnswerTimeout / 2;
    }

    /// <summary>The session, or why there is none.</summary>
    /// <param name="refused">One that the gateway says is over. Where there is a newer one by now, that is the answer.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<MobiFoneLogin> GetAsync(string? refused, CancellationToken cancellationToken)
    {
        if (_current is { } current && current.Sid != refused)
            return Task.FromResult(current);

        Task<MobiFoneLogin> pending;
        lock (_lock)
        {
            if (_current is { } renewed && renewed.Sid != refused)
                return Task.FromResult(renewed);

            pending = _pending ??= Task.Run(LoginAsync, CancellationToken.None);
        }

        return pending.WaitAsync(cancellationToken);
    }

    /// <summary>Logs in anew.</summary>
    public Task<MobiFoneLogin> RenewAsync(CancellationToken cancellationToken) => GetAsync(_current?.Sid, cancellationToken);

    internal void Begin(string sid) => _current = new MobiFoneLogin(sid, null);

    public void Dispose() => _http.Dispose();

    async Task<MobiFoneLogin> LoginAsync()
    {
        MobiFoneLogin? login = null;
        try
        {
            return login = await CarrierHttp.AskAsync(_http, Write(), Read, why => NotNow($"login: {why}"), CancellationToken.None);
        }
        finally
        {
            lock (_lock)
            {
                _pending = null;
                _current = login is { Sid: not null } ? login : null;
            }
        }
    }

    HttpRequestMessage Write()
    {
        var page = new Uri(_options.Url, "login.jsp");
        KeyValuePair<string, string>[] fields = [new("userName", _options.User), new("password", _options.Password), new("bindMode", _options.BindMode)];
        return _options.LoginMethod == "POST"
            ? new HttpRequestMessage(HttpMethod.Post, page) { Content = new FormUrlEncodedContent(fields) }
            : new HttpRequestMessage(HttpMethod.Get, new Uri($"{page}?{string.Join('&', fields.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"))}"));
    }

    MobiFoneLogin Read(CarrierAnswer answer)
    {
        if (!answer.IsSuccess)
        {
            var meaning = CarrierHttp.MeaningOf(answer);
            var reason = $"login: HTTP {(int)answer.Status}";
            return meaning.Deferral switch
            {
                Deferral.Configuration => new MobiFoneLogin(null, SendResult.Misconfigured(reason)),
                Deferral.TooFast => new MobiFoneLogin(null, SendResult.TooFast(reason, answer.RetryAfter)),
                _ => NotNow(reason, answer.RetryAfter),
            };
        }

        if (GatewayJson.ObjectIn(answer.Body) is not { } root || StatusIn(root) is not { } status)
            return NotNow("login: an answer without a status");
        if (status != MobiFoneCarrier.Taken)
            return new MobiFoneLogin(null, SendResult.Misconfigured($"login refused: code {CarrierCode.Clean(status, _options.Secrets)}"));

        // Line ends have been seen in it.
        var sid = GatewayJson.TextIn(root, "sid")?.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Trim();
        return string.IsNullOrEmpty(sid) ? NotNow("login: an answer without a session") : new MobiFoneLogin(sid, null);
    }

    /// <returns>Null where the answer has none.</returns>
    internal static string? StatusIn(JsonElement root) =>
        GatewayJson.TextIn(root, "status")?.Trim() ?? GatewayJson.NumberIn(root, "status")?.ToString(CultureInfo.InvariantCulture);

    static MobiFoneLogin NotNow(string why, TimeSpan? retryAfter = null) => new(null, SendResult.Deferred(why, retryAfter));
}
