using System.Text.Json.Serialization;
using SmsCampaign.Messages;

namespace SmsCampaign.Audience;

/// <summary>
/// Takes the rows of an audience as the import reads them: the ledger under construction, or, for a check, nothing.
/// </summary>
public interface IAudienceSink
{
    /// <summary>One recipient. Carriers' rows may come interleaved; of one carrier they
    /// come in sending order.</summary>
    /// <param name="carrier">1 to 15: position in <see cref="ImportedAudience.Carriers"/>, counted from 1.</param>
    void AddMessage(int carrier, in MessageRow row);

    void AddExclusion(in ExclusionRow row);
}

/// <summary>A recipient. The numbers are positions, counted from 1, in the lists of
/// <see cref="ImportedAudience"/>.</summary>
/// <param name="Line">Line of a CSV, row of a spreadsheet; 1 is the first.</param>
public readonly record struct MessageRow(long Number, int Segment, int Area, CarrierRule Rule, int Source, int Line);

/// <summary>A row of an audience file that is not a recipient.</summary>
/// <param name="Segment">Position in <see cref="ImportedAudience.Segments"/>, counted from 1; 0 where no
/// segment takes the row.</param>
/// <param name="Number">MSISDN where the cell could be read as one.</param>
/// <param name="Written">What the cell held, masked, where it could not.</param>
/// <param name="Earlier">Date of the run that may have handed the message over already.</param>
public readonly record struct ExclusionRow(
    int Source, int Line, int Segment, ExclusionReason Reason, long? Number, string? Written, DateOnly? Earlier = null);

/// <summary>
/// What an import found, in numbers: everything the plan and the balance need, without the rows.
/// </summary>
public sealed record ImportedAudience
{
    public required IReadOnlyList<AudienceSource> Sources { get; init; }

    /// <summary>Content hash of each suppression list, as it was read. Not kept: what the audience was made of
    /// is, file by file.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Suppressions { get; init; } = [];

    /// <summary>Content hash of each table of numbers, as it was read: prefixes, carriers, ported lists.
    /// Not kept, likewise.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>Rows that no segment takes: each is an exclusion.</summary>
    public long Outside { get; init; }

    /// <summary>In sending order, by priority.</summary>
    public required IReadOnlyList<AudienceSegment> Segments { get; init; }
    public required IReadOnlyList<AudienceCarrier> Carriers { get; init; }

    /// <summary>Communes as first written. Files that name none give one with an empty name.</summary>
    public required IReadOnlyList<string> Areas { get; init; }

    /// <summary>Recipients by carrier and segment, only those above 0, in sending order: by carrier, then segment. The
    /// messages of each lie together in the carrier's sending order, one count after the other.</summary>
    public required IReadOnlyList<AudienceCount> Recipients { get; init; }

    public required IReadOnlyDictionary<ExclusionReason, long> Excluded { get; init; }

    /// <summary>Of <see cref="ExclusionReason.AlreadySent"/>, by the date of the run that may
    /// have sent already.</summary>
    public IReadOnlyDictionary<DateOnly, long> AlreadySent { get; init; } = new Dictionary<DateOnly, long>();

    /// <summary>Numbers whose spelling was repaired: old 11-digit forms, eaten zeros.</summary>
    public required IReadOnlyDictionary<string, long> Repaired { get; init; }

    /// <summary>SHA-256 over every file's content hash and every setting that shapes the audience (prefix table,
    /// ported list, suppression, filters, priorities). The same audience always has the same hash.</summary>
    public required string Hash { get; init; }

    /// <summary>SHA-256 of the recipients' rows by carrier, and of the exclusions, as the ledger's own rows
    /// give them again.</summary>
    public IReadOnlyDictionary<int, string> Rows { get; init; } = new Dictionary<int, string>();

    public long RecipientTotal => Recipients.Sum(count => count.Messages);

    public long ExcludedTotal => Excluded.Values.Sum();

    /// <summary>Rows of all files. Recipients and excluded add up to it.</summary>
    public long Total => Segments.Sum(segment => segment.Matched) + Outside;
}

/// <param name="File">Path as shown to a person: relative to the campaign file where it lies beneath it.</param>
/// <param name="Rows">Data rows read.</param>
public sealed record AudienceSource(string File, string Sha256, long Rows);

/// <param name="Matched">Rows its filter let through.</param>
public sealed record AudienceSegment(string Name, string Message, int Priority, long Matched);

/// <param name="Name">As in the prefix table: viettel.</param>
/// <param name="Display">As shown to a person: Viettel.</param>
/// <param name="Lane">Lane that serves it; null where none of the campaign's does.</param>
public sealed record AudienceCarrier(string Name, string Display, string? Lane);

/// <param name="Carrier">Position in <see cref="ImportedAudience.Carriers"/>, counted from 1.</param>
/// <param name="Segment">Position in <see cref="ImportedAudience.Segments"/>, counted from 1.</param>
public sealed record AudienceCount(int Carrier, int Segment, long Messages);
