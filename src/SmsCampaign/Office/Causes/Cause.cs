using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Causes;

/// <summary>Something a person must know, as it is found.</summary>
/// <param name="After">How long it must be found without a break before it is told: what is over sooner is
/// no news.</param>
public sealed record Cause(Alert Alert, TimeSpan After)
{
    public Cause(Alert alert)
        : this(alert, TimeSpan.Zero)
    {
    }

    /// <summary>Whether nothing can be said now: what is told already stays as it is.</summary>
    public bool IsUnknown { get; private init; }

    public static Cause Unknown(AlertKind kind, string about) =>
        new(new Alert(kind, about, default, default, default, default, default)) { IsUnknown = true };
}
