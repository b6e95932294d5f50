using SmsCampaign.Files;
using SmsCampaign.Office;

namespace SmsCampaign.WebConsole.Parts;

/// <summary>The ZIP with numbers in full as one export left it: the next one replaces it, under a password of its
/// own.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Length">Bytes.</param>
sealed record UnmaskedCopy(string Path, DateTime WrittenAt, long Length)
{
    /// <summary>Whether it is what was opened.</summary>
    public bool Is(FileStream file) =>
        file.Length == Length && File.GetLastWriteTimeUtc(file.SafeFileHandle) == WrittenAt;

    /// <returns>Null where there is none, or what stands there leads elsewhere.</returns>
    public static UnmaskedCopy? Of(ReportPlaces places) =>
        new FileInfo(places.Archive) is { Exists: true } file && RealPath.ReadLink(places.Archive) is null
            ? new UnmaskedCopy(places.Archive, file.LastWriteTimeUtc, file.Length)
            : null;
}
