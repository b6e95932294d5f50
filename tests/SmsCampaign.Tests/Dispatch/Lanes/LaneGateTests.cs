using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Campaigns;
using SmsCampaign.Dispatch.Lanes;
using SmsCampaign.Storage;

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
    public void Hours_that_end_later_by_a_decision_on_disk_go_on_without_a_break()
    {
        var closes = Opens.AddHours(1);
        var asked = 0;
        _gate.Open(new OpenHours(Opens, closes), _stop.Token, () =>
        {
            asked++;
            return closes;
        });
        closes = Opens.AddHours(2);

        _time.SetUtcNow(Opens.AddHours(1));
        Assert.True(_gate.IsOpen);
        Assert.False(_gate.Ending.IsCancellationRequested);
        Assert.Equal(1, asked);

        _time.SetUtcNow(closes);
        Assert.False(_gate.IsOpen);
        Assert.True(_gate.Ending.IsCancellationRequested);
        Assert.Equal(2, asked);
    }

    [Fact]
    public void Rule_5_where_it_cannot_be_read_whether_they_end_later_they_do_not()
    {
        _gate.Open(
            new OpenHours(Opens, Opens.AddHours(1)),
            _stop.Token,
            () => throw new LedgerException(new Wording("hỏng", "broken")));

        _time.SetUtcNow(Opens.AddHours(1));

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
