using System.Text.Json.Serialization;

namespace SmsCampaign.Orders;

/// <summary>
/// What a list with a number a row comes to, that a carrier brings as its report or with it. Every row is a subscriber,
/// one that came before, or no number (<see cref="Balances"/>). Null is what could not be matched: it is never "none".
/// </summary>
public sealed record ResultNumbers
{
    /// <summary>Rows with anything that is meant for a number.</summary>
    public required long Rows { get; init; }

    /// <summary>Different numbers.</summary>
    public required long Subscribers { get; init; }

    /// <summary>Rows of a number that came before.</summary>
    public required long Repeated { get; init; }

    /// <summary>Rows whose number is no mobile number of Vietnam.</summary>
    public required long Invalid { get; init; }

    /// <summary>Different numbers whose rows do not say the same. The best they say counts.</summary>
    public required long Contradicted { get; init; }

    public required long Succeeded { get; init; }

    public required long Failed { get; init; }

    public required long Unknown { get; init; }

    public required long NotSent { get; init; }

    /// <summary>Left out by the carrier, as it says.</summary>
    public required long Excluded { get; init; }

    /// <summary>Numbers of another carrier by the installation's tables; null where its own is not known
    /// there.</summary>
    public long? OtherCarrier { get; init; }

    /// <summary>Texted although they stand on a suppression list of the campaign; null where a list cannot be
    /// read.</summary>
    public long? Suppressed { get; init; }

    /// <summary>Texted by the department as well; null where its ledger cannot be read.</summary>
    public long? AlsoOurs { get; init; }

    /// <summary>Texted by another carrier of the run as well, by the lists that those brought; null where one cannot be
    /// read or was hashed with another key.</summary>
    public long? AlsoHeld { get; init; }

    /// <summary><c>hashed</c> or <c>full</c>.</summary>
    public required string Kept { get; init; }

    /// <summary>Fingerprint of the key they are hashed with; null where they are kept in full.</summary>
    public string? Key { get; init; }

    /// <summary>SHA-256 of what is kept, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How it differs from the list it corrects; null where it corrects none, or that cannot be
    /// compared.</summary>
    public NumberChanges? Changes { get; init; }

    [JsonIgnore]
    public long Sent => Succeeded + Failed + Unknown;

    /// <summary>Whether nothing is left over.</summary>
    [JsonIgnore]
    public bool Balances =>
        Rows == Subscribers + Repeated + Invalid && Subscribers == Sent + NotSent + Excluded;
}
