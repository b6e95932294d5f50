using System.Globalization;
using SmsCampaign.Files;
using SmsCampaign.Storage;

namespace SmsCampaign.Reports;

/// <summary>What lies in a run's own folder of files with numbers in full: the program alone writes there.</summary>
public static class UnmaskedFiles
{
    /// <summary>Deletes them, and what is left beside of reports that were cut off.</summary>
    /// <returns>How many files.</returns>
    /// <exception cref="LedgerException">The run's ledger cannot be read.</exception>
    /// <exception cref="IOException">One is being written, or cannot be deleted.</exception>
    public static long Delete(DataFolder data, RunKey run)
    {
        // Other dates of a yearly campaign, and its rehearsal, lie in folders beneath it. A zip lies beside its folder.
        var folder = RunReport.UnmaskedFolderOf(data, run);
        var zip = folder + ".zip";
        if (!Directory.Exists(Path.GetDirectoryName(folder)))
            return 0;

        var left = CountLeft(folder) + CountLeft(zip);
        using var alone = Close(folder);
        UnmaskedArchive.ClearLeft(zip);
        left -= CountLeft(folder) + CountLeft(zip);

        var files = Directory.Exists(folder) ? Directory.GetFiles(folder).ToList() : [];
        files.RemoveAll(IsOfAnother);
        if (File.Exists(zip))
            files.Add(zip);
        foreach (var file in files)
            File.Delete(file);
        foreach (var changed in files.Select(file => Path.GetDirectoryName(file)!).Distinct())
            Disk.FlushFolder(changed);
        return files.Count + left;
    }

    /// <summary>Whether it is the zip of the rehearsal, or of another date's run: it lies beside that one's
    /// folder.</summary>
    static bool IsOfAnother(string file) =>
        Path.GetExtension(file) == ".zip" && Path.GetFileNameWithoutExtension(file) is var name
        && (name == "mo-phong" || DateOnly.TryParseExact(
            name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));

    static FileStream Close(string folder)
    {
        try
        {
            return ReportFolder.Close(folder);
        }
        catch (IOException taken) when (taken is not ReportFolderException)
        {
            throw new ReportFolderException(
                new Wording(
                    $"Một báo cáo có số đầy đủ đang được ghi vào {folder}. Hãy chờ xong.",
                    $"A report with numbers in full is being written to {folder}. Wait until it is done."),
                taken);
        }
    }

    static long CountLeft(string place) => Directory
        .EnumerateDirectories(Path.GetDirectoryName(place)!, Path.GetFileName(place) + FreshFolder.Mark + "*")
        .Sum(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).LongCount());
}
