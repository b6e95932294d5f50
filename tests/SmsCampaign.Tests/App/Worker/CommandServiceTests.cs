using System.Diagnostics;
using Microsoft.Extensions.Logging;
using SmsCampaign.App.Worker;
using SmsCampaign.Conduct;
using SmsCampaign.Installations;
using SmsCampaign.Office;
using SmsCampaign.Telemetry;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Worker;

public sealed class CommandServiceTests : IAsyncDisposable
{
    readonly PreparationFolder _folder = new();
    readonly KeptLog _log = new();
    readonly Station _station;

    public CommandServiceTests()
    {
        _folder.Prepare();
        _station = Station.Open(
            _folder.Data,
            Installation.Read(_folder.Installation).Installation!.Lanes,
            new ProcessClock(_folder.Time));
    }

    public async ValueTask DisposeAsync()
    {
        await _station.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_a_look_at_orders_throws_keeps_nothing_else_from_being_looked_at()
    {
        var looks = 0;
        _station.Accounts.Orders.Applied = _ =>
        {
            Interlocked.Increment(ref looks);
            throw new InvalidOperationException("84912345678");
        };
        using var service = new CommandService(
            _station, new Logger<CommandService>(LoggerFactory.Create(logging => logging.AddProvider(_log))));
        await service.StartAsync(CancellationToken.None);

        await UntilAsync(() => Volatile.Read(ref looks) > 2);
        Assert.Contains("InvalidOperationException", Assert.Single(_log.Lines).Text, StringComparison.Ordinal);
        Assert.True(_station.Accounts.Loops.HasBegun("orders"));
        Assert.False(service.ExecuteTask!.IsCompleted);
        await service.StopAsync(CancellationToken.None);
    }

    /// <summary>The process is no good without it: nobody could pause what is sent.</summary>
    [Fact]
    public void It_is_watched_from_before_its_first_turn()
    {
        using var service = new CommandService(
            _station, new Logger<CommandService>(LoggerFactory.Create(logging => logging.AddProvider(_log))));
        _folder.Time.Advance(LoopWatch.LongestStart + TimeSpan.FromSeconds(1));

        var stuck = Assert.Single(_station.Accounts.Loops.FindStuck());

        Assert.Equal(("orders", true), (stuck.Name, stuck.IsVital));
    }

    async Task UntilAsync(Func<bool> isSo)
    {
        for (var clock = Stopwatch.StartNew(); !isSo();)
        {
            Assert.True(clock.Elapsed < Patience.ForAnything);
            _folder.Time.Advance(CommandHand.LookEvery);
            await Task.Yield();
        }
    }
}
