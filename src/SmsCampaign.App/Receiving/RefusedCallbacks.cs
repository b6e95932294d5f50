using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using SmsCampaign.Receipts;

namespace SmsCampaign.App.Receiving;

/// <summary>
/// Counts callbacks that were not taken, and logs them: once a minute for each lane and reason, as whoever tries
/// addresses tries thousands. Nothing of the request itself is logged.
/// </summary>
sealed partial class RefusedCallbacks(ILogger logger, TimeProvider time)
{
    static readonly Meter Meter = new("SmsCampaign");
    static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        "sms_campaign.callbacks.refused", "{callback}", "Callbacks that were not taken, by lane and reason");

    readonly OnceAMinute<(string Lane, CallbackRefusal Why)> _seen = new(time);
    readonly OnceAMinute<string> _unwritten = new(time);

    public void Note(string lane, CallbackRefusal why)
    {
        Refused.Add(1, new("lane", lane), new("reason", why.ToString().ToLowerInvariant()));
        if (_seen.IsDue((lane, why), 1, out var count))
            Log.Refused(logger, count, lane, WordsOf(why));
    }

    /// <param name="why">Of the storage. Holds nothing of the callback.</param>
    public void NoteUnwritten(string lane, string why)
    {
        if (_unwritten.IsDue(lane, 1, out var count))
            Log.NotKept(logger, lane, count, why);
    }

    static string WordsOf(CallbackRefusal why) => why switch
    {
        CallbackRefusal.Size => "larger than a callback can be (413)",
        CallbackRefusal.Form => "broken off in the middle, or not in the form of HTTP (400)",
        CallbackRefusal.Slow => "not whole in time (408)",
        CallbackRefusal.Crowded => "more at once than is taken, of all or of one address (503)",
        _ => $"wrong {why}",
    };

    static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Count} callbacks for {Lane} were refused since this was last said: {Why}")]
        public static partial void Refused(ILogger logger, long count, string lane, string why);

        [LoggerMessage(LogLevel.Error, "Receipts for {Lane} that could not be kept, since this was last said: {Count}; "
            + "the gateway was asked to come again (503): {Reason}")]
        public static partial void NotKept(ILogger logger, string lane, long count, string reason);
    }
}
