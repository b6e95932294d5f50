using System.Globalization;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Postgres;

/// <summary>What PostgreSQL keeps of a run.</summary>
/// <param name="at">Its tables, which may not be there.</param>
sealed class PostgresKeptRun(PostgresTables at) : KeptRun(at)
{
    public override IRunBuilder Build() => new PostgresRunBuilder(at);

    /// <summary>How much room there is only the server can tell, and it does not.</summary>
    public override Wording? FindNoRoom(Func<string, long?>? room) => null;

    public override (long Messages, long Exclusions) EraseNumbers(NumberKey key, DateTimeOffset now) =>
        PostgresErasing.Erase(at, key, now);

    public override (long Rows, Wording? Stale) EraseNumbers(NumberKey key, Func<long, bool> are, DateTimeOffset now) =>
        (PostgresErasing.Erase(at, key, are, now), null);

    /// <summary>Whether pages are broken the server finds as it reads them (data_checksums).</summary>
    public override LedgerException? FindBroken() => PostgresCatalog.FindBroken(at);

    /// <summary>Of the runs that are kept there, but for those that were set aside.</summary>
    /// <param name="simulated">As of <see cref="Ledgers.FindRuns"/>.</param>
    public static IReadOnlyList<RunAddress> FindAll(PostgresPlace place, bool? simulated)
    {
        using var db = place.Ledger.Open();
        return
        [
            .. RunSchemas.Read(db, place)
                .Select(schema => new PostgresTables(place, schema))
                .Where(tables => simulated is null || IsSimulated(tables) == simulated)
                .Select(tables => new RunAddress(tables)),
        ];

        static bool IsSimulated(PostgresTables tables)
        {
            using var run = tables.Open();
            return DescriptionRows.ReadKey(run) is { } key && RunKey.Parse(key).Simulated;
        }
    }

    public override void SetAside(TimeProvider time)
    {
        using var db = at.Open();
        db.Transact(() =>
        {
            if (RunSchemas.Find(db, at) is not { } run)
                return;

            var aside = at with
            {
                Schema = PostgresNames.Fit(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{at.Schema}_aside_{time.GetUtcNow().UtcDateTime:yyyyMMdd_HHmmss}")),
            };
            RunSchemas.SetAside(db, at, aside, run);
        });
    }
}
