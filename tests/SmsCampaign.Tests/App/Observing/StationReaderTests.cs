using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App.Observing;
using SmsCampaign.Conduct;
using SmsCampaign.Installations;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Observing;

public sealed class StationReaderTests : IDisposable
{
    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Rested for ten times as long, its figures would be too old before they are read again, each
    /// time.</summary>
    [Theory]
    [InlineData(0.1, 5)]
    [InlineData(1, 10)]
    [InlineData(8, 30)]
    public async Task It_rests_longer_after_a_long_reading_but_never_until_its_figures_are_too_old(
        double took, double rests)
    {
        _folder.Prepare();
        var time = new Armed(PreparationFolder.MorningBefore);
        await using var station = Station.Open(
            _folder.Data, Installation.Read(_folder.Installation).Installation!.Lanes, new ProcessClock(time));
        using var reader = new StationReader(
            station,
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(took));
                return false;
            },
            NullLogger<StationReader>.Instance);

        await reader.StartAsync(CancellationToken.None);
        var rest = await time.First.WaitAsync(Patience.ForAnything);
        await reader.StopAsync(CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(rests), rest);
        Assert.True(rest + TimeSpan.FromSeconds(took) < Health.Stale);
    }

    /// <summary>Tells for how long it is first waited.</summary>
    sealed class Armed(DateTimeOffset now) : FakeTimeProvider(now)
    {
        readonly TaskCompletionSource<TimeSpan> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<TimeSpan> First => _first.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _first.TrySetResult(dueTime);
            return timer;
        }
    }
}
