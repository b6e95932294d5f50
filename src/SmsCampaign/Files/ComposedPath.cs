namespace SmsCampaign.Files;

/// <summary>
/// Finds a file by its name as a person reads it: a Mac writes "ã" as two characters, and Linux
/// takes that for another name.
/// </summary>
static class ComposedPath
{
    /// <summary>Entries of a folder looked at. One with more holds no audience.</summary>
    const int MostEntries = 10_000;

    /// <returns>The path as it stands on the disk where one differs in composition only; else
    /// the path as given.</returns>
    public static string Find(string path)
    {
        if (Path.Exists(path) || Path.GetDirectoryName(path) is not { } folder)
            return path;

        var (found, wanted) = (folder.Length == 0 ? "." : Find(folder), Path.GetFileName(path).Composed());
        try
        {
            return Directory.Exists(found)
                ? Directory.EnumerateFileSystemEntries(found)
                    .Take(MostEntries)
                    .FirstOrDefault(entry => Path.GetFileName(entry).Composed() == wanted)
                    ?? path
                : path;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }
}
