namespace SmsCampaign.Storage.Run;

/// <summary>
/// What reports read of a run's ledger: all of it at one moment, whoever writes meanwhile.
/// Used by one thread at a time.
/// </summary>
interface IReportReader : IDisposable
{
    /// <summary>All that its rows point to.</summary>
    RunTables ReadTables();

    /// <summary>Every message, once.</summary>
    /// <param name="tables">Of this reader.</param>
    MessageScan ReadMessages(RunTables tables);

    /// <summary>Every row that is not a recipient, in the order the import met them, and for a duplicate where
    /// its number stands.</summary>
    IEnumerable<ExclusionLine> ReadExclusions();

    long CountExclusions();

    /// <summary>Messages of some parts of which a receipt came, and not of all.</summary>
    long CountPartsMissing();

    /// <summary>How many messages stand where, as it is kept; null where the ledger was never counted.</summary>
    IReadOnlyList<TallyRow>? ReadKept();

    /// <summary>What of its rows does not add up, or is not what is kept or was handed over
    /// (<see cref="IKeptRun.FindImbalance"/>); null where all is right.</summary>
    Wording? FindImbalance();

    /// <summary>When each lane first and last handed something over, microseconds, as it is kept.</summary>
    IReadOnlyDictionary<int, (long First, long Last)> ReadSent();
}
