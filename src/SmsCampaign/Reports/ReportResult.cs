using SmsCampaign.Messages;
using SmsCampaign.Reports.Words;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Reports;

/// <summary>Where the files with numbers in full go: never into the report's folder, which is passed on.</summary>
/// <param name="Folder">Full path.</param>
/// <param name="Archive">With its password: the zip that is written instead, full path. The files lie in a fresh folder
/// beside <see cref="Folder"/> only until they are in it. Null: the files as they are.</param>
public sealed record UnmaskedExport(string Folder, (string Path, string Password)? Archive = null)
{
    /// <summary>That somebody asked for it, on record with the run and why. Stored: never rename.</summary>
    public const string Event = "report-unmasked";

    /// <summary>Who asked for it and when, as each row says: rows that got away tell whose they were.</summary>
    public string For { get; init; } = "";

    /// <summary>The folders of the run whose they are; null where no folder of the program's can be meant.</summary>
    internal UnmaskedPlaces? Owner { get; init; }

    /// <summary>As of <see cref="For"/>.</summary>
    internal static Wording WordsFor(string who, DateTimeOffset at) =>
        new($"{who}, {VietnamTime.Moment(at)}", $"{who}, {VietnamTime.Moment(at)}");

    /// <summary>The detail of <see cref="Event"/>.</summary>
    /// <param name="reason">Null: none was asked for.</param>
    internal static string DetailOf(RunKey run, string? reason) => reason is null ? $"{run}" : $"{run}: {reason}";

