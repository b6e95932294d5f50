using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Orders;

/// <summary>Where a work order stands.</summary>
public enum OrderState
{
    /// <summary>The letter is written; nothing says that it was signed or has left.</summary>
    Written,

    /// <summary>It has left; the carrier has not answered.</summary>
    Sent,

    /// <summary>The carrier said that it will text.</summary>
    Acknowledged,

    /// <summary>The carrier said that it will not.</summary>
    Refused,
}

/// <summary>What a segment's carrier is asked now, and where that stands.</summary>
/// <param name="Kept">Its newest revision that the audit chain bears witness to.</param>
/// <param name="Order">What it says.</param>
/// <param name="Earlier">The revision before it that a carrier has got; null where none.</param>
public sealed record HeldOrder(KeptOrder Kept, WorkOrder Order, HeldOrder? Earlier)
{
    /// <summary>By the last thing that was recorded of it.</summary>
    public OrderState State => Kept.Steps is [.., var last]
        ? last.Kind switch
        {
            OrderStepKind.Acknowledged => OrderState.Acknowledged,
            OrderStepKind.Refused => OrderState.Refused,
            _ => OrderState.Sent,
        }
        : OrderState.Written;

    /// <summary>The last time the letter left; null where it has not.</summary>
    public OrderStep? Sending => Kept.Steps.LastOrDefault(step => step.Kind == OrderStepKind.Sent);

    /// <summary>The report that counts; null where there is none.</summary>
    public KeptResult? Reported => Kept.Results is [.., var last] ? last : null;

    /// <summary>What that says; null where there is none, or it cannot be read.</summary>
    public CarrierResult? Result => Reported is { } kept ? CarrierResult.TryParse(kept.Content) : null;

    /// <summary>Asked and reported; null where nothing is reported.</summary>
    public OrderBalance? Balance =>
        Result is { } result ? new OrderBalance(Order.Audience.Estimate, result) : null;

    /// <summary>Whether the carrier's report is overdue.</summary>
    public bool IsUnreported(DateTimeOffset now) =>
        State is OrderState.Sent or OrderState.Acknowledged && Reported is null && now > Order.ReportBy;

    /// <summary>Whether the carrier's answer is overdue.</summary>
    public bool IsUnanswered(DateTimeOffset now) => State == OrderState.Sent && now > Order.AcknowledgeBy;

    /// <summary>Whether the letter should have left by now.</summary>
    public bool IsUnsent(DateTimeOffset now) => State == OrderState.Written && now > Order.AcknowledgeBy;
}

/// <summary>Reads what carriers are asked.</summary>
static class HeldOrders
{
    /// <param name="kept">Of one run.</param>
    /// <param name="unreadable">Gets a line for each row that cannot be relied on.</param>
    /// <returns>The newest of each segment, by its name.</returns>
    public static IReadOnlyList<HeldOrder> Of(IEnumerable<KeptOrder> kept, List<Wording> unreadable)
    {
        var orders = new List<HeldOrder>();
        foreach (var segment in kept.GroupBy(order => order.Segment))
        {
            HeldOrder? newest = null, got = null;
            foreach (var row in segment.OrderBy(order => order.Revision))
            {
                if (!row.IsWitnessed)
                {
                    unreadable.Add(new Wording(
                        $"ledger.db, bảng work_order, dòng {row.Id}: công văn gửi {row.Holder} (lần {row.Revision}) bị "
                            + $"sửa hoặc không do chương trình ghi: không tính. Kiểm tra bằng 'audit verify'.",
                        $"ledger.db, table work_order, row {row.Id}: the letter to {row.Holder} (revision "
                            + $"{row.Revision}) was changed, or not written by the program: it does not count. See "
                            + $"'audit verify'."));
                    continue;
                }

                if (WorkOrder.TryParse(row.Content) is not { } order)
                {
                    unreadable.Add(new Wording(
                        $"ledger.db, bảng work_order, dòng {row.Id}: không đọc được nội dung công văn gửi "
                            + $"{row.Holder}.",
                        $"ledger.db, table work_order, row {row.Id}: what {row.Holder} was asked cannot be read."));
                    continue;
                }

                newest = new HeldOrder(row, order, got);
                if (newest.State != OrderState.Written)
                    got = newest;
            }

            if (newest is not null)
                orders.Add(newest);
        }

        return orders;
    }
}
