using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Run;

/// <summary>
/// The small tables of a run's ledger, read once: all that its rows point to.
/// </summary>
sealed class RunTables
{
    /// <summary>By id; ids count from 1, and place 0 stands for what is not there: of the segments, for the rows
    /// that none takes.</summary>
    public required IReadOnlyList<SegmentRow> Segments { get; init; }
    public required IReadOnlyList<string> Carriers { get; init; }
    public required IReadOnlyList<string> Areas { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required IReadOnlyList<LaneRow> Lanes { get; init; }

    /// <summary>In the order of the messages.</summary>
    public required IReadOnlyList<BatchRow> Batches { get; init; }

    /// <summary>Messages covered by a call that has no answer yet, in order, without overlap.</summary>
    public required IReadOnlyList<SeqRange> InFlight { get; init; }

    /// <summary>What the run was planned with.</summary>
    public required RunDescription Run { get; init; }

    /// <summary>Noon of the run's date in UTC, microseconds.</summary>
    public long Begin => ProcessClock.ToMicros(new DateTimeOffset(Run.Date, new TimeOnly(12, 0), TimeSpan.Zero));
}

/// <param name="Matched">Rows the segment's filter let through.</param>
sealed record SegmentRow(string Name, long Matched);

/// <param name="ReceiptsUntil">Until when receipts are waited for, microseconds; null where
/// nothing was handed over.</param>
sealed record LaneRow(
    string Name, ReceiptTrust Trust, decimal PricePerPart, int Rate, RateUnit RateUnit, long? ReceiptsUntil)
{
    /// <summary>Whether a message of the lane was taken and its last receipt has not come.</summary>
    public bool LacksReceipt(MessageStatus status) =>
        status is MessageStatus.Accepted or MessageStatus.Sent && Trust.Awaits(status);
}

/// <param name="Parts">Of one message.</param>
readonly record struct BatchRow(int Lane, int Parts, long First, long Last);

/// <param name="Last">Included.</param>
readonly record struct SeqRange(long First, long Last);
