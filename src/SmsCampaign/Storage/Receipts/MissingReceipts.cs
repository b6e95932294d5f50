namespace SmsCampaign.Storage.Receipts;

/// <summary>Receipts that came and cannot be read any more, or not now.</summary>
/// <param name="Words">What is missing, and what comes of it.</param>
/// <param name="Since">When the last receipt before them came, microseconds; 0 where that is not known.</param>
/// <param name="Until">When it was found that they are missing; the end of time where they may come back.</param>
/// <param name="InTheWay">Whether a file lies there that a person has to see to.</param>
public sealed record MissingReceipts(string File, Wording Words, long Since, long Until, bool InTheWay);
