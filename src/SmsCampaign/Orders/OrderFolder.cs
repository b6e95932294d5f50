using SmsCampaign.Files;

namespace SmsCampaign.Orders;

/// <summary>Where the letters to carriers are written: each file whole or not at all, in the place of an older one of
/// its name; what else lies there stays.</summary>
static class OrderFolder
{
    /// <param name="files">By name.</param>
    /// <returns>Their full paths.</returns>
    /// <exception cref="IOException">One cannot be written, such as one that Word has open.</exception>
    public static IReadOnlyList<string> Write(string folder, IReadOnlyList<(string Name, byte[] Content)> files)
    {
        PrivateFiles.MakeFolder(folder);
        using var fresh = FreshFolder.Beside(folder, IsOurs);
        foreach (var (name, content) in files)
        {
            using var file = PrivateFiles.Create(Path.Combine(fresh.Path, name), FileShare.None);
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        var written = new List<string>();
        foreach (var (name, _) in files)
        {
            var place = Path.Combine(folder, name);
            File.Move(Path.Combine(fresh.Path, name), place, overwrite: true);
            written.Add(place);
        }

        return written;
    }

    public static string LetterOf(string order) => $"cong-van-{order}.docx";

    public static string FormOf(string order) => $"bieu-bao-cao-{order}.xlsx";

    public static string QuestionsOf(string order) => $"cau-hoi-{order}.docx";

    public static string JsonOf(string order) => $"lenh-{order}.json";

    static bool IsOurs(string name) =>
        name.StartsWith("cong-van-", StringComparison.Ordinal)
        || name.StartsWith("bieu-bao-cao-", StringComparison.Ordinal)
        || name.StartsWith("cau-hoi-", StringComparison.Ordinal)
        || name.StartsWith("lenh-", StringComparison.Ordinal);
}
