using SmsCampaign.Office;

namespace SmsCampaign.WebConsole.Words;

/// <summary>Words of the page of a campaign's lists.</summary>
public static class ListWords
{
    /// <summary>Why a list is not taken, or its columns are not named.</summary>
    public static Wording Refusal(EditResult result) => result switch
    {
        EditResult.Stale(var now) => new Wording(
            $"CHƯA lưu: {EditWords.WhoOf(now)} đã sửa tệp chiến dịch từ khi mở trang này. Xem lại trang rồi làm lại.",
            $"NOT saved: {EditWords.WhoOf(now)} changed the campaign file since this page was opened. Look at it and "
                + $"do it again."),
        _ => EditWords.Refusal(result) ?? throw new ArgumentException($"nothing is refused: {result}", nameof(result)),
    };

    /// <summary>What saving did to an approval; nothing where it did nothing.</summary>
    public static Wording Voided(EditResult.Saved saved) => saved.VoidsApproval
        ? new Wording(
            " Phê duyệt đã hết hiệu lực: phải lập kế hoạch, trình và duyệt lại.",
            " The approval is void: the campaign is to be planned, submitted and approved again.")
        : new Wording("", "");

    /// <summary>What a column of a list is called.</summary>
    /// <param name="at">Its place, from 0.</param>
    public static Wording Heading(ListColumn column, int at) =>
        column.Heading.Length == 0 ? new Wording("(không tên)", "(no name)")
        : column.IsLook ? new Wording($"Cột {at + 1} ({column.Heading})", $"Column {at + 1} ({column.Heading})")
        : new Wording($"{column.Heading}", $"{column.Heading}");

    /// <summary>What stands between the cells of a CSV.</summary>
    public static Wording Delimiter(char delimiter) => delimiter switch
    {
        ',' => new("dấu phẩy", "comma"),
        ';' => new("dấu chấm phẩy", "semicolon"),
        '\t' => new("dấu tab", "tab"),
        '|' => new("dấu gạch đứng", "vertical bar"),
        _ => new($"“{delimiter}”", $"'{delimiter}'"),
    };
}
