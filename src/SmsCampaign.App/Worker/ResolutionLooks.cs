using System.Runtime.ExceptionServices;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.App.Worker;

/// <summary>
/// Has the writers of open runs take in what persons have settled through another process, and takes their answers at a
/// later look: a writer that is busy for minutes, as with a run that is left over, holds up neither the others nor
/// whoever looks. Used by one thread.
/// </summary>
/// <param name="putBack">Told of a run of which messages were put back to planned.</param>
/// <param name="faulted">Told of a run of which this cannot be looked at.</param>
/// <param name="wake">Called where an answer is worth a look at once. It must not wait.</param>
sealed class ResolutionLooks(Action<IRunView> putBack, Action<IRunView, Exception> faulted, Action wake)
{
    readonly Dictionary<IRunView, Task<bool>> _asked = [];

    /// <summary>Takes what was answered, and asks each that owes no answer.</summary>
    /// <exception cref="LedgerException">The disk is full.</exception>
    public void Look(IEnumerable<IRunView> open)
    {
        foreach (var (run, answer) in _asked.Where(each => each.Value.IsCompleted).ToList())
        {
            _asked.Remove(run);
            Take(run, answer);
        }

        foreach (var run in open.Where(run => !_asked.ContainsKey(run)))
            Ask(run);
    }

    void Take(IRunView run, Task<bool> answer)
    {
        if (answer.Exception?.InnerException is not { } fault)
        {
            if (answer.Result)
                putBack(run);
        }
        else if (StorageFaults.KindOf(fault) == StorageFault.DiskFull)
        {
            ExceptionDispatchInfo.Throw(fault);
        }
        else
        {
            faulted(run, fault);
        }
    }

    void Ask(IRunView run)
    {
        var asked = _asked[run] = run.NoticeResolutionsAsync();
        _ = asked.ContinueWith(
            answered =>
            {
                if (answered is { IsCompletedSuccessfully: true, Result: true })
                    wake();
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }
}
