namespace SmsCampaign.Storage.Receipts;

/// <summary>A file of receipts that cannot be used, or of which some are missing.</summary>
/// <param name="File">Its name.</param>
/// <param name="Reason">In English. Holds no phone number.</param>
public sealed record DamagedReceipts(string File, string Reason)
{
    /// <summary>The name under which it is kept, where another has taken its place.</summary>
    public string? Kept { get; init; }
}
