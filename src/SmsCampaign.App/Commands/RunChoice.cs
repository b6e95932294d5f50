using System.CommandLine;
using System.Globalization;
using SmsCampaign.Messages;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>
/// Which run of a campaign a verb is about: by id or file, the newest unless a date is given.
/// </summary>
sealed class RunChoice(Language language)
{
    static readonly string[] DateForms = ["yyyy-MM-dd", "d/M/yyyy"];

    readonly Argument<string> _campaign = new(new Wording("chiến-dịch", "campaign").In(language))
    {
        Description = new Wording("mã chiến dịch hoặc tệp chiến dịch", "campaign's id or file").In(language),
    };

    readonly Option<string?> _date = new("--date")
    {
        Description = new Wording("ngày gửi, như 30/7/2025 (mặc định: lượt gửi mới nhất)", "date of the run, as 2025-07-30 (default: the newest run)").In(language),
    };

    readonly Option<bool> _simulate = new("--simulate")
    {
        Description = new Wording("lượt gửi mô phỏng", "the simulated run").In(language),
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_campaign);
        command.Options.Add(_date);
        command.Options.Add(_simulate);
    }

    /// <returns>Null where there is none; <paramref name="problems"/> then says what there is instead. One whose row leads elsewhere is a problem: no
    /// older one is taken for it.</returns>
    public RunRecord? Find(ParseResult parsed, DataFolder data, List<Problem> problems)
    {
        var campaign = parsed.GetRequiredValue(_campaign);
        var simulated = parsed.GetValue(_simulate);
        DateOnly? date = null;

        if (parsed.GetValue(_date) is { } written)
        {
            if (!TryReadDate(written, out var day))
            {
                problems.Add(new Problem(null, new(
                    $"--date: '{written}' không phải là ngày; hãy ghi như 30/7/2025 hoặc 2025-07-30",
                    $"--date: '{written}' is not a date; write it as 2025-07-30 or 30/7/2025")));
                return null;
            }

            date = day;
        }

        var runs = ReadRuns(data, campaign).Where(run => run.FindElsewhere(data) is not null || File.Exists(run.PathIn(data))).ToList();
        var found = runs.FirstOrDefault(run => run.Simulated == simulated && (date is null || run.FindKey()?.Date == date || run.Date == date.Value.ToSql()));
        if (found is null)
            problems.Add(NotFound(data, campaign, runs));
        else if (found.FindElsewhere(data) is { } elsewhere)
            problems.Add(new Problem(null, elsewhere));
        return found;
    }

    public static bool TryReadDate(string written, out DateOnly date) =>
        DateOnly.TryParseExact(written, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>Runs of a campaign, named by id or by its file, the newest first.</summary>
    public static IReadOnlyList<RunRecord> ReadRuns(DataFolder data, string campaign)
    {
        // Looking must not make an empty installation.
        if (!File.Exists(data.Ledger))
            return [];

        var file = Path.GetFullPath(campaign);
        return [.. new RunRegistry(data).ReadRuns().Where(run => run.Campaign == campaign || run.CampaignFile == file)];
    }

    static IEnumerable<string> ReadIds(DataFolder data) =>
        File.Exists(data.Ledger) ? new RunRegistry(data).ReadRuns().Select(run => run.Campaign).Distinct().Order(StringComparer.Ordinal) : [];

    /// <summary>That there is no run of a campaign, with what there is instead.</summary>
    public static Wording NoRuns(DataFolder data, string campaign)
    {
        var ids = ReadIds(data).ToList();
        var meant = Spelling.DidYouMean(Spelling.Nearest(campaign, ids));
        return ids.Count > 0
            ? new Wording(
                $"Chưa có lượt gửi nào của chiến dịch '{campaign}' trong {data.Root}.{meant} Đã có của: {string.Join(", ", ids)}. Hãy ghi một mã trong đó, hoặc kiểm tra --data.",
                $"There is no run of campaign '{campaign}' in {data.Root}.{meant} There are runs of: {string.Join(", ", ids)}. Give one of these ids, or check --data.")
            : new Wording(
                $"Chưa có lượt gửi nào trong {data.Root}. Hãy kiểm tra --data; chiến dịch mới thì lập kế hoạch trước bằng 'plan'.",
                $"There are no runs in {data.Root}. Check --data; a new campaign is planned first, with 'plan'.");
    }

    static Problem NotFound(DataFolder data, string campaign, List<RunRecord> runs)
    {
        if (runs.Count == 0)
            return new Problem(null, NoRuns(data, campaign));

        var there = string.Join(", ", runs.Select(run => $"--date {run.Date}{(run.Simulated ? " --simulate" : "")}"));
        return new Problem(null, new(
            $"Chiến dịch '{campaign}' không có lượt gửi như yêu cầu. Hãy chọn một trong: {there}",
            $"Campaign '{campaign}' has no such run. Choose one of: {there}"));
    }
}
