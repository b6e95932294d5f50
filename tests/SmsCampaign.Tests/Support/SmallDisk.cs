using System.Diagnostics;
using System.Globalization;

namespace SmsCampaign.Tests.Support;

/// <summary>A tmpfs over a folder, which keeps what the folder holds.</summary>
sealed class SmallDisk : IDisposable
{
    /// <summary>What stands for others that take the room.</summary>
    const string Filler = "others";

    readonly string _folder;

    SmallDisk(string folder) => _folder = folder;

    public long UsedBytes => new DriveInfo(_folder) is var drive ? drive.TotalSize - drive.TotalFreeSpace : 0;

    /// <returns>Null where this process may not mount.</returns>
    public static SmallDisk? TryMount(string folder)
    {
        var kept = folder + ".kept";
        Directory.Move(folder, kept);
        Directory.CreateDirectory(folder);
        var disk = new SmallDisk(folder);
        if (!Run("mount", "-t", "tmpfs", "-o", "size=1000000000", "tmpfs", folder))
            disk = null;

        foreach (var file in Directory.EnumerateFiles(kept, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(kept, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return disk;
    }

    public void Resize(long bytes)
    {
        if (!Run("mount", "-o", string.Create(CultureInfo.InvariantCulture, $"remount,size={bytes}"), _folder))
            throw new InvalidOperationException("the small disk cannot be resized");
    }

    /// <summary>Takes all the room there is.</summary>
    public void Fill()
    {
        Resize(UsedBytes + 1_000_000);
        using var file = new FileStream(Path.Combine(_folder, Filler), FileMode.Append);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // full
        }
    }

    /// <summary>Gives back what <see cref="Fill"/> has taken.</summary>
    public void MakeRoom()
    {
        File.Delete(Path.Combine(_folder, Filler));
        Resize(1_000_000_000);
    }

    public void Dispose() => Run("umount", _folder);

    static bool Run(params string[] command)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
