namespace SmsCampaign.Storage.Registry;

/// <summary>A number of which a gateway said on whose network it is.</summary>
/// <param name="Carrier">Name in the carrier table.</param>
/// <param name="Lane">Whose gateway said so.</param>
public readonly record struct LearnedNumber(long Msisdn, string Carrier, string Lane, DateTimeOffset At)
{
    public (long Msisdn, string Carrier) OnNetwork => (Msisdn, Carrier);
}
