using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;

namespace SmsCampaign.Carriers;

/// <summary>What a carrier did with one attempt, and so what the dispatcher does next. The numbers are stored in
/// ledgers: never renumber.</summary>
public enum SendOutcome
{
    /// <summary>Taken. A receipt may follow.</summary>
    Accepted = 1,

    /// <summary>Refused for good: bad number, barred content. Not tried again. (No credit stops the lane.)</summary>
    Rejected = 2,

    /// <summary>Not taken this time, and certainly not sent: throttled, closed, unreachable.
    /// Tried again later.</summary>
    Deferred = 3,

    /// <summary>The request left us and no answer that means anything came. Trying again could send it twice.</summary>
    Uncertain = 4,
}

/// <summary>Why a message was put off, and so what trying again means. The numbers are stored in
/// ledgers: never renumber.</summary>
public enum Deferral
{
    /// <summary>The gateway said "too fast": the whole lane slows down. Uses up no try.</summary>
    TooFast = 1,

    /// <summary>Closed or unreachable: the whole lane waits. Uses up no try.</summary>
    Closed = 2,

    /// <summary>Not taken this time, for a reason that may be this message's own: it waits alone
    /// and uses up a try.</summary>
    Busy = 3,

    /// <summary>No answer came, at a gateway that drops repeats of our reference: repeated, which uses up a try; where
    /// none is left the message is uncertain, not failed.</summary>
    Lost = 4,

    /// <summary>Cut off by a crash or a stop before the answer came, at such a gateway. Uses up no try. Only in
    /// ledgers: no adapter says it.</summary>
    CutOff = 5,

    /// <summary>The account is not set up as it must be (wrong password, our address not allowed, sender ID not
    /// registered, no money): the lane stops until a person has mended it and says so, and its messages wait. Uses up
    /// no try and no time.</summary>
    Configuration = 6,

    /// <summary>A list was refused as a whole because of some message in it: each goes again in a call of its
    /// own. Uses up no try.</summary>
    Split = 7,

    /// <summary>Goes to another lane, as its number is on another network. Only in ledgers: no
    /// adapter says it.</summary>
    Rerouted = 8,
}

/// <summary>
/// The result of one attempt. Made by the methods named after its outcomes.
/// </summary>
public sealed record SendResult
{
    HoldCause _cause;

    SendResult(SendOutcome outcome) => Outcome = outcome;

    public SendOutcome Outcome { get; }

    /// <summary>The carrier's id for the message. Null unless accepted or uncertain, or where the
    /// gateway gives none.</summary>
    public string? CarrierMessageId { get; private init; }

    /// <summary>What receipts call the message where that is not <see cref="CarrierMessageId"/> as it stands: in the
    /// one form both are brought to (<see cref="CarrierIds"/>); one id a part where the parts have their own.</summary>
    public IReadOnlyList<string>? ReceiptIds { get; private init; }

    /// <summary>Set where rejected.</summary>
    public FailureClass? Failure { get; private init; }

    /// <summary>Why not, in English: the carrier's own code or words, or ours. For a log and an engineer; nothing is
    /// decided by it. Never holds credentials, a phone number or the message text. At most 200 characters.</summary>
    public string? Reason { get; private init; }

    /// <summary>Why not, where it is not the carrier's code that says it.</summary>
    public Messages.Reason Why { get; private init; }

    /// <summary>The carrier's own code, as the ledger and reports have it. Null where none came.</summary>
    public string? Code { get; private init; }

    /// <summary>What that means for the lane, where it is held by it.</summary>
    public HoldCause Cause => (_cause, Why) switch
    {
        (not HoldCause.AsSaid, _) => _cause,
        (_, Messages.Reason.NoConnection) => HoldCause.NoConnection,
        (_, Messages.Reason.NoAnswer) => HoldCause.NoAnswer,
        (_, Messages.Reason.ConnectionLost) => HoldCause.ConnectionLost,
        (_, Messages.Reason.Unreadable) => HoldCause.Unreadable,
        _ => HoldCause.AsSaid,
    };

    /// <summary>The gateway's own words, of an account that is not set up. May hold whatever the gateway echoed: to be
    /// cleared of secrets. Null where it said none.</summary>
    internal string? Said { get; private init; }

    /// <summary>How long the carrier asked us to wait. Null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Set where deferred.</summary>
    public Deferral? Deferral { get; private init; }

    /// <summary>Whether it was rejected because the number is on another network than the lane's: it may go once to the
    /// lane of its own.</summary>
    public bool IsWrongNetwork { get; private init; }

    /// <summary>The carrier whose network the number is on, by its name in the prefix table. Null where the
    /// gateway did not say.</summary>
    public string? Network { get; private init; }

    /// <summary>Where it goes instead. Set by the dispatcher where it found one.</summary>
    internal NewRoute? Route { get; private init; }

    /// <summary>Whether it goes again as soon as its lane may, and nothing is to be learnt of the gateway.</summary>
    internal bool IsPutBack { get; private init; }

    /// <summary>Whether the carrier said "too fast".</summary>
    public bool Throttled => Deferral == Carriers.Deferral.TooFast;

    public static SendResult Accepted(string? carrierMessageId, IReadOnlyList<string>? receiptIds = null) =>
        new(SendOutcome.Accepted) { CarrierMessageId = carrierMessageId, ReceiptIds = receiptIds };

    public static SendResult Rejected(FailureClass failure, string reason) =>
        new(SendOutcome.Rejected) { Failure = failure, Reason = Shorten(reason), Code = Shorten(reason) };

