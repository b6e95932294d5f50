using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.WebConsole.Words;

/// <summary>What came of what was decided of a dossier, for a page.</summary>
public static class DossierWords
{
    public static Wording Of(ApprovalResult.Given given)
    {
        var (approval, code) = (given.Approval, ApprovalHash.Brief(given.Approval.Hash));
        var document = approval.Document is { } number
            ? new Wording($", văn bản {number}", $", document {number}")
            : new Wording("", "");
        var years = given.EveryYear ? new Wording(", cho mọi năm", ", for every year") : new Wording("", "");
        var words = new Wording(
            $"ĐÃ PHÊ DUYỆT, mã {code}{document}{years}.", $"APPROVED, code {code}{document}{years}.");
        foreach (var replaced in given.Replaced)
            words += new Wording(
                $" Thay phê duyệt của {ApprovalWords.Of(replaced)}.",
                $" Takes the place of the approval by {ApprovalWords.Of(replaced)}.");
        if (given.EveryYears is { } everyYears)
            words += new Wording(
                $" Phê duyệt của {ApprovalWords.Of(everyYears)} vẫn dùng cho các năm khác.",
                $" The one by {ApprovalWords.Of(everyYears)} counts for other years.");
        if (given.Left is { } left)
            words += new Wording(" ", " ") + left.ToWords();
        else if (!given.IsLeftKnown)
            words += new Wording(" ", " ") + NotKnown;

        var (window, held) = (given.Plan.Planned.Campaign.Schedule.Window, given.Plan.Planned.Campaign);
        return words + (given.Opens is not { } opens
            ? new Wording(
                " Khung giờ đang mở: dịch vụ gửi bắt đầu trong vài giây.",
                " The window is open: the worker starts within seconds.")
            : held.Segments.Count == 0
            ? new Wording(
                $" Nhà mạng nhắn từ {Figures.Expected(window.ToLocal(opens))}, theo công văn.",
                $" Carriers text from {Figures.Expected(window.ToLocal(opens))} on, as the letters say.")
            : new Wording(
                $" Dịch vụ gửi bắt đầu lúc {Figures.Expected(window.ToLocal(opens))}. Không sửa tệp chiến dịch và danh "
                    + $"sách: sửa là phê duyệt hết hiệu lực.",
                $" The worker starts at {Figures.Expected(window.ToLocal(opens))}. Leave the campaign file and the "
                    + $"lists as they are: any change voids the approval."));
    }

    public static Wording Of(RejectionResult.Rejected rejected)
    {
        var (by, code) = (rejected.Submission.SubmittedBy, ApprovalHash.Brief(rejected.Submission.Hash));
        var kind = rejected.Rejection.Kind;
        var done = kind switch
        {
            RejectionKind.Returned => new Wording(
                $"ĐÃ TRẢ LẠI ĐỂ SỬA hồ sơ của {by}, mã {code}; người trình thấy cần sửa gì.",
                $"RETURNED for changes: what {by} submitted, code {code}. They see what is to be changed."),
            RejectionKind.Withdrawn => new Wording(
                $"ĐÃ RÚT HỒ SƠ, mã {code}: không chờ phê duyệt nữa.", $"WITHDRAWN, code {code}: it waits no more."),
            _ => new Wording(
                $"KHÔNG PHÊ DUYỆT hồ sơ của {by}, mã {code}.", $"REFUSED: what {by} submitted, code {code}."),
        };
        if (rejected.Standing is { } standing)
            return done + new Wording(
                $" Phê duyệt của {ApprovalWords.Of(standing)} VẪN CÓ HIỆU LỰC: lượt gửi vẫn đi theo phê duyệt đó. Muốn "
                    + $"dừng thì thu hồi.",
                $" The approval by {ApprovalWords.Of(standing)} STILL STANDS, and the run goes by it. To stop it, "
                    + $"withdraw that approval.");

        return done + (kind == RejectionKind.Refused
            ? new Wording(" Không có gì được gửi theo hồ sơ này.", " Nothing is sent by it.")
            : rejected.IsDraft ? new Wording(" Lượt gửi trở lại nháp.", " The run is a draft again.")
            : new Wording("", ""));
    }

    /// <param name="reason">As given.</param>
    public static Wording Of(RevocationResult.Revoked revoked, string reason)
    {
        var words = new Wording("ĐÃ THU HỒI PHÊ DUYỆT: ", "WITHDRAWN: ")
            + Wording.Join("; ", revoked.Approvals.Select(ApprovalWords.Of))
            + new Wording($". Lý do: {NumberMask.In(reason)}. ", $". Reason: {NumberMask.In(reason)}. ");
        if (revoked.Approvals.Any(approval => approval.Date is null))
            words += new Wording(
                "Phê duyệt cho mọi năm cũng hết hiệu lực. ", "The approval of every year is void as well. ");
        return words + (!revoked.IsStopped
            ? new Wording(
                $"Dịch vụ gửi CHƯA xác nhận đã dừng. {revoked.Worker.ToWords()}",
                $"The worker has NOT confirmed that the run has stopped. {revoked.Worker.ToWords()}")
            : !revoked.IsLeftKnown
            ? new Wording(
                $"Lượt gửi đã dừng: không tin nào được gửi thêm. {NotKnown}",
                $"The run has stopped: nothing more leaves. {NotKnown}")
            : revoked is { State: RunState.Held, Left: { } left }
            ? new Wording(
                $"Lượt gửi đã dừng: không tin nào được gửi thêm; biên nhận của phần đã gửi vẫn được nhận. "
                    + $"{left.ToWords()} Chỉ gửi tiếp khi được phê duyệt lại.",
                $"The run has stopped: nothing more leaves, and receipts of what was sent are still taken. "
                    + $"{left.ToWords()} It goes on only once it is approved again.")
            : new Wording(
                "Chưa gửi tin nào và sẽ không gửi cho tới khi được phê duyệt lại.",
                "Nothing was sent, and nothing will be until it is approved again."));
    }

    static Wording NotKnown { get; } = new(
        "Không đọc được sổ gửi tin nên chưa biết còn bao nhiêu tin phải gửi. Báo kỹ sư phụ trách.",
        "The ledger cannot be read, so how much is left to send is not known. Tell your engineer.");
}
