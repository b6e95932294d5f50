using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace SmsCampaign.Files;

/// <summary>
/// Makes files and folders that nobody but the account that runs the program can read: numbers of subscribers stand in
/// them, however the folder around them was made.
/// </summary>
public static partial class PrivateFiles
{
    const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;
    const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>What a group and others may not do with any file this process makes, whoever makes it (SQLite,
    /// .NET): umask(2).</summary>
    const int NobodyElse = 0x3F; // 077

    /// <summary>From now on every file and folder this process makes is its account's alone. On Windows what lies in a
    /// folder made by <see cref="MakeFolder"/> is.</summary>
    public static void ForThisProcess()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetMask(NobodyElse);
    }

    /// <summary>Makes a folder, with those above it that are missing. One that is there stays as it is.</summary>
    public static void MakeFolder(string path)
    {
        if (Directory.Exists(path))
            return;

        if (OperatingSystem.IsWindows())
            MakeOnWindows(path);
        else
            Directory.CreateDirectory(path, OwnFolder);
    }

    /// <summary>Makes a folder, or takes from everybody what one that is there lets them do, with the files in it. What
    /// a group may do stays: somebody gave it that right on purpose.</summary>
    public static void KeepFolder(string path)
    {
        MakeFolder(path);
        if (OperatingSystem.IsWindows() || !TakeFromOthers(path))
            return;

        foreach (var file in Directory.EnumerateFiles(path, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        }))
            TakeFromOthers(file);
    }

    /// <summary>A new file of this account's alone.</summary>
    /// <exception cref="IOException">There is one already.</exception>
    public static FileStream Create(
        string path, FileShare share = FileShare.Read, int bufferSize = 4096, FileOptions options = FileOptions.None)
    {
        var how = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = share,
            BufferSize = bufferSize,
            Options = options,
        };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = OwnFile;
        return new FileStream(path, how);
    }

    /// <summary>Whether everybody may read or change an open file. What a group may do somebody gave it on purpose; on
    /// Windows the folder decides.</summary>
    public static bool IsOpenToOthers(FileStream file) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0;

    /// <summary>Its owner may do with it what they could: a program that lies there still runs.</summary>
    /// <returns>Whether others could do anything with it.</returns>
    [UnsupportedOSPlatform("windows")]
    static bool TakeFromOthers(string path)
    {
        try
        {
            var mode = File.GetUnixFileMode(path);
            if ((mode & Others) == 0)
                return false;

            File.SetUnixFileMode(path, mode & OwnFolder);
            return true;
        }
        catch (Exception notOurs) when (notOurs is IOException or UnauthorizedAccessException)
        {
            return false; // whoever made it for us decides
        }
    }

    [SupportedOSPlatform("windows")]
    static void MakeOnWindows(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } above)
            Directory.CreateDirectory(above);

        var rights = new DirectorySecurity();
        rights.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        foreach (var who in new IdentityReference?[]
        {
            WindowsIdentity.GetCurrent().User,
            new SecurityIdentifier(WellKnownSidType.LocalSystemSid, null),
        })
        {
            if (who is not null)
            {
                rights.AddAccessRule(new FileSystemAccessRule(
                    who,
                    FileSystemRights.FullControl,
                    InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit,
                    PropagationFlags.None,
                    AccessControlType.Allow));
            }
        }

        new DirectoryInfo(path).Create(rights);
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial int SetMask(int mask);
}
