using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Vmg;

/// <summary>
/// What errorCode in an answer to SendSMS means. Source: the table of VMG's "SMS Brandname" v1.5 as
/// integrations in public repositories copy it (config/gateways/SOURCES.md, vmg). A code that is not here is
/// kept by its name and never guessed at.
/// </summary>
static class VmgCodes
{
    public const string Ok = "000";

    /// <summary>The same requestId within an hour, or the same text to the number within five minutes: it
    /// has this message.</summary>
    const string TakenBefore = "304";

    /// <summary>The account may not send to the network. Where the gateway found the network, that
    /// is of this number.</summary>
    const string NetworkNotAllowed = "012";

    static readonly FrozenDictionary<string, SendResult> Refusals = new Dictionary<string, SendResult>
    {
        ["005"] = Rejected("005", FailureClass.Number),  // receiver invalid
        ["013"] = Rejected("013", FailureClass.Number),  // the receiver is on the blacklist
        ["019"] = Rejected("019", FailureClass.Number),  // bad number (of advertising: too few receivers)

        ["007"] = Rejected("007", FailureClass.Content), // blocked word
        ["008"] = Rejected("008", FailureClass.Content), // contains Unicode
        ["009"] = Rejected("009", FailureClass.Content), // characters outside GSM 03.38
        ["010"] = Rejected("010", FailureClass.Content), // length
        ["011"] = Rejected("011", FailureClass.Content), // fits no template
        ["024"] = Rejected("024", FailureClass.Content), // more parts than the account may send
        ["025"] = Rejected("025", FailureClass.Content), // cannot be converted

        ["021"] = SendResult.Deferred("code 021"),       // hours in which advertising is blocked

        [NetworkNotAllowed] = NotSetUp(NetworkNotAllowed),
        ["003"] = NotSetUp("003"),                       // the type of message is not allowed for the account
        ["014"] = NotSetUp("014"),                       // no money
        ["015"] = NotSetUp("015"),                       // no quota
        ["100"] = NotSetUp("100"),                       // token
        ["101"] = NotSetUp("101"),                       // account locked
        ["102"] = NotSetUp("102"),                       // user
        ["103"] = NotSetUp("103"),                       // role
        ["801"] = NotSetUp("801"),                       // template not set up
        ["802"] = NotSetUp("802"),                       // profile not set up
        ["803"] = NotSetUp("803"),                       // price not set up
        ["804"] = NotSetUp("804"),                       // no route
        ["805"] = NotSetUp("805"),                       // the route takes no Unicode
        ["904"] = NotSetUp("904"),                       // sender name

        // What we wrote was wrong, or taken for another type of message: a mistake of the program or of the
        // account, not of the message.
        ["001"] = NotSetUp("001"),                       // input invalid
        ["002"] = NotSetUp("002"),                       // type invalid
        ["006"] = NotSetUp("006"),                       // telco invalid
        ["016"] = NotSetUp("016"),                       // schedule
        ["017"] = NotSetUp("017"),                       // order code (advertising)
        ["018"] = NotSetUp("018"),                       // package code (advertising)
        ["020"] = NotSetUp("020"),                       // telco filter (advertising)
        ["022"] = NotSetUp("022"),                       // format

        ["999"] = SendResult.Uncertain("code 999"),      // error of the server: it does not say whether before or after
    }.ToFrozenDictionary();

    public static bool MeansTaken(string code) => code is Ok or TakenBefore;

    /// <param name="findsNetwork">Whether the gateway finds the number's network by itself.</param>
    /// <returns>Null where the code means taken, or is in no table.</returns>
    public static SendResult? Refusal(string code, bool findsNetwork) =>
        findsNetwork && code == NetworkNotAllowed
            ? SendResult.WrongNetwork($"code {code}")
            : Refusals.GetValueOrDefault(code);

    /// <summary>As 000, be it written as a text or a number.</summary>
    /// <returns>Null where there is none.</returns>
    public static string? CodeIn(JsonElement root) =>
        GatewayJson.TextIn(root, "errorCode")
        ?? GatewayJson.NumberIn(root, "errorCode")?.ToString("D3", CultureInfo.InvariantCulture);

    static SendResult Rejected(string code, FailureClass failure) => SendResult.Rejected(failure, $"code {code}");

    static SendResult NotSetUp(string code) => SendResult.Misconfigured($"code {code}");
}
