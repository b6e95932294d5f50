using System.Diagnostics;
using System.Globalization;
using Npgsql;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Rows.Receipts;
using SmsCampaign.Telemetry;

namespace SmsCampaign.Storage.Postgres.Receipts;

/// <summary>
/// Appends receipts, all that have gathered in one round trip: begun, written and committed.
/// </summary>
/// <remarks>
/// One appends at a time, of all machines: what takes ids holds a lock until its receipts can be read, so that whoever
/// reads on from an id never passes one that is committed later. Where the server does not answer all that wait have
/// failed together, so that none waits twice as long. Where the connection was lost what was sent is sent once more: a
/// receipt that is there twice is told apart when it is settled.
/// </remarks>
sealed class ReceiptAppender : IAsyncDisposable
{
    /// <summary>How long the server is waited for unless told otherwise, seconds: less than gateways wait, and than
    /// they are asked to stay away.</summary>
    public const int PatienceSeconds = 5;

    /// <summary>Of one batch: on the old connection, on a new one, and when its month is made.</summary>
    const int MostTries = 3;

    static readonly KeyValuePair<string, object?> Measured = new("file", "receipts");

    readonly PostgresTables _at;
    readonly ProcessClock _clock;
    readonly ReceiptIds _ids;
    readonly NpgsqlDataSource _source;
    readonly string[] _sql;
    readonly SemaphoreSlim _turn = new(1, 1);
    NpgsqlConnection? _connection;
    LedgerException? _failure;
    long _known;

    /// <param name="flushes">As of <see cref="DataFolder.Flushes"/>.</param>
    public ReceiptAppender(PostgresTables at, ProcessClock clock, ReceiptIds ids, bool flushes, int patience)
    {
        (_at, _clock, _ids) = (at, clock, ids);
        _source = at.Place.OpenApart(given =>
        {
            given.Timeout = given.CommandTimeout = patience;
            given.CancellationTimeout = -1; // a server that does not answer is not asked to stop either
        });
        _sql = SqlOf(at.Schema, flushes, patience);
    }

    /// <summary>Told on the way of receipts that came and are not there any more.</summary>
    public Action<ReceiptGap>? Missed { get; set; }

    /// <summary>The last id that this process knows of.</summary>
    public long Known => Interlocked.Read(ref _known);

    /// <returns>Whether that is new.</returns>
    public bool Learn(long id)
    {
        for (var known = Known; id > known; known = Known)
        {
            if (Interlocked.CompareExchange(ref _known, id, known) == known)
                return true;
        }

        return false;
    }

    /// <param name="take">Gives what has gathered, when it is its turn.</param>
    /// <exception cref="LedgerException">They could not be written, or it is not known that they were.</exception>
    public async Task WriteAsync(Func<IReadOnlyList<PendingReceipt>> take)
    {
        using var standing = VirtualTime.Holding(_clock.Time);
        var before = Volatile.Read(ref _failure);
        await _turn.WaitAsync();
        try
        {
            if (_failure is { } meanwhile && meanwhile != before)
                throw meanwhile;

            await WriteAsync(take());
        }
        catch (Exception failed) when (failed is NpgsqlException || PostgresFaults.IsOfConnection(failed))
        {
            var fault = PostgresFaults.Of(failed, _at.Name, "insert receipts");
            if (fault.Fault == StorageFault.Unreachable)
                Volatile.Write(ref _failure, fault);
            throw fault;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends when what had its turn before is done.</summary>
    public async Task SettleAsync()
    {
        await _turn.WaitAsync();
        _turn.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await SettleAsync();
        await DropAsync();
        await _source.DisposeAsync();
        _turn.Dispose();
    }

    async Task WriteAsync(IReadOnlyList<PendingReceipt> batch)
    {
        for (var tries = 1; ; tries++)
        {
            var isFresh = _connection is null;
            try
            {
                await SendAsync(batch);
                return;
            }
            catch (PostgresException noMonth)
                when (noMonth.SqlState == PostgresErrorCodes.CheckViolation && tries < MostTries)
            {
                ReceiptMonths.Make(_at, batch.Select(receipt => Month.Of(receipt.ReceivedAt)).Distinct());
            }
            catch (Exception lost) when (PostgresFaults.IsOfConnection(lost))
            {
                await DropAsync();
                if (isFresh || lost is TimeoutException or { InnerException: TimeoutException } || tries == MostTries)
                    throw;
            }
        }
    }

    async Task SendAsync(IReadOnlyList<PendingReceipt> batch)
    {
        var began = Stopwatch.GetTimestamp();
        _connection ??= await _source.OpenConnectionAsync();
        var known = Math.Max(Known, _ids.Given);
        var gap = new ReceiptGap(0, Math.Max(known, _ids.Possible), 0, _clock.Now(), _at.Schema, null);
        if (batch.Count > 0)
            _ids.Reserve(gap.Last + batch.Count);

        await using var sending = new NpgsqlBatch(_connection);
        sending.BatchCommands.Add(new NpgsqlBatchCommand(_sql[0]));
        sending.BatchCommands.Add(CommandOf(_sql[1], known, gap.Last, gap.NotedAt, gap.File));
        sending.BatchCommands.Add(CommandOf(_sql[2], known, gap.Last, (long)batch.Count));
        AddRows(sending.BatchCommands[2], batch);
        sending.BatchCommands.Add(new NpgsqlBatchCommand(_sql[3]));

        var (last, missed) = (0L, false);
        await using (var reader = await sending.ExecuteReaderAsync())
        {
            await reader.NextResultAsync();
            if (missed = await reader.ReadAsync())
                gap = gap with { First = reader.GetInt64(0), Since = reader.GetInt64(1) };
            await reader.NextResultAsync();
            await reader.ReadAsync();
            last = reader.GetInt64(0);
            while (await reader.NextResultAsync())
            {
                // to its end: only then it is committed
            }
        }

        if (batch.Count > 0)
            Measures.CommitDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, Measured);
        _ids.Reached(last);
        Learn(last);
        if (missed)
            Missed?.Invoke(gap);
    }

    async Task DropAsync()
    {
        if (_connection is not { } connection)
            return;

        _connection = null;
        await connection.DisposeAsync();
    }

    static NpgsqlBatchCommand CommandOf(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value is long number
                ? new NpgsqlParameter<long> { TypedValue = number }
                : new NpgsqlParameter<string> { TypedValue = (string)value });
        return command;
    }

