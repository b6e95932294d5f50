using System.CommandLine;
using SmsCampaign.Office;
using SmsCampaign.Storage.Backups;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign purge CAMPAIGN [--date DATE] [--simulate] [--hold|--release] --by NAME --reason TEXT
/// [--yes]</summary>
sealed class PurgeCommand
{
    readonly Terminal _terminal;
    readonly RunChoice _choice;
    readonly DecisionOptions _decision;
    readonly Option<bool> _hold;
    readonly Option<bool> _release;
    readonly Confirmation _confirmation;

    PurgeCommand(Terminal terminal)
    {
        _terminal = terminal;
        (_choice, _decision) = (new RunChoice(terminal.Language), new DecisionOptions(terminal.Language));
        _hold = new Option<bool>("--hold")
        {
            Description = terminal.Text(
                "giữ số điện thoại của lượt này, không tự xóa theo hạn",
                "keep the numbers of this run: the rule does not erase them"),
        };
        _release = new Option<bool>("--release")
        {
            Description = terminal.Text(
                "không giữ nữa: xóa theo hạn như các lượt khác", "keep them no longer than others"),
        };
        _confirmation = new Confirmation(terminal);
    }

    public static Command Create(Terminal terminal)
    {
        var purge = new PurgeCommand(terminal);
        var command = new Command("purge", terminal.Text(
            "Xóa số điện thoại của một lượt gửi đã kết thúc, thay bằng mã băm có khóa; số liệu và báo cáo giữ nguyên",
            "Erase the numbers of a run that is over: keyed hashes take their place, figures and reports stay"))
        {
            purge._hold, purge._release,
        };
        purge._choice.AddTo(command);
        purge._decision.AddTo(command);
        purge._confirmation.AddTo(command);
        command.SetAction(purge.Run);
        return command;
    }

    int Run(ParseResult parsed)
    {
        var (data, problems) = (SharedOptions.FolderOf(parsed), new List<Problem>());
        var (who, reason) = _decision.Read(parsed, problems);
        var (hold, release) = (parsed.GetValue(_hold), parsed.GetValue(_release));
        if (hold && release)
        {
            problems.Add(new Problem(null, new Wording(
                "--hold và --release trái nhau: hãy chọn một.", "--hold and --release are opposites: give one.")));
        }

        var run = _choice.Find(parsed, data, problems);
        if (_terminal.List(problems) || run is null)
            return ExitCode.InputHasProblems;

        var desk = new PurgeDesk(data, _terminal.Time);
        if (hold || release)
            return Say(desk.Hold(who, run, reason, hold), run);
        if (desk.FindObstacles(run) is { Count: > 0 } obstacles)
            return Say(new PurgeResult.Refused(obstacles), run);
        return Confirm(run, parsed)
            ? Say(desk.Purge(who, run.ToKey(), reason), run)
            : ExitCode.CouldNot;
    }

    bool Confirm(RunRecord run, ParseResult parsed)
    {
        if (run.IsErased)
            return true; // it is gone on with

        _terminal.Wrapped().Say(
            $"Sẽ xóa số điện thoại của lượt gửi {run.Key}: trong sổ chỉ còn mã băm, không lấy lại được. Số liệu, báo "
                + $"cáo và việc không gửi trùng vẫn như cũ; lượt này không gửi lại, gửi tiếp được nữa.",
            $"The numbers of the run {run.Key} will be erased: its ledger keeps but hashes, and nobody brings the "
                + $"numbers back. Figures, reports and that nobody is texted twice stay; the run is never sent or "
                + $"gone on with.");
        return _confirmation.IsGiven(
            parsed,
            new Wording(
                $"Gõ mã chiến dịch '{run.Campaign}' rồi Enter để xóa, phím khác để thôi:",
                $"Type the campaign's id '{run.Campaign}', then Enter, to erase them; anything else to leave it:"),
            run.Campaign);
    }

    int Say(PurgeResult result, RunRecord run)
    {
        switch (result)
        {
            case PurgeResult.Refused(var why):
                _terminal.SayError(new Wording(
                    $"CHƯA xóa số điện thoại nào của lượt gửi "
                        + $"{run.Key}:", $"NO number of the run {run.Key} was erased:"));
                foreach (var each in why)
                    _terminal.Wrapped().SayError(new Wording($"  {each}", $"  {each}"));
                return ExitCode.CouldNot;
            case PurgeResult.CutOff(var why):
                _terminal.Wrapped().SayError(new Wording(
                    $"ĐANG DỞ: việc xóa số điện thoại của lượt gửi {run.Key} đã bắt đầu và chưa xong: {why} Lượt "
                        + $"này không "
                        + $"gửi được nữa. Hãy chạy lại chính lệnh này để làm nốt.",
                    $"NOT DONE: erasing the numbers of the run {run.Key} was begun and is not done: {why} The run "
                        + $"is not "
                        + $"sent any more. Run the same command again to do the rest."));
                return ExitCode.CouldNot;
            case PurgeResult.NothingToKeep(PurgeState.Done):
                _terminal.Wrapped().SayError(new Wording(
                    $"Số điện thoại của lượt gửi {run.Key} đã được xóa: không còn gì để giữ.",
                    $"The numbers of the run {run.Key} are erased: nothing is left to keep."));
                return ExitCode.CouldNot;
            case PurgeResult.NothingToKeep:
                _terminal.Wrapped().SayError(new Wording(
                    $"Việc xóa số điện thoại của lượt gửi {run.Key} đã bắt đầu và phải làm nốt: không giữ lại được "
                        + $"nữa. Chạy lại 'purge' không kèm --hold.",
                    $"Erasing the numbers of the run {run.Key} was begun and must be done to its end: they can be kept "
                        + $"no longer. Run 'purge' again, without --hold."));
                return ExitCode.CouldNot;
            case PurgeResult.Noted(var step):
                _terminal.Say(
                    step.Kind == PurgeStepKind.Held
                        ? new Wording(
                            $"Số điện thoại của lượt gửi {run.Key} được giữ cho tới khi chạy 'purge --release'.",
                            $"The numbers of the run {run.Key} are kept until 'purge --release'.")
                        : new Wording(
                            $"Số điện thoại của lượt gửi {run.Key} không giữ riêng nữa: xóa theo hạn như các lượt "
                                + $"khác.",
                            $"The numbers of the run {run.Key} are kept no longer than those of others."));
                return ExitCode.Done;
            case PurgeResult.Done done:
                Say(done, run);
                return done.Stale.Count + done.Left > 0 ? ExitCode.CouldNot : ExitCode.Done;
            default:
                throw new InvalidOperationException($"not a result of erasing numbers: {result}");
        }
    }

