using System.Globalization;

namespace SmsCampaign.Storage.Registry;

/// <summary>A row of the table carrier_result: what a carrier says it has sent.</summary>
public sealed record KeptResult
{
    public long Id { get; init; }

    /// <summary><see cref="KeptOrder.Id"/>.</summary>
    public required long Order { get; init; }

    /// <summary>Without its folder.</summary>
    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file, 64 lower-case hexadecimal digits. No file is taken twice.</summary>
    public required string FileHash { get; init; }

    /// <summary>What it says, as JSON.</summary>
    public required string Content { get; init; }

    /// <summary>Number of the signed report; null where none was given.</summary>
    public string? Document { get; init; }

    /// <summary>Its date.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The one in whose place it stands; null for the first.</summary>
    public long? Corrects { get; init; }

    /// <summary>Why it does.</summary>
    public string? Reason { get; init; }
    public required string RecordedBy { get; init; }

    /// <summary>As of <see cref="Who.ByOs"/>.</summary>
    public required string ByOs { get; init; }
    public required string At { get; init; }

    /// <exception cref="LedgerRowException">The row's time cannot be read.</exception>
    public DateTimeOffset RecordedAt =>
        SqlTime.FromSql(At, "carrier_result", Id.ToString(CultureInfo.InvariantCulture));
}
