namespace SmsCampaign.Storage.Words;

/// <summary>A <see cref="StorageFault"/> of what is kept on a server, for a person: where, the cause, the way
/// out.</summary>
static class ServerFaultWords
{
    /// <param name="place">Server, database and schema.</param>
    /// <param name="detail">What the server says, for an engineer.</param>
    public static Wording Of(StorageFault fault, string place, Wording detail) => fault switch
    {
        StorageFault.Unreachable => new(
            $"Không kết nối được tới {place} ({detail}). Hãy kiểm tra máy chủ PostgreSQL đang chạy và đường mạng tới "
                + $"đó; khi kết nối lại được thì chạy lại lệnh.",
            $"{place} cannot be reached ({detail}). Check that the server of PostgreSQL runs, and the network to it; "
                + $"run this again once it can be reached."),
        StorageFault.Replaced => new(
            $"Một máy chủ khác đã thay máy chủ của {place} ({detail}). Hãy báo kỹ sư phụ trách xác nhận máy chủ mới có "
                + $"đủ dữ liệu rồi chạy lại.",
            $"Another server has taken the place of that of {place} ({detail}). Have your engineer make sure that it "
                + $"has all that was written, then run this again."),
        StorageFault.DiskFull => new(
            $"Đĩa của {place} đã đầy ({detail}). Hãy báo kỹ sư phụ trách dọn chỗ trống rồi chạy lại lệnh: "
                + $"chương trình làm tiếp từ chỗ đã dừng.",
            $"The disk of {place} is full ({detail}). Have your engineer make room, then run the "
                + $"command again: it goes on from where it stopped."),
        StorageFault.Busy => new(
            $"{place} đang bị một chương trình khác giữ quá lâu ({detail}). Lệnh nào đã dừng vì vậy thì chạy lại.",
            $"Another program has held {place} for too long ({detail}). Run again what has ended for it."),
        StorageFault.Damaged => new(
            $"{place} bị hỏng ({detail}). Hãy giữ nguyên cơ sở dữ liệu, không gửi tiếp, và báo kỹ sư phụ trách để khôi "
                + $"phục từ bản sao lưu.",
            $"{place} is broken ({detail}). Leave the database as it is, send nothing more, and have your engineer "
                + $"restore it from a backup."),
        StorageFault.Foreign or StorageFault.Missing => new(
            $"{place} không có các bảng của chương trình này ({detail}). Hãy kiểm tra địa chỉ PostgreSQL trong tệp cấu "
                + $"hình; nếu đúng thì giữ nguyên và báo kỹ sư phụ trách để khôi phục từ bản sao lưu.",
            $"{place} lacks the tables of this program ({detail}). Check the address of PostgreSQL in the installation "
                + $"file; if it is right, leave it as it is and have your engineer restore it from a backup."),
        StorageFault.Newer => new(
            $"{place} do bản chương trình mới hơn tạo ({detail}). Hãy dùng bản chương trình mới; bản này không sửa gì "
                + $"ở đó.",
            $"{place} was made by a newer version of the program ({detail}). Use the newer program; this one has "
                + $"changed nothing there."),
        StorageFault.Unbalanced => ImbalanceWords.Of(place, detail),
        StorageFault.ReadOnly => new(
            $"Không ghi được vào {place}: máy chủ chỉ cho đọc ({detail}). Hãy kiểm tra địa chỉ là của máy chủ chính, "
                + $"không phải bản sao.",
            $"{place} cannot be written to: the server is read-only ({detail}). Check that the address is the "
                + $"primary's, and not a replica's."),
        StorageFault.Disk => new(
            $"Máy chủ không đọc hoặc ghi được đĩa của {place} ({detail}). Hãy báo kỹ sư phụ trách kiểm tra "
                + $"đĩa rồi chạy lại.",
            $"The server could not read or write the disk of {place} ({detail}). Have your engineer "
                + $"check the disk, then run this again."),
        _ => new(
            $"Không mở được {place} ({detail}). Hãy kiểm tra tên cơ sở dữ liệu, tài khoản, mật khẩu và quyền của tài "
                + $"khoản đó.",
            $"{place} cannot be opened ({detail}). Check the name of the database, the account, its password and its "
                + $"rights."),
    };

    /// <summary>Of the users of the web pages, on whom no message depends.</summary>
    public static Wording OfPeople(StorageFault fault, string place, Wording detail)
    {
        var what = fault == StorageFault.Damaged
            ? new Wording($"bị hỏng ({detail})", $"is broken ({detail})")
            : new Wording($"thiếu bảng ({detail})", $"lacks tables ({detail})");
        return new Wording(
            $"{place} {what}. Ở đó chỉ giữ người dùng và phiên đăng nhập của trang web; việc gửi không phụ thuộc. Hãy "
                + $"giữ nguyên và báo kỹ sư phụ trách để khôi phục riêng phần này từ bản sao lưu.",
            $"{place} {what}. It holds but the users of the web pages and their sessions; sending does not depend on "
                + $"it. Leave it as it is and have your engineer restore it alone from a backup.");
    }
}
