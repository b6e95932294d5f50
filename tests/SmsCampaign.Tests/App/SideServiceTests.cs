using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App;

public sealed class SideServiceTests
{
    [Fact]
    public async Task What_breaks_it_is_logged_without_a_whole_number_and_it_begins_again()
    {
        var (time, log) = (new FakeTimeProvider(), new KeptLog());
        using var service = new Breaking(time, LoggerFactory.Create(logging => logging.AddProvider(log)));

        await service.StartAsync(CancellationToken.None);
        for (var clock = Stopwatch.StartNew(); service.Begun < 2;)
        {
            Assert.True(clock.Elapsed < Patience.ForAnything);
            time.Advance(SideService.BeginAgain);
            await Task.Yield();
        }

        await service.StopAsync(CancellationToken.None);
        var told = Assert.Single(log.Lines).Text;
        Assert.Contains("Breaking has met a fault", told, StringComparison.Ordinal);
        Assert.Contains("84912***678", told, StringComparison.Ordinal);
        Assert.DoesNotContain("84912345678", told, StringComparison.Ordinal);
        Assert.True(service.ExecuteTask!.IsCompletedSuccessfully);
    }

    /// <summary>Breaks the first time.</summary>
    sealed class Breaking(TimeProvider time, ILoggerFactory logging)
        : SideService(time, logging.CreateLogger<Breaking>())
    {
        int _begun;

        public int Begun => Volatile.Read(ref _begun);

        protected override Task RunAsync(CancellationToken stopping) => Interlocked.Increment(ref _begun) == 1
            ? throw new InvalidOperationException("no row of 84912345678")
            : Task.Delay(Timeout.InfiniteTimeSpan, Time, stopping);
    }
}
