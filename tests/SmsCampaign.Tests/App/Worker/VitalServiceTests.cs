using Microsoft.Extensions.Hosting;
using SmsCampaign.App.Worker;

namespace SmsCampaign.Tests.App.Worker;

public sealed class VitalServiceTests
{
    [Fact]
    public async Task Rule_9_what_the_log_says_of_a_service_that_breaks_holds_no_whole_number()
    {
        using var lifetime = new Lifetime();
        using var service = new Breaking(lifetime);

        await service.StartAsync(CancellationToken.None);
        await service.ExecuteTask!;

        var told = Assert.Single(service.Told);
        Assert.Contains("84912***678", told, StringComparison.Ordinal);
        Assert.DoesNotContain("84912345678", told, StringComparison.Ordinal);
        Assert.DoesNotContain("0987 654 321", told, StringComparison.Ordinal); // of the fault behind it
        Assert.Contains(nameof(Breaking), told, StringComparison.Ordinal); // where it broke
        Assert.True(service.Failed);
        Assert.True(lifetime.ApplicationStopping.IsCancellationRequested);
    }

    sealed class Breaking(IHostApplicationLifetime lifetime) : VitalService(lifetime)
    {
        public List<string> Told { get; } = [];

        protected override Task RunAsync(CancellationToken stopping) =>
            throw new InvalidOperationException(
                "no row of 84912345678", new FormatException("not a number: 0987 654 321"));

        protected override void LogBroken(string broken) => Told.Add(broken);
    }

    sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
