namespace SmsCampaign.Carriers;

/// <summary>Why another lane sends a message than the plan said. The numbers are stored in
/// ledgers: never renumber.</summary>
public enum RouteReason
{
    /// <summary>Its gateway said that the number is on another network.</summary>
    WrongNetwork = 1,

    /// <summary>Its lane has stopped, and the campaign allows another.</summary>
    LaneStopped = 2,
}

/// <summary>Where a message goes in place of its lane.</summary>
/// <param name="Lane">Id of the lane in the run.</param>
/// <param name="Parts">Of the message, as that lane counts.</param>
/// <param name="Network">The carrier whose network the number is on, as the gateway said; null
/// where it did not say.</param>
public sealed record NewRoute(int Lane, int Parts, RouteReason Why, string? Network = null);
