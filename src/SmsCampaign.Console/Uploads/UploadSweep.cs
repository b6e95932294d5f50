using Microsoft.Extensions.Hosting;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.WebConsole.Uploads;

/// <summary>Removes what killed processes have left of uploads: when the pages begin to be served, and every hour
/// since.</summary>
sealed class UploadSweep(ConsolePlace place, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromHours(1);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        FormUpload.Sweep(place.Data, time);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hours = new PeriodicTimer(Every, time);
        while (await hours.WaitForNextTickAsync(stoppingToken))
            FormUpload.Sweep(place.Data, time);
    }
}
