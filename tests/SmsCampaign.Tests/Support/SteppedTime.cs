using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Tests.Support;

/// <summary>Moves a test's time in small steps while something goes on.</summary>
static class SteppedTime
{
    /// <summary>Asking costs more than a step.</summary>
    const int StepsAQuestion = 20;

    /// <summary>
    /// Moves time step by step until the work is done. Before every few steps all that is queued for the ledger is on
    /// disk: however long that takes, a slow disk does not use up the hours of a window.
    /// </summary>
    /// <param name="standing">Held while time moves.</param>
    public static async Task StepAsync(
        this FakeTimeProvider time, TimeSpan step, IRunLedger ledger, Task work, Lock? standing = null)
    {
        standing ??= new Lock();
        for (var steps = 0; !work.IsCompleted; steps++)
        {
            // A question for the writer that changes nothing; its ledger may be one that cannot be written.
            if (steps % StepsAQuestion == 0)
                await ((Task)ledger.AreInFlightAsync([])).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            lock (standing)
                time.Advance(step);
            await Task.Yield();
        }
    }
}
