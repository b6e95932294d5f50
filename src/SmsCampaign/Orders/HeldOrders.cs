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

    /// <summary>The carrier was told not to text after all.</summary>
    Withdrawn,

    /// <summary>Something about it was written past the program: what holds is not known.</summary>
    Unknown,
}

/// <summary>Where a carrier's report stands.</summary>
public enum ReportWait
{
    /// <summary>There is nothing to wait for: it does not text, or the window has not closed.</summary>
    None,

    /// <summary>It has texted, or should have.</summary>
    Waiting,

    /// <summary>It is due within three days.</summary>
    Soon,

    /// <summary>It was due, and is not imported.</summary>
    Overdue,

    /// <summary>One is imported.</summary>
    Reported,
}

/// <summary>What a segment's carrier is asked, and where that stands.</summary>
/// <param name="Kept">The newest letter that has left; the newest at all where none has.</param>
/// <param name="Order">What it says.</param>
/// <param name="Newer">A newer one that is written and has not left; null where there is none.</param>
public sealed record HeldOrder(KeptOrder Kept, WorkOrder Order, HeldOrder? Newer)
{
    /// <summary>How long before its report is due a carrier is to be asked for it.</summary>
    static readonly TimeSpan Early = TimeSpan.FromDays(3);

    /// <summary>By the last thing that happened to it.</summary>
    public OrderState State => Kept switch
    {
        { Doubtful.Count: > 0 } => OrderState.Unknown,
        { Steps: [.., var last] } => last.Kind switch
        {
            OrderStepKind.Acknowledged => OrderState.Acknowledged,
            OrderStepKind.Refused => OrderState.Refused,
            OrderStepKind.Withdrawn => OrderState.Withdrawn,
            _ => OrderState.Sent,
        },
        _ => OrderState.Written,
    };

    /// <summary>Why the carrier must be told something else than it was told; null where that need not be. A letter
    /// that has not left fits.</summary>
    public Wording? Misfit { get; init; }

    /// <summary>The newest, whether it has left or not.</summary>
    public HeldOrder Newest => Newer ?? this;

    /// <summary>The last time the letter left; null where it has not.</summary>
    public OrderStep? Sending => Kept.Steps.LastOrDefault(step => step.Kind == OrderStepKind.Sent);

    /// <summary>Whether the carrier has it and was not told otherwise since, be it that it refuses.</summary>
    public bool HasLeft => Sending is not null && State != OrderState.Withdrawn;

    /// <summary>The report that counts; null where there is none.</summary>
    public KeptResult? Reported => Kept.Results is [.., var last] ? last : null;

    /// <summary>What that says; null where there is none, or it cannot be read.</summary>
    public CarrierResult? Result { get; } =
        Kept.Results is [.., var last] ? CarrierResult.TryParse(last.Content) : null;

    /// <summary>Asked and reported; null where nothing is reported.</summary>
    public OrderBalance? Balance =>
        Result is { } result ? new OrderBalance(Order.Audience.Estimate, result) : null;

    /// <summary>Whether the carrier is to report and has not.</summary>
    public bool AwaitsReport => (State is OrderState.Sent or OrderState.Acknowledged) && Reported is null;

    /// <summary>Where its report stands.</summary>
    public ReportWait WaitOn(DateTimeOffset now) =>
        Reported is not null ? ReportWait.Reported
        : !AwaitsReport || now < Order.Window.End ? ReportWait.None
        : now > Order.ReportBy ? ReportWait.Overdue
        : now > Order.ReportBy - Early ? ReportWait.Soon
        : ReportWait.Waiting;

    /// <summary>Whether the carrier's answer is overdue.</summary>
    public bool IsUnanswered(DateTimeOffset now) => State == OrderState.Sent && now > Order.AcknowledgeBy;
}

/// <summary>Reads what carriers are asked.</summary>
static class HeldOrders
{
    /// <param name="kept">Of one run.</param>
    /// <param name="unreadable">Gets a line for each row that cannot be relied on.</param>
    /// <returns>One of each segment, by its name.</returns>
    public static IReadOnlyList<HeldOrder> Of(IEnumerable<KeptOrder> kept, List<Wording> unreadable)
    {
        var orders = new List<HeldOrder>();
        foreach (var segment in kept.GroupBy(order => order.Segment))
        {
            HeldOrder? newest = null, left = null;
            foreach (var row in segment.OrderBy(order => order.Revision))
            {
                if (Read(row, unreadable) is not { } order)
                    continue;

                newest = new HeldOrder(row, order, null);
                if (newest.State != OrderState.Written)
                    left = newest;
            }

            if (newest is not null)
                orders.Add(left is null || left == newest ? newest : left with { Newer = newest });
        }

        return orders;
    }

    static WorkOrder? Read(KeptOrder row, List<Wording> unreadable)
    {
        foreach (var doubtful in row.Doubtful)
        {
            unreadable.Add(new Wording(
                $"ledger.db, dòng {doubtful}: điều ghi về công văn gửi {row.Holder} (nhóm '{row.Segment}', lần "
                    + $"{row.Revision}) bị sửa hoặc không do chương trình ghi: không tính. Kiểm tra bằng 'audit "
                    + $"verify'.",
                $"ledger.db, row {doubtful}: what it says of the letter to {row.Holder} (segment '{row.Segment}', "
                    + $"revision {row.Revision}) was changed, or not written by the program: it does not count. See "
                    + $"'audit verify'."));
        }

        if (!row.IsWitnessed)
        {
            unreadable.Add(new Wording(
                $"ledger.db, bảng work_order, dòng {row.Id}: công văn gửi {row.Holder} (nhóm '{row.Segment}', lần "
                    + $"{row.Revision}) bị sửa hoặc không do chương trình ghi: không tính. Kiểm tra bằng 'audit "
                    + $"verify'.",
                $"ledger.db, table work_order, row {row.Id}: the letter to {row.Holder} (segment '{row.Segment}', "
                    + $"revision {row.Revision}) was changed, or not written by the program: it does not count. See "
                    + $"'audit verify'."));
            return null;
        }

        if (WorkOrder.TryParse(row.Content) is { } order)
            return order;

        unreadable.Add(new Wording(
            $"ledger.db, bảng work_order, dòng {row.Id}: không đọc được nội dung công văn gửi {row.Holder}.",
            $"ledger.db, table work_order, row {row.Id}: what {row.Holder} was asked cannot be read."));
        return null;
    }
}
