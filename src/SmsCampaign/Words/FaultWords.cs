using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SmsCampaign.Words;

/// <summary>
/// What the machine, .NET or SQLite says of a fault, for a person: in English its own words, in Vietnamese what they
/// mean, or at least a code by which an engineer finds them.
/// </summary>
public static partial class FaultWords
{
    // errno(3); of Windows the low half of the HRESULT (System Error Codes, 0 to 499).
    const int NotFolder = 20;
    const int NoSpace = 28;
    const int ReadOnly = 30;
    const int HeldByOther = 11;
    const int WindowsHeldByOther = 32;
    const int WindowsNoSpace = 112;

    public static Wording Of(Exception fault) => fault switch
    {
        IWorded ours => ours.Words,
        SqliteException sqlite => new Wording(OfSqlite(sqlite.SqliteExtendedErrorCode), sqlite.Message),
        _ => new Wording(WithPath(InVietnamese(fault), fault.Message), fault.Message),
    };

    /// <summary>By its type alone, where its words may hold what stands in a file.</summary>
    public static Wording OfType(Exception fault) => new($"mã {fault.GetType().Name}", fault.GetType().Name);

    /// <param name="code">Its extended result code (sqlite.org/rescode.html).</param>
    internal static string OfSqlite(int code) => (code & 0xFF) switch
    {
        raw.SQLITE_ERROR => "thiếu bảng hoặc cột",
        raw.SQLITE_PERM or raw.SQLITE_AUTH => "không có quyền với tệp",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => "chương trình khác đang giữ tệp",
        raw.SQLITE_READONLY => "tệp hoặc thư mục chứa tệp chỉ cho đọc",
        raw.SQLITE_IOERR => "đĩa không đọc hoặc ghi được",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "nội dung tệp không còn nguyên vẹn",
        raw.SQLITE_FULL => "đĩa đã đầy",
        raw.SQLITE_CANTOPEN => "không mở được tệp",
        _ => string.Create(CultureInfo.InvariantCulture, $"lỗi cơ sở dữ liệu số {code}"),
    };

    public static Wording NoLedger(string path) => new($"không có sổ gửi tin {path}", $"no ledger at {path}");

    static string InVietnamese(Exception fault) => fault switch
    {
        FileNotFoundException => "không có tệp",
        DirectoryNotFoundException => "không có thư mục",
        DriveNotFoundException => "không có ổ đĩa",
        PathTooLongException => "tên tệp quá dài",
        UnauthorizedAccessException => "không có quyền, hoặc đó là một thư mục",
        JsonException { LineNumber: { } line } =>
            string.Create(CultureInfo.InvariantCulture, $"sai cú pháp JSON ở dòng {line + 1}"),
        _ when SocketOf(fault) is { } socket => OfSocket(socket.SocketErrorCode),
        IOException disk => OfDisk(disk.HResult & 0xFFFF),
        _ => OfType(fault).Vi,
    };

    static string OfSocket(SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => "địa chỉ đang do chương trình khác dùng",
        SocketError.AddressNotAvailable => "máy này không có địa chỉ đó",
        SocketError.AccessDenied => "không có quyền mở cổng mạng đó",
        SocketError.ConnectionRefused => "máy đó không nhận kết nối ở cổng mạng này",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "không tìm thấy máy có tên đó",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "không có đường mạng tới máy đó",
        SocketError.TimedOut => "máy đó không trả lời",
        SocketError.ConnectionReset => "bị ngắt kết nối",
        _ => string.Create(CultureInfo.InvariantCulture, $"mã mạng {(int)error}"),
    };

    static string OfDisk(int code) => code switch
    {
        NoSpace or WindowsNoSpace => "đĩa đã đầy",
        ReadOnly => "đĩa chỉ cho đọc",
        NotFolder => "một phần của đường dẫn không phải thư mục",
        HeldByOther or WindowsHeldByOther => "chương trình khác đang giữ tệp",
        _ => string.Create(CultureInfo.InvariantCulture, $"lỗi đọc ghi, mã {code}"),
    };

    static SocketException? SocketOf(Exception? fault) =>
        fault as SocketException ?? (fault is null ? null : SocketOf(fault.InnerException));

    /// <summary>.NET names the file between quotes.</summary>
    static string WithPath(string what, string message) =>
        FullPath().Match(message) is { Success: true } match ? $"{what}: {match.Groups["path"].Value}" : what;

    [GeneratedRegex(@"'(?<path>(/|[A-Za-z]:\\|\\\\)[^']*)'")]
    private static partial Regex FullPath();
}
