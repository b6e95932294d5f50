using System.Globalization;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Viettel;

/// <summary>
/// Viettel's bulk SMS gateway, the SOAP service CcApi: wsCpMt for one message, wsCpBatchMt for lists, wsCpMtRegDlr
/// where a receipt is asked for. Source: its WSDL and guide ("BulkSMS WebService"), as clients in public repositories
/// have them. It does not call back.
/// </summary>
/// <param name="http">Hands over messages.</param>
sealed class ViettelCarrier(
    ViettelLaneOptions options, HttpMessageInvoker http) : ICarrier, IReceiptQuery, IAccountCheck, IWarmUp, IDisposable
{
    public static readonly CarrierType Type =
        CarrierType.Of<ViettelLaneOptions>("viettel", (options, http) => new ViettelCarrier(options, http)) with
        {
            LiveHosts = ["viettel.vn"],
        };

    readonly ViettelRequests _requests = new(options);
    readonly HttpClient _asking = CarrierHttp.CreateClient(options);
    readonly ViettelFailedNumbers? _failed = options.Inquiry is { Method: ViettelInquiryMethod.FailSub } inquiry
        ? new(options, inquiry)
        : null;

    public int MostPerCall => options.MostPerCall;

    public InquiryOptions? Inquiry => options.Inquiry;

    public int MostPerQuery => _failed is null ? options.Inquiry?.MostPerQuery ?? 1 : ViettelFailedNumbers.MostPerQuery;

    /// <summary>Whether numbers are looked for, not the gateway's ids: then every message can be asked about.</summary>
    public bool AsksByReference => _failed is not null;

    public Task<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken) =>
        CarrierHttp.ExchangeAsync(
            http,
            _requests.Send(messages),
            messages.Count,
            answer => Read(answer, messages),
            departure,
            cancellationToken);

    public Task<IReadOnlyList<QueryAnswer>> AskAsync(
        IReadOnlyList<QueriedSms> messages, CancellationToken cancellationToken) =>
        options.Inquiry is not { } inquiry ? throw new InvalidOperationException("this lane has no inquiry")
        : _failed is not null ? _failed.AskAsync(_asking, _requests, messages, cancellationToken)
        : new ViettelDlrStatus(options, inquiry).AskAsync(_asking, _requests, messages, cancellationToken);

    public async Task<IReadOnlyList<AccountFinding>> CheckAccountAsync(CancellationToken cancellationToken) =>
        [await AskAccountAsync(_asking, cancellationToken)];

    public Task<AccountFinding> WarmUpAsync(Departure departure, CancellationToken cancellationToken) =>
        AskAccountAsync(http, cancellationToken, departure);

    public void Dispose() => _asking.Dispose();

    Task<AccountFinding> AskAccountAsync(
        HttpMessageInvoker via, CancellationToken cancellationToken, Departure? departure = null) =>
        CarrierHttp.AskAsync(via, _requests.Balance(), ReadBalance, Unknown, cancellationToken, departure);

    IReadOnlyList<SendResult>? Read(CarrierAnswer answer, IReadOnlyList<OutboundSms> messages)
    {
        if (ViettelAnswer.Read(answer.Body) is not { } read)
            return answer.IsSuccess ? throw new FormatException("a success without a readable answer") : null;

        if (read.Fault is { } fault)
            return ReadFault(answer, fault, messages.Count);

        var results = messages.Count == 1
            ? [ReadResult(read.Field("message"), read.Field("result"), messages[0])]
            : ReadList(read, messages);
        if (answer.IsSuccess)
            return results;

        return results.Any(result => result.Outcome == SendOutcome.Accepted)
            ? throw new FormatException($"HTTP {(int)answer.Status} with a result that means accepted")
            : results.Any(result => result.Outcome == SendOutcome.Uncertain) ? null
            : results;
    }

    /// <summary>A fault is no proof that nothing was taken, unless its words are.</summary>
    IReadOnlyList<SendResult>? ReadFault(CarrierAnswer answer, string fault, int count)
    {
        if (ViettelCodes.Refusal(fault, options.Carriers) is { } refusal)
            return CarrierHttp.ForAll(count, OfWholeCall(refusal, fault, count));

        return CarrierHttp.MeaningOf(answer).Outcome == SendOutcome.Deferred
            ? null
            : CarrierHttp.ForAll(count, SendResult.Uncertain(
                Reason.HttpStatus,
                $"HTTP {(int)answer.Status}, fault: {NameOf(fault)}",
                $"HTTP {(int)answer.Status}, {NameOf(fault)}"));
    }

    IReadOnlyList<SendResult> ReadList(ViettelAnswer read, IReadOnlyList<OutboundSms> messages)
    {
        if (read.Entries.Count == 0)
        {
            var words = read.Field("errDesc") ?? "";
            return CarrierHttp.ForAll(messages.Count, ViettelCodes.Refusal(words, options.Carriers) is { } refusal
                ? OfWholeCall(refusal, words, messages.Count)
                : SendResult.Uncertain(
                    Reason.Unreadable,
                    words.Length == 0 ? "a list without results" : $"a list without results, {NameOf(words)}",
                    words.Length == 0 ? null : NameOf(words)));
        }

        var results = new SendResult?[messages.Count];
        foreach (var entry in read.Entries)
        {
            if (!int.TryParse(
                entry.GetValueOrDefault("requestId"), NumberStyles.None, CultureInfo.InvariantCulture, out var request)
                || request < 1 || request > messages.Count)
            {
                continue;
            }

            results[request - 1] = results[request - 1] is null
                ? ReadResult(
                    entry.GetValueOrDefault("message"), entry.GetValueOrDefault("result"), messages[request - 1])
                : SendResult.Uncertain(Reason.Unreadable, "two results for one message");
        }

        return [.. results.Select(
            result => result ?? SendResult.Uncertain(Reason.Unreadable, "no result for this message"))];
    }

    /// <summary>What a refusal of a whole list says of each message in it: what is wrong with one of them,
    /// nothing of the others.</summary>
    SendResult OfWholeCall(SendResult refusal, string words, int count) =>
        count > 1 && refusal is ({ Outcome: SendOutcome.Accepted } or { Failure: FailureClass.Number })
            ? SendResult.Split(NameOf(words))
            : refusal;

    SendResult ReadResult(string? message, string? result, OutboundSms sms)
    {
        var words = message ?? "";
        var number = long.TryParse(result, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given)
            ? given
            : (long?)null;
        var refusal = ViettelCodes.Refusal(words, options.Carriers);

        if (IsTaken(words, result, number))
        {
            return refusal is null or { Outcome: SendOutcome.Accepted }
                ? SendResult.Accepted(IdIn(words, number, sms))
                : SendResult.Uncertain(
                    Reason.UnknownCode,
                    $"result {Shown(number)} with {NameOf(words)}",
                    $"{Shown(number)}: {NameOf(words)}");
        }

        if (refusal is not null)
            return refusal;
        if (number is null)
            return SendResult.Uncertain(Reason.Unreadable, "a result that says nothing");

        var said = words.Length == 0 ? "no message" : NameOf(words);
        return SendResult.Uncertain(
            Reason.UnknownCode,
            $"result {Shown(number)}: {said}",
            words.Length == 0 ? Shown(number) : $"{Shown(number)}: {said}");
    }

    bool IsTaken(string words, string? result, long? number) => number switch
    {
        1 => true,
        > 1 => options.MessageIdIn == ViettelIdIn.Result && ViettelCodes.IsQueued(words),
        _ => string.IsNullOrEmpty(result) && ViettelCodes.IsQueued(words),
    };

    /// <returns>Null where there is none, or what stands there is the subscriber's number.</returns>
    string? IdIn(string words, long? number, OutboundSms sms)
    {
        var id = options.MessageIdIn switch
        {
            ViettelIdIn.Message => OnlyNumberIn(words),
            ViettelIdIn.Result => number > 1 ? number : null,
            _ => null,
        };
        return id is { } given && given != sms.To.Msisdn && given != sms.To.Msisdn - 84_000_000_000
            ? given.ToString(CultureInfo.InvariantCulture)
            : null;
    }

    string Shown(long? number) =>
        CarrierCode.Clean(string.Create(CultureInfo.InvariantCulture, $"{number}"), options.Secrets);

    static long? OnlyNumberIn(string words)
    {
        var first = words.AsSpan().IndexOfAnyInRange('0', '9');
        if (first < 0)
            return null;

        var rest = words.AsSpan(first);
        var length = rest.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : rest.Length;
        return !rest[length..].ContainsAnyInRange('0', '9')
            && long.TryParse(rest[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    AccountFinding ReadBalance(CarrierAnswer answer)
    {
        var read = ViettelAnswer.Read(answer.Body);
        var words = read?.Fault ?? read?.Field("errDesc") ?? "";
        if (ViettelCodes.IsOfAccount(words))
            return NotLetIn(NameOf(words));
        if (!answer.IsSuccess)
            return CarrierHttp.MeaningOf(answer).Deferral == Deferral.Configuration
                ? NotLetIn($"HTTP {(int)answer.Status}")
                : Unknown($"HTTP {(int)answer.Status}");
        if (read is not { Fault: null }
            || !(words.StartsWith(ViettelCodes.BalanceRead, StringComparison.OrdinalIgnoreCase)
                || read.Field("errCode") == "0"))
            return Unknown(words.Length == 0 ? "an answer that says nothing" : NameOf(words));

        if (!decimal.TryParse(read.Field("balance"), NumberStyles.Float, CultureInfo.InvariantCulture, out var balance)
            || balance is < -1e15m or > 1e15m)
        {
            return new AccountFinding(null, new Wording(
                "Tài khoản Viettel dùng được, chưa biết số dư.",
                "Viettel's gateway lets the account in, but says no balance."));
        }

        var shown = Figures.Count((long)decimal.Floor(balance));
        return balance > 0
            ? new AccountFinding(true, new Wording(
                $"Tài khoản Viettel dùng được. Số dư: {shown} (đơn vị theo hợp đồng).",
                $"Viettel's gateway lets the account in. Balance: {shown} (in the contract's unit)."))
            : new AccountFinding(null, new Wording(
                $"Tài khoản Viettel dùng được. Số dư: {shown}. Nếu hợp đồng trả trước, hãy nạp thêm trước khi gửi.",
                $"Viettel's gateway lets the account in. Balance: {shown}. Where the contract is prepaid, "
                    + $"add to it before sending."));
    }

    static AccountFinding NotLetIn(string why) => new(false, new Wording(
        $"Tài khoản Viettel chưa dùng được ({GatewayWords.Of(why)}). Hãy hỏi Viettel: user, mật khẩu, cpCode, "
            + $"và địa chỉ IP của máy này đã khai báo chưa.",
        $"Viettel's gateway does not let the account in ({GatewayWords.Of(why)}). Ask Viettel about user, password, "
            + $"cpCode, and whether this machine's IP address is declared."));

    static AccountFinding Unknown(string why) => new(null, new Wording(
        $"Không hỏi được số dư ở cổng nhắn tin của Viettel ({GatewayWords.Of(why)}).",
        $"Viettel's gateway could not be asked for the balance ({GatewayWords.Of(why)})."));

    string NameOf(string words) => ViettelCodes.NameOf(words, options.Secrets);
}
