using System.Diagnostics.Metrics;
using SmsCampaign.Carriers;
using SmsCampaign.Conduct;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Telemetry;

namespace SmsCampaign.App.Observing;

/// <summary>Tells the figures of <see cref="StationReader"/> to whoever listens to <see cref="Measures"/>.</summary>
sealed class StationGauges : IDisposable
{
    readonly Meter _meter = new(Measures.MeterName, ProgramVersion.Current);
    readonly StationReader _reader;

    public StationGauges(StationReader reader, Station station)
    {
        _reader = reader;
        foreach (var lane in station.Accounts.Names)
            Begin(lane);
        AddOfLanes(Measures.Queue, lane => lane.Queue);
        AddOfLanes(Measures.Uncertain, lane => lane.Uncertain);
        AddOfLanes(Measures.ContractRate, lane => lane.ContractRate);
        AddOfLanes(Measures.AllowedRate, lane => lane.AllowedRate);
        AddOfLanes(Measures.LaneStopped, lane => lane.IsStopped ? 1 : 0);
        AddOfLanes(Measures.LaneAway, lane => lane.IsAway ? 1 : 0);
        AddOfLanes(Measures.NeededRate, lane => lane.NeededRate);
        AddOne(Measures.WindowLeft, reading => reading.WindowLeft.TotalSeconds);
        AddOne(Measures.ReceiptsLag, reading => reading.ReceiptsLag.TotalSeconds);
        AddOne(Measures.UnreadLedgers, reading => reading.UnreadLedgers);
        AddOne(Measures.UndeliveredAlerts, reading => reading.UndeliveredAlerts);
        Add(Measures.ReadingAge, () => [new Measurement<double>(reader.Age.TotalSeconds)]);
        Add(Measures.Runs, reading => reading.Runs.Select(
            state => new Measurement<double>(state.Value, Label("state", Measures.Word(state.Key)))));
        Add(Measures.Alerts, TellAlerts);
    }

    /// <summary>Whose they are.</summary>
    internal Meter Meter => _meter;

    public void Dispose() => _meter.Dispose();

    /// <summary>A counter that nothing was added to is not told at all, and what is not told raises no
    /// alarm.</summary>
    static void Begin(string name)
    {
        var lane = Label(Measures.Lane, name);
        foreach (var outcome in Enum.GetValues<SendOutcome>())
            Measures.Sends.Add(0, lane, Label("outcome", Measures.Word(outcome)));
        Measures.HandedOver.Add(0, lane);
        Measures.Callbacks.Add(0, lane);
        Measures.Receipts.Add(0, lane);
    }

    /// <summary>Of every kind and severity, so that 0 is told apart from nothing being told.</summary>
    static IEnumerable<Measurement<double>> TellAlerts(StationReading reading) =>
        from kind in Enum.GetValues<AlertKind>()
        from severity in Enum.GetValues<AlertSeverity>()
        select new Measurement<double>(
            reading.Alerts.GetValueOrDefault((kind, severity)),
            Label("kind", Measures.Word(kind)),
            Label("severity", Measures.Word(severity)));

    void AddOfLanes(Measure measure, Func<LaneReading, double> value) => Add(measure, reading => reading.Lanes.Select(
        lane => new Measurement<double>(value(lane), Label(Measures.Lane, lane.Lane))));

    void AddOne(Measure measure, Func<StationReading, double> value) =>
        Add(measure, reading => [new Measurement<double>(value(reading))]);

    /// <summary>Nothing is told before the first reading.</summary>
    void Add(Measure measure, Func<StationReading, IEnumerable<Measurement<double>>> values) =>
        Add(measure, () => _reader.Latest is { } reading ? values(reading) : []);

    void Add(Measure measure, Func<IEnumerable<Measurement<double>>> values) =>
        _meter.CreateObservableGauge(measure.Name, values, measure.Unit, measure.Meaning);

    static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}
