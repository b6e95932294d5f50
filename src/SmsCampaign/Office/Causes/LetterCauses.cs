using SmsCampaign.Orders;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Causes;

/// <summary>What a person must know of carriers that are to text their own subscribers: a letter that has not left, one
/// that is not answered, one that is refused; after the window has closed, a report that is due soon or
/// overdue.</summary>
static class LetterCauses
{
    /// <summary>How long before the answer is due a letter should have left.</summary>
    static readonly TimeSpan Early = TimeSpan.FromDays(3);

    /// <summary>How long before the opening what is missing is urgent.</summary>
    static readonly TimeSpan Soon = TimeSpan.FromHours(24);

    public static IEnumerable<Cause> Find(StatusView view) => view.Runs
        .Where(run => !run.Run.Simulated)
        .SelectMany(run => Find(run, view));

    static IEnumerable<Cause> Find(RunOverview run, StatusView view)
    {
        if (run.Run.FindKey() is not { } key)
            yield break;

        // Also afterwards: whose report is due is known by them.
        if (run.Letters.Unreadable.Count > 0)
            yield return new Cause(InstallationCauses.OfRecord($"letters {key}", view.At, run.Letters.Unreadable));
        foreach (var order in run.Letters.Orders)
        {
            if (order.WaitOn(view.At) == ReportWait.Overdue)
                yield return Unreported(run, order);
            else if (order.WaitOn(view.At) == ReportWait.Soon)
                yield return ReportedSoon(run, order, view);
        }

        if (view.At >= run.Window.ClosesOn(key.Date))
            yield break; // there is nothing left to do about an answer

        foreach (var order in run.Letters.Orders)
        {
            if (order.Misfit is { } why)
                yield return Of(run, order, AlertSeverity.Urgent, view, Misfit(order, why));
        }

        if (run.Run.State is RunState.Cancelled or RunState.Ended or RunState.Skipped)
            yield break;

        var isSoon = run.Window.OpensOn(key.Date) - view.At < Soon;
        foreach (var order in run.Letters.Orders.Where(order => order.Misfit is null))
        {
            if (order.State == OrderState.Refused)
                yield return Of(run, order, AlertSeverity.Urgent, view, Refused(order));
            else if (order.State == OrderState.Written && view.At > order.Order.AcknowledgeBy - Early)
                yield return Of(run, order, isSoon ? AlertSeverity.Urgent : AlertSeverity.Warning, view, Unsent(order));
            else if (order.IsUnanswered(view.At))
                yield return Of(
                    run, order, isSoon ? AlertSeverity.Urgent : AlertSeverity.Warning, view, Unanswered(order));
        }

        foreach (var letter in run.Letters.Unwritten)
        {
            var due = run.Window.ClosesOn(letter.AcknowledgeBy);
            if (view.At > due - Early)
            {
                yield return new Cause(new Alert(
                    AlertKind.CarrierAnswer,
                    $"{run.Run.Key} {letter.Segment}",
                    isSoon ? AlertSeverity.Urgent : AlertSeverity.Warning,
                    view.At,
                    Name(run, letter.Holder),
                    new Wording(
                        $"Chưa soạn công văn cho nhóm '{letter.Segment}'; hạn trả lời là "
                            + $"{Figures.Date(letter.AcknowledgeBy)}.",
                        $"No letter is written for the segment '{letter.Segment}'; the answer is due on "
                            + $"{Figures.Date(letter.AcknowledgeBy)}."),
                    new Wording(
                        $"soạn bằng 'sms-campaign order {run.Run.CampaignFile}'",
                        $"write it by 'sms-campaign order {run.Run.CampaignFile}'")));
            }
        }
    }

    /// <summary>Told as something of its own, so that its being overdue is told once more.</summary>
    static Cause ReportedSoon(RunOverview run, HeldOrder order, StatusView view)
    {
        var due = VietnamTime.Expected(order.Order.ReportBy);
        return new Cause(new Alert(
            AlertKind.CarrierReport,
            $"{run.Run.Key} {order.Kept.Segment} soon",
            AlertSeverity.Warning,
            view.At,
            new Wording(
                $"sắp tới hạn báo cáo của nhà mạng {order.Kept.Holder}: {RunCauses.NameOf(run)}",
                $"the report of the carrier {order.Kept.Holder} is due soon: {RunCauses.NameOf(run)}"),
            new Wording(
                $"Hạn báo cáo (nhóm '{order.Kept.Segment}') là {due}; chưa nhập báo cáo nào.",
                $"The report (segment '{order.Kept.Segment}') is due at {due}; none is imported."),
            new Wording(
                "nhắc nhà mạng, có báo cáo thì nhập bằng 'import-results'",
                "remind the carrier, and import its report by 'import-results'")));
    }

