using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage;

/// <summary>Finds the runs that sent on the same accounts at the same time, by what their ledgers say they handed over,
/// not by their dates: a run may be let go weeks late.</summary>
public static class AccountLedgers
{
    /// <summary>A quota counts a calendar day, by whichever of two clocks; and an hour for
    /// what was under way.</summary>
    static readonly TimeSpan Margin = TimeSpan.FromHours(25);

    /// <summary>Ledgers of the runs that may have handed over something lately, as far as it can
    /// count towards today.</summary>
    public static IReadOnlyList<RunAddress> Lately(DataFolder data, IRegistry registry, ProcessClock clock) =>
        Within(data, registry, clock.Now(), long.MaxValue);

    /// <summary>Ledgers of the runs that may have handed over something on the days on which a run did.
    /// It is among them.</summary>
    public static IReadOnlyList<RunAddress> Beside(DataFolder data, IRegistry registry, RunRecord run) =>
        Ledgers.RunAt(run.AddressIn(data)).ReadStretch() is (var from, var through)
            ? Within(data, registry, from, through)
            : [];

    static List<RunAddress> Within(DataFolder data, IRegistry registry, long from, long through)
    {
        var margin = (long)Margin.TotalMicroseconds;
        return
        [
            .. registry.ReadRuns()
                .Where(run => !run.Simulated)
                .Select(run => (Run: run, Address: AddressOf(data, run)))
                .Where(each => (Ledgers.RunAt(each.Address) is { Exists: true } kept
                    ? kept.ReadStretch()
                    : StretchOfMissing(data, each.Run, each.Address)) is (var began, var ended)
                    && ended >= from - margin && began - margin <= through)
                .Select(each => each.Address),
        ];
    }

    /// <summary>Of a row that leads elsewhere, where the program itself keeps the run; of one that does not say which
    /// run it is either, a place that cannot be read.</summary>
    static RunAddress AddressOf(DataFolder data, RunRecord run)
    {
        try
        {
            return run.AddressIn(data);
        }
        catch (LedgerRowException)
        {
            return run.FindKey() is { } key ? data.AddressOf(key) : RunAddress.OfFile(data.RunsFolder);
        }
    }

    /// <summary>Of a run whose ledger is not there: from its date until it was over. Nobody can read what it handed
    /// over; one that was over long before may have been archived.</summary>
    /// <returns>Null where nothing was handed over.</returns>
    static (long From, long Through)? StretchOfMissing(DataFolder data, RunRecord run, RunAddress address)
    {
        if (run.FindKey() is not { } key)
            return (0, long.MaxValue); // nobody knows
        if (RunFile.Judge(data, key, address).State != RunFileState.Missing)
            return null;

        return (Month.BeginOf(key.Date), run.FinishedSince is { } over ? ProcessClock.ToMicros(over) : long.MaxValue);
    }
}
