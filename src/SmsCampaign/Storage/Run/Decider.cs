using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <summary>Who settles an uncertain message.</summary>
/// <param name="Who">A person's name; of the program, what it did.</param>
/// <param name="Grounds">Why, without a phone number.</param>
/// <param name="Os">A person's account (<see cref="OsUser"/>); of the program, empty.</param>
readonly record struct Decider(Settler Kind, string Who, string Grounds, string Os = "")
{
    /// <summary>The gateway was asked and does not know the message.</summary>
    public static readonly Decider Inquiry = new(Settler.Inquiry, "inquiry", "not known at the gateway");

    /// <summary>Nobody knows; it is sent again, as its gateway drops repeats.</summary>
    public static readonly Decider RepeatsDropped = new(
        Settler.RepeatsDropped, "repeats dropped", "the gateway drops repeats");

    public Reason Reason => Kind switch
    {
        Settler.Person => Reason.Person,
        Settler.Inquiry => Reason.NotKnownThere,
        Settler.RepeatsDropped => Reason.RepeatsDropped,
        _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, null),
    };
}
