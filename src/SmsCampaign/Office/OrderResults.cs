using SmsCampaign.Orders;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>A letter that was written.</summary>
/// <param name="Holder">For a person.</param>
/// <param name="IsFirst">Whether the carrier was asked nothing before.</param>
/// <param name="IsSame">Whether it says what was recorded already.</param>
public sealed record WrittenOrder(string Segment, string Holder, WorkOrder Order, bool IsFirst, bool IsSame);

/// <summary>What came of writing the letters.</summary>
public abstract record OrderWriting
{
    OrderWriting()
    {
    }

    /// <summary>Nothing is written.</summary>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : OrderWriting;

    /// <summary>Another process has just written one of them: nothing is recorded, and no file is written.</summary>
    public sealed record Busy(string Segment) : OrderWriting;

    /// <summary>The files could not be written there: nothing is recorded, but where one could not be put in the place
    /// of an older one. A second time does the rest.</summary>
    public sealed record Unwritable(string Folder, Exception Why) : OrderWriting;

    /// <param name="Problems">Warnings of the files that were read.</param>
    /// <param name="IsApproved">Whether an approval of the run stands.</param>
    public sealed record Written(
        RunKey Run,
        IReadOnlyList<string> Files,
        IReadOnlyList<WrittenOrder> Orders,
        IReadOnlyList<Problem> Problems,
        IReadOnlyList<Wording> Unreadable,
        bool IsApproved) : OrderWriting
    {
        /// <summary>Why the letters have no PDF; null where they do.</summary>
        public Wording? NoPdf { get; init; }
    }
}

/// <summary>What somebody tells of a letter.</summary>
/// <param name="Holder">Name in the installation file.</param>
/// <param name="Segment">Null: the one that the carrier holds.</param>
/// <param name="On">Null: today.</param>
public sealed record OrderNews(OrderStepKind Kind, string Holder, string? Segment, DateOnly? On)
{
    public string? Document { get; init; }

    public string? SaidBy { get; init; }

    public string? Note { get; init; }

    /// <summary>Messages a second.</summary>
    public int? Rate { get; init; }
}

/// <summary>What came of it.</summary>
public abstract record OrderRecording
{
    OrderRecording()
    {
    }

    public sealed record Refused(IReadOnlyList<OrderFinding> Findings) : OrderRecording;

    /// <param name="Order">As it stands now.</param>
    public sealed record Recorded(HeldOrder Order) : OrderRecording;
}

/// <summary>What speaks against recording something of a letter.</summary>
public abstract record OrderFinding
{
    OrderFinding()
    {
    }

    public sealed record NoName : OrderFinding;

    public sealed record NoKey(Wording Why) : OrderFinding;

    /// <summary>Something about the letter was written past the program.</summary>
    public sealed record IsDoubtful(HeldOrder Order) : OrderFinding;

    public sealed record NoDocument : OrderFinding;

    public sealed record NoWhy : OrderFinding;

    public sealed record InFuture(DateOnly Day) : OrderFinding;

    /// <summary>What happened first is dated later: what is recorded would count for nothing.</summary>
    /// <param name="Before">The last step of the letter; null: the letter was written after that day.</param>
    /// <param name="Least">The first day that can be.</param>
    public sealed record TooEarly(HeldOrder Order, DateOnly Day, DateOnly Least, OrderStep? Before) : OrderFinding;

    /// <summary>The carrier has reported what it sent: it neither refuses nor is told not to text any more.</summary>
    public sealed record ReportedAlready(HeldOrder Order, KeptResult Report) : OrderFinding;

    /// <summary>A row about it does not count. By itself it stops nothing.</summary>
    public sealed record Unreadable(Wording Why) : OrderFinding;

    /// <param name="There">Those of the run.</param>
    public sealed record NoOrder(string Holder, string? Segment, IReadOnlyList<HeldOrder> There) : OrderFinding;

    public sealed record WhichSegment(IReadOnlyList<string> Segments) : OrderFinding;

    public sealed record NotSent(HeldOrder Order) : OrderFinding;

    public sealed record SentAlready(HeldOrder Order, OrderStep Sent) : OrderFinding;

    /// <param name="CampaignFile">Null where the run is not planned.</param>
    public sealed record NotApproved(RunKey Run, string? CampaignFile) : OrderFinding;

    public sealed record OtherThanApproved(HeldOrder Order, string CampaignFile) : OrderFinding;
}
