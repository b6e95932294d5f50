namespace SmsCampaign.Reports;

/// <summary>
/// Where a report is written before it is shown: a folder beside its own, from which each finished file is moved into
/// place. What stands there already is replaced file by file, and never by half a file.
/// </summary>
sealed class ReportFolder : IDisposable
{
    const string UnfinishedSuffix = ".unfinished";
    const string LockName = ".lock";

    readonly string _folder;
    readonly string _unfinished;
    readonly FileStream _lock;
    readonly List<string> _names = [];

    /// <exception cref="IOException">Another report is being written to the folder.</exception>
    public ReportFolder(string folder)
    {
        _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        _unfinished = _folder + UnfinishedSuffix;
        Directory.CreateDirectory(_unfinished);
        _lock = new FileStream(
            Path.Combine(_unfinished, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);

        // What a crash left.
        foreach (var file in Directory.EnumerateFiles(_unfinished, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != LockName))
            File.Delete(file);
    }

    /// <param name="name">Path within the folder.</param>
    public CsvBytes Create(string name)
    {
        var path = Path.Combine(_unfinished, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _names.Add(name);
        return new CsvBytes(path);
    }

    /// <summary>Moves every file into its place. All must be closed.</summary>
    /// <returns>Their full paths.</returns>
    public IReadOnlyList<string> Publish()
    {
        var published = new List<string>();
        foreach (var name in _names)
        {
            var place = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Move(Path.Combine(_unfinished, name), place, overwrite: true);
            published.Add(place);
        }

        return published;
    }

    public void Dispose()
    {
        foreach (var name in _names)
            File.Delete(Path.Combine(_unfinished, name));
        foreach (var inner in Directory.EnumerateDirectories(_unfinished))
            Directory.Delete(inner, recursive: true);

        _lock.Dispose();
        try
        {
            Directory.Delete(_unfinished);
        }
        catch (IOException)
        {
            // The next report has taken the folder over in this very moment.
        }
    }
}
