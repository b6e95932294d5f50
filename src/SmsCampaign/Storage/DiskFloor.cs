namespace SmsCampaign.Storage;

/// <summary>
/// Keeps room on the disk for the ledgers: while less is free, no receipt is taken. Gateways keep theirs and bring them
/// again; a ledger that cannot be written stops the sending. Safe for several threads.
/// </summary>
/// <param name="folder">On the disk in question.</param>
/// <param name="floor">Bytes.</param>
/// <param name="told">Told, once each time, that less is free, and that there is room again. It must not wait.</param>
/// <param name="free">Bytes free where a folder lies; null where it cannot be told. Unset: as the system says.</param>
public sealed class DiskFloor(
    string folder, long floor, TimeProvider time, Action<DiskRoom>? told = null, Func<string, long?>? free = null)
{
    /// <summary>How often the system is asked. Strangers write some 50 MB in it.</summary>
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Bytes.</summary>
    internal const long NextToNothing = 64 * 1024;

    readonly Lock _lock = new();
    long _nextLook = time.GetTimestamp();
    volatile bool _isBelow;

    /// <summary>Whether less is free than must be.</summary>
    public bool IsBelow
    {
        get
        {
            if (Volatile.Read(ref _nextLook) <= time.GetTimestamp())
                Look();
            return _isBelow;
        }
    }

    /// <summary>What there is, where it is less than must be.</summary>
    /// <param name="floor">Bytes.</param>
    public static DiskRoom? FindBelow(DataFolder data, long floor) =>
        FreeAt(data.Root) is { } free && free < floor ? new DiskRoom(data.Root, free, floor) : null;

    /// <summary>Why so many bytes more are not taken, as they would not leave what is kept for the ledgers; null where
    /// they are, or that cannot be told.</summary>
    /// <param name="places">Folders into which they come.</param>
    /// <param name="floor">Bytes.</param>
    /// <param name="free">As of <see cref="FreeAt"/>.</param>
    internal static Wording? RefuseMore(
        IReadOnlyList<string> places, long bytes, long floor, Func<string, long?> free)
    {
        foreach (var folder in places)
        {
            if (free(folder) is not { } has || has >= bytes + floor)
                continue;

            var (room, needs) = (
                Figures.Count(has / DiskRoom.Unit), Figures.Count((bytes + floor) / DiskRoom.Unit + 1));
            return new Wording(
                $"Đĩa của máy chủ không đủ chỗ: còn trống {room} MB, cần {needs} MB kể cả phần chừa cho sổ gửi tin. "
                    + $"Báo kỹ sư phụ trách giải phóng đĩa.",
                $"The server's disk lacks room: {room} MB are free and {needs} MB needed, with what is kept for the "
                    + $"ledgers. Let the engineer make room.");
        }

        return null;
    }

    void Look()
    {
        DiskRoom room;
        lock (_lock)
        {
            if (_nextLook > time.GetTimestamp())
                return;

            Volatile.Write(
                ref _nextLook,
                time.GetTimestamp() + LookEvery.Ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond);
            if ((free ?? FreeAt)(folder) is not { } bytes || bytes < floor == _isBelow)
                return; // what cannot be told is seen where it is written

            _isBelow = bytes < floor;
            room = new DiskRoom(folder, bytes, floor);
        }

        told?.Invoke(room);
    }

    /// <inheritdoc cref="DiskRoom.IsFull"/>
    internal static bool IsFull(string folder) => FreeAt(folder) is < NextToNothing;

    /// <summary>Bytes free where a folder lies; null where it cannot be told.</summary>
    internal static long? FreeAt(string folder)
    {
        try
        {
            // Any folder will do but on Windows, where it must be a drive.
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>How much room a disk has.</summary>
/// <param name="Folder">On it.</param>
/// <param name="Free">Bytes.</param>
/// <param name="Floor">Bytes that must be free for receipts to be taken.</param>
public sealed record DiskRoom(string Folder, long Free, long Floor)
{
    /// <summary>Bytes of the unit in which the floor is set: a megabyte.</summary>
    public const long Unit = 1_000_000;

    public bool IsBelow => Free < Floor;

    /// <summary>Whether next to nothing is free: less than any database grows by at a time.</summary>
    public bool IsFull => Free < DiskFloor.NextToNothing;

    /// <summary>What it means, and what to do.</summary>
    public Wording Words
    {
        get
        {
            var (free, floor) = (Figures.Count(Free / Unit), Figures.Count(Floor / Unit));
            return !IsBelow ? new Wording(
                $"Đĩa chứa thư mục dữ liệu {Folder} đã có chỗ trở lại (còn trống {free} MB): chương trình nhận biên "
                    + $"nhận như thường, không cần làm gì thêm.",
                $"The disk of the data folder {Folder} has room again ({free} MB free): receipts are taken.")
            : IsFull ? new Wording(
                $"Đĩa chứa thư mục dữ liệu {Folder} ĐÃ ĐẦY: không gửi được tin nào, không nhận biên nhận, không ghi "
                    + $"được lệnh nào. Số liệu là những gì ghi được sau cùng. Hãy giải phóng đĩa, ít nhất {floor} MB; "
                    + $"không xóa tệp nào trong thư mục dữ liệu.",
                $"The disk of the data folder {Folder} is FULL: nothing is sent, no receipts are taken and nothing "
                    + $"that is ordered can be written. The figures are what was last written. Make room on the disk, "
                    + $"{floor} MB at least; delete nothing in the data folder.")
            : new Wording(
                $"Đĩa chứa thư mục dữ liệu {Folder} chỉ còn trống {free} MB, dưới mức {floor} MB phải chừa "
                    + $"cho sổ gửi tin: chương trình tạm không nhận biên nhận (trả 503), nhà mạng sẽ gửi "
                    + $"lại sau. Hãy giải phóng đĩa.",
                $"The disk of the data folder {Folder} has only {free} MB free, less than the {floor} MB "
                    + $"kept for the ledgers: receipts are not taken for now (503), and gateways bring "
                    + $"them again. Make room on the disk.");
        }
    }
}
