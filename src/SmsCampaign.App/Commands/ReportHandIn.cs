using System.CommandLine;
using SmsCampaign.Office;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign report --submitted NUMBER --by NAME [--on DATE] [--for DAY/MONTH] CAMPAIGN</summary>
sealed class ReportHandIn(Terminal terminal)
{
    public Option<string?> Option { get; } = new("--submitted")
    {
        Description = terminal.Text(
            "Ghi nhận đã nộp báo cáo theo văn bản số này, kèm --by",
            "Record that the report was handed in as the document of this number, with --by"),
    };

    public Option<string?> On { get; } = new("--on")
    {
        Description = terminal.Text(
            "ngày của văn bản báo cáo, như 25/9/2025 (mặc định: hôm nay)",
            "date of the document, as 2025-09-25 (default: today)"),
    };

    public Option<string?> For { get; } = new("--for")
    {
        Description = terminal.Text(
            "kỳ báo cáo định kỳ, theo directive.reports, như 10/9",
            "which periodic report, as directive.reports names it, such as 10/9"),
    };

    public int Run(ParseResult parsed, DataFolder data, RunKey run, Who who)
    {
        var problems = new List<Problem>();
        var on = RunChoice.ReadDate(parsed, On, problems);
        if (terminal.List(problems))
            return ExitCode.InputHasProblems;

        var given = new HandIn(parsed.GetValue(Option)!, on, parsed.GetValue(For));
        switch (new HandInDesk(data, terminal.Time).Record(who, run, given))
        {
            case HandInResult.NoName:
                return Refuse(new(
                    "--submitted được ghi lại nên phải có --by \"Họ tên\" của người ghi nhận.",
                    "--submitted is recorded and needs --by \"NAME\" of the person who does so"));
            case HandInResult.NoDocument:
                return Refuse(new(
                    "Hãy ghi số văn bản báo cáo: --submitted \"123/BC-SKHCN\".",
                    "Say the document's number: --submitted \"123/BC-SKHCN\"."));
            case HandInResult.InFuture(var day):
                return Refuse(new(
                    $"--on: ngày {Figures.Date(day)} chưa tới. Hãy ghi ngày của văn bản báo cáo.",
                    $"--on: {Figures.Date(day)} is still to come. Write the date of the document."));
            case HandInResult.NotOwed(var of):
                return Refuse(new(
                    $"Lượt gửi {of} không có báo cáo nào phải nộp: chưa phê duyệt, mô phỏng, đã hủy, hoặc là phần còn "
                        + $"lại của lượt khác. Hãy chọn lượt gửi bằng --date (xem 'status').",
                    $"No report on the run {of} is owed: it is not approved, simulated, called off, or the rest of "
                        + $"another. Choose the run by --date (see 'status')."));
            case HandInResult.NoSuchReport(var wanted, var there):
                return Refuse(NoSuch(wanted, there));
            case HandInResult.Already(var report):
                return Refuse(new(
                    $"Đã ghi nhận từ trước. {Line(report)}", $"It is recorded already. {Line(report)}"));
            case HandInResult.Recorded(var report, var before):
                if (before is not null)
                {
                    terminal.Say(
                        $"Thay cho văn bản đã ghi trước: {before.Document} ngày {Figures.Date(before.On)}.",
                        $"In place of the document recorded before: {before.Document} of {Figures.Date(before.On)}.");
                }

                terminal.Say(Line(report));
                return ExitCode.Done;
            case var unknown:
                throw new InvalidOperationException($"not a result of recording: {unknown}");
        }
    }

    Wording Line(DueReport report) => DueReportWords.Line(report, VietnamTime.DateOf(terminal.Time.GetUtcNow()));

    static Wording NoSuch(string wanted, IReadOnlyList<DueReport> there)
    {
        var days = string.Join(", ", there.Select(report => report.Report));
        return there.Count == 0
            ? new Wording(
                $"--for {wanted}: tệp chiến dịch không có báo cáo định kỳ nào (directive.reports). Hãy bỏ --for.",
                $"--for {wanted}: the campaign file asks for no periodic reports (directive.reports). Leave --for out.")
            : new Wording(
                $"--for {wanted}: không có kỳ báo cáo này. Các kỳ (directive.reports): {days}.",
                $"--for {wanted}: there is no such report. Those of directive.reports: {days}.");
    }

    int Refuse(Wording why)
    {
        terminal.List([new Problem(null, why)]);
        return ExitCode.InputHasProblems;
    }
}
