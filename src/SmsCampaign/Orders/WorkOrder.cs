using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SmsCampaign.Orders;

/// <summary>
/// What a carrier is asked to text to its own subscribers: the machine-readable form of the letter, which the carrier
/// gets beside it and which its report is held to. config/schema/order.schema.json describes it as JSON.
/// </summary>
public sealed record WorkOrder
{
    /// <summary>The form below.</summary>
    public const string Form = "order/1";

    public string Schema { get; init; } = Form;

    /// <summary>Mã lệnh: the same for every revision.</summary>
    public required string OrderId { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Revision { get; init; }

    /// <summary>What it takes the place of, as <c>ORDER/REVISION</c>; null for the first.</summary>
    public string? Replaces { get; init; }
    public required string Campaign { get; init; }

    /// <summary>What the letter is about: V/v.</summary>
    public required string Subject { get; init; }

    /// <summary>Name of the holder in the installation file.</summary>
    public required string Holder { get; init; }
    public required OrderDirective Directive { get; init; }
    public required OrderMessage Message { get; init; }
    public required OrderSender Sender { get; init; }
    public required OrderWindow Window { get; init; }
    public required OrderAudience Audience { get; init; }

    /// <summary>By when the carrier says yes or no.</summary>
    public required DateTimeOffset AcknowledgeBy { get; init; }

    /// <summary>By when it reports.</summary>
    public required DateTimeOffset ReportBy { get; init; }

    /// <summary>Whom to ask at the department.</summary>
    public required OrderContact Contact { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, OrderJson.ForPersons);

    /// <returns>Null where it is no such order.</returns>
    public static WorkOrder? TryParse(string json) =>
        OrderJson.TryRead<WorkOrder>(json, OrderJson.ForPersons, out var order) && order is { Schema: Form }
            ? order
            : null;

    /// <summary>Whether a carrier that has got one need not get the other: whom to ask at the department may be
    /// another.</summary>
    public bool SaysTheSameAs(WorkOrder other) =>
        ToJson() == (other with { Revision = Revision, Replaces = Replaces, Contact = Contact }).ToJson();
}

/// <summary>The order that the campaign carries out.</summary>
public sealed record OrderDirective(string? Number, DateOnly? Date, string Issuer, string? Item, string? LegalBasis);

/// <param name="Encoding"><c>ucs2</c> or <c>gsm7</c>: what the text needs, 3GPP TS 23.038.</param>
/// <param name="Chars">UTF-16 units, as TP-UD counts them in UCS-2.</param>
/// <param name="Parts">Of one message by the standard's table: 160/153, 70/67.</param>
/// <param name="Sha256">Of <paramref name="Text"/> in UTF-8, NFC; 64 lower-case hexadecimal digits.</param>
public sealed record OrderMessage(string Text, string Language, string Encoding, int Chars, int Parts, string Sha256)
{
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding8.GetBytes(text.Composed())));

    static readonly UTF8Encoding Encoding8 = new(false);
}

public sealed record OrderSender(string Name);

/// <param name="OncePerSubscriber">Whether nobody gets it twice.</param>
public sealed record OrderWindow(DateTimeOffset Start, DateTimeOffset End, bool OncePerSubscriber);

/// <param name="Classes"><c>prepaid</c>, <c>postpaid</c>.</param>
/// <param name="Criterion"><c>registered</c> or <c>serving</c>.</param>
/// <param name="Estimate">Subscribers.</param>
public sealed record OrderAudience(
    IReadOnlyList<string> Areas,
    IReadOnlyList<string> Classes,
    string Criterion,
    IReadOnlyList<string> Exclude,
    long Estimate);

public sealed record OrderContact(string? Name, string? Title, string? Phone, string? Email);
