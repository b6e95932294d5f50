using SmsCampaign.Alerts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>
/// Tells persons that the worker ends, or cannot start, as its data folder cannot be used: at once, and past the queue,
/// which lies there. Nobody else would: a process that has ended raises no alert.
/// </summary>
/// <remarks>The service is started again every few seconds: what was told lately (<see cref="EndSigns"/>) is not told
/// again. Where that cannot be kept it is told by each process.</remarks>
/// <param name="settings">Who is told, and how.</param>
public sealed class LastAlert(DataFolder data, AlertSettings settings, TimeProvider time)
{
    /// <summary>How long the end waits for all of them.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A process that has lived for longer was begun by what was mended since: it is told again.</summary>
    static readonly TimeSpan Mended = TimeSpan.FromMinutes(5);

    readonly EndSigns _signs = new(data);
    readonly DateTimeOffset _began = time.GetUtcNow();
    bool _isTold;

    /// <summary>Tells it, once a process. Never throws, and takes a few seconds at most.</summary>
    /// <param name="why">What ends it.</param>
    /// <returns>What came of it; empty where there is nothing to tell, or nobody.</returns>
    public async Task<IReadOnlyList<AlertDelivery>> TellAsync(Exception why)
    {
        var now = time.GetUtcNow();
        if (_isTold || !settings.IsSet || CauseOf(why) is not var (name, cause))
            return [];

        _isTold = true;
        if (now - _began < Mended && _signs.Find(name) is { } told && (now - told).Duration() < settings.RemindEvery)
            return [];

        var book = new MemoryAlerts();
        book.Raise(AlertOf(cause, now), now);
        using var limit = new CancellationTokenSource(Patience, time);
        var posts = AlertPost.OfEachChannel(book, settings, AlertPlace.Of(settings, data.Root), time);
        IReadOnlyList<AlertDelivery> deliveries =
            [.. (await Task.WhenAll(posts.Select(post => PostAsync(post, limit.Token)))).SelectMany(each => each)];
        if (deliveries.Any(delivery => delivery.Trouble is null))
            _signs.TryNote(name, now);
        return deliveries;
    }

    /// <returns>Null where it is not that the data folder cannot be used.</returns>
    (string Name, Wording Words)? CauseOf(Exception why)
    {
        if (StorageFaults.Describe(why, data) is not { } words)
            return null;

        var kind = StorageFaults.IsOfFullDisk(why, data) ? StorageFault.DiskFull : StorageFaults.KindOf(why);
        return (kind is { } fault ? fault.ToWord() : "folder", words);
    }

    static Alert AlertOf(Wording cause, DateTimeOffset now) => new(
        AlertKind.WorkerEnded,
        "",
        AlertSeverity.Urgent,
        now,
        new Wording("dịch vụ gửi đã dừng và không gửi gì", "the worker has ended, and nothing is sent"),
        cause,
        new Wording(
            "kỹ sư phụ trách sửa ngay việc trên; systemd tự khởi động lại dịch vụ, hoặc chạy 'systemctl start "
                + "sms-campaign'. Không tin nào bị gửi hai lần. Xem: sms-campaign status",
            "your engineer mends that now; systemd starts the service again by itself, or run 'systemctl start "
                + "sms-campaign'. Nothing is sent twice. See: sms-campaign status"));

    static async Task<IReadOnlyList<AlertDelivery>> PostAsync(AlertPost post, CancellationToken limit)
    {
        try
        {
            return await post.PostAsync(limit);
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }
}
