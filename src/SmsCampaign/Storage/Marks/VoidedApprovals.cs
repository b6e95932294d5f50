using SmsCampaign.Files;

namespace SmsCampaign.Storage.Marks;

/// <summary>
/// The approvals that were voided, kept outside the data folder: an older copy of ledger.db, in which one of them still stands, lets
/// nothing go by it.
/// </summary>
/// <remarks>A line an approval, which is the hash of its row in the audit chain. Only ever added to.</remarks>
sealed class VoidedApprovals(DataFolder data)
{
    string File => Path.Combine(data.Marks, "approvals.void");

    public HashSet<string> Read()
    {
        try
        {
            return System.IO.File.Exists(File) ? [.. System.IO.File.ReadAllLines(File)] : [];
        }
        catch (UnauthorizedAccessException)
        {
            return []; // whoever may not look there sends nothing either
        }
    }

    /// <summary>On disk when it returns, and before ledger.db says it: cut off in between, the approval does not stand.</summary>
    public void Add(string hash)
    {
        try
        {
            var isNew = !System.IO.File.Exists(File);
            PrivateFiles.KeepFolder(data.Marks);
            using (var file = new FileStream(File, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite))
            {
                var line = System.Text.Encoding.ASCII.GetBytes((IsTorn(file) ? "\n" : "") + hash + "\n");
                file.Seek(0, SeekOrigin.End);
                file.Write(line);
                file.Flush(flushToDisk: true);
            }

            if (isNew)
                Disk.FlushFolder(data.Marks);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            // It is void by ledger.db all the same. That the folder is closed is said where something is to be sent.
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
