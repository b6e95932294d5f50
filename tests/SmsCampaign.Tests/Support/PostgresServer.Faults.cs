using System.Runtime.InteropServices;

namespace SmsCampaign.Tests.Support;

public sealed partial class PostgresServer
{
    // signal(7) of Linux.
    const int Sigquit = 3;

    static void Signal(int process, int signal)
    {
        if (Kill(process, signal) != 0)
            throw new InvalidOperationException($"signal {signal} could not be sent");
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Kill(int process, int signal);
}
