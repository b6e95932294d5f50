using SmsCampaign.Audience;
using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <summary>What planning asks of a run that is there already. Used by one thread at a time.</summary>
interface IPlanReader : IDisposable
{
    /// <summary>What it was planned with.</summary>
    RunDescription ReadDescription();

    /// <summary>The same, with what it was made of.</summary>
    RunDescription ReadWhole();

    /// <summary>Its lanes' settings as planned, by the lane's name.</summary>
    IReadOnlyDictionary<string, string> ReadLaneSettings();

    /// <summary>Whether anything of it was ever attempted or settled.</summary>
    bool HasBegun();

    /// <summary>Whether anything of it is planned still, or on its way.</summary>
    bool IsUnfinished();

    /// <summary>The numbers to which the message may have been handed over, whatever became of it: taken,
    /// delivered, uncertain, in flight, or failed afterwards. What its gateway refused, and what is planned or left
    /// over, nobody received.</summary>
    IEnumerable<long> ReadHandedOver();

    /// <summary>The name of each segment's message, by the segment's id.</summary>
    IReadOnlyDictionary<int, string> ReadMessageOfSegment();

    /// <summary>Every recipient's number, and the segment that took it.</summary>
    IEnumerable<(int Segment, long Number)> ReadNumbers();

    /// <summary>What the rows of its messages point to: the files they came from, by id from 1, the communes likewise,
    /// and the carriers' names by id.</summary>
    (IReadOnlyList<AudienceSource> Sources, IReadOnlyList<string> Areas, IReadOnlyDictionary<int, string> Carriers)
        ReadOrigins();

    /// <summary>The messages that it left, known not sent: segment by segment, in sending order.</summary>
    IEnumerable<LeftMessage> ReadLeft();

    /// <summary>The numbers whose message is planned, or on its way.</summary>
    IEnumerable<long> ReadWaiting();

    /// <summary>Whether a number is among the recipients.</summary>
    bool Has(long number);

    /// <summary>Messages that are uncertain for a reason.</summary>
    long CountUncertain(Reason reason);
}
