using SmsCampaign.Reports;

namespace SmsCampaign.Office.Words;

/// <summary>A line of what was found of a report.</summary>
/// <param name="IsAlarm">Whether somebody has to look at it.</param>
/// <param name="IsOfFile">Whether it shows a line of a file as it is.</param>
public sealed record CheckLine(Wording Text, bool IsAlarm = false, bool IsOfFile = false);

/// <summary>What was found of a report that was held to the ledger, for a person.</summary>
public sealed class ReportCheckWords
{
    /// <summary>Rows of the summary that are shown, of those that say something else now.</summary>
    const int MostChanges = 12;

    readonly List<CheckLine> _lines = [];

    ReportCheckWords()
    {
    }

    /// <summary>Everything that was found, a line each, and the verdict last.</summary>
    public static IReadOnlyList<CheckLine> Of(ReportCheck check)
    {
        var screen = new ReportCheckWords();
        screen.Write(check);
        return screen._lines;
    }

    void Write(ReportCheck check)
    {
        Say($"Báo cáo lượt gửi {check.Run}: {check.Folder}", $"Report on run {check.Run}: {check.Folder}");
        SayCheckFile(check);
        SayChain(check);
        if (check.First is { } first)
            SayFirst(first);
        foreach (var file in check.Different)
        {
            var what = Of(file, check.CheckFile);
            Say($"  {file.Name}: {what}", $"  {file.Name}: {what}");
        }

        foreach (var file in check.Erased)
        {
            Say(
                $"  {file.Name}: khớp kiem-tra.txt và khớp sổ, TRỪ cột số điện thoại: số trong sổ đã được xóa nên "
                    + $"không đối "
                    + $"chiếu lại được.",
                $"  {file.Name}: as kiem-tra.txt and the ledger say, BUT FOR the numbers: those of the ledger were "
                    + $"erased "
                    + $"and cannot be compared any more.");
        }

        SayImbalance(check);
        SayLedger(check);

        var same = Figures.Counted(check.Files.Count(file => file.Finding == FileFinding.Same), "file");
        if (check.Holds)
            Say(
                $"ĐÚNG: {same} tệp khớp kiem-tra.txt và sổ gửi tin.",
                $"RIGHT: {same} as kiem-tra.txt and the ledger say.");
        else
            Say(
                $"CÓ KHÁC BIỆT. {same} tệp khớp kiem-tra.txt và sổ gửi tin.",
                $"NOT THE SAME. {same} as kiem-tra.txt and the ledger say.");
    }

    void SayCheckFile(ReportCheck check)
    {
        switch (check.CheckFile)
        {
            case CheckFileState.Recorded:
                var at = VietnamTime.Moment(check.RecordedAt!.Value);
                Say(
                    $"  kiem-tra.txt: đúng bản chương trình đã ghi lúc {at} (chuỗi kiểm toán).",
                    $"  kiem-tra.txt: the one that the program wrote at {at} (audit chain).");
                break;
            case CheckFileState.NotRecorded:
                Say(
                    "  kiem-tra.txt: chuỗi kiểm toán không có bản này. Báo cáo do bản chương trình cũ hoặc tài khoản "
                        + "không ghi được sổ ghi ra, hoặc kiem-tra.txt đã bị thay.",
                    "  kiem-tra.txt: not in the audit chain. An older program or an account that may not write there "
                        + "wrote the report, or kiem-tra.txt was replaced.");
                break;
            case CheckFileState.NotVouched:
                Alarm(new(
                    "  kiem-tra.txt: dòng ghi nhận trong chuỗi kiểm toán KHÔNG do chương trình ghi. Xem 'audit "
                        + "verify'.",
                    "  kiem-tra.txt: the row about it in the audit chain was NOT written by the program. See 'audit "
                        + "verify'."));
                break;
            case CheckFileState.Missing:
                Alarm(new(
                    "  kiem-tra.txt: KHÔNG CÓ. Báo cáo do bản chương trình cũ ghi, hoặc tệp đã bị xóa.",
                    "  kiem-tra.txt: MISSING. An older program wrote the report, or the file was deleted."));
                break;
            case CheckFileState.Unreadable:
                Alarm(new(
                    "  kiem-tra.txt: KHÔNG ĐỌC ĐƯỢC, hoặc không đúng dạng chương trình ghi.",
                    "  kiem-tra.txt: CANNOT BE READ, or is not as the program writes it."));
                break;
            default:
                Say(
                    "  kiem-tra.txt: của lượt mô phỏng, không ghi vào chuỗi kiểm toán.",
                    "  kiem-tra.txt: of a simulated run, which the audit chain does not hold.");
                break;
        }
    }

