namespace SmsCampaign.Files;

/// <summary>
/// Opens files that a person or a setting names, and only ordinary ones: a pipe waits for ever, a device never ends,
/// and what the system shows of itself under /proc, /dev and /sys holds secrets of this and other programs.
/// </summary>
public static class OrdinaryFile
{
    /// <summary>Folders of the system that hold no files of anybody's, whatever a setting says.</summary>
    static readonly string[] OfSystem = ["/proc", "/dev", "/sys"];

    /// <exception cref="NotOrdinaryFileException">It is none.</exception>
    /// <exception cref="IOException">It is not there, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream OpenRead(
        string path, FileShare share = FileShare.Read, int bufferSize = 4096, FileOptions options = FileOptions.None)
    {
        if (Refuse(path) is { } reason)
            throw new NotOrdinaryFileException(path, reason);

        return new FileStream(path, FileMode.Open, FileAccess.Read, share, bufferSize, options);
    }

    /// <inheritdoc cref="OpenRead"/>
    public static string ReadAllText(string path)
    {
        using var reader = new StreamReader(OpenRead(path));
        return reader.ReadToEnd();
    }

    /// <summary>Why a file is not read, without opening it.</summary>
    /// <returns>Null where it is an ordinary one, and where there is none or it is a folder: that is for whoever
    /// opens it to say.</returns>
    public static Wording? Refuse(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return FileNames.IsOfDevice(Path.GetFileName(path))
                || path.StartsWith(@"\\.\", StringComparison.Ordinal)
                || path.StartsWith(@"\\?\", StringComparison.Ordinal)
                ? Words(FileKind.Device)
                : null;
        }

        var real = RealPath.Of(path);
        if (OfSystem.FirstOrDefault(folder => RealPath.IsWithin(real, folder)) is { } system)
        {
            return new Wording(
                $"Tệp nằm trong {system}, nơi hệ điều hành cho xem thiết bị và tiến trình; chương trình không đọc tệp "
                    + $"nào ở đó. Hãy chỉ một tệp thường.",
                $"The file lies in {system}, where the system shows devices and processes; "
                    + $"no file there is read. Name an ordinary file.");
        }

        return UnixFile.KindOf(real) is (FileKind.Pipe or FileKind.Socket or FileKind.Device) and var kind
            ? Words(kind)
            : null;
    }

    static Wording Words(FileKind kind)
    {
        var what = kind switch
        {
            FileKind.Pipe => new Wording("một ống dẫn (FIFO)", "a pipe (FIFO)"),
            FileKind.Socket => new Wording("một socket", "a socket"),
            _ => new Wording("một thiết bị", "a device"),
        };
        return new Wording(
            $"Đây là {what}, không phải tệp thường, nên không đọc. Hãy chỉ một tệp thường.",
            $"This is {what}, not an ordinary file, and is not read. Name an ordinary file.");
    }
}

/// <summary>What was named is no ordinary file.</summary>
public sealed class NotOrdinaryFileException(string path, Wording words) : IOException(path + ": " + words.En), IWorded
{
    public Wording Words => words;
}
