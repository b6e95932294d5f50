using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App.Worker;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.Tests.App.Worker;

/// <summary>The web pages beside the worker.</summary>
public sealed class ConsoleServiceTests : IDisposable
{
    static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero));
    readonly KeptLog _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_keeps_the_pages_from_being_served_is_logged_by_its_file_and_told_until_it_is_over()
    {
        var data = new DataFolder(_folder.File("data"));
        var registry = Ledgers.OpenRegistry(data);
        await File.WriteAllTextAsync(data.People, string.Concat(Enumerable.Repeat("hỏng ", 1_000)));
        var place = new ConsolePlace(
            data,
            Repository.PathOf("config/smscampaign.json"),
            new Uri("http://127.0.0.1:0"),
            Language.Vietnamese);
        using var logging = LoggerFactory.Create(logging => logging.AddProvider(_log));
        using var service = new ConsoleService(
            place, registry, _time, _log, logging.CreateLogger<ConsoleService>());

        await service.StartAsync(CancellationToken.None);
        await UntilAsync(() => registry.Alerts.Read(_time.GetUtcNow()).Any(raised => raised.IsOpen));

        var alert = Assert.Single(registry.Alerts.Read(_time.GetUtcNow())).Alert;
        Assert.Equal(AlertKind.RecordDamaged, alert.Kind);
        Assert.Contains($"Tệp {data.People} bị hỏng", alert.Detail.Vi, StringComparison.Ordinal);
        Assert.Contains(_log.Lines, line => line.Text.Contains(data.People, StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => line.Text.Contains("console.listen", StringComparison.Ordinal));

        File.Delete(data.People);
        await UntilAsync(() => !registry.Alerts.Read(_time.GetUtcNow()).Any(raised => raised.IsOpen));
        Assert.True(service.Address.IsCompleted);
        await service.StopAsync(CancellationToken.None);
    }

    async Task UntilAsync(Func<bool> isSo)
    {
        for (var clock = Stopwatch.StartNew(); !isSo();)
        {
            Assert.True(clock.Elapsed < Patience.ForAnything);
            _time.Advance(Step);
            await Task.Yield();
        }
    }
}