    void SayChain(ReportCheck check)
    {
        if (check.IsOfThisChain == false)
        {
            Alarm(new(
                "  Chuỗi kiểm toán ở đây KHÔNG đi qua đầu chuỗi ghi trong tong-hop.csv: báo cáo của nơi khác, "
                    + "tong-hop.csv bị sửa, hoặc chuỗi bị cắt ngắn.",
                "  The audit chain here does NOT go through the head that tong-hop.csv names: the report is of another "
                    + "place, tong-hop.csv was changed, or the chain was cut short."));
        }
        else if (check.DecisionsSince > 0)
        {
            var decisions = Figures.Counted(check.DecisionsSince, "decision");
            Say(
                $"  Từ khi ghi báo cáo, lượt gửi có thêm {decisions} quyết định (xem 'status --history'); không tính "
                    + $"là khác biệt.",
                $"  Since it was written {decisions} about the run {Figures.Verb(check.DecisionsSince, "was", "were")} "
                    + $"made (see 'status --history'): no difference.");
        }
    }

    void SayFirst(FileCheck file)
    {
        if (file.Difference is not { } difference)
        {
            Say($"Khác biệt đầu tiên: {file.Name}.", $"The first difference: {file.Name}.");
            return;
        }

        if (difference is { Part: { } part, Stands: not null, Ledger: not null })
        {
            Say(
                $"Khác biệt đầu tiên: {file.Name}, phần {part}:", $"The first difference: {file.Name}, part {part}:");
            SayBoth(difference);
            return;
        }

        if (difference.Line is not { } line)
        {
            Say(
                $"Khác biệt đầu tiên: {file.Name}, nội dung không phải bản sổ gửi tin cho ra.",
                $"The first difference: {file.Name}, whose content is not what the ledger gives.");
            return;
        }

        Say(
            $"Khác biệt đầu tiên: {file.Name}, dòng {line}:", $"The first difference: {file.Name}, line {line}:");
        SayBoth(difference);
    }

    void SayBoth(FirstDifference difference)
    {
        var (stands, ledger) = (difference.Stands ?? "—", difference.Ledger ?? "—");
        SayOfFile($"  trong tệp:  {stands}", $"  the file:   {stands}");
        SayOfFile($"  sổ cho ra:  {ledger}", $"  the ledger: {ledger}");
    }

    static Wording Of(FileCheck file, CheckFileState state) => file.Finding switch
    {
        FileFinding.Outdated when state != CheckFileState.Recorded => new(
            "khớp kiem-tra.txt; sổ gửi tin cho ra khác", "as kiem-tra.txt says; the ledger gives another"),
        FileFinding.Outdated => new(
            "đúng như khi ghi; sổ gửi tin nay cho ra khác", "as it was written; the ledger gives another now"),
        FileFinding.Changed when file.Difference is null => new(
            "KHÁC kiem-tra.txt, nhưng đúng với sổ gửi tin: đã ghi lại sau kiem-tra.txt, hoặc kiem-tra.txt bị sửa",
            "OTHER than kiem-tra.txt says, and as the ledger gives: written after it, or kiem-tra.txt was changed"),
        FileFinding.Changed => new(
            "ĐÃ BỊ SỬA sau khi ghi: khác kiem-tra.txt", "CHANGED since it was written: other than kiem-tra.txt says"),
        FileFinding.Unlisted when file.Difference is null => new(
            "không có trong kiem-tra.txt; đúng với sổ gửi tin", "not in kiem-tra.txt; as the ledger gives"),
        FileFinding.Unlisted => new(
            "không có trong kiem-tra.txt; KHÁC sổ gửi tin", "not in kiem-tra.txt; OTHER than the ledger gives"),
        FileFinding.Missing => new("THIẾU", "MISSING"),
        FileFinding.Extra => new(
            "tệp thừa, không thuộc báo cáo này; hãy để tệp riêng ở thư mục khác",
            "of no report of this run; keep files of your own elsewhere"),
        FileFinding.Folder => new(
            "thư mục thừa, không thuộc báo cáo này; bên trong không được kiểm tra",
            "a folder, of no report; what is in it is not looked at"),
        FileFinding.Link => new(
            $"là một LIÊN KẾT tới {file.Why!.Value}, không phải tệp của báo cáo; không được tính là khớp",
            $"a LINK to {file.Why!.Value} and no file of the report; it does not count as right"),
        FileFinding.Unreadable => file.Why is { } why
            ? new($"KHÔNG ĐỌC ĐƯỢC: {why}", $"CANNOT BE READ: {why}")
            : new("KHÔNG ĐỌC ĐƯỢC", "CANNOT BE READ"),
        _ => new("đúng", "right"),
    };

