using SmsCampaign.Reports;

namespace SmsCampaign.App.Commands;

/// <summary>What <c>report --compare --json</c> prints, every field of which stands in config/COMMANDS.md. Rates and
/// their differences are hundredths of a per cent.</summary>
static class ComparisonJson
{
    public static object Of(ReportComparison both, Language language) => new
    {
        A = Of(both.A),
        B = Of(both.B),
        RateDifference = both.RateDifferenceOf(both.All),
        Carriers = both.Carriers.Select(pair => Of(both, pair)),
        both.CarriersOnlyInA,
        both.CarriersOnlyInB,
        Areas = both.Areas.Select(pair => Of(both, pair)),
        both.AreasOnlyInA,
        both.AreasOnlyInB,
        NotComparable = both.NotComparable.Select(each => each.In(language)),
    };

    static object Of(ReportFigures figures) => new
    {
        figures.Campaign,
        figures.Title,
        figures.Date,
        figures.Mode,
        figures.IsLive,
        figures.Audience,
        figures.Excluded,
        figures.All.Recipients,
        figures.All.Succeeded,
        figures.All.Rate,
        figures.All.Trusts,
        figures.All.Parts,
        figures.All.CostVnd,
        Seconds = figures.Duration?.TotalSeconds,
    };

    static object Of(ReportComparison both, ReportPair pair) => new
    {
        pair.A.Name,
        A = Of(pair.A),
        B = Of(pair.B),
        RateDifference = both.RateDifferenceOf(pair),
    };

    static object Of(ReportSum sum) => new
    {
        sum.Name,
        sum.Recipients,
        sum.Succeeded,
        sum.Rate,
        sum.Trusts,
        sum.Parts,
        sum.CostVnd,
    };
}
