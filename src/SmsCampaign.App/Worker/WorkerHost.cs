using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using SmsCampaign.App.Observing;
using SmsCampaign.App.Receiving;
using SmsCampaign.Conduct;
using SmsCampaign.Installations;
using SmsCampaign.Office;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Worker;

/// <summary>
/// Puts the unattended service together: scheduler, conductors, receipts.
/// </summary>
static partial class WorkerHost
{
    /// <summary>Longest a stop may take.</summary>
    static readonly TimeSpan Stopping = TimeSpan.FromSeconds(2);

    /// <summary>A fault of a file as it begins, by the file's name: the scheduler alone keeps one by a package, which
    /// does not say.</summary>
    /// <returns>Null where it is none, or is named already.</returns>
    public static LedgerException? NameFile(Exception failed, DataFolder data) =>
        StorageFaults.Name(failed, data.SchedulerName);

    /// <summary>The caller holds the <see cref="SendingLock"/> of the data folder for as long
    /// as the host lives.</summary>
    /// <param name="isQuiet">Whether nothing is logged: of a demonstration, which somebody watches.</param>
    public static WebApplication Create(
        DataFolder data, Installation installation, TimeProvider time, Language language, bool isQuiet = false)
    {
        var clock = new ProcessClock(time);
        var places = ReceiptServer.PlacesOf(installation.Receipts, time);
        var builder = ReceiptServer.CreateBuilder(installation.Receipts.Listen, places);
        if (isQuiet)
            builder.Logging.ClearProviders();
        else
            WorkerLog.Add(builder.Logging, installation.Management.Logs, time);

        builder.Services.Configure<HostOptions>(
            host => (host.ShutdownTimeout, host.ServicesStopConcurrently) = (Stopping, true));
        builder.Services.AddSystemd();
        builder.Services.AddWindowsService(service => service.ServiceName = "SmsCampaign");
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<LaneNews>();
        builder.Services.AddSingleton<ReceiptNews>();
        builder.Services.AddSingleton<IRunWatcher, LogWatcher>();
        builder.Services.AddSingleton(services =>
            Station.Open(data, installation.Lanes, clock, told: services.GetRequiredService<LaneNews>().Tell));
        AddWorker(builder.Services, (station, watcher) => RunStages.At(station, installation.File, watcher, language));
        builder.Services.AddHostedService(services => new RecordsWatch(
            services.GetRequiredService<Station>(),
            installation.File,
            services.GetRequiredService<ILogger<RecordsWatch>>()));
        builder.Services.AddSingleton(services => ReadyDesk.OfWorker(
            services.GetRequiredService<Station>(),
            installation.File,
            services.GetRequiredService<RunStages>().FindStale));
        builder.Services.AddHostedService(services => new PurgeService(
            data, installation.Privacy, time, services.GetRequiredService<ILogger<PurgeService>>()));
        builder.Services.AddHostedService<ReadyWatch>();
        builder.Services.AddHostedService<CommandService>();
        builder.Services.AddHostedService(services => new AlertService(
            services.GetRequiredService<Station>(),
            installation.Alerts,
            installation.File,
            services.GetRequiredService<ILogger<AlertService>>()));
        builder.Services.AddSingleton<SettlerService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SettlerService>());
        builder.Services.AddSingleton<InquiryService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<InquiryService>());
        Monitoring.Add(builder.Services, data, installation, time);
        if (ConsolePlaces.Of(data, Path.GetFullPath(installation.File), installation.Console, language) is { } place)
        {
            builder.Services.AddSingleton(services => new ConsoleService(
                place,
                services.GetRequiredService<Station>().Registry,
                time,
                WorkerLog.ForPages(services),
                services.GetRequiredService<ILogger<ConsoleService>>()));
            builder.Services.AddHostedService(services => services.GetRequiredService<ConsoleService>());
        }

        var servesPages = builder.Services.Any(service => service.ServiceType == typeof(ConsoleService));
        var damage = SchedulerFile.Mend(data);
        AddScheduler(builder.Services, data);

        var host = builder.Build();
        if (damage is not null)
            Log.SchedulerMended(host.Services.GetRequiredService<ILogger<CampaignWorker>>(), data.Scheduler, damage);
        var station = host.Services.GetRequiredService<Station>();
        var news = host.Services.GetRequiredService<ReceiptNews>();
        Tell(station, news);
        if (!servesPages)
            EndPagesAlert(station, time);
        Monitoring.Begin(host.Services);
        var lanes = host.Services.GetRequiredService<LaneNews>();
        station.Accounts.Watch(lanes.Tell);
        (station.Accounts.Orders.Told, station.Accounts.Orders.TroubleTold) = (lanes.Tell, lanes.TellOfTrouble);
        foreach (var stop in station.Registry.Stops.Read())
            lanes.TellOfUnreadable(stop);
        var health = host.Services.GetRequiredService<Health>();
        ReceiptEndpoints.Run(host, new ReceiptIntake(
            station.Receipts.AppendAsync, CallbackGuards.Of(station.Accounts, installation.Receipts), time)
        {
            Places = places,
            Lives = () => health.Live().IsWell,
            Floor = host.Services.GetRequiredService<DiskFloor>(),
        });
        return host;
    }

    static void Tell(Station station, ReceiptNews news)
    {
        station.Runs.Alarm = news.TellOfSetAside;
        station.Runs.LeftUnwritten = news.TellOfUnwritten;
        station.Tests.Alarm = news.TellOfTest;
        station.Settler.Strays = news.TellOfStrays;
        station.Receipts.Alarm = news.TellOfDamaged;
        foreach (var damaged in station.Receipts.Damaged)
            news.TellOfDamaged(damaged);
        foreach (var (ledger, reason) in station.Unread)
            news.TellOfUnread(ledger, reason.En);
    }

    /// <summary>What begins and conducts runs at the <see cref="Station"/>.</summary>
    public static void AddWorker(IServiceCollection services, Func<Station, IRunWatcher, RunStages> stages)
    {
        services.AddSingleton(
            provider => stages(provider.GetRequiredService<Station>(), provider.GetRequiredService<IRunWatcher>()));
        services.AddSingleton<CampaignWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<CampaignWorker>());
    }

    public static void AddScheduler(IServiceCollection services, DataFolder data)
    {
        services.AddQuartz(quartz =>
        {
            if (data.SchedulerSchema is not null)
                quartz.ConfigureScheduler(scheduler => scheduler.InstanceId = NewNode());
            quartz.UsePersistentStore(store =>
            {
                // A place of its own: what the scheduler does never waits for the ledger, nor the ledger for it.
                if (data.SchedulerSchema is { } schema)
                    Share(store, schema);
                else
                    store.UseSqlite($"Data Source={data.Scheduler};Default Timeout=10");
                store.UseSystemTextJsonSerializer();
                store.ProvisionSchema();
            });
        });

        // One of a cluster that is stopped before it has started fails to stop (Quartz 4.7.3): it starts with the host.
        services.AddQuartzHostedService(hosted => hosted.AwaitApplicationStarted = data.SchedulerSchema is null);
    }

    /// <summary>One store for all nodes: what is due fires on one of them, and where one is gone on another.</summary>
    static void Share(IPersistentStoreBuilder store, PackageSchema schema)
    {
        store.UsePostgres(source => source.DataSourceFactory = _ =>
        {
            schema.Make(); // Quartz makes the tables, and no schema
            return schema.Source;
        });
        store.ConfigureStore(options => options.TablePrefix = $"{schema.Quoted}.qrtz_");
        store.UseClustering();
    }

    /// <summary>A name that no other node has, nor this one before: machines are copied, and processes of a container
    /// all have the same number.</summary>
    static string NewNode() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.MachineName}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");

    /// <summary>Nobody serves pages any more: what kept them from it is no news.</summary>
    static void EndPagesAlert(Station station, TimeProvider time)
    {
        try
        {
            AlertDesk.NotePages(station.Registry, null, time.GetUtcNow());
        }
        catch (LedgerException) // no reason not to send: it ends at the next start
        {
        }
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{File} is damaged ({Damage}) and is made anew from ledger.db; "
            + "what was there is put aside beside it as .damaged")]
        public static partial void SchedulerMended(ILogger logger, string file, string damage);
    }
}
