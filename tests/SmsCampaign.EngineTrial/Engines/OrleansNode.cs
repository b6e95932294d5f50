using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;

namespace SmsCampaign.EngineTrial.Engines;

/// <summary>An account is a grain of Microsoft Orleans; the silos know each other by a table in PostgreSQL.</summary>
/// <remarks>
/// A grain lives where it was last called, so somebody must call it: every silo does, each half second. The shortest
/// reminder is a minute.
/// </remarks>
static class OrleansNode
{
    const int SiloPort = 11111;
    const int GatewayPort = 30000;

    public static async Task<int> RunAsync(Node node)
    {
        var builder = Host.CreateApplicationBuilder();
        await using var database = NpgsqlDataSource.Create(node.Connection);
        using var log = new BeliefLog(node.Log);
        builder.Services.AddSingleton(node).AddSingleton(database).AddSingleton(log);
        builder.Services.AddHostedService<CallsAccounts>();
        builder.UseOrleans(silo => silo
            .UseAdoNetClustering(options =>
            {
                options.Invariant = "Npgsql";
                options.ConnectionString = node.Connection;
            })
            .Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = "trial")
            .Configure<SiloOptions>(options => options.SiloName = node.Name)
            .Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromSeconds(1);
                options.NumMissedProbesLimit = 2;
                options.TableRefreshTimeout = TimeSpan.FromSeconds(2);
                options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
            })
            .Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(2))
            .ConfigureEndpoints(IPAddress.Parse(node.Address), SiloPort, GatewayPort));
        await builder.Build().RunAsync();
        return 0;
    }
}

interface IAccountGrain : IGrainWithStringKey
{
    Task CallAsync();
}

sealed class AccountGrain(Node node, NpgsqlDataSource database, BeliefLog log) : Grain, IAccountGrain, IDisposable
{
    readonly CancellationTokenSource _ends = new();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _ = Task.Run(
            () => new CountingAccount(this.GetPrimaryKeyString(), node, database, log).RunAsync(_ends.Token),
            CancellationToken.None);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _ends.CancelAsync();

    public Task CallAsync() => Task.CompletedTask;

    public void Dispose() => _ends.Dispose();
}

sealed class CallsAccounts(IGrainFactory grains, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, CancellationToken.None);
            if (!lifetime.ApplicationStarted.IsCancellationRequested)
                continue;
            foreach (var account in Node.Accounts)
                _ = CallAsync(grains.GetGrain<IAccountGrain>(account));
        }
    }

    static async Task CallAsync(IAccountGrain account)
    {
        try
        {
            await account.CallAsync();
        }
        catch (Exception unreachable) when (
            unreachable is OrleansException or TimeoutException or OperationCanceledException)
        {
            // Called again at the next turn.
        }
    }
}
