using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Words;

/// <summary>What an event was, for a person. How it is told in detail stands as it was recorded.</summary>
public static class EventWords
{
    /// <param name="what">As it is stored.</param>
    /// <returns>The stored word itself where a later program wrote it.</returns>
    public static Wording Of(string what) => what switch
    {
        "alert-test" => new("thử gửi cảnh báo", "alerts tried"),
        "approve-again" => new("phê duyệt dù đã gửi cùng nội dung", "approved although it was sent before"),
        "approve-other-words" => new("phê duyệt lời khác văn bản", "approved in other words than the order's"),
        "carrier-list-erased" => new("xóa danh sách của nhà mạng", "a carrier's list erased"),
        "command-refused" => new("từ chối một yêu cầu không có chứng thực", "a command without witness refused"),
        "console-person" => new("người dùng trang web", "users of the pages"),
        "declare" => new("ghi nhận sổ gửi tin đã mất", "a ledger declared lost"),
        "drop receipts" => new("xóa biên nhận đã cũ", "old receipts dropped"),
        "extend-window" => new("kéo dài khung giờ", "window extended"),
        "files-changed" => new("tệp khác lúc phê duyệt", "files other than they were approved"),
        "files-restored" => new("tệp lại đúng như lúc phê duyệt", "files as they were approved again"),
        "ported-unmasked" => new("xuất số chuyển mạng đầy đủ", "ported numbers written in full"),
        "ready" or "ready-asked" => new("kiểm tra sẵn sàng", "readiness looked at"),
        "report-unmasked" => new("xuất báo cáo có số đầy đủ", "a report with numbers in full written"),
        "report-unmasked-taken" => new("tải tệp có số đầy đủ", "the file with numbers in full taken"),
        "report-written" => new("lập báo cáo", "report written"),
        "resolve" => new("xử lý tin chưa rõ", "uncertain messages settled"),
        "restore" => new("phục hồi từ bản sao lưu", "restored from a backup"),
        "resume" => new("cho kênh gửi tiếp", "lane let go on"),
        "subject-export" => new("xuất dữ liệu của một thuê bao", "a subscriber's data written"),
        "test-send" => new("gửi thử", "test sent"),
        _ => DecisionKinds.Find(what) is { } kind ? DecisionWords.Of(kind) : new($"{what}", $"{what}"),
    };
}
