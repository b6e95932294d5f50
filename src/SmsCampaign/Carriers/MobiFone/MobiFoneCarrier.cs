using System.Net;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.MobiFone;

/// <summary>
/// MobiFone's gateway for sender names: login.jsp gives a session, send.jsp takes a text without diacritics, send_2.jsp
/// one with them. Source: clients in public repositories; no document of MobiFone's is public. It gives no id, no
/// receipts, and cannot be asked.
/// </summary>
/// <remarks>
/// HTTP 401 with SessionExpired or SidNotPassed says that the message was not even looked at: it is put back and goes
/// again, as any other call, when there is a new session. Nothing else is.
/// </remarks>
/// <param name="http">Hands over messages.</param>
sealed class MobiFoneCarrier(
    MobiFoneLaneOptions options, HttpMessageInvoker http) : ICarrier, IAccountCheck, IWarmUp, IDisposable
{
    public static readonly CarrierType Type =
        CarrierType.Of<MobiFoneLaneOptions>("mobifone", (options, http) => new MobiFoneCarrier(options, http)) with
        {
            LiveHosts = ["mobifone.vn"],
        };

    /// <summary>The status that says that a message was taken, or a login let in.</summary>
    public const string Taken = "200";

    /// <summary>The address is escaped as it is to be sent: taken as it stands.</summary>
    static readonly UriCreationOptions AsItStands = new() { DangerousDisablePathAndQueryCanonicalization = true };

    readonly LastText<(string Sender, string Sid), Wire> _wires = new(
        (text, by) => WireOf(options, text, by.Sender, by.Sid));

    public int MostPerCall => 1;

    internal MobiFoneSession Session { get; } = new(options);

    ICarrierSession? ICarrier.Session => Session;

    public async Task<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken)
    {
        if (Session.Current is not { } sid)
            return [SendResult.PutBack("no session")];

        var isOver = false;
        var results = await CarrierHttp.ExchangeAsync(
            http,
            new HttpRequestMessage(HttpMethod.Get, Address(messages[0], sid)),
            1,
            answer =>
            {
                isOver = IsOver(answer);
                return isOver ? [Session.End(sid)] : Read(answer, sid);
            },
            new WithSession(departure, Session, sid),
            cancellationToken);

        if (!isOver && results[0].Outcome is SendOutcome.Accepted or SendOutcome.Rejected)
            Session.Prove(sid);
        return results;
    }

    public async Task<IReadOnlyList<AccountFinding>> CheckAccountAsync(CancellationToken cancellationToken) =>
        [Describe(await Session.RenewAsync(cancellationToken))];

    /// <summary>Logs in, where it is not: by then the first message would wait for it.</summary>
    public async Task<AccountFinding> WarmUpAsync(Departure departure, CancellationToken cancellationToken) =>
        Describe(await Session.GetAsync(departure, cancellationToken));

    public void Dispose() => Session.Dispose();

    static AccountFinding Describe(MobiFoneLogin login) => login.Refusal switch
    {
        null => new AccountFinding(
            true, new Wording("Tài khoản MobiFone dùng được.", "MobiFone's gateway lets the account in.")),
        { Deferral: Deferral.Configuration, Reason: var why } => new AccountFinding(false, new Wording(
            $"Tài khoản MobiFone chưa dùng được ({GatewayWords.Of(why ?? "")}). Hãy hỏi MobiFone: user, mật khẩu, "
                + $"và địa chỉ IP của máy này đã khai báo chưa.",
            $"MobiFone's gateway does not let the account in ({GatewayWords.Of(why ?? "")}). Ask MobiFone about user, "
                + $"password, and whether this machine's IP address is declared.")),
        { Reason: var why } => new AccountFinding(null, new Wording(
            $"Không đăng nhập được vào cổng nhắn tin của MobiFone lúc này ({GatewayWords.Of(why ?? "")}).",
            $"MobiFone's gateway could not be logged in to now ({GatewayWords.Of(why ?? "")}).")),
    };

    static bool IsOver(CarrierAnswer answer) =>
        answer is { Status: HttpStatusCode.Unauthorized, Body.Length: < 100 }
        && GatewayText.Read(answer.Body).Trim().ToUpperInvariant() is "SESSIONEXPIRED" or "SIDNOTPASSED";

    IReadOnlyList<SendResult>? Read(CarrierAnswer answer, string sid)
    {
        if (GatewayJson.ObjectIn(answer.Body) is not { } root || MobiFoneSession.StatusIn(root) is not { } status)
            return answer.IsSuccess ? throw new FormatException("a success without a status") : null;
        if (status == Taken)
            return answer.IsSuccess
                ? [SendResult.Accepted(null)]
                : throw new FormatException($"HTTP {(int)answer.Status} with status 200");

        var code = CarrierCode.Clean(status, [.. options.Secrets, sid]);
        return options.Codes.TryGetValue(status, out var meaning)
            ? [Refusal(meaning, $"code {code}", answer.RetryAfter)]
            : answer.IsSuccess ? [SendResult.UnknownCode(code)]
            : null;
    }

    internal static SendResult Refusal(MobiFoneMeaning meaning, string reason, TimeSpan? retryAfter) => meaning switch
    {
        MobiFoneMeaning.TooFast => SendResult.TooFast(reason, retryAfter),
        MobiFoneMeaning.Closed => SendResult.Deferred(reason, retryAfter),
        MobiFoneMeaning.Busy => SendResult.Busy(reason, retryAfter),
        MobiFoneMeaning.Configuration => SendResult.Misconfigured(reason),
        MobiFoneMeaning.Number => SendResult.Rejected(FailureClass.Number, reason),
        MobiFoneMeaning.OtherNetwork => SendResult.WrongNetwork(reason),
        _ => SendResult.Rejected(FailureClass.Content, reason),
    };

    Uri Address(OutboundSms sms, string sid)
    {
        var wire = _wires.Of(sms.Text, (sms.Sender, sid));
        return new Uri($"{wire.Start}{sms.To.Digits}{wire.End}", AsItStands);
    }

    static Wire WireOf(MobiFoneLaneOptions options, SmsText text, string sender, string sid)
    {
        var page = options.EncodingOf(text) == SmsEncoding.Gsm7 ? "send.jsp?" : "send_2.jsp?enCoding=ALPHA_UCS2&";
        return new Wire(
            $"{new Uri(options.Url, page)}sid={Escape(sid)}&sender={Escape(sender)}&recipient=",
            $"&content={Escape(text.Value)}");
    }

    /// <summary>As a form's field: a space is a plus.</summary>
    static string Escape(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    /// <summary>What of an address is the same for every number.</summary>
    sealed record Wire(string Start, string End);

    /// <summary>Nothing leaves with a session that is known to be over by then.</summary>
    sealed class WithSession(Departure departure, MobiFoneSession session, string sid) : Departure
    {
        public override bool TryLeave() => session.Current == sid && departure.TryLeave();
    }
}
