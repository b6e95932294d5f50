using System.Security.Cryptography;

namespace SmsCampaign.Files;

/// <summary>
/// A folder that this process has just made, beside the place where what is written in it will be shown. Nothing in it
/// is anybody else's, and no name in it leads elsewhere.
/// </summary>
/// <remarks>
/// Killed, it stays; the next one beside the same place takes away what is known to be ours in it, and nothing else. By
/// a lock beside it the next one knows whether anybody is still at work: it is there before the folder is, and until
/// the folder has another name.
/// </remarks>
public sealed class FreshFolder : IDisposable
{
    /// <summary>Stands between the place's name and what makes the folder's own.</summary>
    public const string Mark = ".unfinished-";

    const string LockSuffix = ".lock";
    const int MarkBytes = 8;

    readonly Func<string, bool> _isOwn;
    readonly FileStream _lock;
    bool _isGone;

    FreshFolder(string path, Func<string, bool> isOwn)
    {
        (Path, _isOwn) = (path, isOwn);
        PrivateFiles.MakeFolder(System.IO.Path.GetDirectoryName(path) ?? path);
        _lock = PrivateFiles.Create(path + LockSuffix, FileShare.None);
        try
        {
            PrivateFiles.MakeFolder(path);
        }
        catch
        {
            LetGo();
            throw;
        }
    }

    public string Path { get; }

    /// <param name="place">Full path of where it will be shown.</param>
    /// <param name="isOwn">Tells of a path within such a folder, with forward slashes, whether it is a
    /// file that we write.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static FreshFolder Beside(string place, Func<string, bool> isOwn)
    {
        ClearBeside(place, isOwn);
        return new FreshFolder(
            place + Mark + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(MarkBytes)), isOwn);
    }

    /// <summary>Takes away what processes that were killed left beside a place, of what is known to be ours.</summary>
    /// <param name="place">As of <see cref="Beside"/>, and so the other.</param>
    public static void ClearBeside(string place, Func<string, bool> isOwn)
    {
        var above = System.IO.Path.GetDirectoryName(place) ?? place;
        if (Directory.Exists(above))
            Clear(above, System.IO.Path.GetFileName(place), isOwn);
    }

    /// <summary>Gives the folder its name, where nothing is.</summary>
    public void MoveTo(string place)
    {
        Directory.Move(Path, place);
        _isGone = true;
        LetGo();
    }

    public void Dispose()
    {
        if (_isGone)
            return;

        _isGone = true;
        Empty(Path, Path, _isOwn);
        LetGo();
    }

    void LetGo()
    {
        _lock.Dispose();
        File.Delete(Path + LockSuffix);
    }

    static void Clear(string above, string name, Func<string, bool> isOwn)
    {
        foreach (var left in Directory.EnumerateDirectories(above, name + Mark + "*").Where(left =>
            IsMark(left[(left.LastIndexOf('-') + 1)..])))
        {
            if (RealPath.ReadLink(left) is not null || IsHeld(left))
                continue;

            Empty(left, left, isOwn);
            File.Delete(left + LockSuffix);
        }

        // Killed before its folder was there, or behind it, a process leaves the lock alone.
        foreach (var left in Directory.EnumerateFiles(above, name + Mark + "*" + LockSuffix)
            .Select(path => path[..^LockSuffix.Length])
            .Where(left => IsMark(left[(left.LastIndexOf('-') + 1)..]) && !Directory.Exists(left))
            .ToList())
        {
            if (RealPath.ReadLink(left + LockSuffix) is null
                && new FileInfo(left + LockSuffix) is { Exists: true, Length: 0 } && !IsHeld(left))
                File.Delete(left + LockSuffix);
        }
    }

    static bool IsMark(string text) => text.Length == 2 * MarkBytes && text.All(char.IsAsciiHexDigitLower);

    static bool IsHeld(string folder)
    {
        try
        {
            using var look = OrdinaryFile.OpenRead(folder + LockSuffix, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Deletes the files that are ours, and each folder that is empty then.</summary>
    static void Empty(string folder, string root, Func<string, bool> isOwn)
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(folder)
                .Where(file => isOwn(System.IO.Path.GetRelativePath(root, file).Replace('\\', '/')))
                .ToList())
                File.Delete(file);
            foreach (var inner in Directory.EnumerateDirectories(folder)
                .Where(inner => RealPath.ReadLink(inner) is null)
                .ToList())
                Empty(inner, root, isOwn);
            Directory.Delete(folder);
        }
        catch (Exception notEmpty) when (notEmpty is IOException or UnauthorizedAccessException)
        {
            // Somebody else's things are in it: they stay.
        }
    }
}
