using Microsoft.Extensions.DependencyInjection;
using SmsCampaign.Storage;

namespace SmsCampaign.WebConsole.People;

/// <summary>Who may sign in, for a verb: the same desk that the pages have, without pages.</summary>
public sealed class PeopleAccess : IAsyncDisposable
{
    readonly ServiceProvider _services;
    readonly AsyncServiceScope _scope;

    PeopleAccess(ServiceProvider services) => (_services, _scope) = (services, services.CreateAsyncScope());

    public PeopleDesk Desk => _scope.ServiceProvider.GetRequiredService<PeopleDesk>();

    public Sessions Sessions => _scope.ServiceProvider.GetRequiredService<Sessions>();

    /// <summary>Makes the file where there is none.</summary>
    /// <exception cref="LedgerException">It cannot be read or written.</exception>
    public static async Task<PeopleAccess> OpenAsync(DataFolder data, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(data);
        services.AddSingleton(time);
        PeopleStore.Add(services, data);
        var provider = services.BuildServiceProvider();
        await PeopleStore.OpenAsync(provider);
        return new PeopleAccess(provider);
    }

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _services.DisposeAsync();
    }
}
