using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using SmsCampaign.Files;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage.Backups;

/// <summary>What a backup holds: written last, so that a folder without it is none.</summary>
/// <param name="At">The one moment of all its files.</param>
public sealed partial record BackupManifest(DateTimeOffset At, IReadOnlyList<BackupFile> Files)
{
    public const string FileName = "backup.json";

    /// <exception cref="BackupException">It is no backup, or cannot be read.</exception>
    public static BackupManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new BackupException(new Wording(
                $"{folder} không phải bản sao lưu: không có {FileName}. Hãy chọn thư mục do 'backup' tạo ra.",
                $"{folder} is no backup: it has no {FileName}. Choose a folder that 'backup' made."));
        }

        try
        {
            var manifest = JsonSerializer.Deserialize(
                OrdinaryFile.ReadAllText(path), BackupJson.Default.BackupManifest)!;
            if (manifest.Files.FirstOrDefault(file => !OwnName().IsMatch(file.Name)) is not { } stray)
                return manifest;

            throw new BackupException(new Wording(
                $"{path} ghi tệp '{stray.Name}', không phải tên tệp mà 'backup' tạo ra. Hãy dùng bản sao lưu khác.",
                $"{path} names the file '{stray.Name}', which is no name that 'backup' makes. Use another backup."));
        }
        catch (JsonException broken)
        {
            var why = FaultWords.Of(broken);
            throw new BackupException(new Wording(
                $"{path} bị hỏng ({why}). Hãy dùng bản sao lưu khác.",
                $"{path} is broken ({why}). Use another backup."));
        }
    }

    /// <summary>Opens every file: content as it was written, no page broken, every run in balance.</summary>
    /// <exception cref="BackupException">A file is not as it was, or does not balance.</exception>
    public void Verify(string folder)
    {
        foreach (var file in Files)
        {
            var path = Path.Combine(folder, file.Name);
            if (!File.Exists(path) || HashOf(path) != file.Sha256)
            {
                throw new BackupException(new Wording(
                    $"Tệp {path} của bản sao lưu bị thiếu hoặc đã khác so với lúc sao lưu. Hãy dùng bản sao lưu khác.",
                    $"The file {path} of the backup is missing, or not as it was written. Use another backup."));
            }

            VerifyRows(path, file.Run is not null);
        }
    }

    internal static void VerifyRows(string path, bool isRun)
    {
        try
        {
            LedgerFile.Verify(path, isRun);
        }
        catch (LedgerException broken)
        {
            throw new BackupException(new Wording(
                $"Bản sao {path} không dùng được: {broken.Words}.",
                $"The copy {path} cannot be used: {broken.Words}."));
        }
    }

    internal void Write(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, FileName), FileMode.Create, FileAccess.Write);
        JsonSerializer.Serialize(file, this, BackupJson.Default.BackupManifest);
        file.Flush(flushToDisk: true);
    }

    internal static string HashOf(string path)
    {
        using var file = OrdinaryFile.OpenRead(path, bufferSize: 0, options: FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Whether a file's name, relative to the folder, is one that a backup has.</summary>
    internal static bool IsOwn(string name) => OwnName().IsMatch(name);

    /// <summary>The names of <see cref="Backup.DatabasesIn"/>: whatever else a manifest says, nothing is written
    /// outside the folder.</summary>
    [GeneratedRegex(@"^(ledger|receipts[^/\\]*|runs/[^/\\]+)\.db\z")]
    private static partial Regex OwnName();
}

/// <param name="Name">Relative to the folder, with forward slashes.</param>
/// <param name="Run">The run's key; null of what is no run's ledger.</param>
/// <param name="Code">The run's code.</param>
/// <param name="Attempts">The run's last attempt; 0 where there is none.</param>
public sealed record BackupFile(string Name, string Sha256, string? Run = null, string? Code = null, long Attempts = 0);

/// <summary>A backup cannot be made, or not be used.</summary>
public sealed class BackupException(Wording words) : Exception(words.En), IWorded
{
    public Wording Words => words;
}

[JsonSerializable(typeof(BackupManifest))]
[JsonSourceGenerationOptions(WriteIndented = true)]
sealed partial class BackupJson : JsonSerializerContext;
