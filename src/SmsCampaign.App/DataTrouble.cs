using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;
using SQLitePCL;

namespace SmsCampaign.App;

/// <summary>
/// What is wrong with the data folder where a verb could not read or write it: no fault of the program, and a person can
/// do something about it.
/// </summary>
static class DataTrouble
{
    // ENOSPC of errno(3), and ERROR_DISK_FULL as an HRESULT: what IOException tells.
    const int NoSpaceUnix = 28;
    const int NoSpaceWindows = unchecked((int)0x80070070);

    /// <summary>Less than any database grows by at a time.</summary>
    const long NextToNothing = 64 * 1024;

    /// <returns>Null where it is something else.</returns>
    public static Wording? Of(Exception thrown, DataFolder data) => thrown switch
    {
        UnbalancedException unbalanced => Unbalanced(unbalanced),

        // SQLite's result codes: sqlite.org/rescode.html.
        LedgerException { Code: raw.SQLITE_FULL } => Full(data),
        LedgerException { Code: raw.SQLITE_IOERR } when IsFull(data) => Full(data), // its shared memory could not grow
        IOException { HResult: NoSpaceUnix or NoSpaceWindows } => Full(data),
        LedgerException { Code: raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT } broken => Broken(data, broken),
        LedgerException { Code: raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM } closed => Closed(data, closed),
        IOException or UnauthorizedAccessException when thrown.Message.Contains(data.Root, StringComparison.Ordinal) => Closed(data, thrown),
        _ => null,
    };

    static bool IsFull(DataFolder data) => Directory.Exists(data.Root) && new DriveInfo(data.Root).AvailableFreeSpace < NextToNothing;

    static Wording Closed(DataFolder data, Exception thrown) => new(
        $"Không ghi được vào thư mục dữ liệu {data.Root} ({thrown.Message}). Hãy kiểm tra đó là một thư mục và có quyền ghi, hoặc chọn thư mục khác bằng --data.",
        $"The data folder {data.Root} cannot be written to ({thrown.Message}). Check that it is a folder and may be written to, or choose another with --data.");

    static Wording Full(DataFolder data) => new(
        $"Đĩa chứa thư mục dữ liệu {data.Root} đã đầy. Hãy dọn chỗ trống rồi chạy lại lệnh: chương trình làm tiếp từ chỗ đã dừng.",
        $"The disk of the data folder {data.Root} is full. Make room and run the command again: it goes on from where it stopped.");

    static Wording Unbalanced(UnbalancedException unbalanced) => new(
        $"Sổ gửi tin {unbalanced.LedgerPath} KHÔNG cân đối: đếm từng dòng thì không khớp ({unbalanced.Numbers}). Chương trình đã dừng để không gửi sót hay gửi trùng. Hãy giữ nguyên thư mục dữ liệu, không gửi tiếp, và báo kỹ sư phụ trách.",
        $"The ledger {unbalanced.LedgerPath} does NOT balance: its rows, counted, do not add up ({unbalanced.Numbers}). The program stopped so as to lose nobody and send nothing twice. Leave the data folder as it is, send nothing more, and tell your engineer.");

    static Wording Broken(DataFolder data, Exception thrown) => new(
        $"Sổ gửi tin trong {data.Root} bị hỏng ({thrown.Message}). Hãy giữ nguyên thư mục này, không gửi tiếp, và báo kỹ sư phụ trách để khôi phục từ bản sao lưu.",
        $"The ledger in {data.Root} is broken ({thrown.Message}). Leave the folder as it is, send nothing more, and have your engineer restore it from a backup.");
}
