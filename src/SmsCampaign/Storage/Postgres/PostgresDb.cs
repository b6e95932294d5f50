using System.Globalization;
using Npgsql;
using SmsCampaign.Storage.Rows;
using SmsCampaign.Storage.Rows.Run;

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
    const string ReadOnly = ", set_config('transaction_read_only', 'on', true)";

    readonly PostgresTables _at;
    readonly bool _readOnly;
    readonly string _path;
    readonly List<NpgsqlBatchCommand> _waiting = [];
    readonly PostgresLink _link;
    PostgresStatement? _reading;
    TimeSpan _waits = Patience;
    Within _within;
    PostgresTransaction? _transaction;
    bool _flushes = true;
    bool _isGathering;
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
        Sql = PostgresSql.For(at);
        _link = new PostgresLink(at);
        _path = $"{PostgresNames.Quote(at.Schema)}, {PostgresNames.Quote(at.Place.Schema)}, pg_temp";
    }

    internal override Database At => _at;

    internal PostgresTables Tables => _at;

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

    internal PostgresSql Sql { get; }

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

    internal override RunStatements Statements(TallyRows kept) => new PostgresRunStatements(this, kept);

    internal override void Upgrade(TableSet tables)
    {
        _at.Place.MakeReady();
        if (!_at.Exists)
            throw _at.Missing();
    }

    internal override void RefuseNewer(TableSet tables) => _at.Place.MakeReady();

    internal override void Begin()
    {
        _link.KnowLast();
        var wait = ((long)Math.Max(1, _waits.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
        _transaction = PostgresTransaction.Parse(Start(Within.Writing, [
            $"select set_config('search_path', {PostgresNames.Literal(_path)}, true), "
                + $"set_config('lock_timeout', '{wait}', true), "
                + $"set_config('synchronous_commit', {SqlOfFlush(_flushes)}, true), "
                + "set_config('enable_seqscan', 'off', true)"
                + (_readOnly ? ReadOnly : ""),
            string.Create(
                CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock({PostgresNames.LockOf(_at.Schema)})"),
            PostgresTransaction.Select,
        ])!);
        if (_link.IsSameServer(_transaction))
            return;

        TakeBack();
        throw _link.Replaced();
    }

    internal override void BeginReading() => Start(Within.Reading, [
        $"select set_config('search_path', {PostgresNames.Literal(_path)}, true), "
            + "set_config('cursor_tuple_fraction', '1', true)",
    ]);

    internal override void Commit()
    {
        var isWriting = _within == Within.Writing;
        Gather();
        _waiting.Add(new NpgsqlBatchCommand("commit"));
        try
        {
            Send();
        }
        catch (LedgerException lost) when (isWriting && lost.Fault == StorageFault.Unreachable)
        {
            _within = Within.Nothing;
            if (!_link.WasCommitted(_transaction!, _waits))
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
            if (_link.IsOpen)
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
            Add(new NpgsqlBatchCommand(Sql.Of(piece)));
        Send();
    }

    /// <summary>Runs a script as it stands.</summary>
    internal void RunScript(string script)
    {
        Send();
        SetAside();
        try
        {
            using var command = new NpgsqlCommand(script, _link.Connection);
            command.ExecuteNonQuery();
        }
        catch (Exception failed) when (failed is not LedgerException)
        {
            throw Failure(failed, script);
        }
    }

    public override Statement Prepare(string sql) => new PostgresStatement(this, sql);

    internal override bool Has(string table, string? column = null) => PostgresCatalog.Has(this, table, column);

    internal override IReadOnlyList<string> FindDisguises(IReadOnlySet<string> tables) =>
        PostgresCatalog.FindDisguises(this, tables);

    internal override void RaiseIds(string table) => PostgresCatalog.RaiseIds(this, table);

    public override void Interrupt() => _link.Cancel();

    internal override void Tidy()
    {
    }

    /// <summary>Sends a statement that gives no rows with what is asked next; at once where no transaction is
    /// open.</summary>
    internal void Add(NpgsqlBatchCommand command)
    {
        Gather();
        _waiting.Add(command);
        if (_within == Within.Nothing)
            Send();
    }

    /// <summary>Called before anything is sent: adds what else waits.</summary>
    internal Action? Before { get; set; }

    /// <summary>Sends what waits.</summary>
    internal void Send()
    {
        Gather();
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
            reader = _link.Open(asked);
            _reading = statement;
            return reader;
        }
        catch (Exception failed) when (failed is not LedgerException)
        {
            reader?.Dispose();
            throw Failure(failed, asked[^1].CommandText);
        }
    }


    /// <summary>Sends what waits, and asks for rows of several statements at once.</summary>
    /// <param name="read">Called with each row, and which of them it is of.</param>
    internal void AskAll(IReadOnlyList<NpgsqlBatchCommand> asked, Action<NpgsqlDataReader, int> read)
    {
        Send();
        SetAside();
        try
        {
            using var reader = _link.Open(asked);
            for (var of = 0; of < asked.Count; of++, reader.NextResult())
            {
                while (reader.Read())
                    read(reader, of);
            }
        }
        catch (Exception failed) when (failed is not LedgerException)
        {
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
        return _link.Connection.BeginBinaryImport(sql);
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
        _link.Close();
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
            using var reader = _link.Open(
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

    void Gather()
    {
        if (Before is not { } before || _isGathering)
            return;

        _isGathering = true;
        try
        {
            before();
        }
        finally
        {
            _isGathering = false;
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
            using (var reader = _link.Open(commands))
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

    /// <summary>The connection is not to be used again.</summary>
    void Drop()
    {
        _reading?.Forget();
        _reading = null;
        _waiting.Clear();
        _link.Drop();
    }
}
