using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using SmsCampaign.App.Observing;
using SmsCampaign.App.Receiving;
using SmsCampaign.Conduct;
using SmsCampaign.Installations;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Worker;

/// <summary>How the worker is seen from outside. Nothing of the rest waits for it, or ends with it.</summary>
static class Monitoring
{
    public static void Add(IServiceCollection services, DataFolder data, Installation installation, TimeProvider time)
    {
        var settings = installation.Management;
        services.AddSingleton(_ => new Exports(settings));
        services.AddSingleton(provider => new DiskFloor(
            data.Root,
            installation.Receipts.FloorBytes,
            time,
            provider.GetRequiredService<ReceiptNews>().TellOfRoom));
        services.AddSingleton(provider => new StationReader(
            provider.GetRequiredService<Station>(),
            provider.GetRequiredService<RunStages>().TakesTwoPersons,
            provider.GetRequiredService<ILogger<StationReader>>()));
        services.AddSingleton<StationGauges>();
        services.AddSingleton(provider => new Health(
            provider.GetRequiredService<Station>(),
            provider.GetRequiredService<StationReader>(),
            provider.GetRequiredService<DiskFloor>(),
            settings,
            () => provider
                .GetRequiredService<IHostApplicationLifetime>()
                .ApplicationStopping.IsCancellationRequested));
        services.AddHostedService(provider => provider.GetRequiredService<StationReader>());
        if (settings.Address is { } address)
        {
            services.AddSingleton(provider => new ManagementServer(
                address,
                provider.GetRequiredService<Health>(),
                provider.GetRequiredService<Exports>().Metrics!,
                time,
                provider.GetRequiredService<ILogger<ManagementServer>>(),
                provider.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted));
            services.AddHostedService(provider => provider.GetRequiredService<ManagementServer>());
        }

        var every = Watchdog.FindInterval(Environment.GetEnvironmentVariable);
        services.AddHostedService(provider => new Watchdog(
            provider.GetRequiredService<Station>().Accounts.Loops,
            every is null ? null : provider.GetService<ISystemdNotifier>() ?? new SystemdNotifier(),
            every ?? Watchdog.Every,
            time,
            provider.GetRequiredService<ILogger<Watchdog>>()));
    }

    /// <summary>Before anything is measured.</summary>
    public static void Begin(IServiceProvider services)
    {
        if (services.GetRequiredService<Exports>().Metrics is not null)
            services.GetRequiredService<StationGauges>();
    }
}
