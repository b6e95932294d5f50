using SmsCampaign.Tests.Support;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace SmsCampaign.Tests.Support;

/// <summary>Ends <see cref="PostgresServer.Shared"/> with the run.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    public ValueTask DisposeAsync() => PostgresServer.EndSharedAsync();
}
