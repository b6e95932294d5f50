using System.Globalization;
using SmsCampaign.Files;

namespace SmsCampaign.Storage;

/// <summary>
/// Held by the one process that may send from a data folder, or the one that may rehearse. The operating system lets go
/// of it when the process ends, however it ends.
/// </summary>
public sealed class SendingLock : IDisposable
{
    readonly FileStream _file;

    SendingLock(FileStream file) => _file = file;

    /// <returns>Null where another process holds it.</returns>
    public static SendingLock? TryTake(DataFolder data, TimeProvider time, bool simulated = false)
    {
        PrivateFiles.KeepFolder(data.Root);

        FileStream file;
        try
        {
            // FileShare.None is an advisory lock (flock) on Unix: not for network file systems,
            // as config/INSTALL.md says.
            file = new FileStream(data.LockOf(simulated), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(data.LockOf(simulated)))
        {
            return null;
        }

        try
        {
            File.WriteAllText(
                data.LockHolderOf(simulated),
                string.Create(CultureInfo.InvariantCulture, $"PID {Environment.ProcessId}, {time.GetUtcNow():u}\n"));
            return new SendingLock(file);
        }
        catch // a full disk is no other process
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether a process holds the lock. One that would take it in the very microseconds of the look is
    /// refused: for commands that people give, not to be asked in a loop.</summary>
    public static bool IsHeld(DataFolder data)
    {
        if (!File.Exists(data.LockOf(simulated: false)))
            return false;

        try
        {
            // A lock that several may share: nobody who looks at the same time is in the way of another.
            using var look = new FileStream(
                data.LockOf(simulated: false), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            return true; // or not to be looked at: whoever may not read it cannot say that nobody sends
        }
    }

    /// <summary>What the process that holds the lock wrote of itself.</summary>
    public static string ReadHolder(DataFolder data) =>
        File.Exists(data.LockHolderOf(simulated: false))
            ? File.ReadAllText(data.LockHolderOf(simulated: false)).Trim()
            : "";

    /// <summary>The same for a person: which process it is and since when, in Vietnam.</summary>
    public static Wording DescribeHolder(DataFolder data)
    {
        var written = ReadHolder(data);
        if (written.Split(", ") is not [['P', 'I', 'D', ' ', ..] pid, var since] || !TryReadSince(since, out var taken))
            return new Wording($"{(written.Length == 0 ? "?" : written)}", $"{(written.Length == 0 ? "?" : written)}");

        var (number, at) = (pid["PID ".Length..], VietnamTime.Moment(taken));
        return new Wording($"tiến trình số {number}, từ {at}", $"process {number}, since {at}");
    }

    /// <param name="since">As it stands in what the holder wrote.</param>
    internal static bool TryReadSince(string since, out DateTimeOffset taken) => DateTimeOffset.TryParseExact(
        since, "u", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out taken);

    public void Dispose() => _file.Dispose();
}
