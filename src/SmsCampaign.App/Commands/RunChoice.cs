using System.CommandLine;
using System.Globalization;
using SmsCampaign.Office;
using SmsCampaign.Orthography;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Commands;

/// <summary>
/// Which run of a campaign a verb is about: by id or file, the newest unless a date is given.
/// </summary>
/// <param name="isOptional">Whether nothing may be named.</param>
sealed class RunChoice(Language language, bool isOptional = false)
{
    static readonly string[] DateForms = ["yyyy-MM-dd", "d/M/yyyy"];

    readonly Argument<string> _campaign = new(new Wording("chiến-dịch", "campaign").In(language))
    {
        Description = new Wording("mã chiến dịch hoặc tệp chiến dịch", "campaign's id or file").In(language),
        Arity = isOptional ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
    };

    readonly Option<string?> _date = new("--date")
    {
        Description = new Wording(
            "ngày gửi, như 30/7/2025 (mặc định: lượt gửi mới nhất)",
            "date of the run, as 2025-07-30 (default: the newest run)").In(language),
    };

    readonly Option<bool> _simulate = new("--simulate")
    {
        Description = new Wording("lượt gửi mô phỏng", "the simulated run").In(language),
    };

    public Option<string?> Date => _date;

    /// <summary>Whether a simulated run can be meant. It can, unless set.</summary>
    public bool WithSimulate { get; init; } = true;

    public void AddTo(Command command)
    {
        command.Arguments.Add(_campaign);
        command.Options.Add(_date);
        if (WithSimulate)
            command.Options.Add(_simulate);
    }

    /// <summary>Whether a campaign is named.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetResult(_campaign) is { Tokens.Count: > 0 };

    /// <summary>The campaign that is named, by id or file.</summary>
    public string NameOf(ParseResult parsed) => parsed.GetRequiredValue(_campaign);

    /// <returns>Null where there is none; <paramref name="problems"/> then says what there is instead.</returns>
    public RunRecord? Find(ParseResult parsed, DataFolder data, List<Problem> problems) =>
        Find(
            parsed,
            parsed.GetRequiredValue(_campaign),
            data,
            WithSimulate && parsed.GetValue(_simulate),
            problems);

    /// <summary>Of a campaign that is named otherwise, and is not simulated.</summary>
    public RunRecord? Find(ParseResult parsed, string campaign, DataFolder data, List<Problem> problems) =>
        Find(parsed, campaign, data, isSimulated: false, problems);

    RunRecord? Find(
        ParseResult parsed, string campaign, DataFolder data, bool isSimulated, List<Problem> problems)
    {
        var before = problems.Count;
        var date = ReadDate(parsed, _date, problems);
        if (problems.Count > before)
            return null;

        var search = KnownRuns.Find(data, new WantedRun(campaign, date, isSimulated));
        if (search is RunSearch.Found found)
            return found.Run;

        problems.Add(NotFound(search, data, campaign));
        return null;
    }

    /// <summary>What there is instead of the run that was looked for.</summary>
    public static Problem NotFound(RunSearch search, DataFolder data, string campaign) => search switch
    {
        RunSearch.LeadsElsewhere elsewhere => new Problem(null, elsewhere.Why),
        RunSearch.NotThat others => NotThat(campaign, others.There),
        RunSearch.OfNoCampaign others => new Problem(null, NoRuns(data, campaign, others.Others)),
        _ => throw new ArgumentOutOfRangeException(nameof(search), search, null),
    };

    /// <summary>The date that an option was given.</summary>
    /// <param name="problems">Gets one where it is no date.</param>
    /// <returns>Null where it was not given, or is no date.</returns>
    public static DateOnly? ReadDate(ParseResult parsed, Option<string?> option, List<Problem> problems)
    {
        if (parsed.GetValue(option) is not { } written)
            return null;
        if (TryReadDate(written, out var date))
            return date;

        problems.Add(new Problem(null, new Wording(
            $"{option.Name}: '{written}' không phải là ngày; hãy ghi như 30/7/2025 hoặc 2025-07-30",
            $"{option.Name}: '{written}' is not a date; write it as 2025-07-30 or 30/7/2025")));
        return null;
    }

    public static bool TryReadDate(string written, out DateOnly date) =>
        DateOnly.TryParseExact(written, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>That there is no run of a campaign, with what there is instead.</summary>
    /// <param name="ids">The campaigns that have some.</param>
    public static Wording NoRuns(DataFolder data, string campaign, IReadOnlyList<string> ids)
    {
        var meant = Spelling.DidYouMean(Spelling.Nearest(campaign, ids));
        return ids.Count > 0
            ? new Wording(
                $"Chưa có lượt gửi nào của chiến dịch '{campaign}' trong {data.Root}.{meant} Đã có của: "
                    + $"{string.Join(", ", ids)}. Hãy ghi một mã trong đó, hoặc kiểm tra --data.",
                $"There is no run of campaign '{campaign}' in {data.Root}.{meant} There are runs of: "
                    + $"{string.Join(", ", ids)}. Give one of these ids, or check --data.")
            : new Wording(
                $"Chưa có lượt gửi nào trong {data.Root}. Hãy kiểm tra --data; chiến dịch mới thì lập kế "
                    + $"hoạch trước bằng 'plan'.",
                $"There are no runs in {data.Root}. Check --data; a new campaign is planned first, with 'plan'.");
    }

    static Problem NotThat(string campaign, IReadOnlyList<RunRecord> runs)
    {
        var there = string.Join(", ", runs.Select(run => $"--date {run.Date}{(run.Simulated ? " --simulate" : "")}"));
        return new Problem(null, new(
            $"Chiến dịch '{campaign}' không có lượt gửi như yêu cầu. Hãy chọn một trong: {there}",
            $"Campaign '{campaign}' has no such run. Choose one of: {there}"));
    }
}
