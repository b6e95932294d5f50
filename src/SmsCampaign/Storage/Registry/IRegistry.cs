namespace SmsCampaign.Storage.Registry;

/// <summary>
/// What is kept of an installation as a whole: its runs, who approved them, and the record of
/// what was decided and done.
/// </summary>
/// <remarks>Used by several processes at once, each for a moment. Every member throws <see cref="LedgerException"/>
/// where it cannot be read or written; what is written is on disk when the call returns.</remarks>
public interface IRegistry : IRunList, IApprovals, IRecords
{
    /// <summary>Bears witness to the records.</summary>
    IAuditLog Audit { get; }

    /// <summary>Says that runs, approvals and orders will be looked at again and again until what is returned is
    /// disposed of: each look costs little then. Never throws.</summary>
    IDisposable Watch();

    /// <summary>The lanes that stand still until a person says otherwise.</summary>
    ILaneStops Stops { get; }

    /// <summary>What persons have ordered of what is sent.</summary>
    IStandingOrders Orders { get; }

    /// <summary>The ported numbers that gateways have told of.</summary>
    ILearnedNumbers Ported { get; }

    /// <summary>What runs say to whom.</summary>
    IRunContents Contents { get; }

    /// <summary>What waits to be approved, and what was refused.</summary>
    ISubmissions Submissions { get; }

    /// <summary>What carriers were asked to text to their own subscribers.</summary>
    IWorkOrders WorkOrders { get; }

    /// <summary>Which reports on runs were handed in.</summary>
    IReportSubmissions Reports { get; }

    /// <summary>What is asked of the process that sends.</summary>
    IAskedCommands Commands { get; }

    /// <summary>Which numbers were erased, or will be.</summary>
    IPurges Purges { get; }

    /// <summary>What persons are to be told.</summary>
    IAlerts Alerts { get; }
}
