using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Receipts;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Worker;

/// <summary>
/// Puts the unattended service together: scheduler, conductors, receipts.
/// </summary>
static class WorkerHost
{
    /// <summary>Longest a stop may take.</summary>
    static readonly TimeSpan Stopping = TimeSpan.FromSeconds(2);

    /// <summary>The caller holds the <see cref="SendingLock"/> of the data folder for as long as the host lives.</summary>
    public static WebApplication Create(DataFolder data, Installation installation, TimeProvider time, Language language)
    {
        var clock = new ProcessClock(time);
        var builder = ReceiptServer.CreateBuilder(installation.Receipts.Listen);
        AddLogging(builder);

        builder.Services.Configure<HostOptions>(host => (host.ShutdownTimeout, host.ServicesStopConcurrently) = (Stopping, true));
        builder.Services.AddSystemd();
        builder.Services.AddWindowsService(service => service.ServiceName = "SmsCampaign");
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(data);
        builder.Services.AddSingleton(_ => new RunRegistry(data));
        builder.Services.AddSingleton<ReceiptStore>();
        builder.Services.AddSingleton<OpenRuns>();
        builder.Services.AddSingleton<LaneNews>();
        builder.Services.AddSingleton(services =>
        {
            var registry = services.GetRequiredService<RunRegistry>();
            var accounts = new LaneAccounts(installation.Lanes, clock, registry.Stops, services.GetRequiredService<LaneNews>().Tell);
            accounts.WaitOutOneWindow();
            var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            accounts.Recall(AccountLedgers.Around(data, registry, today));
            return accounts;
        });
        builder.Services.AddSingleton<ReceiptSettler>();
        builder.Services.AddSingleton(services => RunStages.Of(
            data, services.GetRequiredService<RunRegistry>(), services.GetRequiredService<OpenRuns>(), services.GetRequiredService<LaneAccounts>(), installation.File, clock, language));
        builder.Services.AddSingleton<SettlerService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SettlerService>());
        builder.Services.AddSingleton<ReceiptInquiry>();
        builder.Services.AddSingleton<InquiryService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<InquiryService>());
        builder.Services.AddSingleton<CampaignWorker>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CampaignWorker>());
        AddScheduler(builder.Services, data);

        var host = builder.Build();
        ReceiptEndpoints.Run(
            host,
            host.Services.GetRequiredService<ReceiptStore>().AppendAsync,
            CallbackGuards.Of(host.Services.GetRequiredService<LaneAccounts>(), installation.Receipts),
            time);
        return host;
    }

    public static void AddScheduler(IServiceCollection services, DataFolder data)
    {
        services.AddQuartz(quartz => quartz.UsePersistentStore(store =>
        {
            // A file of its own: what the scheduler does never waits for the ledger, nor the ledger for it.
            store.UseSqlite($"Data Source={data.Scheduler};Default Timeout=10");
            store.UseSystemTextJsonSerializer();
            store.ProvisionSchema();
        }));
        services.AddQuartzHostedService();
    }

    static void AddLogging(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss'Z' "));

        // stdout is for what a script reads. Requests are not logged at all: a receipt's address can hold a phone number.
        builder.Logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning).AddFilter("System", LogLevel.Warning);

        // What keeps it from starting is thrown to the verb, which says it; of what breaks later each service tells.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }
}
