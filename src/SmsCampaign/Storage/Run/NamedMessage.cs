namespace SmsCampaign.Storage.Run;

/// <summary>The message that a gateway's id names.</summary>
/// <param name="Part">The part it names; 0: the message as a whole.</param>
/// <param name="Parts">How many ids the gateway gave the message; 0 where one.</param>
public readonly record struct NamedMessage(long Seq, int Part, int Parts)
{
    /// <summary>Whether two messages were given the id: it tells nothing any more.</summary>
    public bool IsAmbiguous => Seq == 0;
}
