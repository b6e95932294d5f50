using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Dispatch.Words;

/// <summary>Says in an officer's words how a lane is tried before it sends in full, and why it is held.</summary>
public static class LaneTrialWords
{
    /// <summary>Options of <c>resume</c>.</summary>
    public const string WithoutReceipts = "--without-receipts";

    /// <inheritdoc cref="WithoutReceipts"/>
    public const string WithoutFirstBatch = "--without-first-batch";

    /// <summary>Of the lane's history.</summary>
    public static Wording Of(LaneChange change) => change.Kind switch
    {
        LaneChangeKind.TrialBegun => new(
            $"gửi loạt tin đầu{Size(change.Trial)}, kết quả tốt mới gửi tiếp{Again(change.Trial)}"
                + $"{ByAnswers(change.Trial)}",
            $"sends its first batch{Size(change.Trial)}, and the rest only where that fares well"
                + $"{Again(change.Trial)}{ByAnswers(change.Trial)}"),
        LaneChangeKind.TrialPassed => new("loạt tin đầu đạt, gửi tiếp", "the first batch fared well, sends the rest"),
        LaneChangeKind.TrialHeld => new(
            $"ĐỨNG CHỜ người phụ trách{Why(change.Trial)}", $"HELD for a person{Why(change.Trial)}"),
        _ => Released(change.Trial?.Release ?? TrialRelease.Anew),
    };

    /// <summary>How a person let a lane go on, as part of a sentence.</summary>
    public static Wording Released(TrialRelease release) => release switch
    {
        TrialRelease.WithoutReceipts => new(
            "được cho gửi tiếp, loạt tin đầu mới không xét biên nhận",
            "let go on by a person, its next first batch to be judged without receipts"),
        TrialRelease.WithoutFirstBatch => new(
            "được cho gửi hết luôn, không qua loạt tin đầu", "let go on by a person in full, without a first batch"),
        _ => new("được cho gửi tiếp", "let go on by a person"),
    };

    /// <summary>That a person let a lane go on otherwise than the campaign says, since when.</summary>
    /// <inheritdoc cref="Held"/>
    public static Wording Overruled(string lane, LaneTrial trial, Wording at) => new(
        $"Kênh gửi '{lane}' {Released(trial.Release)}, theo quyết định lúc {at} (trước đó: {Of(trial.Finding)}).",
        $"The lane '{lane}' was {Released(trial.Release)}, at {at} (before: {Of(trial.Finding)}).");


    /// <summary>That a lane is held, since when, why and what waits for it.</summary>
    /// <param name="at">When, as a person reads it.</param>
    /// <param name="waiting">Messages that wait for it.</param>
    public static Wording Held(string lane, LaneTrial trial, Wording at, long waiting)
    {
        var (after, count) = (
            trial.Kind == TrialKind.Canary
                ? new Wording("sau loạt tin đầu", "after its first batch")
                : new Wording("khi đang gửi", "while it was sending"),
            Figures.Count(waiting));
        return new Wording(
            $"Kênh gửi '{lane}' ĐỨNG CHỜ {after} từ {at}: {Of(trial.Finding)}. {count} tin của kênh đang chờ; các kênh "
                + $"khác không bị ảnh hưởng.",
            $"The lane '{lane}' is HELD {after} since {at}: {Of(trial.Finding)}. "
                + $"{Figures.Counted(waiting, "message")} of it {Figures.Verb(waiting, "waits", "wait")}; other lanes "
                + $"are not touched by it.");
    }

    /// <summary>That a lane sends its first batch.</summary>
    /// <inheritdoc cref="Held"/>
    public static Wording UnderWay(string lane, LaneTrial trial, Wording at) => new(
        $"Kênh gửi '{lane}' đang gửi loạt tin đầu{Size(trial)} từ {at}: kết quả tốt thì tự gửi tiếp{Again(trial)}"
            + $"{ByAnswers(trial)}.",
        $"The lane '{lane}' sends its first batch{Size(trial)} since {at}: it goes on by itself where that fares "
            + $"well{Again(trial)}{ByAnswers(trial)}.");

