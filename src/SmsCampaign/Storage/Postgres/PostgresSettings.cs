using System.Globalization;

namespace SmsCampaign.Storage.Postgres;

/// <summary>What a transaction sets for itself as it begins.</summary>
static class PostgresSettings
{
    /// <param name="waits">For whoever else writes.</param>
    /// <param name="flushes">Whether a commit is on the disk when it returns.</param>
    /// <param name="isOfSending">Whether rows are looked up by their keys alone: a plan is made while a run's tables
    /// are all but empty, and kept while they grow.</param>
    public static string ToWrite(
        PostgresTables at, TimeSpan waits, bool flushes, bool isOfSending, bool readOnly) => string.Create(
        CultureInfo.InvariantCulture,
        $"select {PathOf(at)}, set_config('lock_timeout', '{(long)Math.Max(1, waits.TotalMilliseconds)}', true), "
            + $"set_config('synchronous_commit', {Flush(flushes)}, true)"
            + $"{(isOfSending ? ", set_config('enable_seqscan', 'off', true)" : "")}"
            + $"{(readOnly ? ", set_config('transaction_read_only', 'on', true)" : "")}");

    public static string ToRead(PostgresTables at) =>
        $"select {PathOf(at)}, set_config('cursor_tuple_fraction', '1', true)";

    /// <summary>Whether the server's disk has what is committed is the server's to say: it is asked to here, where that
    /// is wanted, whatever it is set to.</summary>
    /// <returns>What synchronous_commit is to be.</returns>
    public static string Flush(bool flushes) => flushes
        ? "case current_setting('synchronous_commit') when 'off' then 'on' "
            + "else current_setting('synchronous_commit') end"
        : "'off'";

    /// <summary>Keeps whoever else writes to some tables waiting until the transaction ends.</summary>
    public static string Lock(PostgresTables of) => string.Create(
        CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock({PostgresNames.LockOf(of.Schema)})");

    static string PathOf(PostgresTables at)
    {
        var path = $"{PostgresNames.Quote(at.Schema)}, {PostgresNames.Quote(at.Place.Schema)}, pg_temp";
        return $"set_config('search_path', {PostgresNames.Literal(path)}, true)";
    }
}
