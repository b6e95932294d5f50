using System.CommandLine;
using System.Globalization;
using System.Text;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign export-subject|erase-subject NUMBER --by NAME --reason TEXT [--out FOLDER] [--yes]</summary>
/// <remarks>The number may be given on stdin instead (-): what stands in a command is seen in the list of processes and
/// kept by shells and by sudo. It is shown masked alone.</remarks>
sealed class SubjectCommand
{
    const string FromInput = "-";

    readonly Terminal _terminal;
    readonly Argument<string> _number;
    readonly DecisionOptions _decision;
    readonly Option<DirectoryInfo?> _out;
    readonly Option<bool> _yes;

    SubjectCommand(Terminal terminal)
    {
        _terminal = terminal;
        _decision = new DecisionOptions(terminal.Language);
        _number = new Argument<string>(terminal.Text("số", "number"))
        {
            Description = terminal.Text(
                "số điện thoại; ghi - để gõ số vào đầu vào chuẩn (nên dùng: số không nằm lại trong nhật ký lệnh)",
                "telephone number; - to give it on stdin, so that no log of commands keeps it"),
        };
        _out = new Option<DirectoryInfo?>("--out")
        {
            Description = terminal.Text(
                "thư mục chưa có, để ghi dữ liệu và trang trả "
                    + "lời", "a folder that is not there, for the data and the page"),
        };
        _yes = new Option<bool>("--yes")
        {
            Description = terminal.Text("không hỏi lại", "do not ask again"),
        };
    }

    public static Command CreateExport(Terminal terminal)
    {
        var export = new SubjectCommand(terminal);
        var command = new Command("export-subject", terminal.Text(
            "Trích mọi dữ liệu đang giữ về một số điện thoại, kèm trang trả lời người dân",
            "Everything that is kept of one number, with a page to answer its subscriber by"))
        {
            export._number, export._out,
        };
        export._decision.AddTo(command);
        command.SetAction(export.Export);
        return command;
    }

    public static Command CreateErase(Terminal terminal)
    {
        var erase = new SubjectCommand(terminal);
        var command = new Command("erase-subject", terminal.Text(
            "Xóa một số điện thoại khỏi mọi lượt đã kết thúc và không nhắn tin tới số đó nữa",
            "Erase one number from every run that is over, and never text it again"))
        {
            erase._number, erase._yes,
        };
        erase._decision.AddTo(command);
        command.SetAction(erase.Erase);
        return command;
    }

    int Export(ParseResult parsed)
    {
        if (Read(parsed, out var who, out var reason) is not { } number)
            return ExitCode.InputHasProblems;

        var data = SharedOptions.FolderOf(parsed);
        var now = _terminal.Time.GetUtcNow();
        var folder = parsed.GetValue(_out)?.FullName ?? Path.Combine(
            data.Root,
            "so-day-du",
            "cong-dan",
            now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture));
        if (Path.Exists(folder))
        {
            _terminal.SayError(new Wording(
                $"{folder} đã có. Hãy ghi thư mục chưa có sau "
                    + $"--out.", $"{folder} is there. Give --out one that is not."));
            return ExitCode.CouldNot;
        }