    void Say(PurgeResult.Done done, RunRecord run)
    {
        var counts = done.Step.Counts;
        if (done.IsNew)
        {
            _terminal.Say(
                $"ĐÃ XÓA số điện thoại của lượt gửi {run.Key}.", $"The numbers of the run {run.Key} are ERASED.");
            _terminal.Say(
                $"  Sổ gửi tin: {Figures.Count(counts.Messages)} tin, {Figures.Count(counts.Exclusions)} dòng bị "
                    + $"loại; khóa "
                    + $"{done.Step.KeyId}",
                $"  Ledger: {Figures.Counted(counts.Messages, "message")}, "
                    + $"{Figures.Counted(counts.Exclusions, "excluded row")}; key {done.Step.KeyId}");
        }
        else
        {
            _terminal.Say(
                $"Số điện thoại của lượt gửi {run.Key} đã được xóa từ trước.",
                $"The numbers of the run {run.Key} were erased before.");
        }

        _terminal.Say(
            $"  Biên nhận nguyên văn: {Figures.Count(counts.Receipts)}; tệp có số đầy đủ: "
                + $"{Figures.Count(counts.Files)}; số "
                + $"đã chuyển mạng: {Figures.Count(counts.Learned)}",
            $"  Raw receipts: {Figures.Count(counts.Receipts)}; files with numbers in full: "
                + $"{Figures.Count(counts.Files)}; "
                + $"ported numbers: {Figures.Count(counts.Learned)}");
        PurgeText.SayLeft(done.Left, _terminal);
        if (counts.Lists > 0)
        {
            _terminal.Say(
                $"  Danh sách số đầy đủ của nhà mạng: {Figures.Count(counts.Lists)}",
                $"  Carriers' lists with numbers in full: {Figures.Count(counts.Lists)}");
        }

        if (done.IsNew && !done.Step.WasKept)
        {
            _terminal.Wrapped().SayError(new Wording(
                "  Lưu ý: trước khi xóa, sổ đã KHÁC bản phê duyệt (xem 'report'); điều này được ghi lại.",
                "  Note: before that the ledger was NOT what had been approved (see 'report'); this is recorded."));
        }

        PurgeText.SayStale(done.Stale, _terminal);
        PurgeText.Say(done.Copies, _terminal);
    }
}

/// <summary>Tells of copies that still hold numbers.</summary>
static class PurgeText
{
    /// <summary>Tells of raw receipts that still have what was to be erased.</summary>
    public static void SayLeft(long left, Terminal terminal)
    {
        if (left == 0)
            return;

        terminal.Wrapped().SayError(new Wording(
            $"  CHƯA XÓA số trong {Figures.Count(left)} biên nhận nguyên văn: biên nhận chưa xử lý, còn chờ, được để "
                + $"riêng, hoặc của lượt gửi khác chưa xóa số. Hãy cho dịch vụ gửi chạy để xử lý hết (xem 'receipts'), "
                + $"rồi chạy lại lệnh này.",
            $"  NOT ERASED from {Figures.Counted(left, "raw receipt")}: not settled, waiting, set aside, or of another "
                + $"run whose numbers are not erased. Let the worker settle them (see 'receipts'), then run this "
                + $"again."));
    }

    /// <summary>Tells of files in whose gaps older copies may be left.</summary>
    public static void SayStale(IReadOnlyList<Wording> stale, Terminal terminal)
    {
        foreach (var why in stale)
            terminal.Wrapped().SayError(new Wording($"  CHƯA XONG: {why}", $"  NOT DONE: {why}"));
    }

    public static void Say(IReadOnlyList<NumberCopy> copies, Terminal terminal)
    {
        if (copies.Count == 0)
        {
            terminal.Wrapped().Say(
                "Không thấy bản sao nào khác trên máy này còn số. Bản sao lưu cất ở nơi khác thì chương trình không "
                    + "biết.",
                "No other copy with the numbers is seen on this machine. Of backups kept elsewhere the program knows "
                    + "nothing.");
            return;
        }

        terminal.Wrapped().Say(
            "Các bản sau VẪN CÒN SỐ ĐIỆN THOẠI, chương trình không xóa; hết hạn lưu thì người phụ trách xóa:",
            "These STILL HOLD NUMBERS, and the program deletes none of them; whoever answers for them does in time:");
        foreach (var copy in copies)
            terminal.Say($"  {copy.Path} ({copy.What})", $"  {copy.Path} ({copy.What})");
    }
}
