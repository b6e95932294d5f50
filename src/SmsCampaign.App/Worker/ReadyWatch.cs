using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmsCampaign.Conduct;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Office.Words;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Worker;

/// <summary>
/// Looks whether all is ready before each opening (<see cref="ReadyTimes"/>), keeps what it found where <c>status</c>
/// shows it, and logs what must be mended.
/// </summary>
/// <remarks>Nothing depends on it: what it cannot do it says, and tries again.</remarks>
sealed partial class ReadyWatch(
    Station station, ReadyDesk desk, ILogger<ReadyWatch> logger) : BackgroundService
{
    /// <summary>How often it is looked whether a look is due.</summary>
    public static readonly TimeSpan Glance = TimeSpan.FromSeconds(20);

    readonly string _process = $"worker, PID {Environment.ProcessId}, {Environment.MachineName}";
    string _trouble = "";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // off the host's start
        while (!stoppingToken.IsCancellationRequested)
        {
            await LookAsync(stoppingToken);
            await Task.Delay(Glance, station.Clock.Time, stoppingToken).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes the looks that are due, each by itself. The same trouble is told once.</summary>
    internal async Task LookAsync(CancellationToken stopping)
    {
        try
        {
            EndAlerts(station.Clock.Time.GetUtcNow());
            foreach (var due in desk.FindDue(station.Registry))
                await LookAsync(due, stopping);
            _trouble = "";
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception cannot) // the edge of the service: it is tried again
        {
            var told = NumberMask.In((StorageFaults.Describe(cannot, station.Data) ?? FaultWords.OfType(cannot)).En);
            if (told != _trouble)
                Log.CannotLook(logger, told);
            _trouble = told;
        }
    }

    async Task LookAsync(DueLook due, CancellationToken stopping)
    {
        var result = await desk.LookAsync(new ReadyWish(due.Run.Campaign, due.Run.Date, []), stopping);
        var look = new ReadyLook(
            due.Run, due.Opens, due.Stage, station.Clock.Time.GetUtcNow(), _process, LinesOf(result));
        station.Registry.ReadyBook.Keep(look);

        var total = ReadyWords.Total(look.Lines).En;
        Alert(look);
        if (look.Light == ReadyLight.Red)
            Log.NotReady(logger, due.Run, due.Opens, total);
        else
            Log.Ready(logger, due.Run, due.Opens, total);
        foreach (var line in look.Lines.Where(line => line.Light == ReadyLight.Red))
            Log.ToMend(logger, due.Run, ReadyWords.TitleOf(line).En, line.Found.En, line.ToDo?.En ?? "");
    }

    /// <summary>Tells persons of what is not ready, once until it is or the run begins.</summary>
    void Alert(ReadyLook look)
    {
        if (look.Light != ReadyLight.Red)
        {
            station.Registry.Alerts.SetOver(AlertKind.NotReady, look.Run.ToString(), look.At);
            return;
        }

        var (opens, total) = (VietnamTime.Expected(look.Opens), ReadyWords.Total(look.Lines));
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

    /// <summary>Once its window is open a run shows by itself how it goes.</summary>
    void EndAlerts(DateTimeOffset now)
    {
        foreach (var raised in station.Registry.Alerts.Read(now).Where(
            raised => raised is { IsOpen: true, Alert.Kind: AlertKind.NotReady }))
        {
            if (station.Registry.ReadyBook.FindLast(RunKey.Parse(raised.Alert.About)) is not { } look
                || look.Opens <= now)
                station.Registry.Alerts.SetOver(AlertKind.NotReady, raised.Alert.About, now);
        }
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
