using Microsoft.Extensions.Hosting;
using SmsCampaign.Conduct;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Worker;

/// <summary>A run whose files cannot be read to their end, as on a share that does not answer.</summary>
public sealed class PreparationWatchTests : IDisposable
{
    const string Other = "nhac-lai";

    static readonly DateTimeOffset Opening = new(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);

    readonly WorkerCase _run = new(WorkerCase.Definition(), Opening.AddMinutes(-1));
    readonly ManualResetEventSlim _answers = new();
    volatile bool _isOver;
    readonly TaskCompletionSource _asked = New();
    readonly TaskCompletionSource _said = New();
    readonly TaskCompletionSource _left = New();
    readonly Dictionary<string, TaskCompletionSource> _sent = new() { [WorkerCase.Campaign] = New(), [Other] = New() };

    public PreparationWatchTests()
    {
        _run.Approve();
        _run.ApproveAnother(Other);
        _run.Preparing = key =>
        {
            if (key == WorkerCase.Key())
            {
                _asked.TrySetResult();
                _answers.Wait();
                _left.TrySetResult();
                if (_isOver)
                    throw new IOException("the share is gone"); // nothing is written any more where the test was
            }
        };
        _run.SendAsync = (run, _, _) =>
        {
            _run.Planned[run.Key] = 0;
            _sent[run.Campaign].TrySetResult();
            return Task.FromResult(SendEnd.Done);
        };
        _run.Told.OnDecided = () =>
        {
            if (_run.Told.Words.Contains(DecisionKind.Delayed.ToWord()))
                _said.TrySetResult();
        };
    }

    public void Dispose()
    {
        _isOver = true;
        _answers.Set();
        if (_asked.Task.IsCompleted)
            _left.Task.Wait(); // what outlives its host does not outlive the folder
        _run.Dispose();
        _answers.Dispose();
    }

    [Fact]
    public async Task Other_runs_are_sent_it_is_said_and_the_run_begins_when_they_can_be_read()
    {
        using var host = await _run.StartAsync();
        _run.Time.Advance(TimeSpan.FromMinutes(1));
        await _sent[Other].Task.WaitAsync(Patience.ForAnything);
        await _asked.Task.WaitAsync(Patience.ForAnything);

        _run.Time.Advance(RunConductor.LongestPreparation);
        await _said.Task.WaitAsync(Patience.ForAnything);

        var delayed = _run.Registry.ReadDecisions(WorkerCase.Campaign).Single();
        Assert.Equal((DecisionKind.Delayed, Opening), (delayed.What, delayed.Due));
        Assert.Contains("quá 5 phút", delayed.Reason.Vi, StringComparison.Ordinal);

        _answers.Set();
        await _sent[WorkerCase.Campaign].Task.WaitAsync(Patience.ForAnything);
        Assert.Equal(["delayed", "late"], _run.Decided.Take(2)); // and not on time
        await host.StopAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // and it was said
    public async Task The_worker_can_be_stopped_while_they_cannot(bool isLate)
    {
        using var host = await _run.StartAsync();
        _run.Time.Advance(TimeSpan.FromMinutes(1));
        await _asked.Task.WaitAsync(Patience.ForAnything);
        if (isLate)
        {
            _run.Time.Advance(RunConductor.LongestPreparation);
            await _said.Task.WaitAsync(Patience.ForAnything);
        }

        var stopped = await StopAsync(host);
        _run.Time.Advance(RunConductor.LongestEnding);
        await stopped.WaitAsync(Patience.ForAnything);

        Assert.False(_left.Task.IsCompleted);
        Assert.False(_sent[WorkerCase.Campaign].Task.IsCompleted);
        Assert.NotNull(LifeSign.Read(_run.Data)?.EndedAt); // and was not cut off
    }

    [Fact]
    public async Task A_stop_waits_for_what_ends_by_itself()
    {
        using var host = await _run.StartAsync();
        _run.Time.Advance(TimeSpan.FromMinutes(1));
        await _asked.Task.WaitAsync(Patience.ForAnything);

        var stopped = await StopAsync(host);
        Assert.False(stopped.IsCompleted);
        _answers.Set();
        await stopped.WaitAsync(Patience.ForAnything);

        Assert.True(_left.Task.IsCompleted);
        Assert.False(_sent[WorkerCase.Campaign].Task.IsCompleted);
    }

    /// <summary>Asks for a stop.</summary>
    /// <returns>The stop, which waits for the end of the reading now.</returns>
    async Task<Task> StopAsync(IHost host)
    {
        var waits = New();
        _run.Time.Armed = due =>
        {
            if (due == RunConductor.LongestEnding)
                waits.TrySetResult();
        };
        var stopped = Task.Run(() => host.StopAsync());
        await waits.Task.WaitAsync(Patience.ForAnything);
        return stopped;
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
