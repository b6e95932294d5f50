using SmsCampaign.Files;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage.Backups;

/// <summary>
/// Copies every database of a data folder as it is at one moment, while others write: all are held for as long as it
/// takes to begin reading them (some milliseconds), and are read then as they were.
/// </summary>
public static class Backup
{
    /// <param name="to">A folder that is not there. It appears when all is copied, opened again and on disk.</param>
    /// <param name="reached">Called with the name of each step that is done: stands for a process killed there.</param>
    /// <exception cref="BackupException">There is nothing to copy, or the folder is there, or a
    /// copy is not whole.</exception>
    /// <exception cref="LedgerException">A database cannot be read.</exception>
    public static BackupManifest Take(DataFolder data, string to, TimeProvider time, Action<string>? reached = null)
    {
        to = Path.TrimEndingDirectorySeparator(Path.GetFullPath(to));
        if (FileNames.Refuse(Path.GetFileName(to)) is { } reason)
            throw new BackupException(reason);

        if (Directory.Exists(to) || File.Exists(to))
        {
            throw new BackupException(new Wording(
                $"{to} đã có. Hãy ghi một thư mục chưa có, ví dụ kèm ngày giờ.",
                $"{to} is there already. Give a folder that is not, such as one with date and time."));
        }

        if (!File.Exists(data.Ledger))
        {
            throw new BackupException(new Wording(
                $"Thư mục dữ liệu {data.Root} chưa có gì để sao lưu. Hãy kiểm tra --data.",
                $"The data folder {data.Root} holds nothing to back up. Check --data."));
        }

        try
        {
            using var fresh = FreshFolder.Beside(to, IsOwn);
            return Copy(data, to, fresh, time, reached);
        }
        catch (Exception unwritable) when (IsOf(unwritable, to + FreshFolder.Mark))
        {
            var why = FaultWords.Of(unwritable);
            throw new BackupException(new Wording(
                $"Không ghi được bản sao lưu vào {to} ({why}). Hãy chọn thư mục ở nơi khác, có quyền ghi và còn đủ chỗ "
                    + $"trống, rồi chạy lại; thư mục dữ liệu vẫn nguyên như cũ.",
                $"The backup cannot be written to {to} ({why}). Choose a folder elsewhere, that may be written to and "
                    + $"has room, and run this again; the data folder is as it was."));
        }
    }

    static BackupManifest Copy(
        DataFolder data, string to, FreshFolder fresh, TimeProvider time, Action<string>? reached)
    {
        var half = fresh.Path;
        PrivateFiles.MakeFolder(Path.Combine(half, "runs"));

        using var sources = HeldFiles.Hold(
            data.Root, () => DatabasesIn(data.Root), name => RefuseLink(data, name), time, reached);
        reached?.Invoke("held");
        sources.CopyTo(half);

        reached?.Invoke("copied");
        var manifest = new BackupManifest(sources.At, [.. sources.Names.Select(name => Describe(half, name))]);
        manifest.Write(half);
        Disk.FlushFolder(Path.Combine(half, "runs"));
        Disk.FlushFolder(half);
        reached?.Invoke("described");

        fresh.MoveTo(to);
        Disk.FlushFolder(Path.GetDirectoryName(to)!);
        return manifest;
    }

    /// <summary>Whether it is the copy that cannot be written, and not a database that cannot be read.</summary>
    static bool IsOf(Exception fault, string half) =>
        fault is IOException or UnauthorizedAccessException
        || (fault is LedgerException { File: { } file } && file.StartsWith(half, StringComparison.Ordinal));

    /// <summary>Of a file in a backup that was cut off, whether we made it.</summary>
    static bool IsOwn(string name) =>
        name == BackupManifest.FileName || BackupManifest.IsOwn(LedgerPlace.Beside.Aggregate(
            name, (rest, suffix) => rest.EndsWith(suffix, StringComparison.Ordinal) ? rest[..^suffix.Length] : rest));

    /// <summary>The databases of a data folder, by name relative to it. The schedule is not among them: it is made
    /// anew from ledger.db.</summary>
    internal static IReadOnlyList<string> DatabasesIn(string root) =>
    [
        .. FilesIn(root, "", "ledger.db"),
        .. FilesIn(root, "runs", "*.db"),
        .. FilesIn(root, "", "receipts*.db"),
    ];

    static IEnumerable<string> FilesIn(string root, string folder, string pattern)
    {
        var path = Path.Combine(root, folder);
        return !Directory.Exists(path) ? [] : Directory.GetFiles(path, pattern)
            .Where(file => file.EndsWith(".db", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>What a link leads to elsewhere is no part of the data folder, and is neither
    /// read nor written.</summary>
    static void RefuseLink(DataFolder data, string name)
    {
        var path = Path.Combine(data.Root, name);
        if (RealPath.ReadLink(path) is null
            || RealPath.IsWithin(RealPath.Of(path), RealPath.Of(Path.GetDirectoryName(path)!)))
            return;

        var real = RealPath.Of(path);
        throw new BackupException(new Wording(
            $"{path} là liên kết tới {real}, ngoài thư mục dữ liệu, nên không sao lưu. "
                + $"Hãy đặt lại tệp thật vào chỗ đó rồi chạy lại.",
            $"{path} is a link to {real}, outside the data folder, and is not backed up. "
                + $"Put the file itself in its place, then run this again."));
    }

    static BackupFile Describe(string folder, string name)
    {
        var path = Path.Combine(folder, name);

        // One file, with nothing beside it.
        LedgerFile.MakeOne(path);

        var isRun = name.StartsWith("runs/", StringComparison.Ordinal);
        BackupManifest.VerifyRows(path, isRun);
        using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite))
            file.Flush(flushToDisk: true);

        if (!isRun)
            return new BackupFile(name, BackupManifest.HashOf(path));

        var (code, attempts) = Ledgers.RunAt(RunAddress.OfFile(path)).ReadReach();
        return new BackupFile(name, BackupManifest.HashOf(path), LedgerFile.ReadKey(path), code, attempts);
    }
}
