using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Campaigns;
using SmsCampaign.Dispatch.Lanes;

namespace SmsCampaign.Tests.Dispatch.Lanes;

public sealed class LaneGateTests : IDisposable
{
    static readonly DateTimeOffset Opens = new(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);

    readonly FakeTimeProvider _time = new(Opens.AddSeconds(-1));
    readonly CancellationTokenSource _stop = new();
    readonly LaneGate _gate;

    public LaneGateTests() => _gate = new LaneGate(_time);

    public void Dispose()
    {
        _gate.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public void Rule_5_it_is_shut_until_it_is_opened_and_outside_its_hours()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_gate.IsOpen);
        Assert.True(_gate.Ending.IsCancellationRequested);

        _gate.Open(new OpenHours(Opens.AddSeconds(1), Opens.AddSeconds(3)), _stop.Token);
        Assert.False(_gate.IsOpen);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_gate.IsOpen);

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(_gate.IsOpen);
        Assert.True(_gate.Ending.IsCancellationRequested);
    }

    [Fact]
    public void A_stop_shuts_it_and_wakes_whoever_waits()
    {
        _gate.Open(new OpenHours(DateTimeOffset.MinValue, Opens.AddHours(1)), _stop.Token);
        Assert.True(_gate.IsOpen);

        _stop.Cancel();

        Assert.False(_gate.IsOpen);
        Assert.True(_gate.Ending.IsCancellationRequested);
    }

    [Fact]
    public void What_broke_first_is_kept()
    {
        _gate.Open(new OpenHours(DateTimeOffset.MinValue, Opens.AddHours(1)), _stop.Token);

        _gate.Break(new InvalidOperationException("first"));
        _gate.Break(new InvalidOperationException("second"));

        Assert.False(_gate.IsOpen);
        Assert.Equal("first", _gate.Broken?.Message);
    }
}
