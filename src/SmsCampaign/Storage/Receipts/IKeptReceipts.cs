using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Receipts;

/// <summary>The receipts of a data folder as they are kept, for whoever looks at them, or drops those of old, beside
/// the process that takes them.</summary>
public interface IKeptReceipts
{
    /// <summary>Counts the odd receipts of a run, by kind. What cannot be read is left out:
    /// <see cref="ReadMissing"/> tells of it.</summary>
    /// <returns>None where the installation has had no receipts.</returns>
    IReadOnlyList<OddReceipts> ReadOdd(RunKey run);

    /// <summary>Counts by lane the receipts that belong to no run: unreadable ones, those of no known message, and
    /// those that wait for theirs. What cannot be read is left out: <see cref="ReadMissing"/> tells of it.</summary>
    /// <param name="since">Those that came since then: microseconds.</param>
    IReadOnlyList<OddReceipts> ReadStrays(bool simulated, long since = 0);

    /// <summary>All that is known to be missing, or cannot be read.</summary>
    IReadOnlyList<MissingReceipts> ReadMissing(bool simulated);

    /// <summary>When the oldest receipt came that is not settled, whoever is to settle it. What cannot be read is left
    /// out: <see cref="ReadMissing"/> tells of it.</summary>
    /// <returns>Microseconds; null where all are.</returns>
    long? FindOldestUnsettled(bool simulated);

    /// <summary>The oldest first.</summary>
    /// <exception cref="LedgerException">One cannot be read.</exception>
    IReadOnlyList<KeptMonth> ReadMonths(bool simulated);

    /// <summary>Those that were damaged, and are kept where nothing uses them.</summary>
    IReadOnlyList<DamagedMonth> ReadSetAside(bool simulated);

    /// <summary>Drops one for good. Ids go on after its own.</summary>
    /// <exception cref="IOException">It is in use, as on Windows while the worker runs.</exception>
    void Drop(KeptMonth month, DateTimeOffset now);

    /// <inheritdoc cref="Drop(KeptMonth, DateTimeOffset)"/>
    void Drop(DamagedMonth month);

    /// <summary>Counts the receipts in which a number stands.</summary>
    long CountNaming(bool simulated, long number);

    /// <summary>Puts hashes in the place of numbers in the receipts that are settled, a few at a time: what takes
    /// receipts is kept waiting for no longer. Files in which something was changed are then written anew.</summary>
    /// <param name="are">Whether a number is to be erased.</param>
    /// <param name="spared">Whose receipts stay: codes of runs that still have their numbers.</param>
    /// <param name="after">Id of the last that was gone through before.</param>
    /// <param name="mayWait">Whether what takes receipts can be kept waiting while a file is written anew: asked at
    /// each file.</param>
    /// <returns>How many were changed; the last that was gone through, before the first that was left; how many were
    /// left with such numbers: they are not settled, wait, are set aside, or name a run that is spared; and why older
    /// copies may be left in the gaps of files.</returns>
    /// <exception cref="LedgerException">A file cannot be written, or somebody holds it: to be done again.</exception>
    (long Changed, long Through, long Left, IReadOnlyList<Wording> Stale) EraseNumbers(
        bool simulated,
        NumberKey key,
        Func<long, bool> are,
        IReadOnlyCollection<string> spared,
        long after,
        Func<bool> mayWait);
}

/// <summary>Receipts of a month.</summary>
/// <param name="Name">As a person finds it in the data folder.</param>
/// <param name="Month">Of the one from before there were months that of its last receipt; null
/// where it has none.</param>
/// <param name="Receipts">Callbacks in it.</param>
/// <param name="LastId">Of the last of them; 0 where there are none.</param>
/// <param name="Settled">Id of the last receipt that was settled, as far as it was noted there; 0
/// where nothing was.</param>
/// <param name="Waiting">Receipts in it whose message or run is not known yet.</param>
public sealed record KeptMonth(string Name, Month? Month, long Receipts, long LastId, long Settled, long Waiting);

/// <summary>Receipts of a month that cannot be read.</summary>
/// <param name="Name">As a person finds it in the data folder.</param>
public sealed record DamagedMonth(string Name, Month Month);

/// <summary>What a run's report asks of the receipts.</summary>
public static class KeptReceiptsExtensions
{
    /// <summary>How long after a run's date its receipts may come: as long as they are looked
    /// for in its ledger.</summary>
    const int DaysAwaited = 28;

    /// <summary>Those of no run since a run's date began in its country.</summary>
    public static IReadOnlyList<OddReceipts> ReadStrays(this IKeptReceipts kept, RunKey run) =>
        kept.ReadStrays(run.Simulated, Month.BeginOf(run.Date));

    /// <summary>What a run may have been sent of those that are missing.</summary>
    public static IReadOnlyList<MissingReceipts> ReadMissing(this IKeptReceipts kept, RunKey run)
    {
        var (began, ended) = (Month.BeginOf(run.Date), Month.BeginOf(run.Date.AddDays(DaysAwaited)));
        return [.. kept.ReadMissing(run.Simulated).Where(missing => missing.Until >= began && missing.Since <= ended)];
    }
}
