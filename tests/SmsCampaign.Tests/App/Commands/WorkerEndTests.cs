using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.App.Worker;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Commands;

/// <summary>With which exit code the worker ends: by it whoever watches over it starts it again.</summary>
public sealed class WorkerEndTests : IDisposable
{
    readonly StringWriter _errors = new();
    readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _errors.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Asked_to_stop_it_has_done_what_it_should()
    {
        using var host = await StartAsync();
        await _stop.CancelAsync();

        Assert.Equal(ExitCode.Done, await EndAsync(host));
        Assert.Empty(_errors.ToString());
    }

    /// <summary>Whatever it was that ended it, as a part of a library.</summary>
    [Fact]
    public async Task Ended_by_nobody_it_is_to_be_started_again()
    {
        using var host = await StartAsync();
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(ExitCode.CouldNot, await EndAsync(host));
        Assert.Contains("dù không ai yêu cầu", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_it_is_where_a_vital_part_broke_as_it_was_asked_to_stop()
    {
        using var host = await StartAsync(services => services.AddHostedService<Breaking>());
        await host.Services.GetServices<IHostedService>().OfType<Breaking>().Single().Begun.WaitAsync(
            Patience.ForAnything);
        await _stop.CancelAsync();

        Assert.Equal(ExitCode.CouldNot, await EndAsync(host));
    }

    static async Task<IHost> StartAsync(Action<IServiceCollection>? add = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        add?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    Task<int> EndAsync(IHost host) => WorkerCommand.EndAsync(
        host,
        new Terminal(TextWriter.Null, _errors, Language.Vietnamese, outputIsTerminal: false),
        hearsOfIt: TimeSpan.Zero,
        _stop.Token);

    sealed class Breaking(IHostApplicationLifetime lifetime) : VitalService(lifetime)
    {
        readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        protected override Task RunAsync(CancellationToken stopping)
        {
            _begun.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);
        }

        protected override Task EndAsync() => throw new InvalidOperationException("broken");

        protected override void LogBroken(string broken)
        {
        }
    }
}
