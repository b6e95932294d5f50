using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Orders.Words;

/// <summary>Where a letter to a carrier stands, for a person.</summary>
public static class OrderStateWords
{
    public static Wording Of(OrderState state) => state switch
    {
        OrderState.Written => new("đã soạn, chưa gửi", "written, not sent"),
        OrderState.Sent => new("đã gửi, chờ trả lời", "sent, waits for an answer"),
        OrderState.Acknowledged => new("nhà mạng đồng ý", "the carrier will text"),
        OrderState.Refused => new("nhà mạng TỪ CHỐI", "the carrier REFUSES"),
        OrderState.Withdrawn => new("đã báo nhà mạng thôi nhắn", "the carrier was told not to text"),
        OrderState.Unknown => new("KHÔNG RÕ, sổ bị sửa", "NOT KNOWN, the ledger was changed"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>With what the carrier must be told otherwise.</summary>
    public static Wording WithMisfit(HeldOrder order) => order.Misfit is { } misfit
        ? new Wording($"{Of(order.State)}; KHÔNG KHỚP: {misfit}", $"{Of(order.State)}; DOES NOT FIT: {misfit}")
        : Of(order.State);

    /// <summary>One line: whom, what for, where it stands, by what letter; what it reports, or by when it is
    /// to.</summary>
    /// <param name="now">By which what is due is told.</param>
    public static Wording Line(HeldOrder order, DateTimeOffset now)
    {
        var due = VietnamTime.Expected(order.Order.ReportBy);
        var wait = order.WaitOn(now) switch
        {
            ReportWait.Waiting => new Wording($"; chờ báo cáo, hạn {due}", $"; its report is due at {due}"),
            ReportWait.Soon => new Wording($"; SẮP TỚI HẠN báo cáo: {due}", $"; its report is DUE SOON: {due}"),
            ReportWait.Overdue => new Wording(
                $"; QUÁ HẠN báo cáo ({due}), chưa nhập", $"; its report is OVERDUE ({due}) and not imported"),
            _ => new Wording("", ""),
        };
        var revision = order.Kept.Revision > 1
            ? new Wording($", lần {order.Kept.Revision}", $", revision {order.Kept.Revision}")
            : new Wording("", "");
        var last = order.Kept.Steps is [.., var step] ? By(step) : new Wording("", "");
        var result = order switch
        {
            { Balance: { } balance } => new Wording(
                $"; {OrderBalanceWords.OnOneLine(balance)}", $"; {OrderBalanceWords.OnOneLine(balance)}"),
            { Reported: not null } => new Wording(
                "; KHÔNG đọc được báo cáo đã nhập", "; the report that was imported CANNOT be read"),
            _ => new Wording("", ""),
        };
        var misfit = order.Misfit is { } why
            ? new Wording($"; KHÔNG KHỚP: {why}", $"; DOES NOT FIT: {why}")
            : new Wording("", "");
        var newer = order.Newer is { } draft
            ? new Wording(
                $"; lần {draft.Kept.Revision} đã soạn, chưa gửi", $"; revision {draft.Kept.Revision} is written, not "
                    + $"sent")
            : new Wording("", "");
        return new Wording(
            $"{order.Kept.Holder}, nhóm '{order.Kept.Segment}'{revision}: "
                + $"{Of(order.State)}{last}{result}{wait}{misfit}{newer}.",
            $"{order.Kept.Holder}, segment '{order.Kept.Segment}'{revision}: "
                + $"{Of(order.State)}{last}{result}{wait}{misfit}{newer}.");
    }

    static Wording By(OrderStep step)
    {
        var day = Figures.Date(step.On);
        var document = step.Document is { } number ? new Wording($", số {number}", $", number {number}") : new("", "");
        var rate = step.Rate is { } a ? new Wording(
                $", {Figures.Count(a)} tin/giây", $", {Figures.Counted(a, "message")} a second") : new("", "");
        var note = step.Note is { } why ? new Wording($": {why}", $": {why}") : new("", "");
        return new Wording($", ngày {day}{document}{rate}{note}", $", {day}{document}{rate}{note}");
    }
}
