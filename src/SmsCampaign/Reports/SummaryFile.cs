using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Planning;
using SmsCampaign.Reports.Words;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Reports;

/// <summary>
/// tong-hop.csv: what the run is, what its receipts are worth, and the balance of rule 7, a row each.
/// </summary>
sealed class SummaryFile(ReportSheet file, RunTables tables, RunTallies tallies, Language language)
{
    // By these rows a report that was written is read back (WrittenSummary, ReportFigures).
    public static readonly Wording Item = new("Mục", "Item");
    public static readonly Wording Campaign = new("Chiến dịch", "Campaign");
    public static readonly Wording Title = new("Tiêu đề", "Title");
    public static readonly Wording ModeItem = new("Chế độ", "Mode");
    public static readonly Wording Date = new("Ngày gửi", "Date");
    public static readonly Wording ChainHead = new("Đầu chuỗi kiểm toán", "Head of the audit chain");
    public static readonly Wording FirstHanded = new("Giờ chuyển đầu tiên", "First handed over");
    public static readonly Wording LastHanded = new("Giờ chuyển cuối cùng", "Last handed over");
    public static readonly Wording Succeeded = new("Tin thành công", "Succeeded");
    public static readonly Wording Audience = new("Số dòng danh sách", "Audience");
    public static readonly Wording BalanceItem = new("Cân đối", "Balance");
    public static readonly Wording Right = new("đúng", "right");

    static readonly Dictionary<(CampaignMode, bool Simulated), Wording> Modes = new()
    {
        [(CampaignMode.Exercise, true)] = new(
            "DIỄN TẬP, MÔ PHỎNG: không tin nào tới máy thật", "EXERCISE, SIMULATED: no real phone gets anything"),
        [(CampaignMode.Exercise, false)] = new(
            "DIỄN TẬP: chỉ qua cổng mô phỏng, không tin nào tới máy thật",
            "EXERCISE: stand-in gateways only, no real phone gets anything"),
        [(CampaignMode.Live, true)] = new(
            "MÔ PHỎNG: chạy thử với mạng mô phỏng, không tin nào tới máy thật",
            "SIMULATED: rehearsed on a stand-in network, no real phone gets anything"),
        [(CampaignMode.Live, false)] = new("GỬI THẬT", "LIVE"),
    };

    readonly LocalTimes _times = new(tables.Run.Zone);

    /// <summary>Whether the row of the mode, in either language, is that of a simulated run.</summary>
    public static bool IsSimulated(string mode) =>
        Modes.Any(each => each.Key.Simulated && (each.Value.Vi == mode || each.Value.En == mode));

    /// <summary>Whether it is that of a live campaign that was really sent.</summary>
    public static bool IsLive(string mode) => Modes[(CampaignMode.Live, false)] is var live
        && (live.Vi == mode || live.En == mode);

    public void Write(ReportResult result, ReportOptions options)
    {
        Row(Item, new Wording("Giá trị", "Value").In(language), new("Ghi chú", "Note"));
        WriteFacts(options.Decisions.Any(decision => decision.What == DecisionKind.Extended));
        if (FiguresState.Of(tallies.Sum(), options.IsOver) is { } state)
            Row(FiguresState.Item, state.Value.In(language), state.Why);
        WriteTexts();
        WriteApproval(options.Approval);
        WriteDecisions(options.Decisions);
        WriteAudit(options);
        WriteTotals(result.Totals);

        WriteLeftovers();

        foreach (var lane in tables.Lanes.Skip(1))
        {
            Row(
                new($"Biên nhận của kênh {lane.Name}", $"Receipts of lane {lane.Name}"),
                ReportWords.Of(lane.Trust).In(language),
                ReportWords.Explain(lane.Trust));
        }

        WriteMissingReceipts();

        foreach (var missing in options.Missing)
            Row(new("Thiếu biên nhận", "Receipts are missing"), missing.File, missing.Words);

        foreach (var oddity in options.Oddities)
            Row(oddity.What.Heading(), oddity.Count, new(
                "Biên nhận bất thường, được lưu nguyên văn", "Odd receipts, kept as they came"));

        foreach (var stray in options.Strays.Where(stray => tables.Lanes.Any(lane => lane.Name == stray.Lane)))
        {
            Row(stray.Stray.Heading(), stray.Count, new(
                "Từ ngày gửi tới nay; không biết của lượt gửi nào, được lưu nguyên văn",
                "Since the run's date; of which run is not known, kept as they came"));
        }

        if (result.PartsMissing > 0)
        {
            Row(
                new("Tin còn thiếu biên nhận của một số phần", "Messages that lack receipts of some parts"),
                result.PartsMissing,
                new(
                    "Một tin chỉ là đã tới máy khi mọi phần đã tới",
                    "A message is delivered only when all its parts are"));
        }

        WriteBalance(result.Balance);
    }

