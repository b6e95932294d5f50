using SmsCampaign.Files;
using SmsCampaign.Storage;

namespace SmsCampaign.Planning;

/// <summary>
/// Held while a run is imported and planned, so that two processes never do it at once: nor for two dates of one
/// campaign, as each looks at whom the other is yet to send to. The operating system lets go of it when the process
/// ends; the file stays, as deleting it could take it from under another.
/// </summary>
public sealed class PreparingLock : IDisposable
{
    readonly FileStream _file;

    PreparingLock(FileStream file) => _file = file;

    /// <returns>Null where another process holds it.</returns>
    public static PreparingLock? TryTake(DataFolder data, RunKey key) => TryTake(data.PreparingLockOf(key));

    /// <summary>Held while something is approved, whatever it is.</summary>
    /// <returns>Null where another process holds it.</returns>
    public static PreparingLock? TakeForApproval(DataFolder data) => TryTake(Path.Combine(data.Root, "approving.lock"));

    static PreparingLock? TryTake(string path)
    {
        PrivateFiles.MakeFolder(Path.GetDirectoryName(path)!);

        try
        {
            return new PreparingLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
