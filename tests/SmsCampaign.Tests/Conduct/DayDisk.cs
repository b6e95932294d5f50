using SmsCampaign.Files;
using SmsCampaign.Storage;

namespace SmsCampaign.Tests.Conduct;

/// <summary>
/// What is on the disk as a process is killed: whatever it still does is thrown away, and the next one finds the image.
/// </summary>
/// <remarks>Nobody writes while it is taken: on virtual time everything happens on the thread that takes it.</remarks>
sealed class DayDisk(DataFolder data)
{
    /// <summary>Keeps the data folder and its marks as they are.</summary>
    public void TakeImage()
    {
        foreach (var folder in Folders.Where(Directory.Exists))
            Copy(folder, folder + ".image");
    }

    /// <summary>Puts the image in the place of what was written since. Nothing of it is open any more.</summary>
    public void PutImageBack()
    {
        foreach (var folder in Folders)
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            if (Directory.Exists(folder + ".image"))
                Directory.Move(folder + ".image", folder);
        }
    }

    string[] Folders => [data.Root, data.Marks];

    static void Copy(string from, string to)
    {
        PrivateFiles.MakeFolder(to);
        foreach (var folder in Directory.EnumerateDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));

        // The one is made anew by SQLite, the other by whoever takes the lock.
        foreach (var file in Directory.EnumerateFiles(from).Where(
            file => !file.EndsWith("-shm", StringComparison.Ordinal)
                && !file.EndsWith(".lock", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
