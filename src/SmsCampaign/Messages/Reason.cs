namespace SmsCampaign.Messages;

/// <summary>Why a message stands where it does, where that is not a gateway's code: what the program acts on. The
/// numbers are stored in ledgers: never renumber.</summary>
public enum Reason
{
    /// <summary>The gateway's code says it all, or there is nothing to say.</summary>
    None = 0,

    /// <summary>The process or the machine ended while it was in flight.</summary>
    Interrupted = 1,

    /// <summary>The process was asked to stop and could not wait for the answer.</summary>
    Stopped = 2,

    /// <summary>It may have been sent and waited to be repeated when the window closed.</summary>
    ClosedUnanswered = 3,

    /// <summary>No answer came in time.</summary>
    NoAnswer = 4,

    /// <summary>The connection was lost before the answer came.</summary>
    ConnectionLost = 5,

    /// <summary>It may have been sent, and repeating it brought no answer either. Beside it: the last code.</summary>
    RepeatedInVain = 6,

    /// <summary>It may have been sent, and its repeat was refused for what says nothing of that.
    /// Beside it: the code.</summary>
    RepeatRefused = 7,

    /// <summary>An HTTP status that does not say whether the message was taken. Beside it: the status.</summary>
    HttpStatus = 8,

    /// <summary>A code no table knows. Beside it: the code.</summary>
    UnknownCode = 9,

    /// <summary>The gateway says that it took the message and gives no id.</summary>
    WithoutId = 10,

    /// <summary>An answer that makes no sense, or not for this message.</summary>
    Unreadable = 11,

    /// <summary>The adapter failed: a fault of the program's own.</summary>
    OwnFault = 12,

    /// <summary>The run's ledger was lost or restored, and what may have been sent that it does not know of was
    /// declared uncertain.</summary>
    LedgerLost = 13,

    /// <summary>Not sent: the window closed, and the campaign drops what is left.</summary>
    WindowClosed = 20,

    /// <summary>Not sent: the start was missed, and the campaign skips it then.</summary>
    MissedStart = 21,

    /// <summary>Not sent: a person called the run, or its lane of it, off.</summary>
    Cancelled = 22,

    /// <summary>Not sent: a person ended the run, or its lane of it, early, as what was sent is enough.</summary>
    Ended = 23,

    /// <summary>Not sent: the window closed while its lane was stopped, as its gateway does not let the account in, or
    /// by a fault.</summary>
    LaneStopped = 24,

    /// <summary>Not sent: the window closed while a person had it paused.</summary>
    Paused = 25,

    /// <summary>Not sent: the window closed while the program held its lane, as too much failed.</summary>
    LaneHeld = 26,

    /// <summary>A person settled it. Who and on what grounds: the resolution.</summary>
    Person = 30,

    /// <summary>The gateway was asked and does not know it.</summary>
    NotKnownThere = 31,

    /// <summary>Planned again although it may have been sent: the gateway drops repeats.</summary>
    RepeatsDropped = 32,

    /// <summary>The gateway could not be reached.</summary>
    NoConnection = 40,

    /// <summary>It was put back before it left.</summary>
    NotHandedOver = 41,

    /// <summary>So many calls had gone wrong that none was made.</summary>
    BreakerOpen = 42,
}

/// <summary>Who settled an uncertain message. The numbers are stored in ledgers: never renumber.</summary>
public enum Settler
{
    /// <summary>A person, whatever name was given.</summary>
    Person = 1,

    /// <summary>The gateway, asked about it, did not know it.</summary>
    Inquiry = 2,

    /// <summary>Nobody knows whether it was sent; its gateway drops repeats, so it is sent again.</summary>
    RepeatsDropped = 3,
}
