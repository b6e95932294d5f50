using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Words;

/// <summary>What is said of runs whose numbers are erased.</summary>
public static class PurgeWords
{
    /// <summary>As the name of what was thrown says: nothing was done.</summary>
    public static LedgerException Refuse(RunRecord run) => new(Of(run));

    /// <summary>Why a run is only looked at.</summary>
    public static Wording Of(RunRecord run)
    {
        var date = run.DateWords;
        var state = run.Purge == PurgeState.Done
            ? new Wording("đã được xóa", "are erased")
            : new Wording("đang được xóa", "are being erased");
        return new Wording(
            $"Số điện thoại của lượt gửi ngày {date} (chiến dịch '{run.Campaign}') {state}: trong sổ chỉ còn mã băm, "
                + $"nên "
                + $"lượt này không gửi, gửi tiếp hay sửa kết quả được nữa. Xem báo cáo và 'status' vẫn được; cần "
                + $"nhắn tin "
                + $"nữa thì lập chiến dịch khác từ danh sách mới.",
            $"The numbers of the run of {date} (campaign '{run.Campaign}') {state}: its ledger has but hashes, so "
                + $"that it "
                + $"is not sent, gone on with or settled any more. 'report' and 'status' show it as before; to text "
                + $"again "
                + $"make another campaign, of a new list.");
    }
}