        var kept = new SubjectDesk(data, _terminal.Time).Export(who, number, reason);
        var page = new SubjectPage(kept, VietnamTime.DateOf(now));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "du-lieu.csv"), page.ToCsv(), new UTF8Encoding(true));
        File.WriteAllText(Path.Combine(folder, "du-lieu.json"), page.ToJson(), new UTF8Encoding(false));
        File.WriteAllText(Path.Combine(folder, "tra-loi.html"), page.ToHtml(), new UTF8Encoding(false));

        var (rows, runs) = (kept.Runs.Sum(run => run.Rows.Count), kept.Runs.Count);
        _terminal.Say(
            $"Số {number.Masked}: {Figures.Count(rows)} dòng trong {Figures.Count(runs)} lượt gửi, "
                + $"{Figures.Count(kept.Receipts)} biên nhận nguyên văn.",
            $"Number {number.Masked}: {Figures.Counted(rows, "row")} in {Figures.Counted(runs, "run")}, "
                + $"{Figures.Counted(kept.Receipts, "raw receipt")}.");
        _terminal.Say(
            $"Đã ghi du-lieu.csv, du-lieu.json, tra-loi.html vào {folder}. Các tệp này có số đầy đủ: gửi xong thì xóa.",
            $"Wrote du-lieu.csv, du-lieu.json, tra-loi.html to {folder}. The number stands in them in full: delete "
                + $"them "
                + $"once they are sent.");
        return SayUnread(kept.Unread);
    }

    int Erase(ParseResult parsed)
    {
        if (Read(parsed, out var who, out var reason) is not { } number)
            return ExitCode.InputHasProblems;

        var data = SharedOptions.FolderOf(parsed);
        var desk = new SubjectDesk(data, _terminal.Time);
        if (desk.CountFullLists(number) is > 0 and var lists)
        {
            _terminal.Wrapped().Say(
                $"Số này có trong {Figures.Count(lists)} danh sách số đầy đủ của nhà mạng: xóa số thì XÓA CẢ DANH SÁCH "
                    + $"đó, gồm mọi số khác; số liệu nhà mạng đã báo giữ nguyên.",
                $"The number is in {Figures.Counted(lists, "carrier's list")} with numbers in full: erasing it DELETES "
                    + $"SUCH A LIST WHOLE, with every other number in it; the figures the carrier reported stay.");
        }

        if (!Confirm(number, parsed.GetValue(_yes)))
            return ExitCode.CouldNot;

        var erased = desk.Erase(who, number, reason);
        _terminal.Say(
            $"Số {number.Masked} không bao giờ được nhắn tin nữa. Đã xóa khỏi {Figures.Count(erased.Erased.Count)} "
                + $"lượt gửi "
                + $"và {Figures.Count(erased.Receipts)} biên nhận nguyên văn; số liệu báo cáo giữ nguyên.",
            $"The number {number.Masked} is never texted again. Erased from "
                + $"{Figures.Counted(erased.Erased.Count, "run")} "
                + $"and {Figures.Counted(erased.Receipts, "raw receipt")}; the figures of reports stay.");
        if (erased.Lists > 0)
        {
            _terminal.Say(
                $"Đã xóa cả {Figures.Count(erased.Lists)} danh sách số đầy đủ của nhà mạng có số đó.",
                $"Deleted whole: {Figures.Counted(erased.Lists, "carrier's list")} with numbers in full that had it.");
        }

        foreach (var run in erased.Waiting)
        {
            _terminal.Wrapped().SayError(run.State.IsUnsent()
                ? new Wording(
                    $"  {run.Key}: CHƯA XÓA, lượt này chưa gửi và đang có số đó. Hãy lập lại bằng 'plan' rồi phê "
                        + $"duyệt lại để "
                        + $"bỏ số ra; để nguyên thì lượt này không gửi được.",
                    $"  {run.Key}: NOT ERASED, the run is not sent yet and has the number. Plan it again with 'plan' "
                        + $"and have "
                        + $"it approved, to leave the number out; as it is, the run is not sent.")
                : new Wording(
                    $"  {run.Key}: CHƯA XÓA, lượt này chưa kết thúc hoặc tin của số đó chưa rõ kết quả. Hãy chạy lại "
                        + $"lệnh này "
                        + $"khi lượt đã xong.",
                    $"  {run.Key}: NOT ERASED, the run is not over, or the number's message is not settled. Run this "
                        + $"again "
                        + $"once it is."));
        }

        PurgeText.Say(erased.Copies, _terminal);
        var read = SayUnread(erased.Unread);
        return erased.Waiting.Count > 0 ? ExitCode.CouldNot : read;
    }

    int SayUnread(IReadOnlyList<Wording> unread)
    {
        if (unread.Count == 0)
            return ExitCode.Done;

        _terminal.SayError(new Wording(
            "CHƯA ĐẦY ĐỦ, có phần không đọc được:", "NOT ALL, some could not be read:"));
        foreach (var each in unread)
            _terminal.Wrapped().SayError(new Wording($"  {each}", $"  {each}"));
        return ExitCode.CouldNot;
    }

    bool Confirm(PhoneNumber number, bool isSure)
    {
        if (isSure)
            return true;

        if (_terminal.Ask is not { } ask)
        {
            _terminal.SayError(new Wording(
                "Ở đây không hỏi lại được: thêm --yes để xóa.", "Nobody can be asked here: add --yes to erase it."));
            return false;
        }

        var last = number.Digits[^3..];
        _terminal.Say(
            $"Sẽ xóa số {number.Masked}, không lấy lại được. Gõ ba chữ số cuối rồi Enter để xóa, phím khác để thôi:",
            $"The number {number.Masked} will be erased for good. Type its last three digits, then Enter, to erase it; "
                + $"anything else to leave it:");
        if (ask()?.Trim() == last)
            return true;

        _terminal.Say("Chưa xóa gì.", "Nothing was erased.");
        return false;
    }

    /// <returns>Null where something is missing, which is told.</returns>
    PhoneNumber? Read(ParseResult parsed, out Who who, out string reason)
    {
        var problems = new List<Problem>();
        (who, reason) = _decision.Read(parsed, problems);
        var installation = Installation.Read(SharedOptions.InstallationOf(parsed).FullName);
        problems.AddRange(installation.Problems.Where(problem =>
            installation.Installation is null && problem.Severity == Severity.Error));
        PhoneNumber? number = null;
        if (installation.Installation is { } read)
        {
            var prefixes = PrefixTable.Load(read.Numbers.Prefixes, read.Numbers.Carriers, problems);
            var written = parsed.GetRequiredValue(_number);
            if (written == FromInput)
                written = (_terminal.Ask ?? Console.In.ReadLine)() ?? "";
            number = SubjectDesk.Read(written, prefixes);
            if (number is null)
            {
                problems.Add(new Problem(null, new Wording(
                    "Không đọc được số điện thoại di động đã ghi. Hãy ghi như 0912345678.",
                    "What was given cannot be read as a mobile number. Write it as 0912345678.")));
            }
        }

        return _terminal.List(problems) ? null : number;
    }
}

