using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Words;

/// <summary>What the audit chain was found to be, for a person.</summary>
public static class RecordWords
{
    /// <summary>In a sentence, whether it holds.</summary>
    public static Wording Of(RecordCheck check)
    {
        var rows = Figures.Counted(check.Report.Rows, "row");
        return check.Holds
            ? new Wording(
                $"Chuỗi kiểm toán đúng: {rows} dòng, đầu chuỗi {check.Report.Head}. Hãy so với đầu chuỗi đã ghi trong "
                    + $"nhật ký dịch vụ và trong tong-hop.csv.",
                $"The audit chain holds: {rows}, head {check.Report.Head}. Compare it with the heads in the service's "
                    + $"log and in tong-hop.csv.")
            : new Wording(
                "Chuỗi kiểm toán KHÔNG đúng. Giữ nguyên thư mục dữ liệu, sao lưu lại và báo kỹ sư phụ trách.",
                "The audit chain does NOT hold. Leave the data folder as it is, back it up and tell your engineer.");
    }

    /// <summary>What its rows are about.</summary>
    public static Wording Of(AuditSubject subject) => subject switch
    {
        AuditSubject.Approval => new("Trình, phê duyệt, thu hồi", "Submissions, approvals, revocations"),
        AuditSubject.Run => new("Quyết định về lượt gửi", "Decisions about runs"),
        AuditSubject.Lane => new("Kênh gửi dừng, gửi tiếp", "Lanes that stopped or went on"),
        AuditSubject.Uncertain => new("Tin chưa rõ do người quyết định", "Uncertain messages that were settled"),
        AuditSubject.Command => new("Yêu cầu với dịch vụ gửi", "Commands to the service"),
        AuditSubject.Carrier => new("Đơn vị phối hợp", "Carriers that text themselves"),
        AuditSubject.Report => new("Nộp báo cáo", "Reports handed in"),
        AuditSubject.Privacy => new("Xóa số điện thoại", "Numbers erased"),
        AuditSubject.Event => new("Sự kiện khác", "Other events"),
        AuditSubject.Start => new("Mốc bắt đầu của chuỗi", "Start of the chain"),
        _ => throw new ArgumentOutOfRangeException(nameof(subject), subject, null),
    };
}
