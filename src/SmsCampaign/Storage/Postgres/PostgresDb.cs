using System.Diagnostics;
using System.Globalization;
using Npgsql;
using SmsCampaign.Storage.Rows;

namespace SmsCampaign.Storage.Postgres;

/// <summary>
/// A connection to the tables of a schema. What gives no rows is sent together with what is asked next, or with the
/// commit: a transaction costs as many round trips as it reads something.
/// </summary>
/// <remarks>
/// Where the connection is lost while a transaction is committed, another asks the server what became of it
/// (pg_xact_status), so that nothing is taken for undone that was done. One that is lost elsewhere undoes its
/// transaction; the next begins on another.
/// </remarks>
sealed class PostgresDb : Db
{
    /// <summary>How often the server is asked again that cannot be reached while it is not known what it did.</summary>
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    const string ReadOnly = ", set_config('transaction_read_only', 'on', true)";

    readonly PostgresTables _at;
    readonly bool _readOnly;
    readonly string _path;
    readonly List<NpgsqlBatchCommand> _waiting = [];
    NpgsqlConnection? _connection;
    volatile NpgsqlBatch? _running;
    PostgresStatement? _reading;
    TimeSpan _waits = Patience;
    Within _within;
    PostgresTransaction? _transaction;
    string? _timeline;
    PostgresTransaction? _unknown;
    bool _flushes = true;
    int _changes;
    int _cursors;

    enum Within
    {
        Nothing,
        Writing,
        Reading,
    }

    /// <param name="readOnly">Whether the server refuses to write anything.</param>
    public PostgresDb(PostgresTables at, bool readOnly = false)
    {
        (_at, _readOnly) = (at, readOnly);
        _path = $"{PostgresNames.Quote(at.Schema)}, {PostgresNames.Quote(at.Place.Schema)}, pg_temp";
    }

    internal override Database At => _at;

    internal override TimeSpan Waits => _waits;

    public override int Changes
    {
        get
        {
            Send();
            return _changes;
        }
    }

    internal override long LastRowId => ReadNumber("select lastval()")!.Value;

    /// <summary>Whether statements are read through cursors: several large ones at a time, each a piece at a
    /// time.</summary>
    internal bool ReadsByCursor => _within == Within.Reading;

    /// <summary>How many transactions there were: a cursor is of one.</summary>
    internal int Transactions { get; private set; }

    internal override void WaitFor(TimeSpan patience) => _waits = patience;

    /// <summary>Whether the server's disk has it is the server's to say (synchronous_commit): it is asked to here,
    /// where that is wanted, whatever it is set to.</summary>
    internal override void Flush(bool each) => _flushes = each;

    /// <summary>What synchronous_commit is to be.</summary>
    internal static string SqlOfFlush(bool flushes) => flushes
        ? "case current_setting('synchronous_commit') when 'off' then 'on' "
            + "else current_setting('synchronous_commit') end"
        : "'off'";

    internal override void MakeReadyToSend()
    {
    }

    internal override void MakeReadyToLookUp()
    {
    }

    internal override void Upgrade(TableSet tables)
    {
        _at.Place.MakeReady();
        if (!_at.Exists)
            throw _at.Missing();
    }

    internal override void RefuseNewer(TableSet tables) => _at.Place.MakeReady();

