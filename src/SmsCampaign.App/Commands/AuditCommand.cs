using System.CommandLine;
using SmsCampaign.Office;
using SmsCampaign.Storage;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign audit verify [--json]</summary>
static class AuditCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json")
        {
            Description = terminal.Text(
                "in kết quả dạng JSON cho chương trình khác đọc", "print the result as JSON for scripts"),
        };
        var verify = new Command("verify", terminal.Text(
            "Đi qua cả chuỗi, so với từng bản ghi, và nêu dòng đầu tiên không khớp",
            "Walk the whole chain, compare it with the records, and name the first row that does not fit"))
        {
            json,
        };
        verify.SetAction(parsed => Verify(SharedOptions.FolderOf(parsed), parsed.GetValue(json), terminal));

        return new Command("audit", terminal.Text(
            "Kiểm tra các phê duyệt, quyết định và sự kiện đã ghi có bị sửa, thêm hay xóa không",
            "Check that no recorded approval, decision or event was changed, added or taken out"))
        {
            verify,
        };
    }

    static int Verify(DataFolder data, bool json, Terminal terminal)
    {
        if (new RecordDesk(data).Verify() is not { } check)
        {
            terminal.SayError(new Wording(
                $"Không có sổ {data.Ledger}; hãy kiểm tra --data.", $"There is no {data.Ledger}; check --data."));
            return ExitCode.CouldNot;
        }

        var (report, trouble, holds) = (check.Report, check.Trouble, check.Holds);
        if (json)
        {
            terminal.SayJson(new
            {
                Ok = holds,
                report.Rows,
                Head = new { report.Head.Row, report.Head.Hash },
                FirstBroken = report.Broken,
                Key = trouble?.In(terminal.Language),
                Findings = report.Findings.Select(finding => finding.In(terminal.Language)),
                Notes = report.Notes.Select(note => note.In(terminal.Language)),
            });
            return holds ? ExitCode.Done : ExitCode.CouldNot;
        }

        foreach (var note in report.Notes)
            terminal.Say(note);
        if (trouble is { } keyless)
            terminal.SayError(keyless);
        foreach (var finding in report.Findings)
            terminal.SayError(finding);

        if (holds)
            terminal.Say(RecordWords.Of(check));
        else
            terminal.SayError(RecordWords.Of(check));
        return holds ? ExitCode.Done : ExitCode.CouldNot;
    }
}
