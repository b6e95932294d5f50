using SmsCampaign.Carriers;
using SmsCampaign.Messages.Words;
using SmsCampaign.Reports.Words;

namespace SmsCampaign.Reports;

/// <summary>
/// The cells that the tables of counts share: what became of the messages, and the share that went well.
/// </summary>
/// <remarks>
/// The share is a whole number of per cent, cut, so that 100 means all: a decimal is read as 9850 instead of 98,50 by a
/// spreadsheet set to another country. What it means, with two decimals, stands beside it as text.
/// </remarks>
sealed class TallyCells(Language language)
{
    public static readonly Wording Recipients = new("Thuê bao nhận tin", "Recipients");
    public static readonly Wording Confirmed = new("Thành công", "Succeeded");
    public static readonly Wording PartsHandedOver = new("Số bản tin quy đổi đã chuyển", "Parts handed over");
    public static readonly Wording Cost = new("Chi phí tạm tính (đồng, chưa thuế)", "Cost so far (VND, before tax)");

    /// <summary>Above <see cref="WriteShare"/>.</summary>
    public static readonly IReadOnlyList<Wording> ShareHeadings =
        [new("Tỷ lệ thành công (%)", "Success rate (%)"), new("Nghĩa của tỷ lệ", "What the rate means")];

    /// <summary>Above <see cref="WriteStatuses"/>.</summary>
    public static IEnumerable<Wording> StatusHeadings =>
        ReportWords.Order.Select(status => MessageStatusWords.Of(status).Heading());

    public void WriteHeadings(ReportSheet file, IEnumerable<Wording> headings) =>
        file.Row(headings.Select(heading => heading.In(language)));

    public void WriteStatuses(ReportSheet file, Tally tally)
    {
        foreach (var status in ReportWords.Order)
        {
            // A 0 would say that none arrived, where in truth nobody can know.
            if (tally.Trust is { } trust && trust.Believe(status) != status)
                file.Text(ReportWords.NotConfirmed.In(language));
            else
                file.Number(tally[status]);
        }
    }

    public void WriteShare(ReportSheet file, Tally tally)
    {
        if (WholeShareOf(tally) is { } share)
            file.Number(share);
        else
            file.Empty();
        file.Text(MeaningOf(tally).In(language));
    }

    /// <returns>Per cent, cut; null where there is no message.</returns>
    public static long? WholeShareOf(Tally tally) => tally.Messages == 0 ? null : HundredthsOf(tally) / 100;

    /// <summary>As 98,50% đã tới máy. Empty where there is no message.</summary>
    public static Wording MeaningOf(Tally tally)
    {
        if (tally.Messages == 0)
            return new("", "");

        var (whole, rest) = long.DivRem(HundredthsOf(tally), 100);
        var level = ReportWords.Level(tally.Trust);
        return new($"{whole},{rest:00}% {level}", $"{whole}.{rest:00}% {level}");
    }

    static long HundredthsOf(Tally tally) => (long)((Int128)tally.Confirmed * 10_000 / tally.Messages);
}
