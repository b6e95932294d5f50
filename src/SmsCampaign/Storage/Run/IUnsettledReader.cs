namespace SmsCampaign.Storage.Run;

/// <summary>Reads which messages are due to be asked about. Used by one thread at a time.</summary>
public interface IUnsettledReader : IDisposable
{
    /// <summary>Uncertain messages of a carrier, in sending order.</summary>
    /// <param name="before">Only those that became uncertain so long ago, microseconds.</param>
    /// <param name="now">Only those that may be asked about again by now, microseconds.</param>
    /// <param name="byReference">Whether one without the gateway's id can be asked about.</param>
    List<UnsettledMessage> ReadUncertain(int carrier, long before, long now, bool byReference, int most);

    /// <summary>Messages of a carrier that were taken and are not settled, in sending order.</summary>
    /// <param name="from">First key to look at: all that was sent is walked through.</param>
    /// <param name="sentToo">Whether more can be known of a message that the network has taken.</param>
    /// <param name="before">Only those handed over so long ago, microseconds.</param>
    List<UnsettledMessage> ReadTaken(
        int carrier, long from, bool sentToo, long before, long now, bool byReference, int most);

    /// <summary>Messages that a lane sends in place of another, uncertain or taken and not settled,
    /// in sending order.</summary>
    /// <param name="uncertainBefore">As of <see cref="ReadUncertain"/>.</param>
    /// <param name="takenBefore">As of <see cref="ReadTaken"/>; null: none of those.</param>
    List<UnsettledMessage> ReadMoved(
        int lane, long uncertainBefore, long? takenBefore, bool sentToo, long now, bool byReference, int most);
}