    /// <summary>Why what is left over was not sent, a row a reason. Above the balance, whose rows add up.</summary>
    void WriteLeftovers()
    {
        foreach (var (reason, messages) in tallies.Leftovers)
        {
            var why = ReasonWords.OfStored(reason) is { Vi.Length: > 0 } known
                ? known
                : new Wording("không ghi lý do", "no reason given");
            Row(
                new($"Chưa gửi vì: {why}", $"Left over: {why}"),
                messages,
                new(
                    $"Nằm trong dòng '{ReportWords.Of(MessageStatus.Leftover).Heading()}' của bảng cân đối",
                    $"In the row '{ReportWords.Of(MessageStatus.Leftover).Heading()}' of the balance"));
        }
    }

    /// <summary>What nobody has said more of than that it was taken.</summary>
    void WriteMissingReceipts()
    {
        for (var lane = 1; lane < tables.Lanes.Count; lane++)
        {
            var messages = tallies.WithoutReceipt(lane);
            if (messages == 0 || tables.Lanes[lane].ReceiptsUntil is not { } until)
                continue;

            Row(
                new(
                    $"Chưa có biên nhận cuối, kênh {tables.Lanes[lane].Name}",
                    $"No last receipt, lane {tables.Lanes[lane].Name}"),
                messages,
                new(
                    $"Chờ tới {_times.Text(until)}; không có thì giữ kết quả đã biết",
                    $"Waited for until {_times.Text(until)}; without one they stay as they are known"));
        }
    }

    void WriteFacts(bool isExtended)
    {
        Row(Campaign, tables.Run.Campaign);
        Row(Title, tables.Run.Title);
        Row(ModeItem, ModeOf(tables.Run).In(language));
        Row(new("Tên định danh", "Sender"), tables.Run.Sender);
        Row(new("Cơ quan ban hành", "Issued by"), tables.Run.Issuer);
        Row(new("Văn bản giao nhiệm vụ", "Directive"), tables.Run.Directive);
        Row(new("Nơi nhận báo cáo", "Report to"), tables.Run.ReportTo);
        Row(new("Hạn báo cáo", "Report by"), tables.Run.ReportBy);
        Row(Date, tables.Run.Date);
        if (tables.Run.RestOf is { } of)
            Row(new("Gồm phần chưa gửi của lượt gửi ngày", "Holds what was left of the run of"), of);
        Row(new("Khung giờ", "Window"), tables.Run.Window, isExtended
            ? new(
                "Như đã phê duyệt; có ngày được kéo dài, xem các quyết định bên dưới",
                "As approved; on a day it closed later, see the decisions below")
            : null);
        Row(new("Múi giờ", "Time zone"), _times.Name(tables.Begin).In(language), new(
            "Của mọi giờ trong các tệp báo cáo", "Of all times in the files of the report"));
        Row(new("Mã băm chiến dịch", "Hash of the definition"), tables.Run.DefinitionHash);
        Row(new("Mã băm danh sách", "Hash of the audience"), tables.Run.AudienceHash);
        Row(new("Mã băm kế hoạch", "Hash of the plan"), tables.Run.PlanHash);
    }

    /// <summary>As phones get it, with a hash by which anybody can hold a copy of it to this one.</summary>
    void WriteTexts()
    {
        foreach (var (name, text) in tables.Run.Texts.OrderBy(text => text.Key, StringComparer.Ordinal))
        {
            // Signs that a spreadsheet would take for a formula, as the dashes of a list, are guarded in the cell: then
            // it is not the text itself.
            var isGuarded = CsvBytes.Guard(text) != text;
            Row(
                new($"Nội dung đã gửi: {name}", $"Text sent: {name}"),
                text,
                isGuarded
                    ? new(
                        "Trong tệp CSV, dấu ' ở đầu dòng hoặc sau dấu ; do chương trình thêm để Excel không coi là "
                            + "công thức; tin đã gửi không có các dấu đó",
                        "In the CSV file an ' at the beginning of a line or behind a ; was added so that no "
                            + "spreadsheet takes it for a formula; it was not sent")
                    : null);
            Row(
                new($"Mã băm nội dung: {name}", $"Hash of the text: {name}"),
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
                isGuarded
                    ? new("SHA-256 của nội dung đã gửi, không có các dấu ' mà tệp CSV thêm ở dòng trên, bảng mã UTF-8",
                        "SHA-256 of the text sent, without the ' that the CSV file adds in the row above, as UTF-8")
                    : new(
                        "SHA-256 của nội dung ở dòng trên, bảng mã UTF-8",
                        "SHA-256 of the text in the row above, as UTF-8"));
        }
    }

