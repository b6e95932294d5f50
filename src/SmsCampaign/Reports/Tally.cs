using System.Numerics;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Reports;

/// <summary>
/// Counts messages by status, parts and times while they go by.
/// </summary>
sealed class Tally
{
    public const int Statuses = (int)MessageStatus.Leftover + 1;

    readonly long[] _byStatus = new long[Statuses];
    uint _trusts;

    /// <summary>All messages, also those of a status this program does not know.</summary>
    public long Messages { get; private set; }
    public long PartsPlanned { get; private set; }

    /// <summary>Parts of messages handed to a gateway, failed and uncertain ones included. One turned away for another
    /// try is not among them.</summary>
    public long PartsHandedOver { get; private set; }

    /// <summary>Null where nothing was handed over.</summary>
    public long? FirstHandedMicros { get; private set; }
    public long? LastHandedMicros { get; private set; }

    /// <summary>Messages that came as far as their lane's receipts can confirm.</summary>
    public long Confirmed { get; private set; }

    /// <summary>Taken, without a receipt yet that says as much as the lane's can.</summary>
    public long Awaited =>
        this[MessageStatus.Accepted] + this[MessageStatus.Sent] + this[MessageStatus.Delivered] - Confirmed;

    /// <summary>Still to be sent, or left over.</summary>
    public long Unsent => this[MessageStatus.Leftover] + this[MessageStatus.Planned] + this[MessageStatus.Submitting];

    /// <summary>The trust of all messages counted; null where there are several, or no message.</summary>
    public ReceiptTrust? Trust =>
        BitOperations.PopCount(_trusts) == 1 ? (ReceiptTrust)BitOperations.TrailingZeroCount(_trusts) : null;

    public long this[MessageStatus status] => _byStatus[(int)status];

    /// <param name="status">As <see cref="ReceiptWorth.Believe"/> leaves it.</param>
    /// <param name="handedMicros">Null where the message was not handed over, or nobody knows when.</param>
    public void Add(MessageStatus status, ReceiptTrust trust, int parts, long? handedMicros)
    {
        Messages++;
        PartsPlanned += parts;
        if ((uint)status < Statuses)
            _byStatus[(int)status]++;
        if (status == trust.Best())
            Confirmed++;
        _trusts |= 1u << (int)trust;

        if (!WasHandedOver(status))
            return;

        // A crash between hand-over and answer leaves no time; the message may well have gone, and be charged.
        PartsHandedOver += parts;
        if (handedMicros is not { } handed)
            return;

        FirstHandedMicros = Math.Min(FirstHandedMicros ?? handed, handed);
        LastHandedMicros = Math.Max(LastHandedMicros ?? handed, handed);
    }

    /// <summary>Adds messages that stand and count alike.</summary>
    /// <param name="status">As <see cref="ReceiptWorth.Believe"/> leaves it.</param>
    /// <param name="parts">Of each.</param>
    public void AddMany(MessageStatus status, ReceiptTrust trust, int parts, long messages)
    {
        if (messages == 0)
            return;

        Messages += messages;
        PartsPlanned += parts * messages;
        if ((uint)status < Statuses)
            _byStatus[(int)status] += messages;
        if (status == trust.Best())
            Confirmed += messages;
        _trusts |= 1u << (int)trust;
        if (WasHandedOver(status))
            PartsHandedOver += parts * messages;
    }

    /// <summary>Adds when something was first and last handed over, microseconds.</summary>
    public void AddHandedOver(long first, long last)
    {
        FirstHandedMicros = Math.Min(FirstHandedMicros ?? first, first);
        LastHandedMicros = Math.Max(LastHandedMicros ?? last, last);
    }

    public void Add(Tally other)
    {
        Messages += other.Messages;
        PartsPlanned += other.PartsPlanned;
        PartsHandedOver += other.PartsHandedOver;
        Confirmed += other.Confirmed;
        _trusts |= other._trusts;
        for (var status = 0; status < Statuses; status++)
            _byStatus[status] += other._byStatus[status];

        if (other.FirstHandedMicros is { } first)
            FirstHandedMicros = Math.Min(FirstHandedMicros ?? first, first);
        if (other.LastHandedMicros is { } last)
            LastHandedMicros = Math.Max(LastHandedMicros ?? last, last);
    }

    /// <summary>Whether a message of the status was, or may have been, handed to a gateway.</summary>
    public static bool WasHandedOver(MessageStatus status) => status is
        MessageStatus.Uncertain or MessageStatus.Accepted or MessageStatus.Sent or MessageStatus.Delivered
            or MessageStatus.Failed;
}
