using System.Runtime.InteropServices;

namespace SmsCampaign.Storage;

/// <summary>
/// Waits until what was done to files is on disk.
/// </summary>
static partial class Disk
{
    /// <summary>Opens for reading: 0 in every Unix.</summary>
    const int ReadOnly = 0;

    /// <summary>
    /// Waits until the names in a folder are on disk: files made, renamed and deleted there. The content of a file is
    /// another matter (<see cref="FileStream.Flush(bool)"/>).
    /// </summary>
    /// <remarks>Nothing on Windows: a folder cannot be flushed there, and NTFS writes names to its
    /// journal in order.</remarks>
    /// <exception cref="IOException">The system says that it could not.</exception>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;

        // .NET opens no folders.
        var handle = Open(folder, ReadOnly);
        if (handle < 0)
            throw new IOException(
                $"{folder} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());

        try
        {
            // Some file systems of containers know no such thing (EINVAL): there is nothing to wait for then.
            if (Flush(handle) < 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
                throw new IOException(
                    $"{folder} cannot be flushed: {Marshal.GetLastPInvokeErrorMessage()}",
                    Marshal.GetLastPInvokeError());
        }
        finally
        {
            _ = Close(handle);
        }
    }

    /// <summary>EINVAL of errno(3).</summary>
    const int InvalidArgument = 22;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