    void SayImbalance(ReportCheck check)
    {
        if (check.Imbalance == 0)
            return;

        var rows = Figures.Counted(check.Imbalance, "row");
        Alarm(new(
            $"  tong-hop.csv: KHÔNG CÂN ĐỐI, số dòng danh sách trừ các dòng bên dưới còn {rows}. Không dùng báo cáo "
                + $"này; hãy báo kỹ sư phụ trách.",
            $"  tong-hop.csv: does NOT BALANCE, the audience less what became of it leaves {rows}. Do not use this "
                + $"report; tell your engineer."));
    }

    void SayLedger(ReportCheck check)
    {
        if (!check.IsOutdated)
            return;

        var rows = Figures.Counted(check.ChainRowsSince, "row");
        if (check.HasMovedOn)
            Say(
                $"Báo cáo KHÔNG bị sửa: đúng như chương trình đã ghi. Sổ gửi tin đã có thêm biên nhận hoặc việc từ đó "
                    + $"(chuỗi kiểm toán thêm {rows} dòng). Số liệu mới: ghi lại bằng 'report'.",
                $"The report was NOT changed: it is as the program wrote it. The ledger has gone on since (the audit "
                    + $"chain by {rows}). For the figures of now write it again by 'report'.");
        else if (check.MayHaveMovedOn)
            Say(
                "Không biết báo cáo này có phải bản chương trình đã ghi không: chuỗi kiểm toán không xác nhận. Có thể "
                    + "sổ gửi tin đã có thêm kết quả, hoặc số liệu và kiem-tra.txt đã bị sửa cùng nhau. Chỉ dùng số "
                    + "liệu ghi lại bằng 'report'.",
                "Whether the program wrote this report cannot be told: no row of the audit chain says so. The ledger "
                    + "may have gone on, or figures and kiem-tra.txt were changed together. Use only the figures that "
                    + "'report' writes again.");
        else
            Alarm(new(
                "Số liệu của báo cáo KHÔNG thể chỉ vì có thêm biên nhận mà khác: sổ gửi tin đã được khôi phục từ bản "
                    + "cũ, bị sửa, hoặc báo cáo không do chương trình ghi. Hãy báo kỹ sư phụ trách.",
                "What the report says is NOT other by receipts that came since: the ledger was restored or changed, or "
                    + "the program did not write the report. Tell your engineer."));

        foreach (var change in check.Changes.Take(MostChanges))
        {
            var (then, now) = (change.Then ?? "—", change.Now ?? "—");
            Say($"  {change.Item}: {then} → {now}", $"  {change.Item}: {then} → {now}");
        }

        if (check.Changes.Count > MostChanges)
        {
            var more = Figures.Counted(check.Changes.Count - MostChanges, "row");
            Say($"  … và {more} dòng nữa của tong-hop.csv.", $"  … and {more} more of tong-hop.csv.");
        }
    }

    void Say(Vietnamese vi, English en) => _lines.Add(new CheckLine(new Wording(vi, en)));

    void SayOfFile(Vietnamese vi, English en) => _lines.Add(new CheckLine(new Wording(vi, en), IsOfFile: true));

    void Alarm(Wording text) => _lines.Add(new CheckLine(text, IsAlarm: true));
}
