using System.Buffers;
using SmsCampaign.App.Sending;
using SmsCampaign.Carriers;
using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.App.Rehearsing;

/// <summary>
/// The program from one start to its end, or to the power cut: what the worker has of a run, on virtual time.
/// </summary>
sealed class RehearsedProcess : IAsyncDisposable
{
    /// <summary>How often gateways bring what receipts are due.</summary>
    static readonly TimeSpan BringEvery = TimeSpan.FromSeconds(1);

    /// <summary>Nothing is there, and nothing is asked there.</summary>
    static readonly Uri Nowhere = new("http://127.0.0.1:9");

    readonly RehearsalDay _day;
    readonly VirtualTime _time;
    readonly List<RehearsedCarrier> _carriers;
    readonly Station _station;
    readonly RunRecord _run;
    readonly RunStages _stages;
    int _isOver;

    RehearsedProcess(RehearsalDay day, VirtualTime time)
    {
        (_day, _time) = (day, time);
        var clock = new ProcessClock(time);
        _run = Ledgers.OpenRegistry(day.Data).Find(day.Planned.Key)!;
        _carriers = [];
        var accounts = new List<LaneAccount>();
        foreach (var lane in day.Planned.Lanes)
        {
            var carrier = new RehearsedCarrier(
                lane,
                CreateCarrier(lane),
                (IReceiptSource)CreateCarrier(SimulatedLanes.For(lane, Nowhere)),
                day.Gateways[lane.Name],
                time);
            _carriers.Add(carrier);
            accounts.Add(new LaneAccount(lane, carrier, Pace.Of(lane.Options, clock)));
        }

        _station = Station.Open(day.Data, clock, accounts, _run);
        Watcher = new TimelineWatcher(
            day.Timeline, time, name => day.Planned.Lanes.First(lane => lane.Name == name), day.Window.ToLocal);
        _station.Accounts.Watch(Watcher.Note);
        _stages = RunStages.At(_station, day.Prepared, Watcher, day.Language) with
        {
            WriteReport = (run, receipts) => RunReport.Write(
                run.AddressIn(day.Data),
                day.ReportFolder,
                ReportOptions.Of(day.Language, unmasked: null, day.Data, _station.Registry, run) with
                {
                    IsOver = receipts == ReceiptsWait.Over,
                }),
        };
        Ledger = _station.Runs.Open(_run);
    }

    public TimelineWatcher Watcher { get; }

    public IRunLedger Ledger { get; }

    /// <summary>Starts it as the service starts after a power cut: what was on its way is uncertain.</summary>
    /// <exception cref="LedgerException">A file of the rehearsal cannot be opened.</exception>
    public static RehearsedProcess Start(RehearsalDay day, VirtualTime time) => new(day, time);

    /// <summary>Goes through the run's days.</summary>
    /// <exception cref="LedgerException">A ledger cannot be read or written.</exception>
    public Task<bool> ConductAsync(CancellationToken stopping) =>
        _station.WithReceiptsAsync(ConductWithReceiptsAsync, stopping);

    /// <summary>Writes the report of a run that waits for a person.</summary>
    public void WriteReport() => Watcher.Reported(_day.Planned.Key, _stages.WriteReport(_run, ReceiptsWait.BrokenOff));

    /// <summary>Nothing of what it does from now on leaves it.</summary>
    public void CutOff()
    {
        Watcher.End();
        foreach (var carrier in _carriers)
            carrier.CutOff();
    }

    /// <summary>Also where it was before.</summary>
    public ValueTask DisposeAsync() =>
        Interlocked.Exchange(ref _isOver, 1) == 0 ? _station.DisposeAsync() : ValueTask.CompletedTask;

    async Task<bool> ConductWithReceiptsAsync(CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var bringing = BringReceiptsAsync(over.Token);
        try
        {
            return await ConductDaysAsync(stopping);
        }
        finally
        {
            await over.CancelAsync();
            await bringing;
        }
    }

    /// <summary>As the worker has it: whenever the conductor says, it is asked again.</summary>
    async Task<bool> ConductDaysAsync(CancellationToken stopping)
    {
        var conductor = new RunConductor(_day.Planned.Key, _station.Registry, _stages, _time, Watcher);
        while (await conductor.ConductAsync(stopping) is { } wake)
        {
            if (Watcher.Unwritable is not null)
                return false; // on a screen it is said at once
            if (wake - _time.GetUtcNow() is var wait && wait > TimeSpan.Zero)
                await SleepAsync(wait, stopping);
        }

        return true;
    }

    async Task BringReceiptsAsync(CancellationToken stopping)
    {
        var kept = new List<Task>();
        while (!stopping.IsCancellationRequested)
        {
            var now = _time.GetUtcNow();
            foreach (var (lane, gateway) in _day.Gateways)
            {
                while (gateway.TakeCallback(now) is { } callback)
                    kept.Add(KeepAsync(lane, callback));
            }

            foreach (var callback in kept)
                await callback;
            kept.Clear();
            _day.Progress.Note(now, _day.Gateways.Values.Sum(gateway => gateway.Taken));
            await SleepAsync(BringEvery, stopping);
        }
    }

    /// <summary>Over when it is on disk.</summary>
    async Task KeepAsync(string lane, byte[] callback) => await _station.Receipts.AppendAsync(
        lane, "", "application/json", new ReadOnlySequence<byte>(callback));

    async Task SleepAsync(TimeSpan wait, CancellationToken stopping) =>
        await Task.WhenAny(Task.Delay(wait, _time, stopping));

    /// <summary>A lane's adapter, which is asked what it can and never sends.</summary>
    public static ICarrier CreateCarrier(Lane lane) =>
        CarrierTypes.CreateCarrier(lane, CarrierHttp.CreateSender(lane.Options));
}
