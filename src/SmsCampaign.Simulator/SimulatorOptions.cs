namespace SmsCampaign.Simulator;

/// <summary>
/// A stand-in carrier network.
/// </summary>
/// <param name="Seed">Decides, together with a message's reference, all that is left to chance: the same seed does the
/// same to the same reference, in whatever order messages come.</param>
/// <param name="ReceiptUrl">Receipts of a carrier are posted to this address, a slash and its
/// name; null: to nobody.</param>
public sealed record SimulatorOptions(
    int Seed, IReadOnlyList<SimulatedCarrierOptions> Carriers, Uri? ReceiptUrl = null);

/// <summary>
/// How one carrier behaves. Shares are of 0 to 1 and decided by a message's reference; those that concern a whole call
/// by the reference of its first message.
/// </summary>
/// <param name="Name">Messages are posted to <c>/NAME/messages</c>.</param>
public sealed record SimulatedCarrierOptions(string Name)
{
    /// <summary>Most parts in any sliding second; what comes beyond is answered 429. Null: any number.</summary>
    /// <remarks>What left a sender evenly arrives less so. Where 429 is not what is tried out, allow some per cent more
    /// than the sender's own rate.</remarks>
    public int? Rate { get; init; }

    /// <summary>Shortest time from request to answer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Up to so much is added to <see cref="Latency"/>.</summary>
    public TimeSpan LatencyJitter { get; init; }

    /// <summary>Share of messages refused for good, with one of <see cref="RefusedCodes"/>.</summary>
    public double RefusedShare { get; init; }

    public IReadOnlyList<string> RefusedCodes { get; init; } = ["barred_number", "barred_content", "unknown_sender"];

    /// <summary>Share of messages refused because the number is on another network, with "other_network".</summary>
    public double OtherNetworkShare { get; init; }

    /// <summary>How many messages the account pays for; every call that comes after is answered "no_money", each time
    /// anew. Null: any number.</summary>
    public long? Credit { get; init; }

    /// <summary>Share of calls answered 429 at their first attempt, whatever the rate.</summary>
    public double ThrottledShare { get; init; }

    /// <summary>Share of calls answered 503 at their first attempt, without a time to come back.</summary>
    public double BusyShare { get; init; }

    /// <summary>Shortest time from taking a message to its receipt.</summary>
    public TimeSpan ReceiptDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Up to so much is added to <see cref="ReceiptDelay"/>.</summary>
    public TimeSpan ReceiptDelayJitter { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Share of receipts that say "not delivered", with one of <see cref="FailedCodes"/>.</summary>
    public double FailedShare { get; init; }

    public IReadOnlyList<string> FailedCodes { get; init; } =
        ["absent_subscriber", "memory_full", "barred_subscriber", "EXPIRED"];

    /// <summary>Share of receipts that come twice.</summary>
    public double DuplicateShare { get; init; }

    /// <summary>How many times more such a receipt comes, each a little later than the one before.</summary>
    public int Duplicates { get; init; } = 1;

    /// <summary>Share of messages whose receipt arrives before the answer to the call that brought them.</summary>
    public double BeforeAnswerShare { get; init; }

    /// <summary>Whether a message of several parts has a receipt for each, with "part" and "parts". One that fails
    /// fails with its last part.</summary>
    public bool ReceiptEachPart { get; init; }

    /// <summary>Share of messages taken for which no receipt ever comes.</summary>
    public double NoReceiptShare { get; init; }

    /// <summary>Share of calls whose connection is reset, at their first attempt, after the
    /// messages were taken.</summary>
    public double ResetShare { get; init; }

    public bool AcceptsLists { get; init; } = true;

    /// <summary>Whether a reference that was taken already is answered as before, and not sent again.</summary>
    public bool DropsRepeats { get; init; }

    /// <summary>Share of calls that are never answered, at their first attempt, though the
    /// messages were taken.</summary>
    public double NoAnswerShare { get; init; }

    /// <summary>Whether <c>/NAME/inquiry</c> tells what became of a reference. It remembers all of them.</summary>
    public bool AnswersInquiries { get; init; }

    /// <summary>Share of references whose first inquiry is answered 503.</summary>
    public double InquiryFailedShare { get; init; }

    /// <summary>Where it must be logged in to: it takes messages under a session and by no other address, one a call,
    /// and knows no reference (<see cref="SimulatedSessions"/>). Null: it need not.</summary>
    public SimulatedSessionOptions? Sessions { get; init; }
}

/// <summary>How a carrier that must be logged in to deals with its sessions.</summary>
public sealed record SimulatedSessionOptions
{
    /// <summary>Shortest time a login takes.</summary>
    public TimeSpan LoginLatency { get; init; }

    /// <summary>Up to so much is added to <see cref="LoginLatency"/>.</summary>
    public TimeSpan LoginLatencyJitter { get; init; }

    /// <summary>How many messages a session is good for. Any number unless set.</summary>
    public int Messages { get; init; } = int.MaxValue;

    /// <summary>Share of sessions that are given and then not known.</summary>
    public double RefusedShare { get; init; }
}
