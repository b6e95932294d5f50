using System.Diagnostics.Metrics;
using SmsCampaign.Office;
using SmsCampaign.Telemetry;

namespace SmsCampaign.App.Observing;

/// <summary>Tells the figures of <see cref="StationReader"/> to whoever listens to <see cref="Measures"/>.</summary>
sealed class StationGauges : IDisposable
{
    readonly Meter _meter = new(Measures.MeterName, ProgramVersion.Current);
    readonly StationReader _reader;

    public StationGauges(StationReader reader)
    {
        _reader = reader;
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
        AddOne(Measures.ReadingAge, _ => reader.Age.TotalSeconds);
        Add(Measures.Runs, reading => reading.Runs.Select(
            state => new Measurement<double>(state.Value, Label("state", Measures.Word(state.Key)))));
        Add(Measures.Alerts, reading => reading.Alerts.Select(alerts => new Measurement<double>(
            alerts.Value,
            Label("kind", Measures.Word(alerts.Key.Kind)),
            Label("severity", Measures.Word(alerts.Key.Severity)))));
    }

    public void Dispose() => _meter.Dispose();

    void AddOfLanes(Measure measure, Func<LaneReading, double> value) => Add(measure, reading => reading.Lanes.Select(
        lane => new Measurement<double>(value(lane), Label(Measures.Lane, lane.Lane))));

    void AddOne(Measure measure, Func<StationReading, double> value) =>
        Add(measure, reading => [new Measurement<double>(value(reading))]);

    /// <summary>Nothing is told before the first reading.</summary>
    void Add(Measure measure, Func<StationReading, IEnumerable<Measurement<double>>> values) =>
        _meter.CreateObservableGauge(
            measure.Name,
            () => _reader.Latest is { } reading ? values(reading) : [],
            measure.Unit,
            measure.Meaning);

    static KeyValuePair<string, object?> Label(string name, string value) => new(name, value);
}
