using SmsCampaign.Orders;
using SmsCampaign.Orders.Words;

namespace SmsCampaign.Office.Readiness;

/// <summary>Whether the carriers that text their own subscribers have said that they will.</summary>
sealed class LettersCheck : IReadyCheck
{
    public const string Called = "letters";

    public string Name => Called;

    public Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ReadyFinding>>([.. Find(about)]);

    static IEnumerable<ReadyFinding> Find(ReadyCase about)
    {
        if (about.Overview.Value?.Letters is not { IsAny: true } letters)
            yield break;

        foreach (var why in letters.Unreadable)
            yield return ReadyFinding.Unknown(why);
        foreach (var letter in letters.Unwritten)
        {
            yield return ReadyFinding.Bad(
                new Wording(
                    $"chưa soạn công văn gửi {letter.Holder} (nhóm '{letter.Segment}').",
                    $"no letter to {letter.Holder} is written (segment '{letter.Segment}')."),
                new Wording(
                    "Hãy soạn bằng: sms-campaign order TỆP-CHIẾN-DỊCH",
                    "Write it by: sms-campaign order CAMPAIGN-FILE"))
                with
            { Subject = letter.Segment };
        }

        foreach (var order in letters.Orders)
            yield return Of(order, about.Now) with { Subject = order.Kept.Segment };
    }

    static ReadyFinding Of(HeldOrder order, DateTimeOffset now)
    {
        var line = OrderStateWords.Line(order, now);
        if (order.Misfit is not null)
        {
            return ReadyFinding.Bad(line, new Wording(
                "Hãy báo nhà mạng: gửi công văn mới (order, order sent) hoặc đề nghị thôi nhắn (order withdraw).",
                "Tell the carrier: send a new letter (order, order sent), or ask it not to text (order withdraw)."));
        }

        return (order.State, order.WaitOn(now)) switch
        {
            (_, ReportWait.Overdue) => ReadyFinding.Note(line, new Wording(
                "Hãy hỏi nhà mạng rồi nhập báo cáo bằng 'import-results'.",
                "Ask the carrier and import its report by 'import-results'.")),
            (_, ReportWait.Soon) => ReadyFinding.Note(line, new Wording(
                "Hãy nhắc nhà mạng, có báo cáo thì nhập bằng 'import-results'.",
                "Remind the carrier, and import its report by 'import-results'.")),
            _ => OfAnswer(order, line, now),
        };
    }

    static ReadyFinding OfAnswer(HeldOrder order, Wording line, DateTimeOffset now)
    {
        return order.State switch
        {
            OrderState.Unknown => ReadyFinding.Bad(line, new Wording(
                "Hãy xem 'audit verify', báo kỹ sư phụ trách, và hỏi lại nhà mạng.",
                "See 'audit verify', tell your engineer, and ask the carrier.")),
            OrderState.Withdrawn => ReadyFinding.Note(line),
            OrderState.Acknowledged => ReadyFinding.Good(line),
            OrderState.Refused => ReadyFinding.Bad(line, new Wording(
                "Hãy làm việc với nhà mạng; có trả lời khác thì ghi bằng 'order ack'.",
                "Talk to the carrier; record another answer by 'order ack'.")),
            OrderState.Sent when !order.IsUnanswered(now) => ReadyFinding.Note(line, new Wording(
                "Hãy hỏi nhà mạng rồi ghi bằng 'order ack' hoặc 'order refuse'.",
                "Ask the carrier and record it by 'order ack' or 'order refuse'.")),
            OrderState.Sent => ReadyFinding.Bad(line, new Wording(
                "Đã quá hạn trả lời: hãy hỏi nhà mạng rồi ghi bằng 'order ack' hoặc 'order refuse'.",
                "The answer is overdue: ask the carrier and record it by 'order ack' or 'order refuse'.")),
            _ => ReadyFinding.Bad(line, new Wording(
                "Hãy ký, gửi công văn rồi ghi bằng 'order sent'.",
                "Have the letter signed and sent, and record it by 'order sent'.")),
        };
    }
}