    static void AddRows(NpgsqlBatchCommand command, IReadOnlyList<PendingReceipt> batch)
    {
        var (lanes, times) = (new string[batch.Count], new long[batch.Count]);
        var (queries, types, bodies) = (new string[batch.Count], new string[batch.Count], new byte[batch.Count][]);
        for (var at = 0; at < batch.Count; at++)
        {
            var receipt = batch[at];
            (lanes[at], times[at]) = (receipt.Lane, receipt.ReceivedAt);
            (queries[at], types[at]) = (Storable(receipt.Query), Storable(receipt.ContentType));
            bodies[at] = receipt.Body.ToArray();
        }

        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = lanes });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = times });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = queries });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = types });
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = bodies });
    }

    /// <summary>What no text of PostgreSQL can hold would fail all that it came with: a sign stands in its
    /// place.</summary>
    static string Storable(string text)
    {
        const char sign = '\uFFFD'; // Unicode: replacement character
        var isOrdinary = !text.Contains('\0') && text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0;
        return isOrdinary
            ? text
            : string.Concat(text.EnumerateRunes()).Replace('\0', sign); // half a pair is that sign by itself
    }

    /// <summary>Each a statement, so that it sees what was committed when the one before it ended: the first waits for
    /// whoever else appends. Both the second and the third look whether ids are missing, before they are given.
    /// </summary>
    static string[] SqlOf(string schema, bool flushes, int patience)
    {
        var of = PostgresNames.Quote(schema);
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"""
                select set_config('synchronous_commit', {PostgresSettings.Flush(flushes)}, true),
                       set_config('lock_timeout', '{patience}s', true),
                       pg_advisory_xact_lock({LockOf(schema)})
                """),
            $"""
            insert into {of}.gap (first, last, since_us, noted_us, file)
            select progress.id + 1, $2,
                   coalesce((select received_us from {of}.receipt order by id desc limit 1), 0), $3, $4
            from   {of}.progress
            where  name = 'given' and id < $1
            on conflict (first) do nothing
            returning first, since_us
            """,
            $"""
            with given as
            (
                update    {of}.progress
                set       id = case when id < $1 then $2 else id end + $3
                where     name = 'given'
                returning id - $3 as before
            )
            insert into {of}.receipt (id, lane, received_us, query, content_type, body)
            select given.before + each.at, each.lane, each.received_us, each.query, each.content_type, each.body
            from   given
            cross join unnest($4, $5, $6, $7, $8)
                with ordinality as each (lane, received_us, query, content_type, body, at)
            """,
            $"""
            select id, pg_notify({PostgresNames.Literal(schema)}, id::text)
            from   {of}.progress
            where  name = 'given'
            """,
        ];
    }

    /// <summary>The lock of whoever appends, until it is committed.</summary>
    internal static long LockOf(string schema) => PostgresNames.LockOf(schema + "/append");
}