    /// <returns>Of which run a detail of <see cref="Event"/> speaks; null where no program has written it.</returns>
    internal static RunKey? FindRun(string detail)
    {
        try
        {
            return RunKey.Parse(detail.Split(": ", 2)[0]);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <summary>What of a report is written beside its CSV files.</summary>
[Flags]
public enum ReportDocumentKinds
{
    None = 0,

    /// <summary>bao-cao.xlsx.</summary>
    Workbook = 1,

    /// <summary>bao-cao.html.</summary>
    Page = 2,

    /// <summary>bao-cao.docx.</summary>
    Letter = 4,

    All = Workbook | Page | Letter,
}

/// <param name="Unmasked">Where the files with numbers in full are written as well; null: nowhere. The caller
/// records who asked.</param>
public sealed record ReportOptions(Language Language, UnmaskedExport? Unmasked = null)
{
    /// <summary>What was odd among the raw receipts, to be told in the summary.</summary>
    public IReadOnlyList<OddReceipts> Oddities { get; init; } = [];

    /// <summary>Those since the run's date that belong to no run, by lane. Of the run's lanes they are shown: they may
    /// be of its messages.</summary>
    public IReadOnlyList<OddReceipts> Strays { get; init; } = [];

    /// <summary>Receipts that came, perhaps of the run, and cannot be read any more.</summary>
    public IReadOnlyList<MissingReceipts> Missing { get; init; } = [];

    /// <summary>Whether every message is settled or its receipt time is over; else the figures are marked as
    /// preliminary. False unless said.</summary>
    public bool IsOver { get; init; }

    /// <summary>Where the audit chain ended when the report was written; null where it is not told.</summary>
    public AuditHead? AuditHead { get; init; }

    /// <summary>What the ledger says other than what was approved.</summary>
    public IReadOnlyList<Wording> Differences { get; init; } = [];

    /// <summary>The one that stands for the run; null where none does.</summary>
    public Approval? Approval { get; init; }

    /// <summary>What the schedule and persons decided of the run, in order.</summary>
    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>What carriers are asked to text to their own subscribers.</summary>
    public Orders.RunLetters Letters { get; init; } = Orders.RunLetters.None;

    /// <summary>Written beside the CSV files. All, unless only figures are asked for.</summary>
    public ReportDocumentKinds Documents { get; init; } = ReportDocumentKinds.All;

    /// <summary>Rows of a sheet of the workbook, its headings among them; what is more goes on another. Excel takes no
    /// more.</summary>
    internal int MostSheetRows { get; init; } = 1_048_576;

    /// <summary>With what the installation knows of a run beside its ledger.</summary>
    public static ReportOptions Of(
        Language language, UnmaskedExport? unmasked, DataFolder data, IRegistry registry, RunRecord run) =>
        new(language, unmasked)
        {
            Oddities = Ledgers.ReceiptsOf(data).ReadOdd(run.ToKey()),
            Strays = Ledgers.ReceiptsOf(data).ReadStrays(run.ToKey()),
            Missing = Ledgers.ReceiptsOf(data).ReadMissing(run.ToKey()),
            IsOver = run.State.IsOver(),
            AuditHead = registry.Audit.HeadBeside(ReportRecord.Event),
            Differences = Planning.RunVerification.FindOf(data, registry, run, rows: true),
            Approval = run.Simulated ? null : registry.FindApproval(run.Campaign, run.ToKey().Date),
            Decisions = [.. registry.ReadDecisions(run.Campaign).Where(decision => decision.Run == run.ToKey())],
            Letters = Orders.RunLetters.Read(registry, run),
        };
}

/// <param name="Files">Full paths of what was written.</param>
public sealed record ReportResult(IReadOnlyList<string> Files, Balance Balance, ReportTotals Totals)
{
    /// <summary>Messages of which some parts have a receipt and others have none yet.</summary>
    public long PartsMissing { get; init; }

    /// <summary>What the ledger says other than what was approved.</summary>
    public IReadOnlyList<Wording> Differences { get; init; } = [];

    /// <summary>That its figures are preliminary, and why; null where they are final.</summary>
    public Wording? Preliminary { get; init; }

    /// <summary>SHA-256 of its kiem-tra.txt, and so of all its files: 64 lower-case hexadecimal digits.</summary>
    public string CheckHash { get; init; } = "";

    /// <summary>Why the audit chain does not say that it was written; null where it does.</summary>
    public Wording? Unrecorded { get; init; }
}

/// <param name="CostVnd">Parts handed over at each lane's price, before tax, in whole đồng
/// per carrier and lane.</param>
/// <param name="FirstHandedMicros">UTC microseconds since 1970; null where nothing was handed over.</param>
public sealed record ReportTotals(
    long PartsPlanned, long PartsHandedOver, decimal CostVnd, long? FirstHandedMicros, long? LastHandedMicros);

/// <summary>
/// Rule 7: the audience is the sum of what became of it, by counting rows.
/// </summary>
/// <param name="Audience">Rows of the audience's files.</param>
/// <param name="Terms">What became of them: excluded first, then the statuses.</param>
/// <param name="Stray">States that belong to no message; 0 in a sound ledger.</param>
/// <param name="UnevenSegments">Segments whose own rows do not add up, and by how much.</param>
public sealed record Balance(
    long Audience,
    IReadOnlyList<BalanceTerm> Terms,
    long Stray,
    IReadOnlyList<(string Segment, long Difference)> UnevenSegments)
{
    /// <summary>Above 0: rows are missing. Below: there are more than came in.</summary>
    public long Difference => BalanceRule.Difference(Audience, CountOf(null), status => CountOf(status));

    long CountOf(MessageStatus? status) => Terms.Where(term => term.Status == status).Sum(term => term.Count);

    /// <summary>What the rows come to other than what the program kept of them or handed over: they may add up all the
    /// same. Null where they are the same.</summary>
    public Wording? Wrong { get; init; }

    public bool Holds => Difference == 0 && Stray == 0 && UnevenSegments.Count == 0 && Wrong is null;
}

/// <param name="Status">Null for the excluded.</param>
public sealed record BalanceTerm(MessageStatus? Status, long Count)
{
    public string NameIn(Language language) =>
        (Status is { } status ? ReportWords.Of(status) : ReportWords.Excluded).In(language);
}
