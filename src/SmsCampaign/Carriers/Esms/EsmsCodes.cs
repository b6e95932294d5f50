using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Esms;

/// <summary>
/// What CodeResult in an answer to a care message means. Source: developers.esms.vn/en/esms-api/table-of-error-codes
/// and its Vietnamese page; 131, 132, 145 and 159 from older issues of the table. Codes of Zalo, Viber and calls are
/// left out. A code that is not here is kept by its number and never guessed at.
/// </summary>
static class EsmsCodes
{
    /// <summary>Taken. Only that eSMS has it: nothing of the network or the phone.</summary>
    public const int Ok = 100;

    /// <summary>Of inquiries: no message has the id, or it is older than 7 days.</summary>
    public const int NotFound = 105;

    /// <summary>Taken before: the same RequestId comes again only where something between us repeats the request, or
    /// where repeats are dropped by contract.</summary>
    static readonly FrozenSet<int> TakenBefore = FrozenSet.Create(
        124,  // duplicate RequestId
        199); // the request exists already and is being processed

    static readonly FrozenDictionary<int, SendResult> Refusals = new Dictionary<int, SendResult>
    {
        [99] = Rejected(99, FailureClass.Number),   // the number is blocked in the system (older issues: unknown error)
        [108] = Rejected(108, FailureClass.Number), // the number is not in correct format

        [131] = Rejected(131, FailureClass.Content), // advertising text longer than 422 characters
        [145] = Rejected(145, FailureClass.Content), // wrong template
        [146] = Rejected(146, FailureClass.Content), // wrong care template

        [101] = NotSetUp(101),                       // wrong ApiKey or SecretKey
        [102] = NotSetUp(102),                       // no price list (older issues: account locked)
        [103] = NotSetUp(103),                       // not enough balance
        [104] = NotSetUp(104),                       // the sender name does not exist
        [118] = NotSetUp(118),                       // message type not supported
        [132] = NotSetUp(132),                       // no right to send by a fixed number
        [140] = NotSetUp(140),                       // our IP address is not declared
        [177] = NotSetUp(177),                       // the network is not registered for the sender name

        // What we wrote was wrong, or taken for another type of message: a mistake of the program or of the
        // account, not of the message.
        [107] = NotSetUp(107),                       // an advertising request has at least 30 numbers
        [110] = NotSetUp(110),                       // the requested data is incorrect
        [119] = NotSetUp(119),                       // too few numbers for advertising
        [120] = NotSetUp(120),                       // too many numbers
        [159] = NotSetUp(159),                       // RequestId longer than 120 characters
        [300] = NotSetUp(300),                       // message type missing
        [301] = NotSetUp(301),                       // code of a type of service that is not supported
    }.ToFrozenDictionary();

    public static bool MeansTaken(int code) => code == Ok || TakenBefore.Contains(code);

    /// <returns>Null where the code means taken, or is in no table.</returns>
    public static SendResult? Refusal(int code) => Refusals.GetValueOrDefault(code);

    /// <summary>Whether the account is not let in, or not set up.</summary>
    public static bool IsOfAccount(int code) => Refusal(code) is { Deferral: Deferral.Configuration };

    /// <summary>Text or number: eSMS writes codes and counts in either form.</summary>
    /// <returns>Null where there is none.</returns>
    public static string? ValueIn(JsonElement root, string name) =>
        GatewayJson.TextIn(root, name) ?? GatewayJson.NumberIn(root, name)?.ToString(CultureInfo.InvariantCulture);

    /// <returns>Null where it is no code of eSMS's form: 0 to 999.</returns>
    public static int? Parse(string code) =>
        code.Length <= 3 && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    static SendResult Rejected(int code, FailureClass failure) => SendResult.Rejected(failure, $"code {code}");

    static SendResult NotSetUp(int code) => SendResult.Misconfigured($"code {code}");
}
