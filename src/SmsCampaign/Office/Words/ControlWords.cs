using SmsCampaign.Carriers.Words;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Office.Words;

/// <summary>What persons are told of the orders they give.</summary>
public static class ControlWords
{
    /// <summary>That an order could be written to the marks alone, as the disk of the data folder is full.</summary>
    public static Wording OnlyMarked(DataFolder data) => new(
        $"Đĩa chứa thư mục dữ liệu {data.Root} đã đầy nên lệnh không vào được ledger.db: lệnh được ghi trong "
            + $"{data.Marks}, nơi tiến trình gửi cũng đọc, nhưng CHƯA có xác nhận là đã thực hiện. Hãy dọn chỗ trống "
            + $"trên đĩa đó rồi xem bằng 'status'. Cần chắc chắn ngay: {StopWords.WithoutDisk}",
        $"The disk of the data folder {data.Root} is full, so that ledger.db could not take it: it stands in "
            + $"{data.Marks}, where the process that sends looks too, but it has NOT said so. Make room on that disk, "
            + $"then see 'status'. To be certain now: {StopWords.WithoutDisk}");

    static Wording OnlyPaused(OrderScope scope, OrderKind asked, DataFolder data)
    {
        var (of, done) = (OrderWords.Scope(scope), NotDone(asked));
        return new Wording(
            $"ĐÃ TẠM DỪNG {of}, nhưng {done}: đĩa chứa thư mục dữ liệu {data.Root} đã đầy nên không ghi được lệnh. Hãy "
                + $"dọn ít nhất {StopWords.Needs} MB trên đĩa đó rồi chạy lại.",
            $"PAUSED: {of}, but {done}: the disk of the data folder {data.Root} is full, and the order cannot be "
                + $"written. Make room on that disk, {StopWords.Needs} MB at least, and run it again.");
    }

    static Wording NotDone(OrderKind asked) => asked == OrderKind.Cancel
        ? new Wording("CHƯA hủy", "NOT called off")
        : new Wording("CHƯA kết thúc", "NOT ended");

    static Wording DoesNotBalance(OrderScope scope, OrderKind? asked, Wording why)
    {
        var of = OrderWords.Scope(scope);
        return asked is { } kind
            ? new Wording(
                $"ĐÃ TẠM DỪNG {of}, nhưng {NotDone(kind)}. {why}", $"PAUSED: {of}, but {NotDone(kind)}. {why}")
            : new Wording($"CHƯA cho gửi tiếp {of}. {why}", $"NOT let go on: {of}. {why}");
    }

