using SmsCampaign.Office.Readiness;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Words;

/// <summary>The words of what is found before an opening.</summary>
public static class ReadyWords
{
    public static Wording Of(ReadyLight light) => light switch
    {
        ReadyLight.Green => new Wording("ĐƯỢC", "OK"),
        ReadyLight.Amber => new Wording("LƯU Ý", "NOTE"),
        _ => new Wording("CHƯA ĐƯỢC", "NOT READY"),
    };

    /// <summary>What a line is about.</summary>
    public static Wording TitleOf(ReadyLine line) => line.Check switch
    {
        WorkerCheck.Called => new Wording("Dịch vụ gửi", "Service"),
        OpeningCheck.Called => new Wording("Lần mở tới", "Next opening"),
        ApprovalCheck.Called => new Wording("Phê duyệt", "Approval"),
        FilesCheck.Called => new Wording("Tệp và danh sách", "Files"),
        LettersCheck.Called => new Wording("Nhà mạng tự nhắn", "Carriers"),
        LaneStopCheck.Called or LaneReachCheck.Called or LaneAccountCheck.Called => line.Subject is { } lane
            ? new Wording($"Kênh gửi {lane}", $"Lane {lane}")
            : new Wording("Các kênh gửi", "Lanes"), // none was come to
        ReceiptsCheck.Called => new Wording("Nhận biên nhận", "Receipts"),
        ManagementCheck.Called => new Wording("Giám sát", "Monitoring"),
        ForecastCheck.Called => new Wording("Dự báo", "Forecast"),
        DiskCheck.Called => new Wording("Đĩa", "Disk"),
        ClockCheck.Called => new Wording("Đồng hồ", "Clock"),
        ZoneCheck.Called => new Wording("Múi giờ", "Time zone"),
        LedgerCheck.Called => new Wording("Sổ gửi tin", "Ledger"),
        AuditCheck.Called => new Wording("Chuỗi kiểm toán", "Audit chain"),
        NumberKeyCheck.Called => new Wording("Khóa băm số", "Number key"),
        BackupCheck.Called => new Wording("Sao lưu", "Backup"),
        AlertsCheck.Called => new Wording("Cảnh báo", "Alerts"),
        ReadyDesk.Look => new Wording("Kiểm tra sẵn sàng", "Look"),
        ReadyDesk.Settings => new Wording("Tệp cấu hình", "Installation file"),
        _ => new Wording(line.Check, line.Check), // of another version
    };

    /// <summary>All of it in a line, as CHƯA ĐƯỢC: 1 việc phải làm, 2 điều lưu ý.</summary>
    public static Wording Total(IReadOnlyList<ReadyLine> lines)
    {
        var read = ReadySummary.Of(lines);
        var worst = read.Max(line => line.Light);
        var (red, amber) = (
            Figures.Counted(read.Count(line => line.Light == ReadyLight.Red), "thing to mend", "things to mend"),
            Figures.Counted(read.Count(line => line.Light == ReadyLight.Amber), "note"));
        return worst switch
        {
            ReadyLight.Red => new Wording(
                $"{Of(worst)}: {red} việc phải làm, {amber} điều lưu ý.", $"{Of(worst)}: {red}, {amber}."),
            ReadyLight.Amber => new Wording($"{Of(ReadyLight.Green)}, có {amber} điều lưu ý.", $"OK, with {amber}."),
            _ => new Wording("ĐƯỢC: mọi thứ sẵn sàng.", "OK: all is ready."),
        };
    }
}
