using System.IO.Compression;
using System.Text;

namespace SmsCampaign.Tests.Reports.Documents;

/// <summary>Changes an office file as somebody with an editor would.</summary>
static class DocumentEdit
{
    /// <summary>Packs it again, with a text replaced once in the first part that has it.</summary>
    /// <param name="folder">With what the part's name begins.</param>
    /// <param name="before">Empty: nothing is replaced.</param>
    public static void Replace(string path, string folder, string before, string after)
    {
        var parts = new List<(string Name, string Content)>();
        using (var zip = ZipFile.OpenRead(path))
        {
            foreach (var entry in zip.Entries)
            {
                using var reader = new StreamReader(entry.Open(), new UTF8Encoding(false));
                parts.Add((entry.FullName, reader.ReadToEnd()));
            }
        }

        if (before.Length > 0)
        {
            var at = parts.FindIndex(part => part.Name.StartsWith(folder, StringComparison.Ordinal)
                && part.Content.Contains(before, StringComparison.Ordinal));
            Assert.True(at >= 0, $"{path}: no {before} in {folder}");
            var (name, content) = parts[at];
            var found = content.IndexOf(before, StringComparison.Ordinal);
            parts[at] = (name, content[..found] + after + content[(found + before.Length)..]);
        }

        File.Delete(path);
        using var changed = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, content) in parts)
        {
            using var writer = new StreamWriter(changed.CreateEntry(name).Open(), new UTF8Encoding(false));
            writer.Write(content);
        }
    }
}
