using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Words;

/// <summary>Says in an officer's words how a lane is tried before it sends in full, and why it is held.</summary>
public static class LaneTrialWords
{
    /// <summary>Of the lane's history.</summary>
    public static Wording Of(LaneChange change) => change.Kind switch
    {
        LaneChangeKind.TrialBegun => new(
            $"gửi loạt tin đầu{Size(change.Trial)}, kết quả tốt mới gửi tiếp{Again(change.Trial)}",
            $"sends its first batch{Size(change.Trial)}, and the rest only where that fares well"
                + $"{Again(change.Trial)}"),
        LaneChangeKind.TrialPassed => new("loạt tin đầu đạt, gửi tiếp", "the first batch fared well, sends the rest"),
        LaneChangeKind.TrialHeld => new(
            $"ĐỨNG CHỜ người phụ trách{Why(change.Trial)}", $"HELD for a person{Why(change.Trial)}"),
        _ => new("được cho gửi tiếp", "let go on by a person"),
    };

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
                + $"khác vẫn gửi.",
            $"The lane '{lane}' is HELD {after} since {at}: {Of(trial.Finding)}. "
                + $"{Figures.Counted(waiting, "message")} of it {Figures.Verb(waiting, "waits", "wait")}; other lanes "
                + $"go on.");
    }

    /// <summary>That a lane sends its first batch.</summary>
    /// <inheritdoc cref="Held"/>
    public static Wording UnderWay(string lane, LaneTrial trial, Wording at) => new(
        $"Kênh gửi '{lane}' đang gửi loạt tin đầu{Size(trial)} từ {at}: kết quả tốt thì tự gửi tiếp{Again(trial)}.",
        $"The lane '{lane}' sends its first batch{Size(trial)} since {at}: it goes on by itself where that fares "
            + $"well{Again(trial)}.");

    /// <summary>What a person does about a lane that is held.</summary>
    /// <param name="way">What is to be typed to let it go on.</param>
    public static Wording Advice(TrialFinding finding, Wording way)
    {
        var look = finding.Verdict switch
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
        return new Wording(
            $"{look}. Xong thì cho gửi tiếp, bắt đầu lại bằng một loạt tin đầu: {way}",
            $"{look}. Then let it go on, which begins with a first batch again: {way}");
    }

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

    static Wording Why(LaneTrial? trial) =>
        trial is null ? new Wording("", "") : new Wording($": {Of(trial.Finding)}", $": {Of(trial.Finding)}");
}
