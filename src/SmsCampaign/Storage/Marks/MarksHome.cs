using System.Security.Cryptography;
using SmsCampaign.Files;

namespace SmsCampaign.Storage.Marks;

/// <summary>
/// Tells the marks of one machine from those of any other: ledger.db notes whose bear it out. Without it a machine that
/// has marks of its own, or those of a restore of last month, would take a run of another for one that had not begun.
/// </summary>
sealed class MarksHome(DataFolder data)
{
    const int Bytes = 16;

    readonly string _file = Path.Combine(data.Marks, "home");

    /// <returns>Null where there is none, or it cannot be read.</returns>
    public string? Read()
    {
        try
        {
            return ReadWritten() is { Length: Bytes * 2 } id ? id : null;
        }
        catch (Exception none) when (none is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Made where it is not there. On disk when it returns.</summary>
    /// <exception cref="IOException">The folder cannot be written, or the file that is there not read: it is not made
    /// anew then, for every backup of before would be another machine's. As with the next.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public string Keep()
    {
        var written = ReadWritten();
        if (written is { Length: Bytes * 2 })
            return written;

        PrivateFiles.KeepFolder(data.Marks);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        var unfinished = $"{_file}.{id}";
        using (var file = new FileStream(unfinished, FileMode.CreateNew))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(id));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(unfinished, _file, overwrite: written is not null); // cut off half way
        }
        catch (IOException) when (Read() is not null) // another process was quicker
        {
            File.Delete(unfinished);
        }

        Disk.FlushFolder(data.Marks);
        return Read()!;
    }

    /// <returns>Null where there is none; else what stands there, be it cut off.</returns>
    string? ReadWritten()
    {
        try
        {
            return File.ReadAllText(_file).Trim();
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