    internal override void Begin()
    {
        KnowLast();
        var wait = ((long)Math.Max(1, _waits.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
        _transaction = PostgresTransaction.Parse(Start(Within.Writing, [
            $"select set_config('search_path', {PostgresNames.Literal(_path)}, true), "
                + $"set_config('lock_timeout', '{wait}', true), "
                + $"set_config('synchronous_commit', {SqlOfFlush(_flushes)}, true)"
                + (_readOnly ? ReadOnly : ""),
            string.Create(
                CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock({PostgresNames.LockOf(_at.Schema)})"),
            PostgresTransaction.Select,
        ])!);
        if (_transaction.Timeline == (_timeline ??= _transaction.Timeline))
            return;

        TakeBack();
        throw Replaced();
    }

    internal override void BeginReading() => Start(Within.Reading, [
        $"select set_config('search_path', {PostgresNames.Literal(_path)}, true), "
            + "set_config('cursor_tuple_fraction', '1', true)",
    ]);

    internal override void Commit()
    {
        var isWriting = _within == Within.Writing;
        _waiting.Add(new NpgsqlBatchCommand("commit"));
        try
        {
            Send();
        }
        catch (LedgerException lost) when (isWriting && lost.Fault == StorageFault.Unreachable)
        {
            _within = Within.Nothing;
            if (Settle(_transaction!) is var outcome && outcome == PostgresOutcome.Replaced)
                throw Replaced();
            if (outcome != PostgresOutcome.Committed)
                throw;
        }

        (_within, _cursors) = (Within.Nothing, 0);
    }

    internal override void TakeBack()
    {
        _reading?.Forget();
        _waiting.Clear();
        if (_within == Within.Nothing)
            return;

        try
        {
            if (_connection is not null)
                Run([new NpgsqlBatchCommand("rollback")]);
        }
        catch (LedgerException) // a connection that is lost takes back by itself
        {
            Drop();
        }

        (_within, _cursors) = (Within.Nothing, 0);
    }

    public override void Execute(string sql)
    {
        foreach (var piece in sql.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            Add(new NpgsqlBatchCommand(PostgresSql.Of(piece)));
        Send();
    }

    /// <summary>Runs a script as it stands.</summary>
    internal void RunScript(string script)
    {
        Send();
        SetAside();
        try
        {
            using var command = new NpgsqlCommand(script, _connection);
            command.ExecuteNonQuery();
        }
        catch (Exception failed) when (failed is not LedgerException)
        {
            throw Failure(failed, script);
        }
    }

    public override Statement Prepare(string sql) => new PostgresStatement(this, sql);

    internal override bool Has(string table, string? column = null)
    {
        using var found = Prepare("""
            select 1
            from   information_schema.columns
            where  table_schema = ?1 and table_name = ?2 and (?3 is null or column_name = ?3)
            limit  1
            """);
        return found.Bind(1, _at.Schema).Bind(2, table).Bind(3, column).Step();
    }

    internal override IReadOnlyList<string> FindDisguises(IReadOnlySet<string> tables)
    {
        var found = new List<string>();
        var there = 0;
        using var objects = Prepare("""
            select 'trigger', tgname::text
            from   pg_catalog.pg_trigger
            join   pg_catalog.pg_class on pg_class.oid = tgrelid
            where  relnamespace = ?1::regnamespace and not tgisinternal
            union all
            select 'rule', rulename::text from pg_catalog.pg_rules
            where  schemaname = ?2 and rulename <> '_RETURN'
            union all
            select case relkind when 'r' then 'table' else 'view' end, relname::text
            from   pg_catalog.pg_class
            where  relnamespace = ?1::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
            order by 2
            """);
        objects.Bind(1, PostgresNames.Quote(_at.Schema)).Bind(2, _at.Schema);
        while (objects.Step())
        {
            var (type, name) = (objects.Text(0)!, objects.Text(1)!);
            if (type is "trigger" or "rule" || (type == "view" && tables.Contains(name)))
                found.Add($"{type} {name}");
            else if (type == "table" && tables.Contains(name))
                there++;
        }

        if (there != tables.Count)
            found.Add("table");
        return found;
    }

    internal override void RaiseIds(string table) =>
        ReadNumber($"select setval('{table}_id', (select coalesce(max(id), 0) + 1 from {table}), false)");

    public override void Interrupt() => _running?.Cancel();

    internal override void Tidy()
    {
    }

    /// <summary>Sends a statement that gives no rows with what is asked next; at once where no transaction is
    /// open.</summary>
    internal void Add(NpgsqlBatchCommand command)
    {
        _waiting.Add(command);
        if (_within == Within.Nothing)
            Send();
    }

    /// <summary>Sends what waits.</summary>
    internal void Send()
    {
        if (_waiting.Count == 0)
            return;

        SetAside();
        var commands = _waiting.ToList();
        _waiting.Clear();
        Run(commands);
    }

    /// <summary>Sends what waits, and asks for rows.</summary>
    /// <returns>At its first row, or at none.</returns>
    internal NpgsqlDataReader Ask(PostgresStatement statement, params NpgsqlBatchCommand[] asked)
    {
        Send();
        SetAside();
        NpgsqlDataReader? reader = null;
        try
        {
            reader = Open(asked);
            if (_within == Within.Nothing)
                reader.NextResult();
            _reading = statement;
            return reader;
        }
        catch (Exception failed) when (failed is not LedgerException)
        {
            reader?.Dispose();
            throw Failure(failed, asked[^1].CommandText);
        }
    }


    /// <summary>Its reader is closed.</summary>
    internal void Finished(PostgresStatement statement)
    {
        if (_reading == statement)
            _reading = null;
    }

    /// <summary>Begins to copy rows in; nothing else is asked until what is returned is disposed of.</summary>
    internal NpgsqlBinaryImporter Copy(string sql)
    {
        Send();
        SetAside();
        return _connection!.BeginBinaryImport(sql);
    }

    internal bool HoldsCursorsOf(int transaction) => ReadsByCursor && Transactions == transaction;

    internal string NextCursor() => $"c{(++_cursors).ToString(CultureInfo.InvariantCulture)}";

    internal LedgerException Failure(Exception thrown, string doing)
    {
        if (PostgresFaults.IsOfConnection(thrown))
            Drop();
        return PostgresFaults.Of(thrown, File, doing);
    }

    protected override void Dispose(bool disposing)
    {
        TakeBack();
        _reading?.Forget();
        _connection?.Dispose();
        _connection = null;
    }

    /// <returns>What the last of them says.</returns>
    string? Start(Within within, IEnumerable<string> first)
    {
        if (_within != Within.Nothing)
            throw new InvalidOperationException("a transaction is open");

        var begin = within == Within.Reading
            ? "begin isolation level repeatable read read only"
            : "begin isolation level read committed";
        try
        {
            SetAside();
            _within = within;
            Transactions++;
            using var reader = Open(
                [new NpgsqlBatchCommand(begin), .. first.Select(sql => new NpgsqlBatchCommand(sql))]);
            string? last = null;
            do
            {
                while (reader.Read())
                    last = reader.GetFieldType(0) == typeof(string) ? reader.GetString(0) : null;
            }
            while (reader.NextResult());
            return last;
        }
        catch (Exception failed)
        {
            var fault = failed as LedgerException ?? Failure(failed, begin);
            TakeBack();
            throw fault;
        }
    }

    /// <summary>What another statement is in the middle of is read to its end first.</summary>
    void SetAside()
    {
        var reading = _reading;
        _reading = null;
        reading?.SetAside();
    }

    void Run(IReadOnlyList<NpgsqlBatchCommand> commands)
    {
        try
        {
            using (var reader = Open(commands))
            {
                while (reader.NextResult())
                {
                }
            }

            _changes = commands[^1].RecordsAffected;
        }
        catch (Exception failed) when (failed is not LedgerException)
        {
            throw Failure(failed, (failed as PostgresException)?.BatchCommand?.CommandText ?? commands[^1].CommandText);
        }
    }

    /// <summary>Outside of a transaction all of them are one, and the first result is none of theirs.</summary>
    NpgsqlDataReader Open(IReadOnlyList<NpgsqlBatchCommand> commands)
    {
        if (_connection is null)
            _connection = _at.Place.Source.OpenConnection();

        var batch = new NpgsqlBatch(_connection);
        if (_within == Within.Nothing)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(
                $"select set_config('search_path', {PostgresNames.Literal(_path)}, true)"
                + (_readOnly ? ReadOnly : "")));
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        _running = batch;
        return batch.ExecuteReader();
    }

    /// <summary>The connection is not to be used again.</summary>
    void Drop()
    {
        _reading?.Forget();
        _reading = null;
        _waiting.Clear();
        _running = null;
        if (_connection is null)
            return;

        NpgsqlConnection.ClearPool(_connection);
        _connection.Dispose();
        _connection = null;
    }

    /// <summary>Waits until the server says what became of a transaction, for as long as another is waited for. Where
    /// it does not the next that is begun asks.</summary>
    PostgresOutcome Settle(PostgresTransaction lost)
    {
        var asked = Stopwatch.GetTimestamp();
        while (true)
        {
            if (lost.Find(_at.Place) is var outcome and not PostgresOutcome.NotKnown)
                return outcome;
            if (Stopwatch.GetElapsedTime(asked) > _waits)
            {
                _unknown = lost;
                return PostgresOutcome.NotKnown;
            }

            Thread.Sleep(Glance);
        }
    }

    /// <summary>Of a transaction that nobody could tell of it is known before the next begins: where it was committed
    /// after all, what memory has of it is not what is kept.</summary>
    void KnowLast()
    {
        if (_unknown is not { } last)
            return;

        switch (last.Find(_at.Place))
        {
            case PostgresOutcome.TakenBack:
                _unknown = null;
                return;
            case PostgresOutcome.NotKnown:
                throw new LedgerException(new Wording(
                    "chưa biết lần ghi trước đã xong hay chưa", "it is not known yet whether the last commit was done"))
                { File = File, Fault = StorageFault.Unreachable };
            default:
                throw Replaced();
        }
    }

    /// <summary>What is known of it in memory is not (or may not be) what it holds: it is to be opened anew.</summary>
    LedgerException Replaced() => new(new Wording(
        "máy chủ PostgreSQL đã thay đổi trong lúc đang ghi: sổ phải được mở lại",
        "the server of PostgreSQL has changed under it: the ledger is to be opened anew"))
    { File = File, Fault = StorageFault.Replaced };
}
