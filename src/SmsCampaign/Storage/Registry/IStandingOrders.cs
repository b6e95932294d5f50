namespace SmsCampaign.Storage.Registry;

/// <summary>
/// What persons have ordered of what is sent, kept so that it holds over a restart and for whatever process sends next.
/// </summary>
/// <remarks>Written, with its witness in the audit chain and its decision, before it has effect: cut off in between
/// it stands, and is heeded by whoever looks next.</remarks>
public interface IStandingOrders
{
    /// <summary>One of the same kind about the same that stands already stays as it was given; so does one that is for
    /// good, whichever of both kinds. Another rate takes the place of the one before.</summary>
    /// <param name="words">What is recorded of it: among the decisions of its run, or, where it is about none, among
    /// the events.</param>
    /// <returns>The order that stands by now, and whether it is this one.</returns>
    (StandingOrder Order, bool IsNew) Give(NewOrder order, Wording words, DateTimeOffset now);

    /// <summary>Those that stand, the first given first. Of a run that is over none does, and of what is called off or
    /// ended no pause does.</summary>
    IReadOnlyList<StandingOrder> Read();

    /// <summary>Keeps outside the data folder too what stands here alone and the audit chain bears witness to: what
    /// was ordered by a program that kept no such marks, or while they could not be written. Done by whoever sends, as
    /// it starts. Where they still cannot be written, whoever opens a run to send is told.</summary>
    void KeepOutside();

    /// <summary>Whoever sends goes on within a second.</summary>
    /// <param name="words">As of <see cref="Give"/>.</param>
    /// <returns>False where it does not stand (any more).</returns>
    bool Lift(StandingOrder order, Who who, string reason, Wording words, DateTimeOffset now);

    /// <summary>Who has lifted the last pause of just that.</summary>
    /// <returns>Null where nobody has, or where that is not known: it stands, or has ended with its run.</returns>
    LiftedOrder? FindLifted(OrderScope scope);
}
