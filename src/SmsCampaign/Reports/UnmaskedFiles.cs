using SmsCampaign.Files;
using SmsCampaign.Storage;

namespace SmsCampaign.Reports;

/// <summary>What lies in a run's own folders of files with numbers in full: the program alone writes there.</summary>
public static class UnmaskedFiles
{
    /// <summary>Most files that are named; of more it is told that there are.</summary>
    const int MostNamed = 5;

    /// <summary>Deletes them, and what is left beside of reports that were cut off.</summary>
    /// <returns>How many files; and of what may be the run's and stays, why.</returns>
    /// <exception cref="LedgerException">The run's ledger, or ledger.db, cannot be read.</exception>
    /// <exception cref="IOException">One is being written, or cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">One cannot be deleted.</exception>
    public static (long Files, IReadOnlyList<Wording> Left) Delete(DataFolder data, RunKey run)
    {
        var places = UnmaskedPlaces.Of(data, run);
        var (files, left) = (0L, new List<Wording>());
        foreach (var folder in places.All.Where(folder => Directory.Exists(Path.GetDirectoryName(folder))))
            files += Delete(data, places, folder, left);
        return (files, left);
    }

    static long Delete(DataFolder data, UnmaskedPlaces places, string folder, List<Wording> left)
    {
        // Another's folder is not closed: a report may be being written there.
        if (!MayBeOwn(places, folder, left))
            return 0;

        // A zip lies beside its folder.
        var zip = folder + ".zip";
        var unfinished = CountLeft(folder) + CountLeft(zip);
        using var alone = Close(folder);
        if (places.IsOwn(folder, out _) is var isOwn && isOwn == false)
            return 0; // it has become another's meanwhile

        UnmaskedArchive.ClearLeft(zip);
        unfinished -= CountLeft(folder) + CountLeft(zip);

        var files = isOwn == true ? UnmaskedPlaces.FilesOf(folder) : FindOwn(data, places, folder, left);
        foreach (var file in files)
            File.Delete(file);
        foreach (var changed in files.Select(file => Path.GetDirectoryName(file)!).Distinct())
            Disk.FlushFolder(changed);
        if (isOwn == true)
            UnmaskedMark.Delete(folder);
        return files.Count + unfinished;
    }

    static bool MayBeOwn(UnmaskedPlaces places, string folder, List<Wording> left)
    {
        var isOwn = places.IsOwn(folder, out var unread);
        if (unread is { } why)
            left.Add(new Wording($"CHƯA xóa tệp nào trong {folder}. {why}", $"NO file in {folder} is deleted. {why}"));
        return isOwn ?? places.MayHaveLain(places.Run, folder);
    }

    /// <summary>Of a folder without a mark.</summary>
    static IReadOnlyList<string> FindOwn(DataFolder data, UnmaskedPlaces places, string folder, List<Wording> left)
    {
        var judged = UnmarkedFiles.Judge(data, places, folder);
        if (judged.Unknown.Count == 0)
            return judged.Own;

        var named = string.Join(", ", judged.Unknown.Take(MostNamed))
            + (judged.Unknown.Count > MostNamed ? ", …" : "");
        var mark = Path.GetFileName(UnmaskedMark.Of(folder));
        left.Add(new Wording(
            $"CHƯA xóa {named}: không biết là của lượt gửi này hay của lượt khác, vì phiên bản trước ghi các tệp đó "
                + $"không kèm {mark} và nội dung không nêu lượt gửi. Tệp không cần nữa thì hãy xóa, còn cần thì chuyển "
                + $"ra ngoài {places.Root}; rồi chạy lại.",
            $"NOT deleted: {named}: nobody knows whether they are this run's or another's, as a version before wrote "
                + $"them without {mark} and what stands in them names no run. Delete those that are not needed, move "
                + $"the others out of {places.Root}; then run this again."));
        return judged.Own;
    }

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
