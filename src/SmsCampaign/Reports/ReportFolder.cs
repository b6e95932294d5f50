using System.Text.RegularExpressions;
using SmsCampaign.Files;

namespace SmsCampaign.Reports;

/// <summary>
/// Where a report is written before it is shown: a fresh folder beside its own, from which each finished file
/// is moved into place. What stands there already is replaced file by file, and never by half a file; files of
/// other names stay as they are.
/// </summary>
sealed partial class ReportFolder : IDisposable
{
    const string LockSuffix = ".lock";

    readonly string _folder;
    readonly FileStream _lock;
    readonly FreshFolder _fresh;
    readonly List<string> _names = [];

    /// <exception cref="ReportFolderException">The folder is a link, or this account may not write there.</exception>
    /// <exception cref="IOException">Another report is being written to the folder.</exception>
    public ReportFolder(string folder)
    {
        _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        RefuseLink(_folder);
        var above = Path.GetDirectoryName(_folder) ?? _folder;
        _lock = ReportAccess.Change(above, () =>
        {
            PrivateFiles.MakeFolder(above);
            return TakeLock(_folder + LockSuffix);
        });
        try
        {
            _fresh = ReportAccess.Change(above, () => FreshFolder.Beside(_folder, IsOfReport));
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>Keeps reports from being written to a folder, and takes away what is left beside it of those that were
    /// cut off.</summary>
    /// <param name="folder">Full path; the one above it is there.</param>
    /// <exception cref="IOException">One is being written there.</exception>
    public static FileStream Close(string folder)
    {
        var alone = TakeLock(folder + LockSuffix);
        try
        {
            FreshFolder.ClearBeside(folder, IsOfReport);
            return alone;
        }
        catch
        {
            alone.Dispose();
            throw;
        }
    }

    /// <param name="name">One of a report's.</param>
    public CsvBytes Create(string name)
    {
        NoteName(name);
        return new CsvBytes(Path.Combine(_fresh.Path, name));
    }

    /// <summary>A file of the report that is no CSV.</summary>
    /// <param name="name">One of a report's.</param>
    public FileStream CreateFile(string name)
    {
        NoteName(name);
        return PrivateFiles.Create(Path.Combine(_fresh.Path, name), bufferSize: 0);
    }

    /// <summary>A file that is no part of the report and is gone once it is closed.</summary>
    /// <param name="name">Ends in <c>.part</c>.</param>
    public FileStream CreateSpool(string name) => PrivateFiles.Create(
        Path.Combine(_fresh.Path, name), FileShare.Read, bufferSize: 0, FileOptions.DeleteOnClose);

    void NoteName(string name)
    {
        if (!IsOfReport(name))
            throw new ArgumentException($"'{name}' is no file of a report", nameof(name));

        _names.Add(name);
    }

    /// <summary>SHA-256 of the <see cref="CheckFile"/> that was put with them; empty until it is.</summary>
    public string CheckHash { get; private set; } = "";

    /// <summary>Moves every file into its place. All must be closed.</summary>
    /// <param name="withChecks">Whether their hashes are put with them, behind them.</param>
    /// <returns>Their full paths.</returns>
    public IReadOnlyList<string> Publish(bool withChecks = false)
    {
        if (withChecks)
        {
            CheckHash = CheckFile.Write(_fresh.Path, _names);
            _names.Add(CheckFile.Name);
        }

        // A link that somebody put there meanwhile would lead the files elsewhere. One in the place of
        // a file is replaced itself.
        RefuseLink(_folder);
        return ReportAccess.Change(_folder, () =>
        {
            PrivateFiles.MakeFolder(_folder);
            return _names.ConvertAll(Show);
        });
    }

    string Show(string name)
    {
        var place = Path.Combine(_folder, name);
        File.Move(Path.Combine(_fresh.Path, name), place, overwrite: true);
        return place;
    }

    /// <summary>The files as they lie now, for whoever packs them instead of <see cref="Publish"/>.</summary>
    public IReadOnlyList<string> Written => [.. _names.Select(name => Path.Combine(_fresh.Path, name))];

    public void Dispose()
    {
        _fresh.Dispose();
        _lock.Dispose();
    }

    /// <summary>Whether a file is called as a report's are: what else lies beside them is somebody's own.</summary>
    static bool IsOfReport(string name) => name == CheckFile.Name || Name().IsMatch(name);

    static void RefuseLink(string folder)
    {
        if (RealPath.ReadLink(folder) is not { } target)
            return;

        throw new ReportFolderException(new Wording(
            $"{folder} là một liên kết (tới {target}), nên không ghi báo cáo vào đó. "
                + $"Hãy ghi thẳng thư mục đích, hoặc chọn thư mục khác.",
            $"{folder} is a link (to {target}), and no report is written there. Name the folder itself, or another."));
    }

    static FileStream TakeLock(string path)
    {
        if (RealPath.ReadLink(path) is { } target)
        {
            throw new ReportFolderException(new Wording(
                $"{path} là một liên kết (tới {target}). Hãy xóa liên kết đó hoặc chọn thư mục khác.",
                $"{path} is a link (to {target}). Delete it, or choose another folder."));
        }

        // It is deleted at the end: what has anything in it is no lock of ours.
        if (new FileInfo(path) is { Exists: true, Length: > 0 })
        {
            throw new ReportFolderException(new Wording(
                $"{path} là tệp có nội dung, không phải khóa của chương trình, nên để nguyên; báo cáo cần tên đó trong "
                    + $"lúc ghi. Hãy chọn thư mục khác.",
                $"{path} has something in it and is no lock of the program's: it is left alone, and a report needs its "
                    + $"name while it is written. Choose another folder."));
        }

        return new FileStream(
            path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
    }

    [GeneratedRegex(@"^([a-z-]+\.csv|bao-cao\.(xlsx|docx|html)|[a-z0-9-]+\.part)\z")]
    private static partial Regex Name();
}

/// <summary>No report can be written where it was asked for.</summary>
public sealed class ReportFolderException(
    Wording words, Exception? inner = null) : IOException(words.En, inner), IWorded
{
    public Wording Words => words;
}