    /// <summary>Who submitted what was approved; nothing where nobody did.</summary>
    void WriteSubmission(Approval approval)
    {
        if (approval.Submission is not { } submission)
            return;

        Row(new("Người trình", "Submitted by"), submission.SubmittedBy, new(
            "Tên do người chạy lệnh 'submit' khai", "The name that was given to 'submit'"));
        Row(
            new("Tài khoản máy tính đã trình", "Account that submitted"),
            submission.ByOs,
            approval.IsByTwo
                ? new("Khác tài khoản đã phê duyệt", "Another than the one that approved")
                : new("Cùng tài khoản đã phê duyệt, hoặc không rõ", "The one that approved, or not known"));
        Moment(new("Giờ trình", "Submitted at"), ProcessClock.ToMicros(submission.SubmittedAt));
    }

    void WriteApproval(Approval? given)
    {
        if (given is not { } approval)
        {
            Row(new("Người phê duyệt", "Approved by"), "", tables.Run.Simulated
                ? new("Lượt mô phỏng, không cần phê duyệt", "Simulated: no approval is needed")
                : new("Không có phê duyệt nào đang có hiệu lực", "No approval stands"));
            return;
        }

        Row(new("Người phê duyệt", "Approved by"), approval.ApprovedBy, new(
            "Tên do người chạy lệnh 'approve' khai", "The name that was given to 'approve'"));
        Row(new("Văn bản phê duyệt", "Approving document"), approval.Document ?? "");
        if (approval.Reason is { } reason)
        {
            Row(new("Lý do ghi khi phê duyệt", "Reason given at approval"), NumberMask.In(reason), new(
                "Như 'approve --reason' ghi", "As 'approve --reason' said"));
        }

        WriteSubmission(approval);
        Row(
            new("Tài khoản máy tính đã phê duyệt", "Account that approved"),
            approval.ByOs,
            new(
                "Tài khoản đã chạy lệnh 'approve', ai đã dùng sudo, và máy nào",
                "The account that ran 'approve', who used sudo, and on which machine"));
        Moment(new("Giờ phê duyệt", "Approved at"), ProcessClock.ToMicros(approval.ApprovedAt));

        // In words as well: a spreadsheet takes a code of digits for a number.
        var code = ApprovalHash.Brief(approval.Hash);
        Row(
            new("Mã phê duyệt", "Approval code"),
            code,
            new(
                $"Mã {code} mà 'check' và 'plan' đã in ra để trình phê duyệt",
                $"The code {code} that 'check' and 'plan' printed, to be approved"));
    }

    void WriteDecisions(IReadOnlyList<Decision> decisions)
    {
        foreach (var decision in decisions)
        {
            var at = _times.Text(ProcessClock.ToMicros(decision.Due));
            var due = decision.What.IsPersons()
                ? new Wording("", "")
                : new Wording($"Theo lịch {at}. ", $"Due {at}. ");
            var who = decision.ByOs.Length == 0 ? "" : $" [{decision.ByOs}]";
            Moment(
                new($"Quyết định: {DecisionWords.Of(decision.What)}", $"Decision: {DecisionWords.Of(decision.What)}"),
                ProcessClock.ToMicros(decision.At),
                new($"{due}{decision.Reason}{who}", $"{due}{decision.Reason}{who}"));
        }
    }

    void WriteAudit(ReportOptions options)
    {
        if (options.AuditHead is { } head)
        {
            Row(
                ChainHead,
                head.ToString(),
                new(
                    "Số dòng và mã của dòng cuối khi ghi báo cáo; kiểm tra bằng 'audit verify'",
                    "Rows, and the last one's hash, when the report was written; checked by 'audit verify'"));
        }

        if (options.Differences.Count > 0)
            Row(
                new("Sổ gửi tin khác bản đã phê duyệt", "The ledger differs from what was approved"),
                new Wording("SAI", "WRONG").In(language),
                RunVerification.Describe(options.Differences));
    }

