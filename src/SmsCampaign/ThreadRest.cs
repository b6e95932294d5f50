namespace SmsCampaign;

/// <summary>Tells whether the threads that share a process's work have any.</summary>
public static class ThreadRest
{
    /// <summary>Whether nothing waits for a thread of the pool and none of them works. What others hand to the pool
    /// after the look they must hold <see cref="VirtualTime"/> for.</summary>
    public static bool IsPoolAtRest()
    {
        // A worker counts as busy from the moment it is asked for until it has found nothing more to do.
        if (ThreadPool.PendingWorkItemCount > 0)
            return false;
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        return free == most;
    }
}
