using System.Globalization;
using SmsCampaign.Reports;
using SmsCampaign.Reports.Words;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What came of putting two reports side by side.</summary>
public abstract record CompareResult
{
    CompareResult()
    {
    }

    /// <param name="Problems">What one of the two is not, each on its own.</param>
    public sealed record Refused(IReadOnlyList<Wording> Problems) : CompareResult;

    public sealed record Compared(ReportComparison Comparison) : CompareResult;
}

/// <summary>Puts two reports side by side, which lie in a folder, or are of a run: as its ledger gives it now. Writes
/// nothing but that, among the temporary files.</summary>
public sealed class CompareDesk(DataFolder data)
{
    /// <param name="campaign">Whose years are meant, where one or both are years.</param>
    /// <exception cref="LedgerException">A ledger cannot be read.</exception>
    public CompareResult Compare(string a, string b, string? campaign, Language language)
    {
        var problems = new List<Wording>();
        var (one, other) = (Read(a, campaign, language, problems), Read(b, campaign, language, problems));
        if (one is null || other is null)
            return new CompareResult.Refused(problems);

        var both = new ReportComparison(one, other);
        return new CompareResult.Compared(both with { NotComparable = ComparisonWords.Find(both) });
    }

    ReportFigures? Read(string named, string? campaign, Language language, List<Wording> problems)
    {
        if (Directory.Exists(named))
            return ReadFolder(named, problems);

        if (FindRun(named, campaign, problems) is not { } run)
            return null;

        var options = ReportOptions.Of(language, unmasked: null, data, Ledgers.OpenRegistry(data), run) with
        {
            Documents = ReportDocumentKinds.None,
        };
        try
        {
            using var copy = ReportCopy.Write(run.AddressIn(data), options);
            return ReadFolder(copy.Folder, problems);
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(
                $"{named}: không lập được báo cáo tạm để so: {FaultWords.Of(cannot)}.",
                $"{named}: no report to compare could be made: {cannot.Message}"));
            return null;
        }
    }

    static ReportFigures? ReadFolder(string folder, List<Wording> problems)
    {
        try
        {
            if (ReportFigures.Read(folder) is { } figures)
                return figures;

            problems.Add(new(
                $"{folder}: không phải thư mục báo cáo do chương trình ghi (tong-hop.csv, theo-nha-mang.csv, "
                    + $"theo-kenh.csv, theo-dia-ban-nha-mang.csv, chưa lưu lại bằng Excel). Hãy ghi đúng thư mục, "
                    + $"hoặc ghi lại báo cáo bằng 'report'.",
                $"{folder}: no report as the program writes it (tong-hop.csv, theo-nha-mang.csv, theo-kenh.csv, "
                    + $"theo-dia-ban-nha-mang.csv, not saved again by a spreadsheet). Name another folder, or write "
                    + $"the report again by 'report'."));
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(
                $"{folder}: không đọc được báo cáo: {FaultWords.Of(closed)}.",
                $"{folder}: the report cannot be read: {closed.Message}"));
        }

        return null;
    }

    /// <summary>Of a year, of a run by its key, or of a campaign the newest.</summary>
    RunRecord? FindRun(string named, string? campaign, List<Wording> problems)
    {
        var isYear = named.Length == 4 && int.TryParse(
            named, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (isYear && campaign is null)
        {
            problems.Add(new(
                $"{named}: là năm, nên phải ghi thêm chiến dịch: report --compare {named} … CHIẾN-DỊCH.",
                $"{named}: a year takes a campaign as well: report --compare {named} … CAMPAIGN."));
            return null;
        }

        var runs = isYear
            ? KnownRuns.Read(data, campaign!).Where(run => run.Date.StartsWith(named, StringComparison.Ordinal))
            : named.Contains('/', StringComparison.Ordinal)
            ? KnownRuns.Read(data, named.Split('/')[0]).Where(run => run.Key == named)
            : KnownRuns.Read(data, named);
        var found = runs
            .Where(run => run.FindElsewhere(data) is null && Ledgers.RunAt(run.AddressIn(data)).Exists)
            .OrderBy(run => run.Simulated)
            .FirstOrDefault();
        if (found is not null)
            return found;

        var there = string.Join(", ", (isYear ? KnownRuns.Read(data, campaign!) : KnownRuns.ReadCampaigns(data)
            .SelectMany(id => KnownRuns.Read(data, id)))
            .Select(run => run.Key)
            .Take(MostNamed));
        problems.Add(there.Length == 0
            ? new(
                $"{named}: không phải thư mục báo cáo, và chưa có lượt gửi nào trong {data.Root}.",
                $"{named}: no folder of a report, and there are no runs in {data.Root}.")
            : new(
                $"{named}: không phải thư mục báo cáo, cũng không phải lượt gửi. Đã có: {there}.",
                $"{named}: neither a folder of a report nor a run. There are: {there}."));
        return null;
    }

    /// <summary>Runs that are named where none is meant.</summary>
    const int MostNamed = 10;
}