    /// <summary>Of a run: really sent, an exercise, simulated.</summary>
    public static Wording ModeOf(RunDescription run) => Modes[(
        run.Mode == CampaignMode.Exercise ? CampaignMode.Exercise : CampaignMode.Live, run.Simulated)];

    void WriteTotals(ReportTotals totals)
    {
        var sum = tallies.Sum();
        Row(TallyCells.Recipients, sum.Messages, new(
            "Số dòng danh sách trừ số dòng loại trừ; mỗi số điện thoại một tin",
            "Rows of the audience less those excluded; a message a number"));
        Row(Succeeded, sum.Confirmed, new(
            "Tin đã đi xa nhất mà biên nhận của kênh xác nhận được",
            "Messages that came as far as their lane's receipts can confirm"));
        if (TallyCells.WholeShareOf(sum) is { } share)
            Row(TallyCells.ShareHeadings[0], share, TallyCells.MeaningOf(sum));
        Moment(FirstHanded, totals.FirstHandedMicros);
        Moment(LastHanded, totals.LastHandedMicros);
        Row(new("Số bản tin quy đổi dự kiến", "Parts planned"), totals.PartsPlanned);
        Row(
            TallyCells.PartsHandedOver,
            totals.PartsHandedOver,
            new(
                "Bản tin quy đổi đã chuyển sang cổng nhắn tin, kể cả thất bại và chưa rõ",
                "Handed to gateways, failed and uncertain ones included"));
        Row(
            TallyCells.Cost,
            totals.CostVnd,
            new(
                "Số bản tin quy đổi đã chuyển nhân đơn giá của kênh; đối chiếu với hóa đơn nhà mạng",
                "Parts handed over at each lane's price; compare with the carriers' invoices"));
    }

    void WriteBalance(Balance balance)
    {
        Row(
            Audience,
            balance.Audience,
            new(
                "Số dòng của các tệp thuê bao; bằng tổng các dòng dưới đây",
                "Rows of the audience files; the sum of the rows below"));

        foreach (var term in balance.Terms)
            Row((term.Status is { } status ? ReportWords.Of(status) : ReportWords.Excluded).Heading(), term.Count);

        foreach (var (segment, difference) in balance.UnevenSegments)
            Row(
                new($"Nhóm nhận tin không cân đối: {segment}", $"Segment that does not balance: {segment}"),
                difference);

        if (balance.Stray > 0)
            Row(new("Trạng thái không thuộc tin nào", "States that belong to no message"), balance.Stray);

        if (balance.Holds)
            Row(BalanceItem, Right.In(language), new("Chênh lệch 0", "Difference 0"));
        else
            Row(BalanceItem, new Wording("SAI", "WRONG").In(language), WrongBy(balance));
    }

    static Wording WrongBy(Balance balance)
    {
        var found = balance.Wrong is { } wrong ? new Wording($" ({wrong})", $" ({wrong})") : new Wording("", "");
        var difference = balance.Difference.ToString(CultureInfo.InvariantCulture);
        return new Wording(
            $"Chênh lệch {difference}. Sổ gửi tin có dòng thừa, thiếu hoặc bị đổi{found}: không dùng báo cáo này, hãy "
                + $"báo kỹ sư phụ trách.",
            $"Difference {difference}. The ledger has rows too many, too few, or changed{found}: do not use this "
                + $"report, tell your engineer.");
    }

    void Row(Wording item, string value, Wording? note = null)
    {
        file.Text(item.In(language));
        file.Text(value);
        End(note);
    }

    void Row(Wording item, decimal value, Wording? note = null)
    {
        file.Text(item.In(language));
        file.Number(value);
        End(note);
    }

    void Row(Wording item, DateOnly? date)
    {
        file.Text(item.In(language));
        file.Date(date);
        End(null);
    }

    /// <param name="micros">Null: not known.</param>
    void Moment(Wording item, long? micros, Wording? note = null)
    {
        file.Text(item.In(language));
        file.Moment(micros, _times);
        End(note);
    }

    void End(Wording? note)
    {
        file.Text(note?.In(language) ?? "");
        file.EndRow();
    }
}
