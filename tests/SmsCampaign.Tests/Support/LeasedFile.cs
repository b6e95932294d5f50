using System.Runtime.InteropServices;

namespace SmsCampaign.Tests.Support;

/// <summary>
/// A file of which whoever else opens it is held by the system, as on a share that does not answer: a write lease
/// (fcntl(2), F_SETLEASE). The system gives up after /proc/sys/fs/lease-break-time, by default 45 s.
/// </summary>
sealed class LeasedFile : IDisposable
{
    const int SetSignal = 10;
    const int SetLease = 1024;
    const int GetLease = 1025;
    const int ForWriting = 1;
    const int Urgent = 23; // SIGURG, which a process that does not care about it does not notice

    readonly FileStream _file;

    public LeasedFile(string path)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        _ = Control(Handle, SetSignal, Urgent);
        if (Control(Handle, SetLease, ForWriting) != 0)
        {
            _file.Dispose();
            Assert.Skip("no lease on files here: nobody can be held by one");
        }
    }

    /// <summary>Whether somebody waits for the file now.</summary>
    public bool IsWaitedFor => Control(Handle, GetLease, 0) != ForWriting;

    public void Dispose() => _file.Dispose();

    int Handle => _file.SafeFileHandle.DangerousGetHandle().ToInt32();

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Control(int file, int what, int value);
}
