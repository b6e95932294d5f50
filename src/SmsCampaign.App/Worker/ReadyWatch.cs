using Microsoft.Extensions.Logging;
using SmsCampaign.Conduct;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Worker;

/// <summary>
/// Looks whether all is ready before each opening (<see cref="ReadyTimes"/>), keeps what it found where <c>status</c>
/// shows it, and logs what must be mended.
/// </summary>
/// <remarks>Nothing depends on it: what it cannot do it says, and tries again.</remarks>
sealed partial class ReadyWatch(
    Station station, ReadyDesk desk, ILogger<ReadyWatch> logger) : SideService(station.Clock.Time, logger)
{
    /// <summary>How often it is looked whether a look is due.</summary>
    public static readonly TimeSpan Glance = TimeSpan.FromSeconds(20);

    readonly string _process = $"worker, PID {Environment.ProcessId}, {Environment.MachineName}";
    HashSet<string> _troubles = [];

    protected override async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await LookAsync(stopping);
            await Task.Delay(Glance, Time, stopping).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes the looks that are due. What fails of one keeps none of the others back, and is tried again; the
    /// same trouble is told once.</summary>
    internal async Task LookAsync(CancellationToken stopping)
    {
        var troubles = new HashSet<string>();
        await TryAsync(() => EndAlertsAsync(troubles, stopping), troubles, stopping);
        await TryAsync(TellTaken, troubles, stopping);
        await TryAsync(
            async () =>
            {
                foreach (var due in desk.FindDue(station.Registry))
                    await TryAsync(() => LookAsync(due, stopping), troubles, stopping);
            },
            troubles,
            stopping);

        foreach (var told in troubles.Except(_troubles))
            Log.CannotLook(Logger, told);
        _troubles = troubles;
    }

    /// <summary>The edge of the service.</summary>
    /// <param name="troubles">What goes wrong is added.</param>
    async Task TryAsync(Func<Task> work, HashSet<string> troubles, CancellationToken stopping)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception cannot) when (cannot is not OutOfMemoryException)
        {
            troubles.Add(NumberMask.In(WordsOf(cannot).En));
        }
    }

    Wording WordsOf(Exception cannot) => StorageFaults.Describe(cannot, station.Data) ?? FaultWords.OfType(cannot);

    /// <summary>A look that cannot be taken is kept and told as one that is red.</summary>
    async Task<IReadOnlyList<ReadyLine>> FindAsync(RunKey run, CancellationToken stopping)
    {
        try
        {
            return LinesOf(await desk.LookAsync(new ReadyWish(run.Campaign, run.Date, []), stopping));
        }
        catch (Exception cannot) when (cannot is not OutOfMemoryException && !stopping.IsCancellationRequested)
        {
            var why = WordsOf(cannot);
            return [new ReadyLine(
                ReadyDesk.Look,
                null,
                ReadyLight.Red,
                NumberMask.In(new Wording($"không kiểm tra được: {why}", $"could not be looked at: {why}")),
                new Wording("Báo kỹ sư phụ trách ngay.", "Tell your engineer now."))];
        }
    }

    async Task LookAsync(DueLook due, CancellationToken stopping)
    {
        var lines = await FindAsync(due.Run, stopping);
        var look = new ReadyLook(due.Run, due.Opens, due.Stage, station.Clock.Time.GetUtcNow(), _process, lines);
        station.Registry.ReadyBook.Keep(look);

        var total = ReadyWords.Total(look.Lines).En;
        Alert(look);
        if (look.Light == ReadyLight.Red)
            Log.NotReady(Logger, due.Run, due.Opens, total);
        else
            Log.Ready(Logger, due.Run, due.Opens, total);
        foreach (var line in look.Lines.Where(line => line.Light == ReadyLight.Red))
            Log.ToMend(Logger, due.Run, ReadyWords.TitleOf(line).En, line.Found.En, line.ToDo?.En ?? "");
    }

    /// <summary>Tells persons of what is not ready, once until it is or the run begins.</summary>
    void Alert(ReadyLook look)
    {
        var (opens, total) = (VietnamTime.Expected(look.Opens), ReadyWords.Total(look.Lines));
        if (look.Light != ReadyLight.Red)
        {
            station.Registry.Alerts.SetOver(
                AlertKind.NotReady,
                look.Run.ToString(),
                look.At,
                new Wording(
                    $"nay đã sẵn sàng: {look.Run}, mở lúc {opens}", $"ready now: {look.Run}, opens at {opens}"));
            return;
        }

        var found = ReadySummary.Of(look.Lines).Where(line => line.Light == ReadyLight.Red).Select(line =>
        {
            var (title, toDo) = (ReadyWords.TitleOf(line), line.ToDo ?? new Wording("", ""));
            return new Wording($"{title}: {line.Found} {toDo}", $"{title}: {line.Found} {toDo}");
        });
        station.Registry.Alerts.Raise(
            new Alert(
                AlertKind.NotReady,
                look.Run.ToString(),
                look.Stage == ReadyStage.DayBefore ? AlertSeverity.Warning : AlertSeverity.Urgent,
                look.At,
                new Wording(
                    $"chưa sẵn sàng: {look.Run}, mở lúc {opens}", $"not ready: {look.Run}, opens at {opens}"),
                Wording.Join(" ", found.Prepend(total)),
                new Wording(
                    $"xem từng việc bằng 'sms-campaign ready {look.Run.Campaign}' và làm trước giờ mở",
                    $"see each thing by 'sms-campaign ready {look.Run.Campaign}' and do it before the opening")),
            look.At);
    }

    /// <summary>What was kept of a look and not told, as a kill came between, or ledger.db could not be
    /// written.</summary>
    Task TellTaken()
    {
        var told = station.Registry.Alerts.Read(station.Clock.Time.GetUtcNow())
            .Where(raised => raised is { IsOpen: true, Alert.Kind: AlertKind.NotReady })
            .Select(raised => raised.Alert.About)
            .ToHashSet();
        foreach (var look in desk.FindTaken(station.Registry).Where(look =>
            (look.Light == ReadyLight.Red) != told.Contains(look.Run.ToString())))
            Alert(look);
        return Task.CompletedTask;
    }

    /// <summary>Once its window is open a run shows by itself how it goes. That it opens mends nothing: whoever is told
    /// must not read that it became ready.</summary>
    async Task EndAlertsAsync(HashSet<string> troubles, CancellationToken stopping)
    {
        var (alerts, now) = (station.Registry.Alerts, station.Clock.Time.GetUtcNow());
        foreach (var raised in alerts.Read(now).Where(
            raised => raised is { IsOpen: true, Alert.Kind: AlertKind.NotReady }))
            await TryAsync(
                () =>
                {
                    if (FindEnd(raised.Alert.About, now) is { } how)
                        alerts.SetOver(AlertKind.NotReady, raised.Alert.About, now, how);
                    return Task.CompletedTask;
                },
                troubles,
                stopping);
    }

    /// <returns>What is said of it as its time has come; null before.</returns>
    Wording? FindEnd(string about, DateTimeOffset now)
    {
        var run = RunKey.ParseStored(about, "alert");
        return station.Registry.ReadyBook.FindLast(run) is not { } look
            ? new Wording(
                $"thôi nhắc chưa sẵn sàng, vì không còn lần kiểm tra nào đọc được: {run}",
                $"no more reminders that it is not ready, as no look at it can be read any more: {run}")
            : look.Opens > now
            ? null
            : new Wording(
                $"đã tới giờ mở, lần kiểm tra cuối vẫn CHƯA SẴN SÀNG: {run}",
                $"the opening has come, and the last look found it NOT READY: {run}");
    }

    /// <summary>What cannot even be asked is no readiness.</summary>
    static IReadOnlyList<ReadyLine> LinesOf(ReadyResult result) => result switch
    {
        ReadyResult.Looked looked => looked.Lines,
        ReadyResult.Refused refused =>
        [
            .. refused.Problems
                .Where(problem => problem.Severity == Severity.Error)
                .Select(problem => new ReadyLine(
                    ReadyDesk.Settings,
                    null,
                    ReadyLight.Red,
                    new Wording(
                        NumberMask.In(problem.In(Language.Vietnamese)), NumberMask.In(problem.In(Language.English))))),
        ],
        _ => [new ReadyLine(
            ReadyDesk.Settings, null, ReadyLight.Red, new Wording(
                "không tìm thấy lượt gửi này.", "there is no such run (any more)."))],
    };

    static partial class Log
    {
        [LoggerMessage(
            LogLevel.Error, "{Run} is NOT READY for its opening at {Opens:u}: {Total} See 'sms-campaign ready'")]
        public static partial void NotReady(ILogger logger, RunKey run, DateTimeOffset opens, string total);

        [LoggerMessage(LogLevel.Information, "{Run} is ready for its opening at {Opens:u}: {Total}")]
        public static partial void Ready(ILogger logger, RunKey run, DateTimeOffset opens, string total);

        [LoggerMessage(LogLevel.Error, "{Run}: {What}: {Found} {ToDo}")]
        public static partial void ToMend(ILogger logger, RunKey run, string what, string found, string toDo);

        [LoggerMessage(LogLevel.Error, "Whether all is ready cannot be looked at now, and is tried again: {Why}")]
        public static partial void CannotLook(ILogger logger, string why);
    }
}
