namespace SmsCampaign.Storage;

/// <summary>Held while numbers are erased, while a person says that they be kept, and while a backup is put back: two
/// processes at once would each count what the other has done, or erase what is to be kept.</summary>
sealed class PurgeLock : IDisposable
{
    readonly FileStream _file;

    PurgeLock(FileStream file) => _file = file;

    /// <returns>Null where another process holds it.</returns>
    public static PurgeLock? TryTake(DataFolder data)
    {
        try
        {
            return new PurgeLock(new FileStream(
                data.PurgeLock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(data.PurgeLock))
        {
            return null;
        }
    }

    public static Wording Taken(DataFolder data) => new(
        $"Một tiến trình khác đang xóa số điện thoại trong {data.Root}, hoặc đang khôi phục bản sao lưu vào đó. Hãy "
            + $"chờ xong rồi chạy lại.",
        $"Another process is erasing numbers in {data.Root}, or restoring a backup there. Wait for it, then run this "
            + $"again.");

    public void Dispose() => _file.Dispose();
}
