using System.Globalization;

namespace SmsCampaign.Storage.Registry;

/// <summary>An approval that the audit chain bears witness to and whose row is gone.</summary>
public sealed record MissingApproval
{
    /// <summary>Its number.</summary>
    public required string Ref { get; init; }
    public required string Campaign { get; init; }

    /// <summary>The date approved; null where every year was.</summary>
    public string? Date { get; init; }
    public required string ApprovedBy { get; init; }

    public Wording Words
    {
        get
        {
            var date = Date is null ? new Wording("mọi năm", "every year")
                : DateOnly.TryParseExact(
                    Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var one)
                ? new Wording($"ngày {Figures.Date(one)}", $"{Figures.Date(one)}")
                : new Wording($"ngày {Date}", Date);
            return new Wording(
                $"Phê duyệt số {Ref} (chiến dịch {Campaign}, {date}, người duyệt {ApprovedBy}) có trong chuỗi kiểm "
                    + $"toán nhưng đã mất khỏi ledger.db: không gửi theo phê duyệt này. {LedgerRowException.Mend}",
                $"Approval {Ref} (campaign {Campaign}, {date}, by {ApprovedBy}) stands in the audit chain, but is gone "
                    + $"from ledger.db: nothing is sent by it. {LedgerRowException.Mend}");
        }
    }
}
