using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using SmsCampaign.Receipts;

namespace SmsCampaign.App;

/// <summary>
/// Counts callbacks that do not come from their lane's gateway, and logs them: once a minute for each lane and reason, as
/// whoever tries addresses tries thousands. Nothing of the request itself is logged.
/// </summary>
sealed partial class RefusedCallbacks(ILogger logger, TimeProvider time)
{
    static readonly TimeSpan LogEvery = TimeSpan.FromMinutes(1);

    static readonly Meter Meter = new("SmsCampaign");
    static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        "sms_campaign.callbacks.refused", "{callback}", "Callbacks that do not come from their lane's gateway, by lane and reason");

    readonly Lock _lock = new();
    readonly Dictionary<(string Lane, CallbackRefusal Why), (long LoggedAt, int Unlogged)> _seen = [];

    public void Note(string lane, CallbackRefusal why)
    {
        Refused.Add(1, new("lane", lane), new("reason", why.ToString().ToLowerInvariant()));

        int count;
        lock (_lock)
        {
            var isFirst = !_seen.TryGetValue((lane, why), out var seen);
            count = seen.Unlogged + 1;
            var isDue = isFirst || time.GetElapsedTime(seen.LoggedAt) >= LogEvery;
            _seen[(lane, why)] = isDue ? (time.GetTimestamp(), 0) : (seen.LoggedAt, count);
            if (!isDue)
                return;
        }

        Log.NotTheGateway(logger, count, lane, why);
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Count} callbacks for {Lane} were refused since this was last said: wrong {Why}")]
        public static partial void NotTheGateway(ILogger logger, int count, string lane, CallbackRefusal why);
    }
}
