using SmsCampaign.Messages;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Marks;

/// <summary>A line of <see cref="OrderMarks"/>: an order as it was given, or that it was lifted.</summary>
/// <param name="Witness">Hash of the order's row in the audit chain.</param>
/// <param name="Kind">As in ledger.db; null: it was lifted.</param>
/// <param name="At">When, as <see cref="SqlTime"/> writes it.</param>
sealed record OrderMark(string Witness, int? Kind, string At)
{
    public string? Run { get; init; }

    public string? Lane { get; init; }

    public int? Rate { get; init; }

    public string Person { get; init; } = "";

    public string Account { get; init; } = "";

    public string Host { get; init; } = "";

    public string? Behind { get; init; }

    /// <summary>With every phone number masked.</summary>
    public string Reason { get; init; } = "";

    public static OrderMark Of(NewOrder order, string witness, DateTimeOffset now) =>
        new(witness, (int)order.Kind, now.ToSql())
        {
            Run = order.Scope.Run?.ToString(),
            Lane = order.Scope.Lane,
            Rate = order.Rate,
            Person = order.Who.Person,
            Account = order.Who.Account,
            Host = order.Who.Host,
            Behind = order.Who.Behind,
            Reason = NumberMask.In(order.Reason),
        };

    /// <summary>Of one that stands by its row alone.</summary>
    public static OrderMark Of(StandingOrder order) => new(order.Witness!, (int)order.Kind, order.At!.Value.ToSql())
    {
        Run = order.Run,
        Lane = order.Lane,
        Rate = order.Rate,
        Person = order.Who.Person,
        Account = order.Who.Account,
        Host = order.Who.Host,
        Behind = order.Who.Behind,
        Reason = order.ShownReason,
    };

    /// <exception cref="FormatException">It is none that this program writes.</exception>
    public StandingOrder ToOrder(int line)
    {
        if (Kind is not { } kind || !Enum.IsDefined((OrderKind)kind)
            || (Run is null && (OrderKind)kind is OrderKind.Cancel or OrderKind.End)
            || ((OrderKind)kind == OrderKind.Rate && Rate is not >= 1))
            throw new FormatException("no order");
        if (Run is not null)
            _ = RunKey.Parse(Run);

        return new StandingOrder(
            -line,
            (OrderKind)kind,
            Run,
            Lane,
            SqlTime.FromSql(At, "orders.given", Witness),
            new Who(NumberMask.In(Person), Account, Host) { Behind = Behind },
            Reason)
        {
            Rate = Rate,
            Witness = Witness,
            IsOnlyMarked = true,
        };
    }
}
