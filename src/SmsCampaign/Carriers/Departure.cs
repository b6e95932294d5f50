namespace SmsCampaign.Carriers;

/// <summary>
/// The leave of one call to go. An adapter asks for it when its connection and its session stand and the first byte of
/// the request is about to be written: what the answer is decides whether it is, and the moment of it is the hand-over.
/// </summary>
public abstract class Departure
{
    /// <summary>Of a call that nothing holds up, such as a test's.</summary>
    public static Departure AtOnce { get; } = new Unbound();

    /// <summary>Asked once a call. Never throws.</summary>
    /// <returns>False where the request must not be written (any more): the window has closed, the lane stands still,
    /// or the contract has no room now. The messages are then <see cref="SendResult.PutBack"/>.</returns>
    public abstract bool TryLeave();

    sealed class Unbound : Departure
    {
        public override bool TryLeave() => true;
    }
}

/// <summary>Calls that nothing holds up.</summary>
public static class CarrierExtensions
{
    /// <inheritdoc cref="ICarrier.SendAsync"/>
    public static Task<IReadOnlyList<SendResult>> SendAsync(
        this ICarrier carrier, IReadOnlyList<OutboundSms> messages, CancellationToken cancellationToken) =>
        carrier.SendAsync(messages, Departure.AtOnce, cancellationToken);

    /// <inheritdoc cref="ICarrierSession.OpenAsync"/>
    public static Task<SendResult?> OpenAsync(this ICarrierSession session, CancellationToken cancellationToken) =>
        session.OpenAsync(Departure.AtOnce, cancellationToken);

    /// <inheritdoc cref="IWarmUp.WarmUpAsync"/>
    public static Task<AccountFinding> WarmUpAsync(this IWarmUp carrier, CancellationToken cancellationToken) =>
        carrier.WarmUpAsync(Departure.AtOnce, cancellationToken);
}
