using SmsCampaign.Messages;

namespace SmsCampaign.Carriers;

/// <summary>
/// A way to hand messages to one carrier account.
/// </summary>
/// <remarks>
/// An adapter makes a single call and says what came of it. Waiting, trying again, throttling and logging
/// are the dispatcher's, the same for every carrier. One instance serves all threads.
/// </remarks>
public interface ICarrier
{
    /// <summary>Most messages the carrier takes in one call. 1 where it takes them one by one.</summary>
    int MostPerCall { get; }

    /// <summary>Whether, by its contract, the gateway drops a repeat of our reference: then a message whose answer a
    /// crash or a stop cut off is handed over again. Where not, it never is.</summary>
    bool DropsRepeats => false;

    /// <summary>What must stand before it can hand over. Null: nothing.</summary>
    ICarrierSession? Session => null;

    /// <summary>
    /// Makes one call, with one request, that hands over <paramref name="messages"/>.
    /// </summary>
    /// <param name="messages">1 to <see cref="MostPerCall"/> messages.</param>
    /// <param name="departure">To be asked right before the first byte is written.</param>
    /// <returns>One result a message, in the order given. Whatever a carrier can answer is a result, never an
    /// exception; an answer about the call as a whole is the answer for each message in it.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled. Whether the
    /// messages were taken is then not known.</exception>
    Task<IReadOnlyList<SendResult>> SendAsync(
        IReadOnlyList<OutboundSms> messages, Departure departure, CancellationToken cancellationToken);
}

/// <summary>
/// What a carrier must have before it can hand over, such as a login: it lasts over many calls, and no call makes it.
/// The account's: every run on it shares it.
/// </summary>
/// <remarks>Nobody keeps it alive: no gateway here has a request for that. What is over is opened again
/// when it is wanted.</remarks>
public interface ICarrierSession
{
    /// <summary>Whether it stands. Where not, nothing is handed over before
    /// <see cref="OpenAsync"/> has made it so.</summary>
    bool IsOpen { get; }

    /// <summary>Told when it is over, whoever found it out: lanes that wait open the next when the pace lets them. Not
    /// told of <see cref="Close"/>.</summary>
    event Action? Lost;

    /// <summary>Makes one request, which carries no message, unless one is under way already.</summary>
    /// <param name="departure">To be asked right before its first byte is written.</param>
    /// <returns>Null where it stands; else what keeps it from that, as of a message that was not taken.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<SendResult?> OpenAsync(Departure departure, CancellationToken cancellationToken);

    /// <summary>The account is not used any more: nothing leaves with it from now on. Waits for nothing.</summary>
    void Close();
}

/// <summary>
/// Implemented as well by a carrier that can be asked something harmless shortly before a window opens, so that the
/// first messages find what they need: a session, the gateway's address, code that has run before.
/// </summary>
public interface IWarmUp
{
    /// <summary>Makes one request, which carries no message and which no gateway counts as one.</summary>
    /// <param name="departure">To be asked right before its first byte is written.</param>
    /// <returns>What was found, for the log. It changes nothing: the lane finds out by itself. Holds no secret and
    /// no phone number.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled:
    /// the window opens.</exception>
    Task<AccountFinding> WarmUpAsync(Departure departure, CancellationToken cancellationToken);
}

/// <summary>
/// Implemented as well by a carrier that calls us back with delivery receipts.
/// </summary>
public interface IReceiptSource
{
    /// <summary>Whether every receipt names our own reference. Where not, the ids in the gateway's answers are kept to
    /// match receipts by.</summary>
    bool RepeatsReference { get; }

    /// <summary>Whether a message has an id for each of its parts, and a receipt tells only by that id which part it is
    /// about.</summary>
    bool PartsHaveOwnIds => false;

    /// <summary>
    /// Reads the receipts in one callback from the carrier. Of a list, what cannot be read is noted in
    /// <see cref="ReceiptCallback.Unread"/> and the rest is read all the same.
    /// </summary>
    /// <exception cref="FormatException">The callback as a whole is not one this carrier sends. The message says which
    /// part and holds no phone number.</exception>
    IReadOnlyList<DeliveryReceipt> ReadReceipts(ReceiptCallback callback);
}

/// <summary>
/// Implemented as well by a receipt source whose gateway signs its callbacks.
/// </summary>
public interface ISignedReceipts
{
    /// <summary>Whether the gateway signed the callback as it came. Never throws, and takes as long for a wrong
    /// signature as for a right one.</summary>
    bool IsSigned(in SignedCallback callback);
}

/// <param name="Query">As it stood in the address, without the question mark.</param>
/// <param name="Body">As it came; empty for a GET.</param>
/// <param name="Header">The value of a request header; null where there is none.</param>
public readonly record struct SignedCallback(string Query, ReadOnlyMemory<byte> Body, Func<string, string?> Header);

/// <summary>
/// Implemented as well by a carrier that can be asked what became of messages: one that may have been sent, or whose
/// receipt has not come.
/// </summary>
/// <remarks>
/// An adapter makes a single request. When to ask, how often, and what an answer changes is decided outside it
/// (<c>ReceiptInquiry</c>): a known status is applied as a receipt is, forward only; a message that
/// the gateway does not know goes back to planned only where the lane's document says that this is proof
/// (<see cref="InquiryOptions.AbsentMeansNotTaken"/>); where the gateway cannot say, nothing changes and it is asked
/// again later, ever less often, until the lane's receipt time is over.
/// </remarks>
public interface IReceiptQuery
{
    /// <summary>Null where the lane's settings describe no inquiry: then nothing may be asked.</summary>
    InquiryOptions? Inquiry { get; }

    /// <summary>Most messages in one request. 1 where they are asked about one by one.</summary>
    int MostPerQuery { get; }

