using System.Globalization;
using SmsCampaign.Files;
using SmsCampaign.Storage;

namespace SmsCampaign.Reports;

/// <summary>
/// The folders in which a run's files with numbers in full may lie, and whose what lies in each is: where they are
/// written and which are deleted follows from here alone.
/// </summary>
/// <remarks>A folder is one run's, with the zip beside it: its mark says whose (<see cref="UnmaskedMark"/>). A run
/// whose folder is another's takes one by its date. Of what versions before have left without a mark
/// <see cref="UnmarkedFiles"/> judges.</remarks>
sealed class UnmaskedPlaces
{
    const string Rehearsal = "mo-phong";

    readonly DataFolder _data;
    readonly bool _yearly;
    readonly bool _live;
    readonly string _first;
    readonly string _byDate;

    /// <summary>In the order in which they are taken; of the last there is one a key.</summary>
    readonly IReadOnlyList<string> _wanted;

    UnmaskedPlaces(DataFolder data, RunKey run, RunReport.Lying lying)
    {
        (_data, Run, _yearly, _live) = (data, run, lying.Yearly, lying.Live);
        _first = data.UnmaskedReports(run, yearly: false, _live);
        _byDate = data.UnmaskedReports(run, yearly: true, _live);

        // An exercise and its rehearsal would have one folder by their date.
        var last = data.UnmaskedReports(run, yearly: true, live: true);
        _wanted = lying.ByDate ? [last] : [_first, last];
        All = [.. new[] { _first, _byDate, last }.Distinct()];
    }

    /// <exception cref="LedgerException">The run's ledger cannot be read.</exception>
    public static UnmaskedPlaces Of(DataFolder data, RunKey run) => new(data, run, RunReport.ReadLying(data, run));

    public RunKey Run { get; }

    /// <summary>Full paths of all folders in which they may lie.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>All that holds numbers in full.</summary>
    public string Root => _data.UnmaskedFolder;

    /// <summary>Where they lie, or else belong: as the report does, unless another's lie there.</summary>
    /// <exception cref="LedgerException">ledger.db cannot be read.</exception>
    public string Find() =>
        All.FirstOrDefault(folder => IsOwn(folder, out _) == true)
        ?? _wanted.FirstOrDefault(folder => FindObstacle(folder) is null)
        ?? _wanted[^1];

    /// <summary>What the mark of a folder says: whether what lies there is the run's.</summary>
    /// <param name="unread">Why it cannot be read; null where it can, or there is none.</param>
    /// <returns>Null where there is none. False where it cannot be read.</returns>
    public bool? IsOwn(string folder, out Wording? unread)
    {
        unread = UnmaskedMark.TryRead(folder, out var mark);
        return unread is not null ? false : mark is null ? null : mark.Key == Run;
    }

    /// <summary>Whether a version before marks has put what is a run's into a folder, as far as the folder's name
    /// tells.</summary>
    public bool MayHaveLain(RunKey run, string folder) =>
        (!_live || run.Simulated == Run.Simulated)
        && (folder == _first ? run != Run || !_yearly : folder == _byDate ? run.Date == Run.Date : run == Run);

    /// <summary>What lies in a folder or beside it, its mark and what is another folder's excepted.</summary>
    /// <returns>Full paths.</returns>
    public static IReadOnlyList<string> FilesOf(string folder)
    {
        var (zip, files) = (folder + ".zip", new List<string>());
        if (Directory.Exists(folder))
            files.AddRange(Directory.GetFiles(folder).Where(file => !IsOfAnother(file) && !UnmaskedMark.Is(file)));
        if (File.Exists(zip))
            files.Add(zip);
        return files;
    }

    /// <summary>Makes the folder of an export the run's, on disk when it returns, where it is one of the program's own.
    /// To be called by whoever keeps others from writing there.</summary>
    /// <returns>Disposed, it gives back a folder in which nothing was put. Null where it is a person's own.</returns>
    /// <exception cref="ReportFolderException">Nothing of the run's can be put there.</exception>
    public IDisposable? Claim(UnmaskedExport export)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(export.Folder));
        if (export.Archive is var (zip, _)
            && zip != folder + ".zip"
            && Path.GetDirectoryName(zip) is { } apart
            && apart != folder)
            RefuseWithin(apart);
        if (!All.Contains(folder))
        {
            RefuseWithin(folder);
            return null;
        }

        if (FindObstacle(folder) is { } why)
            throw new ReportFolderException(why);

        var code = Ledgers.OpenRegistry(_data).Find(Run)?.Code ?? "";
        ReportAccess.Change(folder, () =>
        {
            new UnmaskedMark(Run.ToString(), code).Write(folder, _data.Root);
            return true;
        });
        return new Claimed(folder);
    }

    /// <summary>Why nothing of the run's can be put into a folder; null where it can.</summary>
    Wording? FindObstacle(string folder)
    {
        var isOwn = IsOwn(folder, out var unread);
        if (isOwn == true || unread is not null)
            return unread;
        try
        {
            if (isOwn is null && UnmarkedFiles.Judge(_data, this, folder) is { HasOthers: false, Unknown: [] })
                return null;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return new Wording(
                $"Không xem được trong {folder} có tệp của lượt gửi nào ({FaultWords.Of(closed)}). Hãy báo kỹ sư phụ "
                    + $"trách cho tài khoản chạy chương trình đọc thư mục đó.",
                $"What lies in {folder} cannot be looked at ({FaultWords.Of(closed)}). Have your engineer let the "
                    + $"account the program runs as read that folder.");
        }

        return new Wording(
            $"{folder} có tệp có số đầy đủ của lượt gửi khác, hoặc không rõ của lượt nào; tệp của hai lượt không nằm "
                + $"chung một thư mục. Hãy chạy lại; nếu vẫn vậy thì xóa các tệp đó (cả {folder}.zip) hoặc chuyển ra "
                + $"ngoài {Root}.",
            $"{folder} has files with numbers in full of another run, or nobody knows of which; those of two runs do "
                + $"not lie in one folder. Run this again; if it stays so, delete those files ({folder}.zip as well) "
                + $"or move them out of {Root}.");
    }

    void RefuseWithin(string folder)
    {
        if (!RealPath.IsWithin(RealPath.Of(folder), RealPath.Of(Root)))
            return;

        throw new ReportFolderException(new Wording(
            $"{folder} nằm trong {Root}, nơi chương trình tự xếp tệp có số đầy đủ theo từng lượt gửi để 'purge' xóa. "
                + $"Hãy bỏ --unmasked-out, hoặc chọn thư mục ngoài đó.",
            $"{folder} lies in {Root}, where the program itself puts files with numbers in full run by run, for "
                + $"'purge' to delete. Leave out --unmasked-out, or choose a folder elsewhere."));
    }

    /// <summary>Whether it is the zip of the rehearsal, or of another date's run, or a lock of theirs: it lies beside
    /// that one's folder.</summary>
    static bool IsOfAnother(string file) =>
        Path.GetExtension(file) is ".zip" or ".lock"
        && Path.GetFileName(file).Split('.')[0] is var name
        && (name == Rehearsal || DateOnly.TryParseExact(
            name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));

    sealed class Claimed(string folder) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                if (FilesOf(folder).Count > 0)
                    return;

                UnmaskedMark.Delete(folder);
                if (!Directory.EnumerateFileSystemEntries(folder).Any())
                    Directory.Delete(folder);
            }
            catch (Exception stays) when (stays is IOException or UnauthorizedAccessException)
            {
                // A mark of the run's in an empty folder harms nobody.
            }
        }
    }
}
