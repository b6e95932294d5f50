namespace SmsCampaign.WebConsole.Words;

/// <summary>What the files of a report are, and how a browser is told.</summary>
static class ReportFileWords
{
    public static Wording Of(string name) => name switch
    {
        "bao-cao.docx" => new("Báo cáo Word", "Report, Word"),
        "bao-cao.xlsx" => new("Báo cáo Excel", "Report, Excel"),
        "bao-cao.html" => new("Báo cáo dạng trang web", "Report as a page"),
        "bao-cao.pdf" => new("Báo cáo PDF", "Report, PDF"),
        "kiem-tra.txt" => new("Mã kiểm tra của mọi tệp", "Hashes of all files"),
        "tong-hop.csv" => new("Tổng hợp", "Summary"),
        "theo-nha-mang.csv" => new("Theo nhà mạng", "By carrier"),
        "theo-kenh.csv" => new("Theo kênh gửi", "By lane"),
        "theo-dia-ban.csv" => new("Theo địa bàn", "By area"),
        "theo-dia-ban-nha-mang.csv" => new("Theo địa bàn và nhà mạng", "By area and carrier"),
        "theo-nhom-nhan-tin.csv" => new("Theo nhóm nhận tin", "By segment"),
        "theo-gio.csv" => new("Theo giờ", "By hour"),
        "loi.csv" => new("Nguyên nhân thất bại", "Failures"),
        "nha-mang-tu-nhan.csv" => new("Nhà mạng tự nhắn", "Carriers that text"),
        "nha-mang-theo-dia-ban.csv" => new("Nhà mạng tự nhắn, theo địa bàn", "Carriers that text, by area"),
        "chi-tiet.csv" => new("Từng tin, số đã che", "Message by message, numbers masked"),
        "chua-ro.csv" => new("Tin chưa rõ kết quả, số đã che", "Uncertain messages, numbers masked"),
        "loai-tru.csv" => new("Dòng loại trừ, số đã che", "Excluded rows, numbers masked"),
        _ => new($"{name}", $"{name}"),
    };

    /// <summary>By the ending that we gave it.</summary>
    public static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".csv" => "text/csv; charset=utf-8",
        ".txt" => "text/plain; charset=utf-8",
        ".json" => "application/json",
        ".html" => "text/html; charset=utf-8",
        ".pdf" => "application/pdf",
        ".zip" => "application/zip",
        _ => "application/octet-stream",
    };

    /// <summary>As 1,2 MB.</summary>
    public static Wording Size(long bytes)
    {
        var (unit, name) = bytes < 1_000_000 ? (1_000m, "kB") : (1_000_000m, "MB");
        var number = Figures.Number(decimal.Round(bytes / unit, 1));
        return new Wording($"{number} {name}", $"{number} {name}");
    }
}
