using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using SmsCampaign.App.Observing;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Telemetry;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Observing;

public sealed class StationGaugesTests : IAsyncDisposable
{
    readonly PreparationFolder _folder = new();
    readonly Station _station;
    readonly StationReader _reader;

    public StationGaugesTests()
    {
        var clock = new ProcessClock(_folder.Time);
        _station = Station.Open(
            _folder.Data,
            Ledgers.OpenRegistry(_folder.Data),
            new LaneAccounts(
                [new LaneAccount(
                    new Lane("gauges", new HttpLaneOptions()),
                    new ScriptedCarrier(_ => SendResult.Accepted("id")),
                    new Pace(1, clock))],
                clock),
            clock);
        _reader = new StationReader(_station, () => false, NullLogger<StationReader>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _station.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Where the first reading hangs, nothing else says so.</summary>
    [Fact]
    public void How_old_figures_are_is_told_before_there_are_any()
    {
        using var gauges = new StationGauges(_reader, _station);
        _folder.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal([("smscampaign.reading.age", 120, "")], Read(gauges));

        _reader.Read();

        Assert.Equal([("smscampaign.reading.age", 0, "")], Read(gauges).Where(each => each.Name.EndsWith(
            "age", StringComparison.Ordinal)));
        Assert.Contains(Read(gauges), each => each.Name == Measures.Queue.Name);
    }

    [Fact]
    public void Alerts_of_every_kind_and_severity_are_told_as_0_where_there_are_none()
    {
        using var gauges = new StationGauges(_reader, _station);
        _reader.Read();

        var alerts = Read(gauges).Where(each => each.Name == Measures.Alerts.Name).ToList();

        Assert.Contains(("smscampaign.alerts", 0, "kind=lane-stopped severity=urgent"), alerts);
        Assert.Equal(
            Enum.GetValues<AlertKind>().Length * Enum.GetValues<AlertSeverity>().Length,
            alerts.Count(each => each.Value == 0));
    }

    /// <summary>What was never added to has no series, and no rule fires on it.</summary>
    [Fact]
    public void Counters_of_every_lane_begin_at_0()
    {
        using var metering = new Metering();

        using var gauges = new StationGauges(_reader, _station);

        var told = metering.Noted
            .Where(each => each.Labels.StartsWith("lane=gauges", StringComparison.Ordinal))
            .Select(each => $"{each.Name} {each.Labels} {each.Value}");
        Assert.Equal(
            [
                "smscampaign.callbacks lane=gauges 0",
                "smscampaign.handed_over lane=gauges 0",
                "smscampaign.receipts lane=gauges 0",
                "smscampaign.sends lane=gauges outcome=accepted 0",
                "smscampaign.sends lane=gauges outcome=deferred 0",
                "smscampaign.sends lane=gauges outcome=rejected 0",
                "smscampaign.sends lane=gauges outcome=uncertain 0",
            ],
            told.Order(StringComparer.Ordinal));
    }

    static List<(string Name, double Value, string Labels)> Read(StationGauges gauges)
    {
        var told = new List<(string, double, string)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, each) =>
        {
            if (instrument.Meter == gauges.Meter)
                each.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => told.Add((
            instrument.Name, value, string.Join(' ', labels.ToArray().Select(label => $"{label.Key}={label.Value}")))));
        listener.Start();
        listener.RecordObservableInstruments();
        return told;
    }
}
