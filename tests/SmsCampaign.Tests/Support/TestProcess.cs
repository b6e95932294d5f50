using System.Runtime.CompilerServices;

namespace SmsCampaign.Tests.Support;

/// <summary>Settings of the test process as a whole.</summary>
static class TestProcess
{
    /// <summary>Many tests wait for servers, files and processes at once. Without threads at hand the pool adds one
    /// every half second, and a connection would time out for want of a thread, not of a gateway.</summary>
    const int ThreadsAtHand = 64;

    [ModuleInitializer]
    internal static void Prepare() => ThreadPool.SetMinThreads(ThreadsAtHand, ThreadsAtHand);
}