/// <summary>What is kept of one number, as files for its subscriber.</summary>
sealed class SubjectPage(SubjectData kept, DateOnly today)
{
    const Language Vi = Language.Vietnamese;

    /// <summary>Whether it is the hash of the number that is kept: then nobody but the key's holder finds it.</summary>
    static string Form(SubjectRow row) => row.IsErased ? "mã băm" : "số đầy đủ";

    static string Outcome(SubjectRow row) => row.Status is { } status
        ? MessageStatusWords.Of(status).In(Vi)
        : "không gửi: " + ExclusionReasonWords.Of((ExclusionReason)row.Exclusion!.Value).In(Vi);

    static string At(SubjectRow row) =>
        row.At is { } micros ? VietnamTime.Moment(ProcessClock.FromMicros(micros)).In(Vi) : "";

    IEnumerable<string[]> Rows => kept.Runs.SelectMany(run => run.Rows.Select(row => new[]
    {
        run.Run.Campaign,
        run.Run.DateWords.In(Vi) + (run.Run.Simulated ? " (mô phỏng)" : ""),
        Form(row),
        row.Segment,
        row.Area,
        Outcome(row),
        At(row),
        row.Source,
        row.Line.ToString(CultureInfo.InvariantCulture),
    }));

    static readonly string[] Headings =
        ["Chiến dịch", "Ngày", "Lưu dưới dạng", "Nhóm nhận tin", "Xã/phường", "Kết quả", "Lúc", "Tệp nguồn", "Dòng"];

    public string ToCsv()
    {
        var csv = new StringBuilder();
        foreach (var row in Rows.Prepend(Headings))
            csv.AppendJoin(',', row.Select(Cell)).Append("\r\n");
        return csv.ToString();
    }

