namespace SmsCampaign.Files;

/// <summary>
/// Where a path leads once every link in it is followed.
/// </summary>
public static class RealPath
{
    /// <summary>As Linux itself follows at most (path_resolution(7)).</summary>
    const int MostLinks = 40;

    static readonly StringComparison Comparison = OperatingSystem.IsWindows()
        ? StringComparison.OrdinalIgnoreCase
        : StringComparison.Ordinal;

    /// <returns>A full path without links, as far as it is there; what is not there is kept as written.</returns>
    public static string Of(string path)
    {
        var links = 0;
        var full = Path.GetFullPath(path);
        var root = Path.GetPathRoot(full)!;
        var done = root;
        var ahead = new Stack<string>(Steps(full[root.Length..]));

        while (ahead.TryPop(out var step))
        {
            if (step is "..")
            {
                done = Path.GetDirectoryName(done) ?? root;
                continue;
            }

            var next = Path.Combine(done, step);
            if (links >= MostLinks || ReadLink(next) is not { } target)
            {
                done = next;
                continue;
            }

            links++;
            if (Path.IsPathRooted(target))
                done = Path.GetPathRoot(target)!;
            foreach (var each in Steps(Path.IsPathRooted(target) ? target[done.Length..] : target))
                ahead.Push(each);
        }

        return done;
    }

    /// <summary>Whether a path is a folder or lies somewhere within it; both without links.</summary>
    public static bool IsWithin(string path, string folder)
    {
        var beneath = Path.TrimEndingDirectorySeparator(folder);
        return path.Equals(beneath, Comparison)
            || path.StartsWith(
                Path.EndsInDirectorySeparator(beneath) ? beneath : beneath + Path.DirectorySeparatorChar, Comparison);
    }

    /// <returns>Null where it is no link, or cannot be looked at.</returns>
    public static string? ReadLink(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <returns>The last first, to be pushed on a stack.</returns>
    static IEnumerable<string> Steps(string path) => path
        .Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries)
        .Where(step => step != ".")
        .Reverse();
}
