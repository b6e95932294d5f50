using Microsoft.Extensions.Hosting;
using Npgsql;

namespace SmsCampaign.EngineTrial.Engines;

/// <summary>A host and a connection without any engine: what the others are measured against.</summary>
static class BareNode
{
    public static async Task<int> RunAsync(Node node)
    {
        var builder = Host.CreateApplicationBuilder();
        await using var database = NpgsqlDataSource.Create(node.Connection);
        await using (var connection = await database.OpenConnectionAsync())
        {
        }

        await builder.Build().RunAsync();
        return 0;
    }
}
