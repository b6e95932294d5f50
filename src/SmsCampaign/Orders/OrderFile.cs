namespace SmsCampaign.Orders;

/// <summary>What a file of a letter is.</summary>
public enum OrderFileKind
{
    Letter,
    Print,
    Form,
    Order,
    Questions,

    /// <summary>Rows of a carrier's list to look at, numbers masked.</summary>
    Notes,
}

/// <param name="Path">Full path.</param>
public sealed record OrderFile(string Segment, OrderFileKind Kind, string Name, string Path);