    /// <summary>Whether the gateway is asked by our reference alone. Where not, only messages whose id it gave can be
    /// asked about.</summary>
    bool AsksByReference { get; }

    /// <summary>
    /// Makes one request that asks about <paramref name="messages"/>.
    /// </summary>
    /// <param name="messages">1 to <see cref="MostPerQuery"/> messages.</param>
    /// <returns>One answer a message, in the order given. Whatever a gateway or the network does is an answer, never an
    /// exception.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<IReadOnlyList<QueryAnswer>> AskAsync(IReadOnlyList<QueriedSms> messages, CancellationToken cancellationToken);
}

/// <summary>
/// Implemented as well by a carrier that can be asked about our account without sending
/// anything: what <c>doctor</c> shows.
/// </summary>
public interface IAccountCheck
{
    /// <summary>Asks about the account.</summary>
    /// <returns>What was found, in the order in which to show it; at least one. Whatever a gateway or the network does
    /// is a finding, never an exception. Holds no secret and no phone number.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<IReadOnlyList<AccountFinding>> CheckAccountAsync(CancellationToken cancellationToken);
}

/// <param name="IsGood">False where a person must act before the lane can send; null where the
/// gateway could not say.</param>
/// <param name="Words">What was found, and what to do where it is not good.</param>
public sealed record AccountFinding(bool? IsGood, Wording Words)
{
    /// <summary>One line, whatever the gateway wrote.</summary>
    public Wording Words { get; } = new(UnseenText.Show(Words.Vi), UnseenText.Show(Words.En));

    /// <summary>What is left on the account, VND; null where the gateway does not say, or in another unit.</summary>
    public decimal? BalanceVnd { get; init; }
}

/// <summary>
/// Implemented as well by a carrier whose gateway can tell the network of a number.
/// </summary>
public interface INetworkLookup
{
    /// <summary>Whether the lane's settings describe it: where not, nothing is ever found.</summary>
    bool LooksUpNetworks { get; }

    /// <summary>Asks which network a number is on today.</summary>
    /// <returns>A carrier by its name in the prefix table; null where the gateway cannot say,
    /// whatever the reason.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<string?> FindNetworkAsync(PhoneNumber number, CancellationToken cancellationToken);
}

/// <param name="Reference">Our own id for the message, as it was handed over with.</param>
/// <param name="CarrierMessageId">The id the carrier gave in its answer; null where none came.</param>
public sealed record QueriedSms(string Reference, string? CarrierMessageId)
{
    /// <summary>How it was handed over. Null where nothing of that is known.</summary>
    public SentCall? Call { get; init; }
}

/// <summary>The last call that carried a message, for gateways that are asked about calls.</summary>
/// <param name="FirstReference">The reference of the first message in the call.</param>
/// <param name="Attempt">As of <see cref="OutboundSms.Attempt"/>.</param>
/// <param name="At">When it was handed over; where a crash hides it, when it was about to be.</param>
public sealed record SentCall(PhoneNumber To, string FirstReference, long Attempt, DateTimeOffset At);

/// <param name="Reference">Our own id for the message, at most 36 letters, digits and dashes. The same at every
/// attempt, so that a receipt, or a repeat of the same message, can be matched.</param>
/// <param name="Sender">Sender ID or short code the phone will show.</param>
public sealed record OutboundSms(string Reference, PhoneNumber To, string Sender, SmsText Text)
{
    /// <summary>Number of the intent it is sent under, from 1: another at every attempt. One intent may cover many
    /// messages, and many calls with one message each.</summary>
    public long Attempt { get; init; }
}

/// <param name="Query">Query string, decoded.</param>
/// <param name="Body">Request body as it came, empty for a GET.</param>
/// <param name="ContentType">The request's Content-Type; empty where it gave none.</param>
public sealed record ReceiptCallback(
    IReadOnlyDictionary<string, string> Query, ReadOnlyMemory<byte> Body, string ContentType)
{
    List<UnreadItem>? _unread;

    /// <summary>What of a list could not be read: filled by the adapter.</summary>
    public IList<UnreadItem> Unread => _unread ??= [];

    /// <summary>Whether there is any; millions of callbacks have none.</summary>
    internal bool AnyUnread => _unread is { Count: > 0 };
}

/// <summary>One receipt of a list that cannot be read.</summary>
/// <param name="Item">Position in the list, from 0.</param>
/// <param name="Why">Holds no phone number.</param>
public readonly record struct UnreadItem(int Item, string Why);

/// <summary>What one receipt says of one message. At least one of the two ids is set.</summary>
/// <param name="Reference">Our reference, where the gateway repeats it.</param>
/// <param name="CarrierMessageId">The id the carrier gave in its answer, in the form of
/// <see cref="SendResult.ReceiptIds"/>.</param>
/// <param name="Status">Accepted, Sent, Delivered or Failed, as far as the gateway's words go. How far they are
/// trusted is the lane's setting, applied later.</param>
/// <param name="Failure">Set where <paramref name="Status"/> is Failed.</param>
/// <param name="Code">The carrier's own code, kept for the report. Holds no phone number.</param>
/// <param name="At">The moment the carrier gives; null where it gives none.</param>
/// <param name="Part">The part it is about, from 1; null where it is about the message as a whole, or only
/// <paramref name="CarrierMessageId"/> tells.</param>
/// <param name="Parts">How many parts the carrier says the message has; null where it does not say.</param>
public sealed record DeliveryReceipt(
    string? Reference,
    string? CarrierMessageId,
    MessageStatus Status,
    FailureClass? Failure,
    string? Code,
    DateTimeOffset? At,
    int? Part = null,
    int? Parts = null)
{
    /// <summary>Position in a callback that carries several, from 0.</summary>
    public int Item { get; init; }
}
