using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using JasperFx;
using JasperFx.CodeGeneration;
using Npgsql;
using Wolverine;
using Wolverine.Postgresql;
using Wolverine.Runtime;
using Wolverine.Runtime.Agents;

namespace SmsCampaign.EngineTrial.Engines;

/// <summary>An account is an agent of Wolverine, which its elected leader assigns to a node.</summary>
static class WolverineNode
{
    public static async Task<int> RunAsync(Node node)
    {
        var builder = Host.CreateApplicationBuilder();
        await using var database = NpgsqlDataSource.Create(node.Connection);
        using var log = new BeliefLog(node.Log);
        builder.Services.AddSingleton<IAgentFamily>(new AccountFamily(node, database, log));
        builder.UseWolverine(options =>
        {
            // Without it Wolverine wants the C# compiler in the process (WolverineFx.RuntimeCompilation).
            options.CodeGeneration.TypeLoadMode = TypeLoadMode.Static;
            options.PersistMessagesWithPostgresql(node.Connection, "wolverine");
            options.Durability.FirstHealthCheckExecution = TimeSpan.FromMilliseconds(500);
            options.Durability.HealthCheckPollingTime = TimeSpan.FromSeconds(1);
            options.Durability.StaleNodeTimeout = TimeSpan.FromSeconds(4);
            options.Durability.CheckAssignmentPeriod = TimeSpan.FromSeconds(1);
            options.Durability.NodeReassignmentPollingTime = TimeSpan.FromSeconds(1);
        });
        await builder.Build().RunAsync();
        return 0;
    }
}

sealed class AccountFamily(Node node, NpgsqlDataSource database, BeliefLog log) : IStaticAgentFamily
{
    public string Scheme => "account";

    public ValueTask<IReadOnlyList<Uri>> AllKnownAgentsAsync() =>
        new([.. Node.Accounts.Select(account => new Uri($"account://{account}"))]);

    public ValueTask<IReadOnlyList<Uri>> SupportedAgentsAsync() => AllKnownAgentsAsync();

    public ValueTask<IAgent> BuildAgentAsync(Uri uri, IWolverineRuntime wolverineRuntime) =>
        new(new AccountAgent(uri, node, database, log));

    public ValueTask EvaluateAssignmentsAsync(AssignmentGrid assignments)
    {
        assignments.DistributeEvenly(Scheme);
        return default;
    }
}

sealed class AccountAgent(Uri uri, Node node, NpgsqlDataSource database, BeliefLog log) : IAgent, IDisposable
{
    CancellationTokenSource _ends = new();
    Task _counting = Task.CompletedTask;

    public Uri Uri => uri;

    public AgentStatus Status { get; private set; } = AgentStatus.Stopped;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ends.Dispose();
        _ends = new CancellationTokenSource();
        Status = AgentStatus.Running;
        _counting = Task.Run(
            () => new CountingAccount(uri.Host, node, database, log).RunAsync(_ends.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Status = AgentStatus.Stopped;
        await _ends.CancelAsync();
        await _counting;
    }

    public void Dispose() => _ends.Dispose();
}
