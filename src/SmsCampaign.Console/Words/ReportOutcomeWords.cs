using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Reports;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.WebConsole.Words;

/// <summary>What came of asking for a report, for a page.</summary>
static class ReportOutcomeWords
{
    /// <summary>Why it is not written; empty where it is.</summary>
    public static IReadOnlyList<Wording> Refusals(ReportOutcome outcome) => outcome switch
    {
        ReportOutcome.Written => [],
        ReportOutcome.NoName => [new(
            "Tài khoản chưa có họ tên nên không xuất được số đầy đủ.",
            "The account has no name: numbers in full are not written for it.")],
        ReportOutcome.Linked(var places, var target) => [new(
            $"{places.Unmasked} là một liên kết (tới {target}), nên không ghi các tệp có số đầy đủ vào đó. "
                + $"Báo kỹ sư phụ trách.",
            $"{places.Unmasked} is a link (to {target}), and nothing with numbers in full is written there. Tell your "
                + $"engineer.")],
        ReportOutcome.NotApart(var places) => [new(
            $"Thư mục số đầy đủ {places.Unmasked} nằm chung với báo cáo {places.Report}. Báo kỹ sư phụ trách.",
            $"The folder for numbers in full {places.Unmasked} lies with the report {places.Report}. Tell your "
                + $"engineer.")],
        ReportOutcome.Unwritable(_, ReportFolderException refused) => [refused.Words],
        ReportOutcome.Unwritable(var folder, var why) => [new(
            $"Không ghi được báo cáo vào {folder} ({FaultWords.Of(why)}). Nếu tệp đang mở trong Excel hoặc một người "
                + $"khác đang lập báo cáo này, chờ xong rồi lập lại.",
            $"The report could not be written to {folder} ({FaultWords.Of(why)}). Where a file is open in Excel, or "
                + $"somebody else writes this report, wait and write it again.")],
        _ => throw new InvalidOperationException($"not a report's outcome: {outcome}"),
    };

    /// <summary>What has to be seen of a report that was written.</summary>
    public static IEnumerable<Wording> Cautions(ReportOutcome outcome)
    {
        if (outcome.Doubt is { } file)
            yield return MarkWords.Of(file);
        if (outcome is not ReportOutcome.Written(var report))
            yield break;

        if (report.Unrecorded is { } why)
            yield return new Wording(
                $"Báo cáo đã lập, nhưng mã kiểm tra của nó CHƯA được ghi vào chuỗi kiểm toán: {why}",
                $"The report is written, but the audit chain does NOT hold its hash: {why}");
        if (report.Differences.Count > 0)
            yield return RunVerification.Describe(report.Differences);
    }
}
