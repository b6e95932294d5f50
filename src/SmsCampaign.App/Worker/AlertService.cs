using Microsoft.Extensions.Logging;
using SmsCampaign.Alerts;
using SmsCampaign.Conduct;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Worker;

/// <summary>
/// Looks for what a person must know and tells it. Nothing waits for it: what it cannot do it tries again, and its
/// faults stay its own.
/// </summary>
sealed partial class AlertService : SideService
{
    /// <summary>How often it is looked whether somebody is to be told something.</summary>
    static readonly TimeSpan PostEvery = TimeSpan.FromSeconds(5);

    /// <summary>Of the time a look took, for which it rests.</summary>
    const int LookRests = 4;

    /// <summary>How long ledger.db must be out of reach before persons are told: others hold it for a moment.</summary>
    static readonly TimeSpan Lasting = TimeSpan.FromMinutes(1);

    readonly Station _station;
    readonly AlertReader _reader;

    /// <summary>One a channel: none waits for another.</summary>
    readonly IReadOnlyList<AlertPost> _posts;

    /// <summary>Where what is told cannot be kept, of that alone.</summary>
    readonly MemoryAlerts _memory = new();
    readonly IReadOnlyList<AlertPost> _memoryPosts;

    /// <summary>What goes wrong with each of its works, and since when: null where nothing does.</summary>
    readonly Trouble?[] _troubles;

    public AlertService(
        Station station, AlertSettings settings, string installationFile, ILogger<AlertService> logger)
        : base(station.Clock.Time, logger)
    {
        var (time, place) = (station.Clock.Time, AlertPlace.Of(settings, station.Data.Root));
        _station = station;
        _reader = new AlertReader(station.Data, station.Registry, installationFile, station.Clock)
        {
            Loops = station.Accounts.Loops,
        };
        _posts = AlertPost.OfEachChannel(station.Registry.Alerts, settings, place, time);
        _memoryPosts = AlertPost.OfEachChannel(_memory, settings, place, time);
        _troubles = new Trouble?[1 + _posts.Count];
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        // A mail server that does not answer holds up no look and no other channel, nor a ledger that is held a mail.
        await Task.WhenAll(
            Enumerable.Range(0, _posts.Count)
                .Select(at => RepeatAsync(1 + at, token => PostAsync(at, token), PostEvery, 0, stopping))
                .Prepend(RepeatAsync(0, LookAsync, AlertReader.Every, LookRests, stopping)));
    }

    async Task RepeatAsync(
        int which, Func<CancellationToken, Task> work, TimeSpan every, int rests, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var began = _station.Clock.Time.GetTimestamp();
            try
            {
                await work(stopping);
                Note(which, null);
            }
            catch (Exception cannot) when (!stopping.IsCancellationRequested) // the edge of the service
            {
                Note(which, cannot);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            // What takes long leaves the machine to others for longer; who waits for the network takes none of it.
            var rest = rests * _station.Clock.Time.GetElapsedTime(began);
            await Task.Delay(rest > every ? rest : every, _station.Clock.Time, stopping).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    Task LookAsync(CancellationToken stopping)
    {
        _reader.Look();
        return Task.CompletedTask;
    }

    async Task PostAsync(int channel, CancellationToken stopping)
    {
        Tell(await _memoryPosts[channel].PostAsync(stopping));
        Tell(await _posts[channel].PostAsync(stopping));
    }

    /// <summary>The same trouble is logged once, and told to persons where it lasts.</summary>
    void Note(int which, Exception? cannot)
    {
        var (clock, now) = (_station.Clock.Now(), _station.Clock.Time.GetUtcNow());
        lock (_troubles)
        {
            if (cannot is null)
            {
                _troubles[which] = null;
                if (Array.TrueForAll(_troubles, each => each is null))
                    _memory.SetOver(AlertKind.RecordDamaged, "", now);
                return;
            }

            var words = StorageFaults.Describe(cannot, _station.Data) ?? new Wording(
                $"Chương trình gặp lỗi ({cannot.GetType().Name}) khi tìm việc cần báo.",
                $"The program met a fault ({cannot.GetType().Name}) as it looked for what to tell.");
            var before = _troubles[which];
            var trouble = new Trouble(words, before?.Since ?? clock, before?.SinceAt ?? now);
            _troubles[which] = trouble;
            if (clock - trouble.Since >= (long)Lasting.TotalMicroseconds)
                _memory.Raise(AlertDesk.OfTrouble(words, trouble.SinceAt), now);
            if (words == before?.Words)
                return;
        }

        Log.CannotLook(Logger, NumberMask.In($"{cannot}"));
    }

    void Tell(IReadOnlyList<AlertDelivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            var (kind, about) = (delivery.Alert.Alert.Kind.ToWord(), NumberMask.In(delivery.Alert.Alert.About));
            if (delivery.Trouble is { } trouble)
                Log.NotDelivered(Logger, kind, about, delivery.News, delivery.Receiver.En, trouble.En);
            else
                Log.Delivered(Logger, kind, about, delivery.News, delivery.Receiver.En);
        }
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Alert {Kind} {About} ({News}) was delivered to {Receiver}")]
        public static partial void Delivered(
            ILogger logger, string kind, string about, AlertNews news, string receiver);

        [LoggerMessage(
            LogLevel.Warning,
            "Alert {Kind} {About} ({News}) cannot be delivered to {Receiver} and is tried again: {Why}")]
        public static partial void NotDelivered(
            ILogger logger, string kind, string about, AlertNews news, string receiver, string why);

        [LoggerMessage(
            LogLevel.Error, "What persons must know cannot be looked for or told now, and is tried again: {Fault}")]
        public static partial void CannotLook(ILogger logger, string fault);
    }

    /// <param name="Since">By the process clock, microseconds.</param>
    sealed record Trouble(Wording Words, long Since, DateTimeOffset SinceAt);
}
