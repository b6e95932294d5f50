namespace SmsCampaign.Receipts;

/// <summary>How whoever looks finds out that the receipts address leads to this program: asked within what a proxy
/// passes on, and nothing is taken by it. No lane is called so.</summary>
public static class ReceiptsAlive
{
    /// <summary>Beneath the address, without the slash before it.</summary>
    public const string Path = "receipts/-";

    /// <summary>What is answered there, with HTTP 200.</summary>
    public const string Answer = "sms-campaign";
}
