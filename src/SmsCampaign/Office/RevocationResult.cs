using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>What came of withdrawing an approval.</summary>
public abstract record RevocationResult
{
    RevocationResult()
    {
    }

    /// <summary>Nothing is withdrawn.</summary>
    /// <param name="Findings">All that speaks against it.</param>
    public sealed record Refused(IReadOnlyList<RevocationFinding> Findings) : RevocationResult;

    /// <summary>It is withdrawn, on disk and in the audit chain.</summary>
    /// <param name="Approvals">All that let the run go until now, that of every year too; the newest first.</param>
    /// <param name="State">Where the run stands now.</param>
    /// <param name="IsStopped">Whether nothing of it is on its way any more, by the word of the process that sends or
    /// as none does. False: that was not heard in time.</param>
    /// <param name="Left">What is left to send; null where nothing was handed over.</param>
    /// <param name="Worker">What can be told of the process that sends.</param>
    public sealed record Revoked(
        RunKey Run,
        IReadOnlyList<Approval> Approvals,
        RunState State,
        bool IsStopped,
        RunLeft? Left,
        WorkerSight Worker) : RevocationResult
    {
        /// <summary>Whether its ledger could be read. Else <see cref="Left"/> says nothing.</summary>
        public bool IsLeftKnown { get; init; } = true;
    }
}

/// <summary>What speaks against withdrawing an approval.</summary>
public abstract record RevocationFinding
{
    RevocationFinding()
    {
    }

    public sealed record NoName : RevocationFinding;

    public sealed record NoReason : RevocationFinding;

    /// <summary>The run has ended.</summary>
    public sealed record IsOver(RunKey Run) : RevocationFinding;

    /// <summary>No approval lets the run go.</summary>
    public sealed record NothingStands(RunKey Run) : RevocationFinding;

    /// <summary>All of the run has left; withdrawn, it would wait for receipts and its report without end.</summary>
    public sealed record NothingLeft(RunKey Run) : RevocationFinding;
}
