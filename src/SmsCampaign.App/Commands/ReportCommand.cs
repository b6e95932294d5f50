using System.CommandLine;
using System.Globalization;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign report dak-lak-2025 --date 2025-07-30</summary>
static class ReportCommand
{
    static readonly string[] DateForms = ["yyyy-MM-dd", "d/M/yyyy"];

    public static Command Create(Terminal terminal)
    {
        string Words(string vi, string en) => new Wording(vi, en).In(terminal.Language);

        var campaign = new Argument<string>("campaign")
        {
            Description = Words("Mã chiến dịch hoặc tệp chiến dịch", "Campaign's id or file"),
        };
        var date = new Option<string?>("--date")
        {
            Description = Words("Ngày gửi, như 2025-07-30 (mặc định: lần gửi mới nhất)", "Date of the run, as 2025-07-30 (default: the newest run)"),
        };
        var simulate = new Option<bool>("--simulate") { Description = Words("Báo cáo của lần chạy mô phỏng", "Report on the simulated run") };
        var folder = new Option<DirectoryInfo?>("--out") { Description = Words("Thư mục ghi báo cáo", "Folder to write the report to") };
        var unmasked = new Option<bool>("--unmasked")
        {
            Description = Words(
                "Ghi thêm các tệp có số thuê bao đầy đủ; việc này được ghi lại, phải kèm --by",
                "Also write the files with numbers in full; this is recorded and needs --by"),
        };
        var by = new Option<string?>("--by") { Description = Words("Họ tên người yêu cầu số đầy đủ", "Name of the person who asks for numbers in full") };

        var command = new Command("report", Words("Ghi các tệp báo cáo CSV của một lần gửi", "Write the report CSVs of a run"))
        {
            campaign, date, simulate, folder, unmasked, by,
        };
        command.SetAction(parsed => Run(
            terminal,
            new DataFolder(SharedOptions.DataOf(parsed).FullName),
            new Request(
                parsed.GetRequiredValue(campaign),
                parsed.GetValue(date),
                parsed.GetValue(simulate),
                parsed.GetValue(folder)?.FullName,
                parsed.GetValue(unmasked),
                parsed.GetValue(by)?.Trim())));
        return command;
    }

    static int Run(Terminal terminal, DataFolder data, Request request)
    {
        var problems = new List<Problem>();
        if (request.Unmasked && string.IsNullOrEmpty(request.By))
        {
            problems.Add(new Problem(null, new(
                "--unmasked ghi số thuê bao đầy đủ nên phải có --by \"Họ tên\" của người yêu cầu",
                "--unmasked writes numbers in full and needs --by \"NAME\" of the person who asks")));
        }

        var run = FindRun(data, request, problems);
        if (terminal.List(problems) || run is null)
            return ExitCode.InputHasProblems;

        if (request.Unmasked)
            new RunRegistry(data).RecordEvent(request.By!, "report-unmasked", run.ToString(), TimeProvider.System.GetUtcNow());

        return RunReporting.Write(terminal, data, run, request.Folder, request.Unmasked);
    }

    /// <returns>Null where there is none; <paramref name="problems"/> then says what there is instead.</returns>
    static RunKey? FindRun(DataFolder data, Request request, List<Problem> problems)
    {
        DateOnly? date = null;
        if (request.Date is { } written)
        {
            if (!DateOnly.TryParseExact(written, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                problems.Add(new Problem(null, new(
                    $"--date: '{written}' không phải là ngày; hãy ghi như 2025-07-30 hoặc 30/7/2025",
                    $"--date: '{written}' is not a date; write it as 2025-07-30 or 30/7/2025")));
                return null;
            }

            date = day;
        }

        var runs = ReadRuns(data, request.Campaign);
        var fitting = runs.Where(run => run.Simulated == request.Simulate && (date is null || run.Date == date)).ToList();
        if (fitting.Count == 0)
            problems.Add(NotFound(data, request, runs));
        return fitting.FirstOrDefault();
    }

    /// <summary>Runs of a campaign, named by id or by its file, the newest first.</summary>
    static List<RunKey> ReadRuns(DataFolder data, string campaign)
    {
        // Looking must not make an empty installation.
        if (!File.Exists(data.Ledger))
            return [];

        var file = Path.GetFullPath(campaign);
        return [.. new RunRegistry(data).ReadRuns()
            .Where(run => run.Campaign == campaign || run.CampaignFile == file)
            .Select(run => run.ToKey())
            .Where(run => File.Exists(data.Run(run)))];
    }

    static Problem NotFound(DataFolder data, Request request, List<RunKey> runs)
    {
        if (runs.Count == 0)
        {
            return new Problem(null, new(
                $"chưa có lần gửi nào của chiến dịch '{request.Campaign}' trong {data.Root}; hãy kiểm tra mã chiến dịch và --data",
                $"there is no run of campaign '{request.Campaign}' in {data.Root}; check its id and --data"));
        }

        var there = string.Join(", ", runs.Select(run => $"--date {run.DateText}{(run.Simulated ? " --simulate" : "")}"));
        return new Problem(null, new(
            $"chiến dịch '{request.Campaign}' không có lần gửi như yêu cầu; hãy chọn một trong: {there}",
            $"campaign '{request.Campaign}' has no such run; choose one of: {there}"));
    }

    /// <param name="Folder">Null: the run's own.</param>
    sealed record Request(string Campaign, string? Date, bool Simulate, string? Folder, bool Unmasked, string? By);
}
