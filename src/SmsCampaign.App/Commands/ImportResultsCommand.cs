using System.CommandLine;
using SmsCampaign.Installations;
using SmsCampaign.Office;
using SmsCampaign.Orders;
using SmsCampaign.Orders.Words;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign import-results FILE --holder NAME --by NAME [--campaign ID] [--date DATE] [--segment NAME]
/// [--document NUMBER] [--on DATE] [--corrects WHY]</summary>
sealed class ImportResultsCommand
{
    readonly Terminal _terminal;
    readonly RunChoice _choice;
    readonly Argument<FileInfo> _file;
    readonly Option<string?> _campaign;
    readonly Option<string> _holder;
    readonly Option<string?> _segment;
    readonly Option<string?> _document;
    readonly Option<string?> _on;
    readonly Option<string?> _corrects;
    readonly Option<string?> _by;

    ImportResultsCommand(Terminal terminal)
    {
        _terminal = terminal;
        _choice = new RunChoice(terminal.Language) { WithSimulate = false };
        _file = new Argument<FileInfo>(terminal.Text("tệp-báo-cáo", "report-file"))
        {
            Description = terminal.Text(
                "báo cáo của nhà mạng, XLSX hoặc CSV: theo địa bàn, hoặc mỗi số một hàng",
                "the carrier's report, XLSX or CSV: by area, or with a number a row"),
        };
        _campaign = new Option<string?>("--campaign")
        {
            Description = terminal.Text(
                "mã chiến dịch, khi nhà mạng được gửi công văn của nhiều lượt",
                "campaign's id, where the carrier has letters of several runs"),
        };
        _holder = new Option<string>("--holder")
        {
            Description = terminal.Text("nhà mạng, theo heldBy của tệp chiến dịch", "carrier, as heldBy names it"),
            Required = true,
        };
        _segment = new Option<string?>("--segment")
        {
            Description = terminal.Text(
                "nhóm nhận tin, khi nhà mạng giữ nhiều nhóm", "segment, where the carrier holds several"),
        };
        _document = new Option<string?>("--document")
        {
            Description = terminal.Text("số báo cáo đã ký", "number of the signed report"),
        };
        _on = new Option<string?>("--on")
        {
            Description = terminal.Text(
                "ngày của báo cáo, như 5/8/2025 (mặc định: hôm nay)", "date of the report, as 2025-08-05 (default: "
                    + "today)"),
        };
        _corrects = new Option<string?>("--corrects")
        {
            Description = terminal.Text(
                "lý do báo cáo này thay báo cáo đã nhập", "why it takes the place of the report that was imported"),
        };
        _by = new Option<string?>("--by")
        {
            Description = terminal.Text("họ tên người nhập", "name of who imports it"),
        };
    }

    public static Command Create(Terminal terminal)
    {
        var import = new ImportResultsCommand(terminal);
        var command = new Command("import-results", terminal.Text(
            "Nhập báo cáo kết quả của nhà mạng tự nhắn, đối chiếu với công văn; số liệu lệch thì không nhận",
            "Import a carrier's report of what it texted, held to the letter; uneven figures are refused"))
        {
            import._file, import._holder, import._campaign, import._choice.Date, import._segment, import._document,
            import._on, import._corrects, import._by,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(import.Run(parsed, cancellationToken)));
        return command;
    }

    int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var data = SharedOptions.FolderOf(parsed);
        var problems = new List<Problem>();
        var holder = parsed.GetRequiredValue(_holder).Trim();
        var run = FindRun(parsed, data, holder, problems);
        var on = RunChoice.ReadDate(parsed, _on, problems);
        if (_terminal.List(problems) || run is null)
            return ExitCode.InputHasProblems;

        var delivery = new ResultDelivery(
            parsed.GetRequiredValue(_file).ToString(), holder, parsed.GetValue(_segment), on)
        {
            Document = parsed.GetValue(_document),
            CorrectsAs = parsed.GetValue(_corrects),
            Language = _terminal.Language,
        };
        var installation = SharedOptions.InstallationOf(parsed).ToString();
        switch (new ResultDesk(data, _terminal.Time).Import(
            SharedOptions.WhoBy(parsed.GetValue(_by)), run, delivery, installation, cancellationToken))
        {
            case ResultImport.Refused refused:
                _terminal.List(refused.Problems);
                SayNotes(refused.Notes);
                SayQuestions(refused.Questions, refused.Letter);
                _terminal.SayError(new Wording(
                    "Chưa nhập báo cáo này.", "This report is not imported."));
                return ExitCode.InputHasProblems;
            case ResultImport.Taken taken:
                _terminal.List(taken.Warnings);
                Say(taken.Order);
                SayNotes(taken.Notes);
                SayQuestions(taken.Questions, taken.Letter);
                return ExitCode.Done;
            case var unknown:
                throw new InvalidOperationException($"not a result of importing: {unknown}");
        }
    }

    /// <summary>The run that is named; else the only one whose letters went to the carrier.</summary>
    RunKey? FindRun(ParseResult parsed, DataFolder data, string holder, List<Problem> problems)
    {
        if (parsed.GetValue(_campaign) is { } campaign)
            return _choice.Find(parsed, campaign, data, problems)?.ToKey();

        var runs = new ResultDesk(data, _terminal.Time).FindRuns(holder);
        if (runs.Count == 1)
            return runs[0];

        if (runs.Count == 0
            && Installation.Read(SharedOptions.InstallationOf(parsed).ToString()).Installation is { } installation
            && HolderNames.FindUnknown(holder, installation.Holders.Keys, installation.File) is { } unknown)
        {
            problems.Add(new Problem(null, unknown));
            return null;
        }

        var list = string.Join("; ", runs.Select(run => $"--campaign {run.Campaign} --date {run.DateText}"));
        problems.Add(new Problem(null, runs.Count == 0
            ? new Wording(
                $"Chưa có công văn nào của '{holder}' được ghi nhận là đã gửi. Hãy kiểm tra --holder và --data.",
                $"No letter to '{holder}' is recorded as sent. Check --holder and --data.")
            : new Wording(
                $"'{holder}' được gửi công văn của nhiều lượt. Hãy ghi thêm một trong: {list}",
                $"'{holder}' has letters of several runs. Add one of: {list}")));
        return null;
    }

    void Say(HeldOrder order)
    {
        _terminal.Say(
            $"Đã nhập báo cáo của {order.Kept.Holder}, nhóm '{order.Kept.Segment}' (theo báo cáo của nhà mạng):",
            $"The report of {order.Kept.Holder} is imported, segment '{order.Kept.Segment}' (as the carrier reports):");
        foreach (var line in OrderBalanceWords.Lines(order.Balance!))
            _terminal.Say(line);
    }

    void SayNotes(string? notes)
    {
        if (notes is not null)
            _terminal.Say(
                $"Các hàng cần xem, số đã che: {notes}", $"Rows to look at, with their numbers masked: {notes}");
    }

    void SayQuestions(IReadOnlyList<Wording> questions, string? letter)
    {
        if (questions.Count > 0)
        {
            _terminal.Say("Câu hỏi cho nhà mạng:", "To be asked of the carrier:");
            foreach (var question in questions)
                _terminal.Say($"  · {question}", $"  · {question}");
        }

        if (letter is not null)
            _terminal.Say($"Dự thảo công văn hỏi: {letter}", $"Draft of a letter that asks: {letter}");
    }
}
