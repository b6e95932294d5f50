using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <summary>
/// Walks through the messages of a ledger in sending order, once, each with its state, lane and parts. What is read of
/// one is good until the next: nothing is made for a row.
/// </summary>
abstract class MessageScan : IDisposable
{
    public long Seq { get; protected set; }
    public long Number { get; protected set; }
    public int Segment { get; protected set; }
    public int Area { get; protected set; }
    public int Rule { get; protected set; }
    public int Source { get; protected set; }
    public long Line { get; protected set; }
    public int Carrier => MessageSeq.CarrierOf(Seq);

    /// <summary>Position in <see cref="RunTables.Lanes"/>; 0 where no batch holds the message.</summary>
    public int Lane { get; protected set; }

    /// <summary>Parts as planned; 0 where no batch holds the message.</summary>
    public int Parts { get; protected set; }

    /// <summary>As the ledger has it, whatever its number, before a lane's trust is looked at.</summary>
    public MessageStatus Status { get; protected set; }

    /// <summary>Whether the message has left "planned", and so has the values below.</summary>
    public bool Settled => Status is not (MessageStatus.Planned or MessageStatus.Submitting);

    /// <summary>0 where the message has not failed.</summary>
    public int Failure { get; protected set; }

    /// <summary>A <see cref="Messages.Reason"/>; 0 where the code says it all.</summary>
    public int Reason { get; protected set; }

    /// <summary>The gateway's. UTF-8, good until the next message.</summary>
    public abstract ReadOnlySpan<byte> Code { get; }
    public long? HandedMicros { get; protected set; }
    public long SettledMicros { get; protected set; }

    /// <summary>States seen so far that belong to no message.</summary>
    public long Orphans { get; protected set; }

    /// <returns>False at the end.</returns>
    public abstract bool Next();

    public abstract void Dispose();
}
