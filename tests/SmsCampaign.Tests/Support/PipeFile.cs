using System.Runtime.InteropServices;
using System.Text;

namespace SmsCampaign.Tests.Support;

/// <summary>Makes FIFOs, which .NET does not.</summary>
static class PipeFile
{
    const uint OwnersAlone = 0x180; // 0600

    public static void Make(string path)
    {
        if (Make(Encoding.UTF8.GetBytes(path + '\0'), OwnersAlone) != 0)
            throw new IOException($"no pipe could be made at {path}");
    }

    [DllImport("libc", EntryPoint = "mkfifo")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Make(byte[] path, uint mode);
}
