using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <summary>How numbers of a run's ledger were erased.</summary>
/// <param name="KeyId">By which key their hashes are made.</param>
/// <param name="Salt">The largest that hashes were made with.</param>
/// <param name="IsWhole">Whether it is every number; else single ones.</param>
public sealed record NumberErasure(string KeyId, int Salt, bool IsWhole);

/// <summary>What a run's ledger keeps of one number.</summary>
/// <param name="Seq">Of its message; null: the row was left out.</param>
/// <param name="Source">The file it came from.</param>
/// <param name="Line">The line there.</param>
/// <param name="Segment">Empty where it is of none.</param>
/// <param name="Area">The commune as the file has it; empty where it has none.</param>
/// <param name="Status">Of the message.</param>
/// <param name="Exclusion">Why it was left out, as <see cref="ExclusionReason"/>.</param>
/// <param name="At">When the message came to its status, UTC microseconds since 1970; null where it is planned.</param>
/// <param name="IsErased">Whether the number itself is a hash there.</param>
public sealed record SubjectRow(
    long? Seq,
    string Source,
    long Line,
    string Segment,
    string Area,
    MessageStatus? Status,
    int? Exclusion,
    long? At,
    bool IsErased);
