using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Registry;

/// <summary>What persons can order of what is sent. The numbers stand in ledger.db: never renumber.</summary>
public enum OrderKind
{
    /// <summary>Nothing leaves until it is lifted.</summary>
    Pause = 1,

    /// <summary>Called off: what is not handed over will not be. Is never lifted.</summary>
    Cancel = 2,

    /// <summary>Enough: what is not handed over will not be. Is never lifted.</summary>
    End = 3,

    /// <summary>An account goes no faster than at a rate below its contract's.</summary>
    Rate = 4,
}

/// <summary>What an order is about.</summary>
/// <param name="Run">Null: every run.</param>
/// <param name="Lane">Null: every lane.</param>
public sealed record OrderScope(RunKey? Run, string? Lane);

/// <summary>An order as it is given.</summary>
/// <param name="Reason">On what grounds, as given.</param>
public sealed record NewOrder(OrderKind Kind, OrderScope Scope, Who Who, string Reason)
{
    /// <summary>Of a rate: how many parts, messages or requests a second, as the contract's main limit counts; else
    /// null.</summary>
    public int? Rate { get; init; }
}

/// <summary>That a person has lifted an order.</summary>
/// <param name="At">Null where what is kept of it is no time.</param>
/// <param name="Reason">On what grounds, as given.</param>
public sealed record LiftedOrder(DateTimeOffset? At, Who Who, string Reason);

/// <summary>What a person has ordered and stands: by a row of the table standing_order, or by its mark.</summary>
/// <param name="Run">Key of the run it is about, as it is written; null: of every run.</param>
/// <param name="Lane">Null: every lane.</param>
/// <param name="At">Null where what is kept of it is no time.</param>
/// <param name="Reason">As given.</param>
public sealed record StandingOrder(
    long Id, OrderKind Kind, string? Run, string? Lane, DateTimeOffset? At, Who Who, string Reason)
{
    /// <summary>As of <see cref="NewOrder"/>.</summary>
    public int? Rate { get; init; }

    /// <summary>What of its row cannot be read, and what to do; null where all can. It stands all the same: as a pause
    /// where its kind, its run or its rate is unknown, for nothing is given up for good by what nobody can
    /// read.</summary>
    public Wording? Unreadable { get; init; }

    /// <summary>Hash of its row in the audit chain, which tells it from every other in whatever copy of ledger.db; null
    /// where it has none.</summary>
    public string? Witness { get; init; }

    /// <summary>Whether ledger.db does not have it (any more), an older copy or one of which a row was taken out, and
    /// it stands by what is kept of it in the folder of marks.</summary>
    public bool IsOnlyMarked { get; init; }

    /// <summary>Whether it is about every run, as nobody can tell of which it is.</summary>
    public bool IsOfAnyRun { get; init; }

    /// <summary>Whether it is about a lane of a run.</summary>
    public bool Concerns(RunKey run, string lane) => IsOfRun(run) && (Lane is null || Lane == lane);

    /// <summary>Whether it is about a run, or a lane of it, and not about an account as a whole.</summary>
    public bool IsAbout(RunKey run) => Run is not null && IsOfRun(run);

    /// <summary>Whether it is for good: what it is about is over but for receipts.</summary>
    public bool IsForGood => Kind is OrderKind.Cancel or OrderKind.End;

    /// <summary>Whether nothing of what it is about leaves while it stands: a rate only slows.</summary>
    public bool HoldsBack => Kind is OrderKind.Pause or OrderKind.Cancel or OrderKind.End;

    /// <summary>Why a message is left over by it.</summary>
    public Messages.Reason LeftBy => Kind == OrderKind.Cancel ? Messages.Reason.Cancelled : Messages.Reason.Ended;

    /// <summary>Its reason with every phone number masked.</summary>
    public string ShownReason => NumberMask.In(Reason);

    /// <summary>Whether it is the same order, wherever it is kept.</summary>
    public bool IsSame(StandingOrder other) => Id == other.Id || (Witness is not null && Witness == other.Witness);

    bool IsOfRun(RunKey run) => Run is null || IsOfAnyRun || Run == run.ToString();
}
