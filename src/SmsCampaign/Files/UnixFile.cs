using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SmsCampaign.Files;

/// <summary>What a name stands for, its last link followed.</summary>
enum FileKind
{
    /// <summary>The system does not say, or nothing is there.</summary>
    Unknown,

    Ordinary,

    Folder,

    /// <summary>A FIFO: opening it waits for whoever writes to it, for ever.</summary>
    Pipe,

    Socket,

    /// <summary>Such as /dev/zero, which never ends.</summary>
    Device,
}

/// <summary>What a file is told by from another of its name, and from itself as it was.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Seconds">Since 1970, of its last change: of its content, its rights, its name.</param>
readonly record struct FileStamp(ulong Device, ulong Inode, ulong Size, long Seconds, uint Nanoseconds);

/// <summary>
/// Asks Linux what .NET does not tell: whether a name is an ordinary file, before it is opened, and whose it is.
/// </summary>
static partial class UnixFile
{
    // statx(2); the structure is the same on every architecture.
    const int FromWorkingFolder = -100;
    const int NoAutomount = 0x800;
    const uint Type = 1;
    const uint Owner = 8;
    const uint Changed = 0x80;
    const uint Inode = 0x100;
    const uint Size = 0x200;
    const int StructureLength = 256;
    const int OwnerAt = 20;
    const int ModeAt = 28;
    const int InodeAt = 32;
    const int SizeAt = 40;
    const int ChangedAt = 96;
    const int ChangedNanosecondsAt = 104;
    const int DeviceAt = 136;

    // inode(7)
    const int TypeMask = 0xF000;

    /// <returns><see cref="FileKind.Unknown"/> where it is not there, and on other systems.</returns>
    public static FileKind KindOf(string path)
    {
        if (Ask(path, Type) is not { } structure)
            return FileKind.Unknown;

        return (BinaryPrimitives.ReadUInt16LittleEndian(structure.AsSpan(ModeAt)) & TypeMask) switch
        {
            0x8000 => FileKind.Ordinary,
            0x4000 => FileKind.Folder,
            0x1000 => FileKind.Pipe,
            0xC000 => FileKind.Socket,
            0x2000 or 0x6000 => FileKind.Device,
            _ => FileKind.Unknown,
        };
    }

    /// <returns>Number of the account that a file or folder belongs to; null where it is not there, and on other
    /// systems.</returns>
    public static uint? OwnerOf(string path) => Ask(path, Owner) is { } structure
        ? BinaryPrimitives.ReadUInt32LittleEndian(structure.AsSpan(OwnerAt))
        : null;

    /// <summary>Which file a name stands for, and when it was last changed in whatever way.</summary>
    /// <returns>Null where it is not there, and on other systems.</returns>
    public static FileStamp? StampOf(string path) => Ask(path, Changed | Inode | Size) is { } structure
        ? new FileStamp(
            BinaryPrimitives.ReadUInt64LittleEndian(structure.AsSpan(DeviceAt)), // major and minor
            BinaryPrimitives.ReadUInt64LittleEndian(structure.AsSpan(InodeAt)),
            BinaryPrimitives.ReadUInt64LittleEndian(structure.AsSpan(SizeAt)),
            BinaryPrimitives.ReadInt64LittleEndian(structure.AsSpan(ChangedAt)),
            BinaryPrimitives.ReadUInt32LittleEndian(structure.AsSpan(ChangedNanosecondsAt)))
        : null;

    static byte[]? Ask(string path, uint mask)
    {
        if (!OperatingSystem.IsLinux())
            return null;

        var structure = new byte[StructureLength];
        try
        {
            return Ask(FromWorkingFolder, path, NoAutomount, mask, structure) < 0 ? null : structure;
        }
        catch (EntryPointNotFoundException)
        {
            return null; // a C library from before 2018
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Ask(int folder, string path, int flags, uint mask, [Out] byte[] structure);
}
