using ICSharpCode.SharpZipLib.Zip;
using SmsCampaign.Files;

namespace SmsCampaign.Reports;

/// <summary>
/// The files with numbers in full in one zip that a password opens, encrypted with AES-256 (WinZip AE-2), as 7-Zip and
/// WinRAR read it. The names of the files in it can be seen without the password.
/// </summary>
static class UnmaskedArchive
{
    const int KeyBits = 256;

    /// <param name="place">Full path; one that stands there is replaced.</param>
    /// <param name="files">Full paths of what goes into it.</param>
    /// <returns><paramref name="place"/>.</returns>
    /// <exception cref="ReportFolderException">This account may not write there.</exception>
    /// <exception cref="IOException">It cannot be written; nothing half-done is left.</exception>
    public static string Write(string place, IReadOnlyList<string> files, string password) =>
        ReportAccess.Change(Path.GetDirectoryName(place) ?? place, () => Pack(place, files, password));

    /// <summary>Takes away what is left beside one of those that were cut off.</summary>
    /// <param name="place">As of <see cref="Write"/>.</param>
    public static void ClearLeft(string place) => FreshFolder.ClearBeside(place, OwnOf(place));

    static Func<string, bool> OwnOf(string place) => name => name == Path.GetFileName(place);

    static string Pack(string place, IReadOnlyList<string> files, string password)
    {
        using var fresh = FreshFolder.Beside(place, OwnOf(place));
        var unfinished = Path.Combine(fresh.Path, Path.GetFileName(place));
        using (var file = PrivateFiles.Create(unfinished))
        {
            using var zip = new ZipOutputStream(file) { Password = password, IsStreamOwner = false };
            foreach (var each in files)
            {
                zip.PutNextEntry(new ZipEntry(Path.GetFileName(each)) { AESKeySize = KeyBits });
                using (var content = OrdinaryFile.OpenRead(each))
                    content.CopyTo(zip);
                zip.CloseEntry();
            }

            zip.Finish();
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, place, overwrite: true);
        return place;
    }
}
