using SmsCampaign.Alerts;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What persons are told of, and what of it they were told.</summary>
/// <param name="Told">By receiver.</param>
public sealed record AlertView(RaisedAlert Raised, IReadOnlyList<AlertTelling> Told)
{
    /// <summary>Whether somebody was not told yet, whom it was tried to tell.</summary>
    public bool IsUndelivered => Told.Any(told => told.Failing is not null);

    /// <summary>What is so, and what somebody was not told yet, in the order it was raised.</summary>
    public static IReadOnlyList<AlertView> ReadAll(IRegistry registry, DateTimeOffset now)
    {
        var since = now - AlertPost.Patience;
        var alerts = registry.Alerts.Read(since);
        if (alerts.Count == 0)
            return [];

        var told = registry.Alerts.ReadTold(since).ToLookup(telling => telling.Alert);
        return [.. alerts
            .Select(raised => new AlertView(raised, [.. told[raised.Id]]))
            .Where(view => view.Raised.IsOpen || view.IsUndelivered)];
    }
}
