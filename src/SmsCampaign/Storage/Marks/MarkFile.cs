using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;
using SmsCampaign.Files;
using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Marks;

/// <summary>
/// A run's mark in a file outside the data folder. Written for every commit that holds attempts, before these are
/// handed over: some microseconds, as it is not waited for on disk each time. What is written so outlives the process,
/// not the machine; for that it is flushed whenever more is reserved.
/// </summary>
sealed class MarkFile : IDisposable
{
    /// <summary>Two copies in turn: one that was cut off half way leaves the other.</summary>
    const int SlotLength = 512;

    const ulong Magic = 0x314B52414D534D53; // SMSMARK1

    const int Numbers = 2 * (MessageSeq.MostCarriers + 1);

    readonly SafeFileHandle _file;
    readonly byte[] _slot = new byte[SlotLength];
    long _turn;

    /// <param name="path">Made where it is not there, with its folder.</param>
    public MarkFile(string path)
    {
        PrivateFiles.KeepFolder(Path.GetDirectoryName(path)!);
        _turn = Read(path) is { } there ? there.Turn : 0;
        var isNew = !File.Exists(path);
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        if (isNew)
        {
            Disk.FlushFolder(Path.GetDirectoryName(path)!);
            if (Path.GetDirectoryName(Path.GetDirectoryName(path)) is { } above)
                TryFlush(above);
        }
    }

    /// <summary>Identifies the machine's start; null where the system does not say.</summary>
    static readonly string? Boot = ReadBoot();

    public void Write(RunMark mark, bool flush)
    {
        _turn++;
        var slot = _slot.AsSpan();
        slot.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(slot, Magic);
        BinaryPrimitives.WriteInt64LittleEndian(slot[8..], _turn);
        Encoding.ASCII.GetBytes(mark.Code, slot[16..32]);
        Encoding.ASCII.GetBytes(Boot ?? "", slot[32..72]);
        BinaryPrimitives.WriteInt64LittleEndian(slot[72..], mark.Confirmed);
        BinaryPrimitives.WriteInt64LittleEndian(slot[80..], mark.Reserved);
        for (var carrier = 0; carrier <= MessageSeq.MostCarriers; carrier++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(slot[(88 + (16 * carrier))..], mark.Frontier[carrier]);
            BinaryPrimitives.WriteInt64LittleEndian(slot[(96 + (16 * carrier))..], mark.Reach[carrier]);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(slot[(SlotLength - 8)..], SumOf(slot));
        RandomAccess.Write(_file, slot, _turn % 2 * SlotLength);
        if (flush)
            RandomAccess.FlushToDisk(_file);
    }

    /// <returns>Null where there is none, or nothing in it can be read.</returns>
    public static (RunMark Mark, long Turn)? Read(string path)
    {
        if (!File.Exists(path))
            return null;

        var bytes = new byte[2 * SlotLength];
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
            file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);

        (RunMark, long Turn)? newest = null;
        foreach (var at in new[] { 0, SlotLength })
        {
            if (Read(bytes.AsSpan(at, SlotLength), Path.GetFileName(path)) is { } slot && !(newest?.Turn > slot.Turn))
                newest = slot;
        }

        return newest;
    }

    public void Dispose() => _file.Dispose();

    static (RunMark Mark, long Turn)? Read(ReadOnlySpan<byte> slot, string name)
    {
        if (BinaryPrimitives.ReadUInt64LittleEndian(slot) != Magic
            || BinaryPrimitives.ReadUInt64LittleEndian(slot[(SlotLength - 8)..]) != SumOf(slot))
            return null;

        var (frontier, reach) = (new long[Numbers / 2], new long[Numbers / 2]);
        for (var carrier = 0; carrier < frontier.Length; carrier++)
        {
            frontier[carrier] = BinaryPrimitives.ReadInt64LittleEndian(slot[(88 + (16 * carrier))..]);
            reach[carrier] = BinaryPrimitives.ReadInt64LittleEndian(slot[(96 + (16 * carrier))..]);
        }

        var boot = Text(slot[32..72]);
        return (new RunMark(name, Text(slot[16..32]))
        {
            Confirmed = BinaryPrimitives.ReadInt64LittleEndian(slot[72..]),
            Reserved = BinaryPrimitives.ReadInt64LittleEndian(slot[80..]),
            Frontier = frontier,
            Reach = reach,
            IsExact = boot.Length > 0 && boot == Boot,
        }, BinaryPrimitives.ReadInt64LittleEndian(slot[8..]));
    }

    static string Text(ReadOnlySpan<byte> padded) => Encoding.ASCII.GetString(padded.TrimEnd((byte)0));

    /// <summary>FNV-1a over words: tells a copy that was cut off from a whole one.</summary>
    static ulong SumOf(ReadOnlySpan<byte> slot)
    {
        var sum = 14695981039346656037UL;
        for (var at = 0; at < SlotLength - 8; at += 8)
            sum = (sum ^ BinaryPrimitives.ReadUInt64LittleEndian(slot[at..])) * 1099511628211UL;
        return sum;
    }

    static string? ReadBoot()
    {
        const string path = "/proc/sys/kernel/random/boot_id";
        return OperatingSystem.IsLinux() && File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }

    static void TryFlush(string folder)
    {
        try
        {
            Disk.FlushFolder(folder);
        }
        catch (IOException)
        {
            // The folder above may be closed to us: then the folder of marks was there before.
        }
    }
}
