using SmsCampaign.Reports.Proof;

namespace SmsCampaign.Reports.Words;

/// <summary>What a proof comes to, for a person: no more than is known.</summary>
public static class ProofWords
{
    /// <param name="proof">Of a run with a lane at least that has, or may have, handed something over.</param>
    public static Wording Of(RateProof proof)
    {
        if (!proof.IsKnown)
            return Unknown(proof);
        if (!proof.IsKept)
            return new Wording(
                "Có giới hạn trong hợp đồng ĐÃ BỊ VƯỢT. Hãy báo kỹ sư phụ trách.",
                "A limit of a contract was BROKEN. Tell your engineer.");

        var all = new Wording(
            "Mọi giới hạn trong hợp đồng đều được giữ đúng", "Every limit of every contract was kept");
        if (!proof.IsKeptAtWorst)
            return InDoubt(proof);
        if (proof.UnknownMessages == 0)
            return new Wording($"{all}.", $"{all}.");

        var whenever = Figures.Counted(proof.UnknownMessages, "message");
        return new Wording(
            $"{all}, dù {whenever} tin không rõ thời điểm đã chuyển vào lúc nào.",
            $"{all}, whenever {whenever} without a known moment may have left.");
    }

    static Wording Unknown(RateProof proof)
    {
        var messages = Figures.Counted(proof.UnknownMessages, "message");
        var they = Figures.Verb(proof.UnknownMessages, "it", "they");
        return new Wording(
            $"Không biết chắc tin nào đã chuyển đi: {messages} tin không rõ chuyển lúc nào, hoặc có chuyển hay không, "
                + $"nên không có gì để kiểm chứng.",
            $"Nothing is known to have been handed over: of {messages} nobody knows when {they} left, or whether "
                + $"{they} did, so there is nothing to prove.");
    }

    static Wording InDoubt(RateProof proof)
    {
        var lanes = proof.Lanes.Where(lane => !lane.IsKeptAtWorst).ToList();
        var unknown = lanes.Sum(lane => lane.Unknown.Messages);
        var (messages, they) = (Figures.Counted(unknown, "message"), Figures.Verb(unknown, "it", "they"));
        var names = string.Join(", ", lanes.Select(lane => lane.Name));
        return new Wording(
            $"Tính theo những tin biết rõ lúc chuyển, không giới hạn nào trong hợp đồng bị vượt. Còn {messages} tin "
                + $"không rõ chuyển lúc nào, hoặc có chuyển hay không: nếu đã chuyển vào lúc bất lợi nhất thì vượt "
                + $"giới hạn của {names}.",
            $"By all that is known to have left, and when, no limit of a contract was broken. Of {messages} nobody "
                + $"knows when {they} left, or whether {they} did: at the worst moment, a limit of {names} was "
                + $"passed.");
    }
}
