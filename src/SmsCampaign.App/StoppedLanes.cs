using SmsCampaign.Dispatch.Words;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App;

/// <summary>Tells a person of the lanes that stand still.</summary>
static class StoppedLanes
{
    /// <summary>Says of each stopped lane what its gateway said and what to do, and what of
    /// it cannot be read.</summary>
    /// <param name="waiting">How many messages wait for a lane; null of one, or altogether, where
    /// that is not known.</param>
    public static void Say(IEnumerable<LaneStop> stops, Terminal terminal, Func<string, long?>? waiting = null)
    {
        foreach (var stop in stops)
        {
            Wording? at = stop.At is { } known ? VietnamTime.Moment(known) : null;
            var (what, advice) = (LaneStopWords.Of(stop, at, waiting?.Invoke(stop.Lane)), LaneStopWords.Advice(stop));
            terminal.Say($"{what}\n  {advice}", $"{what}\n  {advice}");
            if (stop.Unreadable is { } unreadable)
                terminal.SayError(unreadable);
        }
    }
}
