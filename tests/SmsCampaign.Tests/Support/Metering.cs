using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using SmsCampaign.Telemetry;

namespace SmsCampaign.Tests.Support;

/// <summary>Listens to what is measured. Other tests are measured meanwhile: those of one's own are told apart by
/// their lane's name.</summary>
sealed class Metering : IDisposable
{
    readonly MeterListener _listener = new();
    readonly ConcurrentQueue<(string Name, double Value, string Labels)> _noted = new();

    public Metering()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Measures.MeterName)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Note(instrument, value, labels));
        _listener.SetMeasurementEventCallback<double>(
            (instrument, value, labels, _) => Note(instrument, value, labels));
        _listener.Start();
    }

    /// <summary>Each with its labels, as <c>lane=viettel outcome=accepted</c>.</summary>
    public IReadOnlyCollection<(string Name, double Value, string Labels)> Noted => _noted;

    public double SumOf(Instrument instrument, string labels) => _noted
        .Where(each => each.Name == instrument.Name && each.Labels == labels)
        .Sum(each => each.Value);

    public void Dispose() => _listener.Dispose();

    void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var words = new List<string>();
        foreach (var (name, word) in labels)
            words.Add($"{name}={word}");
        _noted.Enqueue((instrument.Name, value, string.Join(' ', words)));
    }
}
