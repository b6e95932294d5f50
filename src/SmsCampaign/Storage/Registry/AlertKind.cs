using System.Text.Json;

namespace SmsCampaign.Storage.Registry;

/// <summary>How soon a person must know. Stored in lower case: never rename.</summary>
public enum AlertSeverity
{
    [Meaning(
        "Để biết; báo một lần.",
        "Good to know; it is told once.")]
    Info,

    [Meaning(
        "Cần xem trong giờ làm việc.",
        "To be seen to in working hours.")]
    Warning,

    [Meaning(
        "Cần xem ngay: báo cả trong giờ yên lặng.",
        "To be seen to now: it is told in quiet hours as well.")]
    Urgent,
}

/// <summary>What a person is told of. Stored in lower case with dashes: never rename.</summary>
public enum AlertKind
{
    /// <summary>No program up to this one has written the word that stands there.</summary>
    Unknown,

    /// <summary>A run is not fit to be sent at its opening.</summary>
    NotReady,

    /// <summary>The window of a run is open and nobody has begun it.</summary>
    NotStarted,

    /// <summary>The opening of a run was missed, and the policy said skip.</summary>
    Skipped,

    /// <summary>The process that sends does not answer from another machine.</summary>
    WorkerAway,

    /// <summary>The process that sends has shown no sign of life, or a part of it.</summary>
    WorkerStuck,

    /// <summary>The process that sends has ended, or cannot start, as its data folder cannot be used.</summary>
    WorkerEnded,

    /// <summary>A run waits for a person.</summary>
    RunHeld,

    /// <summary>A person has paused a run, a lane or an account.</summary>
    Paused,

    /// <summary>A lane hands nothing over, and is tried again by itself.</summary>
    LaneHeld,

    /// <summary>A lane goes on only by a person.</summary>
    LaneStopped,

    /// <summary>A lane is below its contract with work to do.</summary>
    LaneSlow,

    /// <summary>At the measured rate messages are left when the window closes.</summary>
    WindowRisk,

    /// <summary>Messages wait for a person to say whether they were sent.</summary>
    UncertainWaiting,

    /// <summary>A lane that brings receipts has brought none for long.</summary>
    ReceiptsStopped,

    /// <summary>Receipts came that nobody can read, or that belong to no run.</summary>
    ReceiptsUnreadable,

    /// <summary>Receipts are missing, or their file is damaged.</summary>
    ReceiptsDamaged,

    /// <summary>The disk of the data folder has little room.</summary>
    DiskLow,

    /// <summary>The clock of the machine was set.</summary>
    ClockStep,

    /// <summary>A carrier that is to text its own subscribers has not said that it will, or refuses.</summary>
    CarrierAnswer,

    /// <summary>A carrier that has texted its own subscribers is to report soon, or has not in time.</summary>
    CarrierReport,

    /// <summary>A report on a run is due soon, or overdue, and not handed in.</summary>
    ReportDue,

    /// <summary>A run is over, with its report.</summary>
    Finished,

    /// <summary>The numbers of a run are to be erased soon, or cannot be.</summary>
    NumbersDue,

    /// <summary>A ledger of a run cannot be used.</summary>
    LedgerDamaged,

    /// <summary>The records of the installation are not whole, or cannot be read or written.</summary>
    RecordDamaged,
}

/// <summary>How an <see cref="AlertKind"/> and an <see cref="AlertSeverity"/> are stored, and shown to
/// scripts.</summary>
public static class AlertKinds
{
    static readonly Dictionary<string, AlertKind> ByWord = Enum.GetValues<AlertKind>().ToDictionary(ToWord);

    /// <summary>As "lane-stopped".</summary>
    public static string ToWord(this AlertKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    /// <summary>As "urgent".</summary>
    public static string ToWord(this AlertSeverity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>As "disk-full".</summary>
    internal static string ToWord(this StorageFault fault) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(fault.ToString());

    public static AlertKind Find(string word) => ByWord.GetValueOrDefault(word, AlertKind.Unknown);

    /// <summary>What is not known is urgent.</summary>
    public static AlertSeverity FindSeverity(string word) => word switch
    {
        "info" => AlertSeverity.Info,
        "warning" => AlertSeverity.Warning,
        _ => AlertSeverity.Urgent,
    };

    /// <summary>Whether it happens and does not last: told once, never over.</summary>
    public static bool IsEvent(this AlertKind kind) =>
        kind is AlertKind.Finished or AlertKind.Skipped or AlertKind.ClockStep or AlertKind.WorkerEnded
            or AlertKind.ReportDue;

    /// <summary>Whether its last words say how it ended, as it may end otherwise than well.</summary>
    public static bool SaysHowItEnded(this AlertKind kind) => kind is AlertKind.NotReady;
}
