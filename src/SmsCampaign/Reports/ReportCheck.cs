using SmsCampaign.Messages;
using SmsCampaign.Storage;

namespace SmsCampaign.Reports;

/// <summary>What is known of kiem-tra.txt itself.</summary>
public enum CheckFileState
{
    /// <summary>The audit chain says that the program wrote it.</summary>
    Recorded,

    /// <summary>It is not in the audit chain: of an older program, an account that may not write there, or somebody
    /// else.</summary>
    NotRecorded,

    /// <summary>An event says so that nothing bears witness to.</summary>
    NotVouched,

    /// <summary>The report is of a simulated run: nothing of one is recorded.</summary>
    OfSimulation,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It cannot be read, or is not as the program writes it.</summary>
    Unreadable,
}

/// <summary>A row of the summary that says something else than as the report was written.</summary>
/// <param name="Then">Null where the report does not have it.</param>
/// <param name="Now">Null where the ledger does not give it.</param>
public sealed record SummaryChange(string Item, string? Then, string? Now);

/// <summary>A report that was written, held to its hashes, the audit chain and the run's ledger.</summary>
/// <param name="Files">Every file that is there, or should be, by name.</param>
/// <param name="RecordedAt">When the audit chain says that it was written; null where it does not.</param>
public sealed record ReportCheck(
    string Folder, RunKey Run, CheckFileState CheckFile, DateTimeOffset? RecordedAt, IReadOnlyList<FileCheck> Files)
{
    /// <summary>Rows of tong-hop.csv that say something else now.</summary>
    public IReadOnlyList<SummaryChange> Changes { get; init; } = [];

    /// <summary>Whether the chain goes through the head that the report names; null where it names none.</summary>
    public bool? IsOfThisChain { get; init; }

    /// <summary>Rows that the chain has behind that head.</summary>
    public long ChainRowsSince { get; init; }

    /// <summary>Decisions about the run that were made since, as that it is over: no difference.</summary>
    public int DecisionsSince { get; init; }

    /// <summary>Whether messages have only come further since, by the counts that it says and those of now.</summary>
    public bool HasOnlyComeFurther { get; init; }

    /// <summary>By how much the audience that its tong-hop.csv says is not the sum of the rows beneath it
    /// (<see cref="BalanceRule"/>); 0 where it is, or the file cannot be read.</summary>
    public long Imbalance { get; init; }

    public IEnumerable<FileCheck> Different =>
        Files.Where(file => file.Finding is not (FileFinding.Same or FileFinding.SameButErased));

    /// <summary>Those in which only the numbers cannot be held to the ledger any more: they were erased.</summary>
    public IEnumerable<FileCheck> Erased => Files.Where(file => file.Finding == FileFinding.SameButErased);

    public FileCheck? First => Different.FirstOrDefault();

    /// <summary>Whether every file is as kiem-tra.txt says: none is changed, gone, extra or unreadable. That this is
    /// as the program wrote it only the audit chain says (<see cref="CheckFileState.Recorded"/>).</summary>
    public bool IsAsWritten =>
        CheckFile is CheckFileState.Recorded or CheckFileState.NotRecorded or CheckFileState.OfSimulation
        && Files.All(file => file.Finding is FileFinding.Same or FileFinding.SameButErased or FileFinding.Outdated);

    /// <summary>Whether it was right when it was written, as the chain says, and it is the ledger that has gone on
    /// since.</summary>
    public bool HasMovedOn => CheckFile == CheckFileState.Recorded && IsOutdated && MayHaveMovedOn;

    /// <summary>Whether the ledger may have gone on since, by the counts: nothing else bears it out.</summary>
    public bool MayHaveMovedOn =>
        IsOutdated && HasOnlyComeFurther && Changes.Count > 0 && Imbalance == 0;

    /// <summary>Whether it is whole, and the ledger gives something else now.</summary>
    public bool IsOutdated => IsAsWritten && Files.Any(file => file.Finding == FileFinding.Outdated);

    public bool Holds =>
        IsAsWritten && IsOfThisChain != false && !Different.Any() && Imbalance == 0;
}
