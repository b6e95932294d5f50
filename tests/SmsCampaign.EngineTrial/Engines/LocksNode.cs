using Medallion.Threading;
using Medallion.Threading.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Quartz;

namespace SmsCampaign.EngineTrial.Engines;

/// <summary>
/// An account is an advisory lock of PostgreSQL (DistributedLock.Postgres): whoever gets it has the account. Who has
/// more already asks later, so that they spread. Quartz, clustered in the same database, fires what is to fire once.
/// </summary>
/// <remarks>
/// A session that has been idle for <see cref="Lease"/> is ended by PostgreSQL itself (idle_session_timeout), and with
/// it goes the lock: a paused or unreachable owner loses it by the database's clock. A living one says something every
/// second.
/// </remarks>
static class LocksNode
{
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);
    static readonly TimeSpan Cadence = TimeSpan.FromSeconds(1);
    static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(300);

    /// <summary>Waited more between tries for each account that a node has already.</summary>
    static readonly TimeSpan Handicap = TimeSpan.FromMilliseconds(200);

    public static async Task<int> RunAsync(Node node)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(options => (options.InstanceName, options.InstanceId) = ("trial", node.Name));
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(node.Connection);
                store.UseClustering(cluster => cluster.CheckinInterval = TimeSpan.FromSeconds(2));
                store.UseSystemTextJsonSerializer();
                store.ProvisionSchema();
            });
        });
        builder.Services.AddQuartzHostedService();
        await using var database = NpgsqlDataSource.Create(node.Connection);
        using var log = new BeliefLog(node.Log);
        using var host = builder.Build();
        await host.StartAsync();

        var ends = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var held = new Dictionary<string, CancellationTokenSource>();
        while (!ends.IsCancellationRequested)
        {
            foreach (var gone in held.Where(each => each.Value.IsCancellationRequested).ToList())
                held.Remove(gone.Key);
            await Task.Delay(BetweenTries + held.Count * Handicap, TimeProvider.System, CancellationToken.None);
            if (await TryTakeAsync(node, held, ends) is { } taken)
                _ = OwnAsync(taken, node, database, log);
        }

        await host.StopAsync();
        return 0;
    }

    /// <summary>The first account that nobody has, in an order of its own.</summary>
    static async Task<Taken?> TryTakeAsync(
        Node node, Dictionary<string, CancellationTokenSource> held, CancellationToken ends)
    {
        var others = Node.Accounts.Where(account => !held.ContainsKey(account)).OrderBy(_ => Random.Shared.Next());
        foreach (var account in others)
        {
            try
            {
                if (await LockOf(account, node).TryAcquireAsync(TimeSpan.Zero, ends) is not { } handle)
                    continue;
                var own = CancellationTokenSource.CreateLinkedTokenSource(handle.HandleLostToken, ends);
                held[account] = own;
                return new Taken(account, handle, own);
            }
            catch (Exception unreachable) when (
                unreachable is NpgsqlException or TimeoutException or InvalidOperationException
                    or OperationCanceledException)
            {
                return null; // The database is away: tried again.
            }
        }

        return null;
    }

    static async Task OwnAsync(Taken taken, Node node, NpgsqlDataSource database, BeliefLog log)
    {
        await new CountingAccount(taken.Account, node, database, log).RunAsync(taken.Own.Token);
        await taken.Handle.DisposeAsync();
    }

    static PostgresDistributedLock LockOf(string account, Node node)
    {
        var connection = new NpgsqlConnectionStringBuilder(node.Connection)
        {
            Options = $"-c idle_session_timeout={Lease.TotalMilliseconds} "
                + $"-c tcp_user_timeout={Lease.TotalMilliseconds}",
        };
        return new PostgresDistributedLock(
            new PostgresAdvisoryLockKey(account, allowHashing: true),
            connection.ConnectionString,
            options => options.KeepaliveCadence(Cadence).UseMultiplexing(false));
    }

    /// <param name="Own">Cancelled when the account is this node's no longer.</param>
    sealed record Taken(string Account, IDistributedSynchronizationHandle Handle, CancellationTokenSource Own);
}
