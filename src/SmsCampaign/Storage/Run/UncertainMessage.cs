using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <summary>A message of which nobody has said whether it was sent.</summary>
/// <param name="Carrier">As shown to a person.</param>
/// <param name="HandedAt">Microseconds; null where a crash hides it.</param>
/// <param name="Code">The gateway's, as it came; null where none did.</param>
/// <param name="Since">When it became uncertain, microseconds.</param>
public sealed record UncertainMessage(
    long Seq,
    string Reference,
    PhoneNumber Number,
    string Carrier,
    string Lane,
    long? HandedAt,
    Reason Why,
    string? Code,
    long Since);
