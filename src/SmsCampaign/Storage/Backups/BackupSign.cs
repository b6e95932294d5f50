using System.Text.Json;

namespace SmsCampaign.Storage.Backups;

/// <summary>When the data folder was last backed up, and to where: kept in it, so that whoever looks knows how old the
/// newest backup is.</summary>
/// <param name="At">The one moment of all its files.</param>
/// <param name="To">The backup's folder, in full.</param>
public sealed record BackupSign(DateTimeOffset At, string To)
{
    /// <returns>Null where none was ever taken, or it cannot be read: nothing is known then.</returns>
    public static BackupSign? Read(DataFolder data)
    {
        try
        {
            return File.Exists(data.BackupSign)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(data.BackupSign), StorageJson.Default.BackupSign)
                : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The backup stands whether or not this can be written: an account may read the folder and
    /// no more.</summary>
    public void TryWrite(DataFolder data)
    {
        try
        {
            var unfinished = data.BackupSign + ".unfinished";
            File.WriteAllBytes(
                unfinished, JsonSerializer.SerializeToUtf8Bytes(this, StorageJson.Default.BackupSign));
            File.Move(unfinished, data.BackupSign, overwrite: true);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // The age of the newest backup is then older than it is, never younger.
        }
    }
}
