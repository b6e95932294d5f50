namespace SmsCampaign.Storage.Words;

/// <summary>A <see cref="StorageFault"/> for a person: the file, the cause, the way out.</summary>
static class StorageFaultWords
{
    /// <param name="file">Full path, or the data folder where no file is known.</param>
    /// <param name="detail">What the machine says, for an engineer.</param>
    public static Wording Of(StorageFault fault, string file, Wording detail) => fault switch
    {
        StorageFault.DiskFull => new(
            $"Đĩa chứa thư mục dữ liệu {FolderOf(file)} đã đầy. Hãy dọn chỗ trống rồi chạy lại lệnh: "
                + $"chương trình làm tiếp từ chỗ đã dừng.",
            $"The disk of the data folder {FolderOf(file)} is full. Make room and run the command again: "
                + $"it goes on from where it stopped."),
        StorageFault.Busy => new(
            $"Tệp {file} đang bị một chương trình khác giữ quá lâu ({detail}). Hãy đóng chương trình đang mở tệp (công "
                + $"cụ SQLite, sao lưu, diệt vi-rút); lệnh nào đã dừng vì vậy thì chạy lại.",
            $"Another program has held the file {file} for too long ({detail}). Close what has it open (a SQLite tool, "
                + $"a backup, a virus scanner); run again what has ended for it."),
        StorageFault.Damaged => new(
            $"Tệp {file} bị hỏng ({detail}). Hãy giữ nguyên thư mục dữ liệu, không gửi tiếp, và báo kỹ sư phụ trách để "
                + $"khôi phục từ bản sao lưu.",
            $"The file {file} is broken ({detail}). Leave the data folder as it is, send nothing more, and have your "
                + $"engineer restore it from a backup."),
        StorageFault.Foreign => new(
            $"Tệp {file} không phải là cơ sở dữ liệu của chương trình này, hoặc thiếu bảng "
                + $"({detail}). Hãy kiểm tra --data; nếu đúng thư mục thì giữ nguyên và báo kỹ sư "
                + $"phụ trách để khôi phục từ bản sao lưu.",
            $"The file {file} is not a database of this program, or lacks tables ({detail}). Check --data; "
                + $"if the folder is right, leave it as it is and have your engineer restore it from a backup."),
        StorageFault.Newer => new(
            $"Tệp {file} do bản chương trình mới hơn tạo ({detail}). Hãy dùng bản chương trình mới; "
                + $"bản này không sửa gì trong tệp.",
            $"The file {file} was made by a newer version of the program ({detail}). Use the newer program; "
                + $"this one has changed nothing in the file."),
        StorageFault.Unbalanced => ImbalanceWords.Of(file, detail),
        StorageFault.ReadOnly => new(
            $"Không ghi được vào {file}: tệp hoặc đĩa chỉ cho đọc ({detail}). Hãy kiểm tra quyền ghi của tài khoản "
                + $"chạy chương trình với tệp và thư mục, hoặc chọn thư mục khác bằng --data.",
            $"{file} cannot be written to: the file or the disk is read-only ({detail}). "
                + $"Check that the account the program runs as may write to the file and its folder, "
                + $"or choose another with --data."),
        StorageFault.Missing => new(
            $"Không có tệp {file} ({detail}). Hãy kiểm tra --data; nếu đúng thư mục thì tệp đã bị xóa hoặc chuyển đi: "
                + $"đặt lại tệp, hoặc khôi phục từ bản sao lưu.",
            $"The file {file} is not there ({detail}). Check --data; if the folder is right, the file was deleted or "
                + $"moved: put it back, or restore it from a backup."),
        StorageFault.Disk => new(
            $"Đĩa không đọc hoặc ghi được tệp {file} ({detail}). Hãy báo kỹ sư phụ trách kiểm tra đĩa và kết nối tới "
                + $"đĩa rồi chạy lại; không xóa gì trong thư mục dữ liệu.",
            $"The disk could not read or write the file {file} ({detail}). Have your engineer check the disk and its "
                + $"connection, then run again; delete nothing in the data folder."),
        _ when Directory.Exists(file) => new(
            $"Ở chỗ của tệp {file} lại là một thư mục ({detail}). Hãy chuyển thư mục đó đi và đặt lại tệp, hoặc chọn "
                + $"thư mục dữ liệu khác bằng --data.",
            $"A folder stands in the place of the file {file} ({detail}). Move it away and put the file back, "
                + $"or choose another data folder with --data."),
        _ => new(
            $"Không mở được tệp {file} ({detail}). Hãy kiểm tra tài khoản chạy chương trình có quyền đọc và ghi tệp "
                + $"cùng thư mục chứa nó, hoặc chọn thư mục khác bằng --data.",
            $"The file {file} cannot be opened ({detail}). Check that the account the program runs as may read and "
                + $"write it and its folder, or choose another with --data."),
    };

