namespace SmsCampaign.Storage.Receipts;

/// <summary>A callback as it came.</summary>
public sealed record RawReceipt(long Id, string Lane, long ReceivedAt, string Query, string ContentType, byte[] Body);