    /// <summary>Quoted, and never a formula for a spreadsheet.</summary>
    static string Cell(string text) =>
        $"\"{(text.Length > 0 && "=+-@\t".Contains(text[0], StringComparison.Ordinal) ? "'" : "")}"
        + $"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public string ToJson() => JsonLine.Of(new
    {
        Number = kept.Number.Digits,
        Date = today,
        Runs = kept.Runs.Select(run => new
        {
            run.Run.Key,
            run.Run.State,
            Rows = run.Rows.Select(row => new
            {
                row.Source,
                row.Line,
                row.Segment,
                row.Area,
                row.Status,
                row.Exclusion,
                At = row.At is { } micros ? ProcessClock.FromMicros(micros) : (DateTimeOffset?)null,
                row.IsErased,
            }),
        }),
        Lists = kept.Lists.Select(list => new { list.Run, list.Holder, Said = list.Said.Vi, IsErased = !list.IsFull }),
        kept.Receipts,
        Learned = kept.Learned is { } learned ? new { learned.Carrier, learned.At } : null,
        NeverTextedAgain = kept.IsErased,
        Unread = kept.Unread.Select(each => each.Vi),
    }) + "\n";

    public string ToHtml()
    {
        var (date, number) = (Figures.Date(today).In(Vi), kept.Number.Digits);
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $$"""
            <!doctype html>
            <html lang="vi"><head><meta charset="utf-8"><title>Trả lời yêu cầu cung cấp dữ liệu cá nhân</title>
            <style>body{font-family:"Times New Roman",serif;font-size:14pt;margin:2cm} table{border-collapse:collapse}
            td,th{border:1px solid;padding:4px 8px;text-align:left}</style></head><body>
            <h1>TRẢ LỜI YÊU CẦU CUNG CẤP DỮ LIỆU CÁ NHÂN</h1>
            <p>Kính gửi ông/bà chủ thuê bao số {{number}},</p>
            <p>Thực hiện Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định 356/2025/NĐ-CP, đến ngày {{date}}
            cơ quan đang lưu các dữ liệu sau về số thuê bao nêu trên, chỉ để nhắn tin tuyên truyền và báo cáo kết quả:</p>

            """);
        if (kept.Runs.Count == 0)
        {
            body.Append("<p>Không có dữ liệu nào trong các lượt nhắn tin.</p>\n");
        }
        else
        {
            body.Append("<table><tr>").AppendJoin("", Headings.Select(Head)).Append("</tr>\n");
            foreach (var row in Rows)
                body.Append("<tr>").AppendJoin("", row.Select(Data)).Append("</tr>\n");
            body.Append("</table>\n");
        }

        body.Append(
            CultureInfo.InvariantCulture,
            $"<p>Biên nhận của nhà mạng có ghi số này: {Figures.Count(kept.Receipts).In(Vi)}.</p>\n");
        foreach (var list in kept.Lists)
        {
            body.Append(
                CultureInfo.InvariantCulture,
                $"<p>Danh sách do nhà mạng {Escape(list.Holder)} báo (lượt {Escape(list.Run)}), lưu dưới dạng "
                    + $"{(list.IsFull ? "số đầy đủ" : "mã băm")}: {list.Said.In(Vi)}.</p>\n");
        }

        if (kept.Learned is { } learned)
        {
            body.Append(
                CultureInfo.InvariantCulture,
                $"<p>Mạng đang phục vụ số này, theo cổng nhắn tin: {Escape(learned.Carrier)}.</p>\n");
        }

        if (kept.IsErased)
            body.Append("<p>Số này đã được yêu cầu xóa: không bao giờ được nhắn tin nữa.</p>\n");
        if (kept.Unread.Count > 0)
        {
            body.Append("<p><b>CHƯA ĐẦY ĐỦ</b>, có phần chưa đọc được; bổ sung trước khi gửi:</p><ul>");
            foreach (var each in kept.Unread)
                body.Append(CultureInfo.InvariantCulture, $"<li>{Escape(each.Vi)}</li>");
            body.Append("</ul>\n");
        }

        body.Append("""
            <p>Ông/bà có quyền yêu cầu chỉnh sửa, xóa dữ liệu hoặc không nhận tin nữa; cơ quan trả lời trong 02 ngày
            làm việc và thực hiện theo thời hạn của pháp luật.</p>
            </body></html>

            """);
        return body.ToString();

        static string Escape(string text) => text
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal);

        static string Head(string text) => $"<th>{Escape(text)}</th>";

        static string Data(string text) => $"<td>{Escape(text)}</td>";
    }
}
