using System.Text.Json;
using System.Text.Json.Serialization;
using SmsCampaign.Files;

namespace SmsCampaign.Storage;

/// <summary>
/// Whose the files with numbers in full are that lie in a folder, and in the zip beside it: a small file among them. On
/// disk before the first of them is written, and gone after the last is deleted.
/// </summary>
/// <param name="Run">Key of the run.</param>
/// <param name="Code">Of the run as it was when they were written: planned again it has another, and they are its own
/// all the same, for no other run is called by that key.</param>
sealed record UnmaskedMark(string Run, string Code)
{
    const string Name = "thuoc-luot-gui.json";
    const string Unfinished = Name + ".part";

    /// <summary>Of a mark. What is longer is none.</summary>
    const int MostBytes = 4096;

    [JsonIgnore]
    public RunKey Key => RunKey.Parse(Run);

    /// <summary>Full path of a folder's mark.</summary>
    public static string Of(string folder) => Path.Combine(folder, Name);

    /// <summary>Whether a file is a mark, or what is left of one that was cut off: no number stands in it.</summary>
    public static bool Is(string file) => Path.GetFileName(file) is Name or Unfinished;

    /// <param name="mark">Null where there is none, or it cannot be read.</param>
    /// <returns>Why one that is there cannot be read; null where it can, or there is none.</returns>
    public static Wording? TryRead(string folder, out UnmaskedMark? mark)
    {
        mark = null;
        try
        {
            using var file = OrdinaryFile.OpenRead(Of(folder), FileShare.Read | FileShare.Delete);
            var read = file.Length > MostBytes ? null
                : JsonSerializer.Deserialize(file, StorageJson.Default.UnmaskedMark);
            if (read is not { Run: { } run, Code: not null } || !IsKey(run))
            {
                return Unreadable(folder, new Wording(
                    "nội dung không nêu lượt gửi nào", "what stands in it names no run"));
            }

            mark = read;
            return null;
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException or JsonException)
        {
            return Unreadable(folder, FaultWords.Of(closed));
        }
    }

    /// <summary>Puts it into a folder, which is made where it is not there. On disk when it returns.</summary>
    /// <param name="root">Above the folder: those between may be new as well.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Write(string folder, string root)
    {
        PrivateFiles.MakeFolder(folder);
        var unfinished = Path.Combine(folder, Unfinished);
        File.Delete(unfinished);
        using (var file = PrivateFiles.Create(unfinished, FileShare.None))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(this, StorageJson.Default.UnmaskedMark));
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, Of(folder), overwrite: true);
        for (var changed = folder; changed is not null; changed = Path.GetDirectoryName(changed))
        {
            Disk.FlushFolder(changed);
            if (changed == root)
                break;
        }
    }

    /// <summary>Takes it away. What it speaks of must be gone from the disk.</summary>
    /// <exception cref="IOException">It cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static void Delete(string folder)
    {
        File.Delete(Path.Combine(folder, Unfinished));
        File.Delete(Of(folder));
        Disk.FlushFolder(folder);
    }

    static bool IsKey(string text)
    {
        try
        {
            RunKey.Parse(text);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    static Wording Unreadable(string folder, Wording why)
    {
        const string form = """{"Run":"dak-lak-2025/2025-07-30","Code":"…"}""";
        return new Wording(
            $"Không đọc được {Of(folder)} ({why}), nên không biết các tệp có số đầy đủ trong {folder} là của lượt gửi "
                + $"nào. Hãy báo kỹ sư phụ trách cho tài khoản chạy chương trình đọc tệp đó, hoặc ghi lại tệp theo "
                + $"dạng {form}; các tệp không cần nữa thì xóa cùng tệp đó. Rồi chạy lại.",
            $"{Of(folder)} cannot be read ({why}), so that it is not known of which run the files with numbers in full "
                + $"in {folder} are. Have your engineer let the account the program runs as read it, or write it again "
                + $"as {form}; files that are not needed any more, delete with it. Then run this again.");
    }
}
