using System.Collections.Concurrent;
using System.Diagnostics;

namespace SmsCampaign.Tests.Support;

/// <summary>
/// Starts processes that the kernel ends with this one (<c>setpriv --pdeathsig</c>). It does so when the thread ends
/// that started them, and threads of the pool come and go: all are started by one that stays.
/// </summary>
static class TiedProcess
{
    static readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> Asked = [];

    static TiedProcess() => new Thread(StartAll) { IsBackground = true, Name = nameof(TiedProcess) }.Start();

    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Asked.Add((start, started));
        return started.Task;
    }

    static void StartAll()
    {
        foreach (var (start, started) in Asked.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception fault) when (fault is System.ComponentModel.Win32Exception or InvalidOperationException)
            {
                started.SetException(fault);
            }
        }
    }
}
