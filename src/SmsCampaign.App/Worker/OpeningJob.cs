using Quartz;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Worker;

/// <summary>A window opens: says so, and no more.</summary>
sealed class OpeningJob(CampaignWorker worker) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        worker.Open(RunKey.Parse(context.Trigger.Key.Name));
        return ValueTask.CompletedTask;
    }
}
