using System.Globalization;
using SmsCampaign.Campaigns;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Words;

/// <summary>An approval in short, for a person.</summary>
public static class ApprovalWords
{
    /// <summary>As: Nguyễn Văn A, riêng ngày 30/07/2025, lúc 10:00:00 ngày 20/07/2025, mã 0123456789ab.</summary>
    public static Wording Of(Approval approval)
    {
        var (at, code) = (VietnamTime.Moment(approval.ApprovedAt), ApprovalHash.Brief(approval.Hash));
        var reach = Reach(approval);
        return new Wording(
            $"{approval.ApprovedBy}, {reach}, lúc {at}, mã {code}",
            $"{approval.ApprovedBy}, {reach}, at {at}, code {code}");
    }

    /// <summary>Whether it is for every year, or for which date alone.</summary>
    public static Wording Reach(Approval approval) => approval.Date is null
        ? new Wording("cho mọi năm", "for every year")
        : DateOnly.TryParseExact(
            approval.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? new Wording($"riêng ngày {Figures.Date(date)}", $"for {Figures.Date(date)} alone")
        : new Wording($"riêng ngày {approval.Date}", $"for {approval.Date} alone");
}