    /// <summary>What a person does about a lane that is held.</summary>
    public static Wording Advice(LaneTrial trial, string run, string lane)
    {
        var (way, look) = (OrderWords.WayOn(run, lane), ToDo(trial));
        if (trial.Kind != TrialKind.Canary)
        {
            return new Wording(
                $"{look}. Xong thì cho gửi tiếp, bắt đầu lại bằng một loạt tin đầu: {way}",
                $"{look}. Then let it go on, which begins with a first batch again: {way}");
        }

        return new Wording(
            $"{look}. Xong thì cho gửi tiếp, bắt đầu lại bằng một loạt tin đầu: {way}. Hai cách khác, chỉ khi cần: "
                + $"nhà mạng xác nhận tin vẫn tới máy mà biên nhận không về được thì thêm {WithoutReceipts} vào lệnh "
                + $"ấy (loạt tin đầu mới chỉ xét câu trả lời của nhà mạng); đã biết chắc kênh gửi tốt, cần gửi hết "
                + $"ngay, thì thêm {WithoutFirstBatch} (không qua loạt tin đầu; kênh vẫn tự canh như đã phê duyệt)",
            $"{look}. Then let it go on, which begins with a first batch again: {way}. Two other ways, only where "
                + $"needed: where the carrier confirms that phones get the messages and receipts cannot come, add "
                + $"{WithoutReceipts} (the next first batch is judged by the gateway's answers alone); where the lane "
                + $"is known to be well and all must leave now, add {WithoutFirstBatch} (no first batch; the guard "
                + $"stays on as approved)");
    }

    /// <summary>What a person does about it before it goes on, without a full stop.</summary>
    public static Wording ToDo(LaneTrial trial) => trial.Finding.Verdict switch
    {
        TrialVerdict.FewReceipts => new Wording(
            "Hãy hỏi nhà mạng tin có tới máy không, và nhờ kỹ sư phụ trách xem biên nhận có về được không",
            "Ask the carrier whether phones get the messages, and your engineer whether receipts can come"),
        TrialVerdict.Unknown => new Wording(
            "Hãy hỏi nhà mạng đã nhận loạt tin ấy chưa", "Ask the carrier whether it has taken that batch"),
        _ => new Wording(
            "Hãy hỏi nhà mạng vì sao, và xem lại danh sách, nội dung, tên định danh",
            "Ask the carrier why, and look at the list, the text and the sender"),
    };

    /// <summary>What was found, as part of a sentence.</summary>
    public static Wording Of(TrialFinding finding)
    {
        var (found, judged, bound) =
            (Figures.Count(finding.Found), Figures.Counted(finding.Judged, "message"), finding.Bound);
        return finding.Verdict switch
        {
            TrialVerdict.Failed => new(
                $"{found}/{judged} tin bị từ chối hoặc thất bại, giới hạn là {bound}%{Class(finding)}{Said(finding)}",
                $"{found} of {judged} were refused or failed, where {bound}% is the bound{Class(finding)}"
                    + $"{Said(finding)}"),
            TrialVerdict.Unanswered => new(
                $"{found}/{judged} tin không có trả lời rõ ràng, giới hạn là {bound}%{Said(finding)}",
                $"{found} of {judged} got no clear answer, where {bound}% is the bound{Said(finding)}"),
            TrialVerdict.FewReceipts => new(
                $"mới có biên nhận của {found}/{judged} tin, cần {bound}%",
                $"{found} of {judged} have a receipt, where {bound}% must"),
            TrialVerdict.Unknown => new(
                "chương trình bị ngắt giữa chừng nên quá nửa số tin chưa biết có tới nơi không",
                "the program was cut off, and of more than half nobody knows whether they arrived"),
            _ => new("lý do lạ", "an unknown reason"), // of a newer program
        };
    }

    static Wording Class(TrialFinding finding) => finding.Failure is { } failure
        ? new Wording(
            $"; nhiều nhất: {FailureClassWords.Of(failure)}", $"; most of them: {FailureClassWords.Of(failure)}")
        : new Wording("", "");

    static Wording Said(TrialFinding finding)
    {
        if (finding is { Reason: Reason.None, Code: { Length: > 0 } code })
            return new Wording($" ({GatewaySaid.Beside(code)})", $" ({GatewaySaid.Beside(code)})");
        if (finding.Reason == Reason.None)
            return new Wording("", "");

        var why = NumberMask.In(ReasonWords.Of(finding.Reason, finding.Code));
        return new Wording($" ({why})", $" ({why})");
    }

    static Wording Size(LaneTrial? trial) => trial is { Messages: var messages and > 0 }
        ? new Wording($" ({Figures.Count(messages)} tin)", $" ({Figures.Counted(messages, "message")})")
        : new Wording("", "");

    static Wording Again(LaneTrial? trial) => trial is { IsAgain: true }
        ? new Wording(
            "; loạt trước bị ngắt giữa chừng, biết quá ít",
            "; the one before was cut off, and too little is known of it")
        : new Wording("", "");

    static Wording ByAnswers(LaneTrial? trial) => trial is { ByAnswersAlone: true }
        ? new Wording("; không xét biên nhận", "; receipts are not asked for")
        : new Wording("", "");

    static Wording Why(LaneTrial? trial) =>
        trial is null ? new Wording("", "") : new Wording($": {Of(trial.Finding)}", $": {Of(trial.Finding)}");
}