    /// <summary>Given up after tries that did not settle it.</summary>
    internal static SendResult Rejected(FailureClass failure, Messages.Reason why, string? code) =>
        new(SendOutcome.Rejected) { Failure = failure, Why = why, Code = code, Reason = ReasonWords.Of(why, code).En };

    /// <summary>The number is not on the network that the lane serves.</summary>
    /// <param name="network">Which it is on, where the gateway says so: a name of the prefix table.</param>
    public static SendResult WrongNetwork(string reason, string? network = null) =>
        Rejected(FailureClass.Number, reason) with { IsWrongNetwork = true, Network = network };

    /// <summary>The same refusal, of a message that goes to another lane.</summary>
    internal SendResult GoingTo(NewRoute route) =>
        PutOff(Carriers.Deferral.Rerouted, Reason!, null) with { Route = route };

    /// <summary>Closed, unreachable.</summary>
    public static SendResult Deferred(string reason, TimeSpan? retryAfter = null) =>
        PutOff(Carriers.Deferral.Closed, reason, retryAfter);

    /// <summary>Put off for a reason that is not the gateway's word.</summary>
    public static SendResult Deferred(Messages.Reason why, string reason, TimeSpan? retryAfter = null) =>
        Deferred(reason, retryAfter) with { Why = why, Code = null };

    /// <summary>Not taken for a reason of our own, such as a session that was over: it goes again as soon
    /// as its lane may.</summary>
    public static SendResult PutBack(string reason) =>
        Deferred(Messages.Reason.NotHandedOver, reason) with { IsPutBack = true };

    public static SendResult TooFast(string reason, TimeSpan? retryAfter = null) =>
        PutOff(Carriers.Deferral.TooFast, reason, retryAfter);

    public static SendResult Busy(string reason, TimeSpan? retryAfter = null) =>
        PutOff(Carriers.Deferral.Busy, reason, retryAfter);

    /// <summary>The account is not let in, or not set up for what we send.</summary>
    public static SendResult Misconfigured(string reason) => PutOff(Carriers.Deferral.Configuration, reason, null);

    /// <summary>Only for a list of more than one message.</summary>
    public static SendResult Split(string reason) => PutOff(Carriers.Deferral.Split, reason, null);

    /// <summary>Only where the gateway drops a repeat of our reference.</summary>
    public static SendResult Lost(Messages.Reason why, string reason) =>
        PutOff(Carriers.Deferral.Lost, reason, null) with { Why = why, Code = null };

    /// <summary>The gateway gave a code that does not say whether it took the message.</summary>
    public static SendResult Uncertain(string code) =>
        new(SendOutcome.Uncertain) { Reason = Shorten(code), Code = Shorten(code) };

    /// <param name="reason">As of <see cref="Reason"/>.</param>
    /// <param name="code">As of <see cref="Code"/>.</param>
    public static SendResult Uncertain(Messages.Reason why, string reason, string? code = null) =>
        new(SendOutcome.Uncertain) { Why = why, Reason = Shorten(reason), Code = code is null ? null : Shorten(code) };

    /// <summary>The gateway answered by a code no table knows.</summary>
    /// <param name="code">As it came, without a secret or a number.</param>
    public static SendResult UnknownCode(string code) =>
        Uncertain(Messages.Reason.UnknownCode, $"unknown code {code}", $"code {code}");

    /// <summary>The same, with what it means for the lane.</summary>
    public SendResult Because(HoldCause cause) => this with { _cause = cause };

    /// <summary>The same, with the gateway's own words where it is the account that is not set up.</summary>
    internal SendResult Saying(CarrierAnswer answer) =>
        Deferral == Carriers.Deferral.Configuration && GatewaySpeech.In(answer.Body) is { } words
            ? this with { Said = words }
            : this;

    /// <summary>The same, with the gateway's own words as <paramref name="clear"/> lets them stand.</summary>
    internal SendResult Cleared(Func<string, string> clear) =>
        Said is { } words ? this with { Said = clear(words) } : this;

    /// <summary>The same, with an id that the gateway can be asked by.</summary>
    public SendResult WithId(string carrierMessageId, IReadOnlyList<string>? receiptIds = null) =>
        this with { CarrierMessageId = carrierMessageId, ReceiptIds = receiptIds };

    /// <summary>The same where its ids may be kept; else it may have been taken, under an id that nobody will ever name
    /// (<see cref="CarrierIds.Longest"/>).</summary>
    internal SendResult WithinBounds()
    {
        var ids = ReceiptIds?.Count ?? 1;
        var fits = ids <= MostParts
            && !(CarrierMessageId?.Length > (CarrierIds.Longest + 1) * Math.Max(1, ids) - 1) // with a comma between
            && !(ReceiptIds?.Any(id => id.Length > CarrierIds.Longest) ?? false);
        return fits ? this : Uncertain(Messages.Reason.WithoutId, "accepted under ids that are too long or too many");
    }

    /// <summary>A byte counts the parts of a message (3GPP TS 23.040, 9.2.3.24.1), and each
    /// has an id at most.</summary>
    const int MostParts = 255;

    static SendResult PutOff(Deferral deferral, string reason, TimeSpan? retryAfter) =>
        new(SendOutcome.Deferred)
        {
            Deferral = deferral,
            Reason = Shorten(reason),
            Code = Shorten(reason),
            RetryAfter = retryAfter,
        };

    /// <summary>One line of a bearable length, whatever the gateway wrote.</summary>
    static string Shorten(string reason)
    {
        var shown = UnseenText.Show(reason);
        return shown.Length <= 200 ? shown : shown[..200];
    }
}
