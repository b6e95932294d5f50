using SmsCampaign.Files;
using SmsCampaign.Storage;

namespace SmsCampaign.Office;

/// <summary>
/// The data folder of one rehearsal, with the numbers of everybody in it: gone when the rehearsal is over. One that was
/// killed leaves it, and the next one takes it away.
/// </summary>
public sealed class RehearsalFolder : IDisposable
{
    readonly FreshFolder _folder;

    /// <param name="data">The installation's.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    internal RehearsalFolder(DataFolder data)
    {
        PrivateFiles.KeepFolder(data.Root);
        _folder = FreshFolder.Beside(Path.Combine(data.Root, "rehearsal"), _ => true);
        PrivateFiles.MakeFolder(Data.Root);
    }

    /// <summary>Called the same before and after a power cut.</summary>
    public DataFolder Data => new(Path.Combine(_folder.Path, "data"), Path.Combine(_folder.Path, "marks"))
    {
        Flushes = false,
    };

    string Image => Path.Combine(_folder.Path, "image");

    /// <summary>Keeps what is on the disk at this moment. Nobody writes meanwhile.</summary>
    public void TakeImage() => Copy(Data.Root, Image);

    /// <summary>Puts the image in the place of what was written since. Nothing of it is open any more.</summary>
    public void PutImageBack()
    {
        Directory.Delete(Data.Root, recursive: true);
        Directory.Move(Image, Data.Root);
    }

    public void Dispose() => _folder.Dispose();

    static void Copy(string from, string to)
    {
        PrivateFiles.MakeFolder(to);
        foreach (var folder in Directory.EnumerateDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));

        // Of those who have a ledger open; SQLite makes it anew.
        foreach (var file in Directory.EnumerateFiles(from).Where(
            file => !file.EndsWith("-shm", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