    /// <summary>What speaks against an order. Whoever takes a name and a reason asks for them itself.</summary>
    public static Wording Of(ControlFinding finding) => finding switch
    {
        ControlFinding.NoName => new("Cần ghi người quyết định.", "Say who decides."),
        ControlFinding.NoReason => new("Cần ghi lý do.", "Say why."),
        ControlFinding.OnlyPaused(var scope, var asked, var data) => OnlyPaused(scope, asked, data),
        ControlFinding.DoesNotBalance(var scope, var asked, var why) => DoesNotBalance(scope, asked, why),
        ControlFinding.NothingNamed => new(
            "Cần ghi lượt gửi nào (mã chiến dịch hoặc tệp chiến dịch), hoặc kênh gửi nào (--lane).",
            "Say which run (the campaign's id or file), or which lane (--lane)."),
        ControlFinding.IsSimulated => new(
            "Lượt gửi mô phỏng chỉ dừng được ở cửa sổ đang chạy 'send --simulate': nhấn Ctrl-C ở đó.",
            "A rehearsal is stopped where 'send --simulate' runs: press Ctrl-C there."),
        ControlFinding.IsNotUnderWay(var run, RunState.Planned) => new(
            $"Lượt gửi {run} chưa được phê duyệt nên không gửi gì: không có gì để dừng hay cho gửi tiếp.",
            $"The run {run} is not approved and sends nothing: there is nothing to stop or to let go on."),
        ControlFinding.IsNotUnderWay(var run, var state) => IsOver(run, state),
        ControlFinding.NoSuchLane(var lane, var lanes) => NoSuchLane(lane, string.Join(", ", lanes)),
        ControlFinding.NothingLeft(var scope) => new(
            $"{Capital(OrderWords.Scope(scope))} không còn tin nào chờ gửi: không có gì để hủy hay kết thúc sớm.",
            $"Nothing of {OrderWords.Scope(scope)} is still to be sent: there is nothing to call off or to end."),
        ControlFinding.NeedsRun(var lane, var runs) => new(
            $"Hủy và kết thúc sớm được quyết định theo từng lượt gửi. {Each(lane, runs)}",
            $"Calling off and ending early is decided run by run. {Each(lane, runs)}"),
        ControlFinding.Unreadable(var run) => new(
            $"Đã tạm dừng lượt gửi {run}, nhưng không đọc được sổ của lượt này nên không biết còn bao nhiêu tin. "
                + $"Xem bằng 'status' và báo kỹ sư phụ trách.",
            $"The run {run} is paused, but its ledger cannot be read, so that what is left is not known. "
                + $"See 'status', and tell your engineer."),
        ControlFinding.NotWithinContract(var lane, < 1, var contract, var unit) => new(
            $"Tốc độ nhỏ nhất là 1; muốn kênh '{lane}' không gửi gì thì dùng: sms-campaign pause --lane "
                + $"{TypedArgument.Of(lane)}. Hợp đồng cho {contract} {RateUnitWords.Of(unit)}.",
            $"The lowest rate is 1; to let nothing leave on '{lane}' use: sms-campaign pause --lane "
                + $"{TypedArgument.Of(lane)}. The contract allows {contract} {RateUnitWords.Of(unit)}."),
        ControlFinding.NotWithinContract(var lane, var rate, var contract, var unit) => new(
            $"Không gửi nhanh hơn hợp đồng: kênh '{lane}' được {contract} {RateUnitWords.Of(unit)}, không phải {rate}. "
                + $"Hãy ghi từ 1 đến {contract}, hoặc 'contract' để trở lại đúng hợp đồng.",
            $"Nothing goes faster than its contract: '{lane}' has {contract} {RateUnitWords.Of(unit)}, not {rate}. "
                + $"Give 1 to {contract}, or 'contract' to go as contracted."),
        ControlFinding.NoContract(var file) => new(
            $"Không đọc được tệp cấu hình {file} nên không biết tốc độ hợp đồng. Hãy kiểm tra --installation.",
            $"The installation file {file} cannot be read, so that the contracted rate is not known. "
                + $"Check --installation."),
        ControlFinding.NeedsApproval(var run, var file) => new(
            $"Lượt gửi {run} không còn phê duyệt có hiệu lực cho đúng nội dung sẽ gửi. Hãy xem lại rồi phê duyệt: "
                + $"sms-campaign plan {TypedArgument.Of(file)}, sau đó sms-campaign approve {TypedArgument.Of(file)} "
                + $"--by \"Họ tên\" --code MÃ_ĐÃ_XEM",
            $"No approval stands of what would be sent of {run}. Look at it and approve it: sms-campaign plan "
                + $"{TypedArgument.Of(file)}, then sms-campaign approve {TypedArgument.Of(file)} --by NAME --code "
                + $"CODE_LOOKED_AT"),
        ControlFinding.BothWays => new(
            "Chỉ chọn một: --without-receipts (loạt tin đầu mới không xét biên nhận) hoặc --without-first-batch (không "
                + "qua loạt tin đầu).",
            "Choose one: --without-receipts (the next first batch is judged without receipts) or "
                + "--without-first-batch (there is none)."),
        ControlFinding.NeedsCampaign => new(
            "Cần ghi chiến dịch nào: --without-receipts và --without-first-batch được quyết định theo từng lượt gửi.",
            "Say which campaign: --without-receipts and --without-first-batch are decided run by run."),
        ControlFinding.NeedsLane => new(
            "Cần ghi kênh gửi nào: --lane. Xem kênh đang đứng chờ bằng 'resume'.",
            "Say which lane: --lane. See what is held by 'resume'."),
        ControlFinding.HasNoFirstBatch(var scope) => new(
            $"{Capital(OrderWords.Scope(scope))} không có loạt tin đầu: chiến dịch được phê duyệt với canary.messages "
                + $"là 0. Hãy bỏ --without-receipts và --without-first-batch.",
            $"{Capital(OrderWords.Scope(scope))} has no first batch: the campaign was approved with canary.messages 0. "
                + $"Leave out --without-receipts and --without-first-batch."),
        ControlFinding.NotHeldByFirstBatch(var scope, var trial) => NotHeldByFirstBatch(scope, trial),
        ControlFinding.NotPaused(var scope, var standing, var held) => new(
            $"{Capital(OrderWords.Scope(scope))} không bị tạm dừng. {Standing(standing)}{Held(held.Lanes)}"
                + $"{Unread(held)}",
            $"{Capital(OrderWords.Scope(scope))} is not paused. {Standing(standing)}{Held(held.Lanes)}{Unread(held)}"),
        ControlFinding.OtherHold(var run) => new(
            $"Lượt gửi {run} không còn bị giữ lại như đã xem: vừa có quyết định khác. Chưa làm gì; hãy xem lại bằng "
                + $"'status' rồi quyết định.",
            $"The run {run} is not held any more as it was looked at: somebody or something has just decided "
                + $"otherwise. Nothing was done; see 'status' again, and decide."),
        _ => throw new ArgumentOutOfRangeException(nameof(finding), finding, null),
    };

