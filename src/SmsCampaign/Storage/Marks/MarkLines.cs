using System.Text;
using SmsCampaign.Files;

namespace SmsCampaign.Storage.Marks;

/// <summary>A file of lines in the folder of marks that are only ever added to.</summary>
sealed class MarkLines(DataFolder data, string name)
{
    public string File { get; } = Path.Combine(data.Marks, name);

    /// <summary>On disk when it returns.</summary>
    /// <param name="failed">What to say where it cannot be written, by what is wrong.</param>
    /// <exception cref="LedgerException">It cannot be written.</exception>
    public void Add(string line, Func<Wording, Wording> failed)
    {
        try
        {
            var isNew = !System.IO.File.Exists(File);
            PrivateFiles.KeepFolder(data.Marks);
            using (var file = new FileStream(File, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite))
            {
                var bytes = Encoding.UTF8.GetBytes((IsTorn(file) ? "\n" : "") + line + "\n");
                file.Seek(0, SeekOrigin.End);
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            if (isNew)
                Disk.FlushFolder(data.Marks);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException(failed(FaultWords.Of(closed))) { File = File, Fault = StorageFault.ReadOnly };
        }
    }

    /// <returns>What is wrong where it cannot be read; null where it can, or is not there.</returns>
    public Wording? TryRead(out string[] lines)
    {
        lines = [];
        try
        {
            using var file = new StreamReader(new FileStream(
                File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            lines = file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return null;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return FaultWords.Of(unreadable);
        }
    }

    /// <summary>Whether the last line was cut off by a kill.</summary>
    static bool IsTorn(FileStream file)
    {
        if (file.Length == 0)
            return false;

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }
}