    /// <summary>Of the list of who may sign in, on which no message depends.</summary>
    public static Wording OfPeople(StorageFault fault, string file, Wording detail)
    {
        var what = fault == StorageFault.Damaged
            ? new Wording($"bị hỏng ({detail})", $"is broken ({detail})")
            : new Wording($"thiếu bảng ({detail})", $"lacks tables ({detail})");
        return new Wording(
            $"Tệp {file} {what}. Tệp này chỉ giữ người dùng và phiên đăng nhập của trang web; việc gửi không phụ thuộc "
                + $"tệp này. Hãy giữ nguyên thư mục dữ liệu và báo kỹ sư phụ trách để khôi phục riêng tệp này từ bản "
                + $"sao lưu.",
            $"The file {file} {what}. It holds but the users of the web pages and their sessions; sending does not "
                + $"depend on it. Leave the data folder as it is and have your engineer restore that file alone from "
                + $"a backup.");
    }

    public static Wording OfFolder(string folder, Wording detail) => new(
        $"Không ghi được vào thư mục dữ liệu {folder} ({detail}). Hãy kiểm tra đó là một thư mục và có quyền ghi, "
            + $"hoặc chọn thư mục khác bằng --data.",
        $"The data folder {folder} cannot be written to ({detail}). Check that it is a folder and may be written to, "
            + $"or choose another with --data.");

    /// <param name="messages">How many were answered and could not be written.</param>
    public static Wording OfUnwritten(string run, string file, int messages)
    {
        var count = Figures.Counted(messages, "message");
        return new Wording(
            $"Tệp {file} vẫn bị một chương trình khác giữ lúc dừng, nên kết quả mà nhà mạng đã trả lời của {count} tin "
                + $"thuộc lượt gửi {run} chưa ghi được. Lần chạy sau ghi các tin đó là chưa rõ và không gửi lại; biên "
                + $"nhận hoặc lệnh 'resolve' sẽ giải quyết.",
            $"Another program still held the file {file} as this one stopped, so that what gateways answered to "
                + $"{count} of run {run} could not be written. The next start makes them uncertain and does not send "
                + $"them again; receipts or 'resolve' settle them.");
    }

    /// <param name="messages">How many were answered and cannot be written.</param>
    /// <param name="fault">What the program failed with, for an engineer.</param>
    public static Wording OfDropped(string run, string file, int messages, string fault)
    {
        var count = Figures.Counted(messages, "message");
        return new Wording(
            $"Kết quả mà nhà mạng đã trả lời của {count} tin thuộc lượt gửi {run} không ghi được vào {file} do lỗi của "
                + $"chương trình (mã {fault}). Các tin đó được ghi là chưa rõ, chậm nhất ở lần chạy sau, và không gửi "
                + $"lại; biên nhận hoặc lệnh 'resolve' sẽ giải quyết. Hãy báo kỹ sư phụ trách.",
            $"What gateways answered to {count} of run {run} cannot be written to {file}, by a fault of the program "
                + $"({fault}). They are made uncertain, by the next start at the latest, and are not sent again; "
                + $"receipts or 'resolve' settle them. Tell your engineer.");
    }

    /// <summary>Of a run's ledger the folder that holds them all.</summary>
    static string FolderOf(string file)
    {
        if (Directory.Exists(file))
            return file;

        var folder = Path.GetDirectoryName(file)!;
        return Path.GetFileName(folder) == "runs" ? Path.GetDirectoryName(folder)! : folder;
    }
}
