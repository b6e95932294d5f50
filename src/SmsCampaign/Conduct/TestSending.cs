using SmsCampaign.Campaigns;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Conduct;

/// <summary>
/// Sends tests that are written, on the accounts of a station: by their pace, beside whatever else they send.
/// </summary>
/// <param name="installationFile">Read again: what a test says must be what the files say.</param>
public sealed class TestSending(Station station, string installationFile)
{
    /// <summary>As of <see cref="Longest"/>.</summary>
    public static readonly TimeSpan LongestUnlessSaid = TimeSpan.FromMinutes(2);

    /// <summary>How long a lane that takes nothing is tried; what has not gone by then is not sent. Two minutes unless
    /// said otherwise.</summary>
    public TimeSpan Longest { get; init; } = LongestUnlessSaid;

    /// <summary>Whether a test may be sent now: it is small, nothing of it was ever tried, and sender, texts and lanes
    /// in its ledger are those of the campaign file and of this process's lanes. No approval is asked for; so nothing
    /// but a test may pass here.</summary>
    /// <returns>Why not; null where it may.</returns>
    public Wording? FindRefusal(RunRecord run, bool outsideHours) =>
        FindRefusal(run, outsideHours, station.Clock.Time.GetUtcNow());

    /// <inheritdoc cref="FindRefusal(RunRecord, bool)"/>
    /// <param name="now">The moment that all is judged by.</param>
    public Wording? FindRefusal(RunRecord run, bool outsideHours, DateTimeOffset now)
    {
        if (run.FindKey() is not { IsTest: true } key)
            return new Wording("Đó không phải lượt gửi thử.", "That is no test.");

        var address = run.AddressIn(station.Data);
        if (!Ledgers.RunAt(address).Exists)
            return new Wording($"Không còn sổ gửi thử {address}.", $"The test's ledger {address} is not there.");

        using (var ledger = Ledgers.RunAt(address).ReadPlan())
        {
            if (ledger.HasBegun())
                return new Wording(
                    "Lần gửi thử này đã bắt đầu trước đó và bị ngắt: phần chưa gửi không gửi nữa. Hãy gửi thử lần mới.",
                    "This test had begun before and was cut off: what is left of it is not sent. Make another.");
        }

        var status = Reports.RunStatus.Read(address);
        var stored = StoredRun.Read(address);
        var problems = new List<Problem>();
        var lane = stored.LaneSettings.Count == 1 ? stored.LaneSettings.Keys.Single() : "";
        var text = stored.Origin.Audience.Segments is [var segment] ? segment.Message : "";
        var planned = status.Messages is > 0 and <= TestPlanning.MostNumbers
            ? TestPlanning.PlanAgain(
                key, run.CampaignFile, installationFile, lane, text, (int)status.Messages, now, problems)
            : null;
        if (problems.FirstOrDefault(problem => problem.Severity == Severity.Error) is { } wrong)
            return new Wording(wrong.In(Language.Vietnamese), wrong.In(Language.English));
        if (planned is null
            || planned.Planned.Seal.References.ToText() != Ledgers.RunAt(address).ReadSealReferences().ToText())
            return new Wording(
                "Sổ gửi thử khác với tệp chiến dịch và tệp cấu hình. Hãy gửi thử lần mới.",
                "The test's ledger is not what the campaign file and the installation file say. Make another test.");
        if (RunStages.CompareLanes(stored, station) is { Count: > 0 } stale)
            return new Wording(
                $"Kênh gửi mà tiến trình này đang dùng khác với tệp cấu hình: {Wording.Join("; ", stale)}. "
                    + $"Hãy khởi động lại dịch vụ gửi.",
                $"The lanes this process uses are not those of the installation file: {Wording.Join("; ", stale)}. "
                    + $"Start the worker again.");

        var window = planned.Planned.Campaign.Schedule.Window;
        return outsideHours || window.IsOpen(now, window.DayOf(now)) ? null : OutsideHours(window);
    }

    /// <summary>Sends what <see cref="FindRefusal(RunRecord, bool)"/> lets pass. Whatever has not gone when it ends is
    /// left over: a test is never gone on with.</summary>
    public async Task SendAsync(RunRecord run, bool outsideHours, CancellationToken stopping)
    {
        using var longest = new CancellationTokenSource(Longest, station.Clock.Time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping, longest.Token);
        var window = run.ReadSchedule().Window;
        if (outsideHours)
            window = window with { Opens = TimeOnly.MinValue, Closes = TimeOnly.MaxValue };

        var ledger = station.Runs.Open(run);
        await new RunSession(ledger, window, station.Accounts, station.Clock).SendAsync(
            window.DayOf(station.Clock.Time.GetUtcNow()), over.Token);
        if (ledger.Counters.Of(MessageStatus.Planned) > 0)
            await ledger.LeaveAsync(Reason.WindowClosed);
    }

    public static Wording OutsideHours(SendWindow window)
    {
        var hours = string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{window.Opens:HH:mm}–{window.Closes:HH:mm}");
        return new Wording(
            $"Ngoài khung giờ gửi của chiến dịch ({hours}). Nếu người giữ máy đồng ý nhận lúc này, cho phép gửi ngoài "
                + $"khung giờ (--outside-hours).",
            $"Outside the campaign's hours ({hours}). Where whoever holds the phones wants it now, let it go outside "
                + $"them (--outside-hours).");
    }
}

/// <summary>Tests that are being sent beside everything else.</summary>
public sealed class TestsUnderWay : IAsyncDisposable
{
    readonly CancellationTokenSource _over = new();
    readonly Lock _lock = new();

    /// <summary>By the run's key; those that are done too, of which a day has few.</summary>
    readonly Dictionary<string, Task> _tasks = [];

    /// <summary>Told of one that broke off, by the run's key.</summary>
    public Action<string, Exception>? Alarm { get; set; }

    /// <summary>Whether a test was begun by this process, by the run's key.</summary>
    public bool Has(string key)
    {
        lock (_lock)
            return _tasks.ContainsKey(key);
    }

    /// <summary>Begins a test, once: nobody sends from a ledger beside another, or after it.</summary>
    /// <param name="send">Is cancelled when the process ends.</param>
    /// <returns>False where it was begun before.</returns>
    public bool Begin(string key, Func<CancellationToken, Task> send)
    {
        lock (_lock)
        {
            if (_tasks.ContainsKey(key))
                return false;

            _tasks.Add(key, Task.Run(async () =>
            {
                try
                {
                    await send(_over.Token);
                }
                catch (OperationCanceledException) when (_over.IsCancellationRequested)
                {
                }
                catch (Exception fault) when (fault is not OutOfMemoryException) // one test's fault stays that test's
                {
                    Alarm?.Invoke(key, fault);
                }
            }));
            return true;
        }
    }

    /// <summary>Ends what is under way and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] tasks;
        lock (_lock)
            tasks = [.. _tasks.Values];
        await _over.CancelInTurnAsync();
        await Task.WhenAll(tasks);
        _over.Dispose();
    }
}
