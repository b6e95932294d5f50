using SmsCampaign.Orthography;

namespace SmsCampaign.Files;

/// <summary>
/// Looks beside a file that is not there for one a person may have meant.
/// </summary>
static class SimilarFile
{
    /// <returns>The end of a sentence, with the space before; empty where nothing is near.</returns>
    public static Wording DidYouMean(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is null || !Directory.Exists(folder))
            return folder is null
                ? new Wording("", "")
                : new Wording($" Thư mục {folder} cũng không có.", $" The folder {folder} does not exist either.");

        try
        {
            // A folder with more files than this is searched no further: it is a hint.
            // What Excel keeps beside a workbook that is open is none.
            var names = Directory.EnumerateFiles(folder)
                .Take(1000)
                .Select(file => Path.GetFileName(file)!)
                .Where(name => !name.StartsWith("~$", StringComparison.Ordinal));
            return Spelling.DidYouMean(Spelling.Nearest(Path.GetFileName(path), names));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new Wording("", "");
        }
    }
}
