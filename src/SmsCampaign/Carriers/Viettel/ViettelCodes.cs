using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Viettel;

/// <summary>
/// What Viettel's gateway says of a message. It says it in words, some of them with an address, a count of bytes or a
/// network after them, so they are known by how they begin. Source: Viettel's integration guide "BulkSMS WebService" as
/// its clients in public repositories have it; the number beside each is the guide's in one of those. Words that are
/// not here are never guessed at.
/// </summary>
static class ViettelCodes
{
    /// <summary>Said of a message that was taken.</summary>
    public const string Queued = "Insert MT_QUEUE: OK";

    /// <summary>Said of an account whose balance was read.</summary>
    public const string BalanceRead = "check balance success";

    /// <summary>May stand before any of those about the account.</summary>
    const string Authenticate = "Authenticate: ";

    const string AliasInvalid = "Check ServiceID: ALIAS_INVALID";
    const string Telco = ":TELCO=";

    enum Meaning
    {
        /// <summary>The account is not as it must be, or we wrote the request wrongly: no message is
        /// written off for that.</summary>
        NotSetUp,

        /// <summary>The number is wrong.</summary>
        Number,

        /// <summary>The text is refused.</summary>
        Content,

        /// <summary>The gateway has the same text for the same number already.</summary>
        Taken,

        /// <summary>The sender is not declared for the network that follows.</summary>
        Alias,

        /// <summary>The gateway is in trouble.</summary>
        Busy,
    }

    static readonly (string Beginning, Meaning Means)[] Table =
    [
        ("Cp_code: NULL_OR_BLANK", Meaning.NotSetUp),                      // 2
        ("UserName: NULL_OR_BLANK", Meaning.NotSetUp),                     // 3
        ("Password: NULL_OR_BLANK", Meaning.NotSetUp),                     // 4
        ("CP_CODE_NOT_FOUND", Meaning.NotSetUp),                           // 5
        ("WRONG_INFORMATION_AUTHENTICATE", Meaning.NotSetUp),              // 6
        ("IP_INVALID", Meaning.NotSetUp),                                  // 8; (YOUR IP: address) follows
        ("Check RequestID: NULL_OR_BLANK", Meaning.NotSetUp),              // 9
        ("Check RequestID: REQUEST_ID_NOT_NUMBER", Meaning.NotSetUp),      // 11
        ("Check UserID: NULL_OR_BLANK", Meaning.NotSetUp),                 // 13
        ("Check ReceiverID: NULL_OR_BLANK", Meaning.NotSetUp),             // 14
        ("Check ReceiverID: FORMAT_ERROR", Meaning.Number),                // 15
        ("Length of ReceiverID is invalid", Meaning.Number),               // 15
        ("UserID_NOT_EQUAL_ReceiverID", Meaning.NotSetUp),                 // 16
        ("Unable to check telco from input receiver", Meaning.Number),     // 17
        ("Check ServiceID: DUPLICATE MESSAGE", Meaning.Taken),             // 18
        (AliasInvalid, Meaning.Alias),                                     // 19; :TELCO= and a network follow
        ("Check CommandCode: NULL_OR_BLANK", Meaning.NotSetUp),            // 21
        ("Check CommandCode: COMMAND_CODE_ERROR", Meaning.NotSetUp),       // 23
        ("Check Content: NULL_OR_BLANK", Meaning.NotSetUp),                // 24
        ("Check Content: MAXLENGTH_LIMIT", Meaning.Content),               // 25; _n_BYTE (YOUR_CONTENT: m BYTE) follows
        ("Check Content: MSG_ERROR_CONTAIN_BLACKLIST", Meaning.Content),   // 26
        ("Check template: CONTENT_NOT_MATCH_TEMPLATE", Meaning.Content),   // 98
        ("Check information error", Meaning.Busy),                         // 99
    ];

    /// <summary>Networks as the gateway names them, and as the prefix table does.</summary>
    static readonly (string Telco, string Carrier)[] Networks =
    [
        ("VT", "viettel"),
        ("VN", "vinaphone"),
        ("MB", "mobifone"),
        ("VM", "vietnamobile"),
    ];

    public static bool IsQueued(string message) => message.StartsWith(Queued, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the gateway's words say of a message that it did not take now.</summary>
    /// <param name="carriers">Those the lane serves.</param>
    /// <returns>Null where the words are in no table.</returns>
    public static SendResult? Refusal(string message, IReadOnlyList<string> carriers) =>
        Find(message) is not { } known ? null : known.Means switch
        {
            Meaning.NotSetUp => SendResult.Misconfigured(known.Beginning),
            Meaning.Number => SendResult.Rejected(FailureClass.Number, known.Beginning),
            Meaning.Content => SendResult.Rejected(FailureClass.Content, known.Beginning),
            Meaning.Taken => SendResult.Accepted(null),
            Meaning.Alias => ReadAlias(message, carriers),
            _ => SendResult.Busy(known.Beginning),
        };

    /// <summary>The gateway's words where they are in the table; else the code they end with, as far as
    /// it may be shown.</summary>
    public static string NameOf(string message, IReadOnlyList<string> secrets)
    {
        if (Find(message) is { } known)
            return known.Beginning;

        var code = message.LastIndexOf(": ", StringComparison.Ordinal) is var at and >= 0
            ? message[(at + 2)..]
            : message;
        return $"unknown code {CarrierCode.Clean(code, secrets)}";
    }

    /// <summary>Whether the words are about the account.</summary>
    public static bool IsOfAccount(string message) => Find(message) is { Means: Meaning.NotSetUp };

    static (string Beginning, Meaning Means)? Find(string message)
    {
        var words = message.StartsWith(Authenticate, StringComparison.OrdinalIgnoreCase)
            ? message.AsSpan(Authenticate.Length)
            : message;
        foreach (var known in Table)
        {
            if (words.StartsWith(known.Beginning, StringComparison.OrdinalIgnoreCase))
                return known;
        }

        return null;
    }

    /// <summary>Not declared for a network that the lane does not serve: the number is on another than its prefix says.
    /// For one of the lane's own, or where the gateway does not say for which: no message would be taken.</summary>
    static SendResult ReadAlias(string message, IReadOnlyList<string> carriers)
    {
        if (message.IndexOf(Telco, StringComparison.OrdinalIgnoreCase) is not (>= 0 and var at))
            return SendResult.Misconfigured(AliasInvalid);

        var telco =
            string.Concat(message[(at + Telco.Length)..].TakeWhile(char.IsAsciiLetter).Take(2)).ToUpperInvariant();
        foreach (var (name, carrier) in Networks)
        {
            if (telco != name)
                continue;

            var reason = $"{AliasInvalid}{Telco}{name}";
            return carriers.Contains(carrier)
                ? SendResult.Misconfigured(reason)
                : SendResult.WrongNetwork(reason, carrier);
        }

        // A network without a name here is another than any that has one.
        return telco.Length == 2 && carriers.All(carrier => Networks.Any(network => network.Carrier == carrier))
            ? SendResult.WrongNetwork(AliasInvalid)
            : SendResult.Misconfigured(AliasInvalid);
    }
}
