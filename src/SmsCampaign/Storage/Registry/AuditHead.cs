using System.Globalization;

namespace SmsCampaign.Storage.Registry;

/// <summary>Where a chain ends: to be kept elsewhere, so that a chain cut short shows.</summary>
public sealed record AuditHead(long Row, string Hash)
{
    /// <summary>As 12 0123456789abcdef; as 0 of a chain that has not begun.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Row} {(Hash.Length < 16 ? Hash : Hash[..16])}").TrimEnd();
}

/// <summary>An event as the chain says it.</summary>
/// <param name="IsVouched">Whether the row was written with the key; null where this account may not read that.</param>
public sealed record AuditedEvent(DateTimeOffset At, bool? IsVouched);