    static Wording NotHeldByFirstBatch(OrderScope scope, LaneTrial? trial)
    {
        var why = trial switch
        {
            { IsHeld: true, Kind: TrialKind.Guard } => new Wording(
                $"kênh đứng chờ vì quá nhiều tin hỏng khi đang gửi. Hãy cho gửi tiếp bằng: "
                    + $"{OrderWords.WayOn(scope.Run!.ToString(), scope.Lane)}",
                $"it is held as too much failed while it was sending. Let it go on by: "
                    + $"{OrderWords.WayOn(scope.Run!.ToString(), scope.Lane)}"),
            { IsUnderWay: true } => new Wording(
                "loạt tin đầu đang gửi hoặc đang chờ kết quả. Hãy đợi; chỉ khi kênh đứng chờ mới phải quyết định.",
                "its first batch is sent or waited for. Wait: there is something to decide only once it is held."),
            { State: TrialState.Released } => new Wording(
                "đã có người cho gửi tiếp. Xem bằng 'status'.", "a person has let it go on. See 'status'."),
            { State: TrialState.Passed } => new Wording(
                "loạt tin đầu đã đạt, kênh gửi bình thường.", "its first batch fared well, and it sends in full."),
            { IsHeld: true } => new Wording(
                "không còn tin nào chờ kênh ấy, hoặc kênh vừa dừng sau khi lệnh này xem. Hãy xem lại bằng 'status'.",
                "nothing waits for it, or it was held since this command looked. See 'status' again."),
            _ => new Wording("kênh chưa gửi loạt tin đầu.", "it has not sent its first batch yet."),
        };
        return new Wording(
            $"{Capital(OrderWords.Scope(scope))} không đứng chờ vì loạt tin đầu: {why}",
            $"{Capital(OrderWords.Scope(scope))} is not held by its first batch: {why}");
    }

    static Wording IsOver(RunKey run, RunState state)
    {
        var over = OfficerStateWords.Of(new RunFacts(state, true, true, IsPaused: false, null).ToState());
        return new Wording(
            $"Lượt gửi {run} không còn gửi nữa ({over}). Xem bằng 'status'.",
            $"The run {run} sends no more ({over}). See 'status'.");
    }

    /// <summary>With a capital letter, to begin a sentence.</summary>
    public static Wording Capital(Wording words)
    {
        var (vi, en) = words;
        return Both(char.ToUpperInvariant(vi[0]) + vi[1..], char.ToUpperInvariant(en[0]) + en[1..]);
    }

    static Wording NoSuchLane(string lane, string known) => new(
        $"Không có kênh gửi nào tên '{lane}'. Đang có: {known}.", $"No lane is called '{lane}'. There are: {known}.");

    static Wording Each(string? lane, IReadOnlyList<RunKey> runs) => runs.Count == 0
        ? new("Hiện không có lượt gửi nào.", "No run is under way.")
        : Wording.Join(" ", [
            new("Hãy ghi lượt gửi, như:", "Name the run, as:"),
            .. runs.Select(run => Both(
                $"cancel{OrderWords.Arguments(run.ToString(), lane)}",
                $"cancel{OrderWords.Arguments(run.ToString(), lane)}"))]);

    static Wording Standing(IReadOnlyList<StandingOrder> standing) => standing.Count == 0
        ? new("Không có gì đang tạm dừng.", "Nothing is paused.")
        : Wording.Join(" ", [
            new("Đang tạm dừng:", "Paused are:"),
            .. standing.Select(order => new Wording(
                $"{OrderWords.Scope(order)} (gửi tiếp: {OrderWords.WayOn(order)}).",
                $"{OrderWords.Scope(order)} (to go on: {OrderWords.WayOn(order)})."))]);

    static Wording Held(IReadOnlyList<HeldLane> held) => held.Count == 0
        ? new("", "")
        : Wording.Join(" ", [
            new(" Kênh gửi đứng chờ vì quá nhiều tin hỏng:", " Held as too much failed:"),
            .. held.Select(lane => new Wording(
                $"{OrderWords.Scope(lane.Scope)} (gửi tiếp: {OrderWords.WayOn(lane.Run.ToString(), lane.Lane)}).",
                $"{OrderWords.Scope(lane.Scope)} (to go on: {OrderWords.WayOn(lane.Run.ToString(), lane.Lane)})."))]);

    /// <summary>What cannot be read is never "nothing is held".</summary>
    static Wording Unread(HeldLanes held) => held.Unread.Count == 0
        ? new("", "")
        : new Wording(" ", " ") + Wording.Join(" ", held.Unread.Select(run => run.ToWords()));

    static Wording Both(string vi, string en) => new($"{vi}", $"{en}");
}
