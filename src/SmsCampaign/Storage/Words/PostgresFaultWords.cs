namespace SmsCampaign.Storage.Words;

/// <summary>A <see cref="StorageFault"/> of what is kept in PostgreSQL, for a person: where, the cause, the way
/// out.</summary>
static class PostgresFaultWords
{
    /// <param name="place">The server, database and schema.</param>
    /// <param name="detail">What the server or the connection says, for an engineer.</param>
    public static Wording Of(StorageFault fault, string place, Wording detail) => fault switch
    {
        StorageFault.DiskFull => new(
            $"Đĩa của máy chủ cơ sở dữ liệu {place} đã đầy. Hãy báo kỹ sư phụ trách dọn chỗ trống trên máy chủ đó rồi "
                + $"chạy lại lệnh: chương trình làm tiếp từ chỗ đã dừng.",
            $"The disk of the database server {place} is full. Have your engineer make room on that server and run the "
                + $"command again: it goes on from where it stopped."),
        StorageFault.Busy => new(
            $"Cơ sở dữ liệu {place} đang bị một chương trình khác giữ quá lâu ({detail}). Hãy chờ rồi chạy lại; nếu "
                + $"vẫn vậy, báo kỹ sư phụ trách xem pg_stat_activity và pg_locks.",
            $"Another program has held the database {place} for too long ({detail}). Wait, then run this again; where "
                + $"that does not help have your engineer look at pg_stat_activity and pg_locks."),
        StorageFault.Damaged => new(
            $"Cơ sở dữ liệu {place} bị hỏng ({detail}). Không gửi tiếp; hãy báo kỹ sư phụ trách để khôi phục từ bản "
                + $"sao lưu.",
            $"The database {place} is broken ({detail}). Send nothing more, and have your engineer restore it from a "
                + $"backup."),
        StorageFault.Foreign => new(
            $"Cơ sở dữ liệu {place} thiếu bảng của chương trình này ({detail}). Hãy báo kỹ sư phụ trách kiểm tra tên "
                + $"cơ sở dữ liệu và schema; nếu đúng thì khôi phục từ bản sao lưu.",
            $"The database {place} lacks tables of this program ({detail}). Have your engineer check the names of "
                + $"database and schema; if they are right, restore it from a backup."),
        StorageFault.Newer => new(
            $"Cơ sở dữ liệu {place} do bản chương trình mới hơn tạo ({detail}). Hãy dùng bản chương trình mới; bản này "
                + $"không sửa gì trong đó.",
            $"The database {place} was made by a newer version of the program ({detail}). Use the newer program; this "
                + $"one has changed nothing in it."),
        StorageFault.ReadOnly => new(
            $"Không ghi được vào cơ sở dữ liệu {place}: máy chủ chỉ cho đọc ({detail}). Có thể đó là bản sao chưa được "
                + $"chuyển thành máy chính. Hãy báo kỹ sư phụ trách kiểm tra địa chỉ kết nối.",
            $"The database {place} cannot be written to: the server is read-only ({detail}). It may be a replica that "
                + $"was not promoted. Have your engineer check the address of the connection."),
        StorageFault.Missing => new(
            $"Không có {place} trong cơ sở dữ liệu ({detail}). Hãy báo kỹ sư phụ trách kiểm tra tên cơ sở dữ liệu và "
                + $"schema; nếu đúng thì khôi phục từ bản sao lưu.",
            $"{place} is not in the database ({detail}). Have your engineer check the names of database and schema; if "
                + $"they are right, restore it from a backup."),
        StorageFault.Disk => new(
            $"Đĩa của máy chủ cơ sở dữ liệu {place} không đọc hoặc ghi được ({detail}). Hãy báo kỹ sư phụ trách kiểm "
                + $"tra đĩa của máy chủ đó rồi chạy lại.",
            $"The disk of the database server {place} could not read or write ({detail}). Have your engineer check that "
                + $"server's disk, then run again."),
        StorageFault.Unreachable => new(
            $"Không kết nối được tới cơ sở dữ liệu {place} ({detail}). Không gửi tin nào trong lúc đó. Hãy báo kỹ sư "
                + $"phụ trách kiểm tra máy chủ PostgreSQL và mạng; khi kết nối lại được, chương trình tự làm tiếp.",
            $"The database {place} cannot be reached ({detail}). Nothing is sent meanwhile. Have your engineer check "
                + $"the PostgreSQL server and the network; once it can be reached the program goes on by itself."),
        StorageFault.Replaced => new(
            $"Cơ sở dữ liệu {place} vừa được chuyển sang máy chủ khác ({detail}). Lượt gửi được mở lại và gửi tiếp; tin "
                + $"nào không chắc đã gửi thì được ghi là chưa rõ.",
            $"Another server has taken over the database {place} ({detail}). The run is opened anew and goes on; what "
                + $"may have been sent is made uncertain."),
        _ => new(
            $"Không dùng được cơ sở dữ liệu {place} ({detail}). Hãy báo kỹ sư phụ trách kiểm tra tài khoản, mật khẩu và "
                + $"quyền của chương trình trên máy chủ PostgreSQL.",
            $"The database {place} cannot be used ({detail}). Have your engineer check the program's account, password "
                + $"and rights on the PostgreSQL server."),
    };
}