    static Cause Unreported(RunOverview run, HeldOrder order)
    {
        var due = VietnamTime.Expected(order.Order.ReportBy);
        return new Cause(new Alert(
            AlertKind.CarrierReport,
            $"{run.Run.Key} {order.Kept.Segment}",
            AlertSeverity.Warning,
            order.Order.ReportBy,
            new Wording(
                $"nhà mạng {order.Kept.Holder} chưa báo cáo: {RunCauses.NameOf(run)}",
                $"the carrier {order.Kept.Holder} has not reported: {RunCauses.NameOf(run)}"),
            new Wording(
                $"Hạn báo cáo (nhóm '{order.Kept.Segment}') là {due}.",
                $"The report (segment '{order.Kept.Segment}') was due at {due}."),
            new Wording(
                "hỏi nhà mạng rồi nhập bằng 'import-results'",
                "ask the carrier and import it by 'import-results'")));
    }

    /// <param name="said">What is so, and what to do.</param>
    static Cause Of(
        RunOverview run, HeldOrder order, AlertSeverity severity, StatusView view, (Wording So, Wording Do) said) =>
        new(new Alert(
            AlertKind.CarrierAnswer,
            $"{run.Run.Key} {order.Kept.Segment}",
            severity,
            view.At,
            Name(run, order.Kept.Holder),
            said.So,
            said.Do));

    static Wording Name(RunOverview run, string holder) => new(
        $"việc nhắn tin của nhà mạng {holder} chưa ổn: {RunCauses.NameOf(run)}",
        $"what the carrier {holder} is to text is not settled: {RunCauses.NameOf(run)}");

    static (Wording, Wording) Misfit(HeldOrder order, Wording why) => (
        new Wording($"Nhóm '{order.Kept.Segment}': {why}.", $"Segment '{order.Kept.Segment}': {why}."),
        new Wording(
            "báo nhà mạng ngay: gửi công văn mới (order, order sent) hoặc đề nghị thôi nhắn (order withdraw)",
            "tell the carrier now: send a new letter (order, order sent), or ask it not to text (order withdraw)"));

    static (Wording, Wording) Refused(HeldOrder order) => (
        new Wording(
            $"Nhà mạng từ chối (nhóm '{order.Kept.Segment}'): {order.Kept.Steps[^1].Note}",
            $"It refuses (segment '{order.Kept.Segment}'): {order.Kept.Steps[^1].Note}"),
        new Wording(
            "làm việc với nhà mạng; đồng ý lại thì ghi bằng 'order ack', không thì báo cáo cấp trên",
            "talk to the carrier; record another answer by 'order ack', or report it"));

    static (Wording, Wording) Unsent(HeldOrder order)
    {
        var due = VietnamTime.Expected(order.Order.AcknowledgeBy);
        return (
            new Wording(
                $"Công văn (nhóm '{order.Kept.Segment}') chưa được ghi nhận là đã gửi; hạn trả lời là {due}.",
                $"The letter (segment '{order.Kept.Segment}') is not recorded as sent; the answer is due at {due}."),
            new Wording(
                "gửi công văn rồi ghi bằng 'order sent'", "send the letter and record it by 'order sent'"));
    }

    static (Wording, Wording) Unanswered(HeldOrder order)
    {
        var due = VietnamTime.Expected(order.Order.AcknowledgeBy);
        return (
            new Wording(
                $"Công văn (nhóm '{order.Kept.Segment}') quá hạn trả lời {due} mà chưa có trả lời.",
                $"The letter (segment '{order.Kept.Segment}') was to be answered by {due}, and is not."),
            new Wording(
                "hỏi nhà mạng rồi ghi bằng 'order ack' hoặc 'order refuse'",
                "ask the carrier and record it by 'order ack' or 'order refuse'"));
    }
}
