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
/// transaction; the next begins on another. What failed within a transaction undoes all of it: nothing more is asked in
/// it, and it cannot be committed, whoever caught what was thrown (PostgreSQL itself answers such a commit as if
/// nothing were amiss, and a new connection would know of no transaction).
/// </remarks>
sealed class PostgresDb : Db
{
    readonly PostgresTables _at;
    readonly bool _readOnly;
    readonly List<NpgsqlBatchCommand> _waiting = [];
    readonly PostgresLink _link;
    PostgresStatement? _reading;
    TimeSpan _waits = Patience;
    Within _within;
    PostgresTransaction? _transaction;
    bool _flushes = true;
    bool _isGathering;
    LedgerException? _failed;
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

    internal override void Flush(bool each) => _flushes = each;

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
        _transaction = PostgresTransaction.Parse(Start(
            Within.Writing,
            PostgresSettings.ToWrite(_at, _waits, _flushes, isOfSending: Before is not null, _readOnly),
            PostgresSettings.Lock(_at),
            PostgresTransaction.Select)!);
        if (_link.IsSameServer(_transaction))
            return;

        TakeBack();
        throw _link.Replaced();
    }

    internal override void BeginReading() => Start(Within.Reading, PostgresSettings.ToRead(_at));

    internal override void Commit()
    {
        var isWriting = _within == Within.Writing;
        RefuseFailed();
        Gather();
        _waiting.Add(new NpgsqlBatchCommand("commit"));
        try
        {
            Send(isBounded: Before is not null);
        }
        catch (LedgerException lost) when (isWriting && lost.Fault == StorageFault.Unreachable)
        {
            End();
            if (!_link.WasCommitted(_transaction!, _waits))
                throw;
        }

        End();
    }

    internal override void TakeBack()
    {
        _reading?.Forget();
        _waiting.Clear();
        if (_within == Within.Nothing)
            return;

        End();
        try
        {
            if (_link.IsOpen)
                Run([new NpgsqlBatchCommand("rollback")], isBounded: true);
        }
        catch (LedgerException) // a connection that is lost takes back by itself
        {
            Drop();
        }
    }

    public override void Execute(string sql)
    {
        foreach (var piece in sql.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            Add(new NpgsqlBatchCommand(Sql.Of(piece)));
        Send();
    }

    /// <summary>Within a transaction that writes: nobody writes to other tables either until it ends.</summary>
    /// <exception cref="LedgerException">As of <see cref="Begin"/>.</exception>
    internal void LockAlso(PostgresTables others)
    {
        Add(new NpgsqlBatchCommand(PostgresSettings.Lock(others)));
        Send();
    }

    /// <summary>Runs a script as it stands.</summary>
    internal void RunScript(string script)
    {
        Send();
        SetAside();
        RefuseFailed();
        try
        {
            using var command = new NpgsqlCommand(script, _link.Connection) { CommandTimeout = 0 };
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

    public override void Interrupt() => _link.Cancel();

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
    /// <param name="isBounded">As of <see cref="PostgresLink.Open"/>.</param>
    internal void Send(bool isBounded = false)
    {
        Gather();
        if (_waiting.Count == 0)
            return;

        SetAside();
        var commands = _waiting.ToList();
        _waiting.Clear();
        RefuseFailed();
        Run(commands, isBounded);
    }

    /// <summary>Sends what waits, and asks for rows.</summary>
    /// <returns>At its first row, or at none.</returns>
    internal NpgsqlDataReader Ask(PostgresStatement statement, params NpgsqlBatchCommand[] asked)
    {
        Send();
        SetAside();
        RefuseFailed();
        try
        {
            var reader = _link.Open(asked);
            _reading = statement;
            return reader;
        }
        catch (Exception failed) when (failed is not LedgerException)
        {
            throw Failure(failed, asked[^1].CommandText);
        }
    }

    /// <summary>Sends what waits, and asks for rows of several statements at once.</summary>
    /// <param name="read">Called with each row, and which of them it is of.</param>
    internal void AskAll(IReadOnlyList<NpgsqlBatchCommand> asked, Action<NpgsqlDataReader, int> read)
    {
        Send();
        SetAside();
        RefuseFailed();
        try
        {
            using var reader = _link.Open(asked, isBounded: true);
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
        RefuseFailed();
        var copy = _link.Connection.BeginBinaryImport(sql);
        copy.Timeout = TimeSpan.Zero; // as long as it takes
        return copy;
    }

    internal bool HoldsCursorsOf(int transaction) => ReadsByCursor && Transactions == transaction;

    internal string NextCursor() => $"c{(++_cursors).ToString(CultureInfo.InvariantCulture)}";

    internal LedgerException Failure(Exception thrown, string doing)
    {
        if (PostgresFaults.IsOfConnection(thrown))
            Drop();
        var failure = PostgresFaults.Of(thrown, File, doing);
        if (_within != Within.Nothing)
            _failed = failure;
        return failure;
    }

    protected override void Dispose(bool disposing)
    {
        TakeBack();
        _reading?.Forget();
        _link.Close();
    }

    /// <returns>What the last of them says.</returns>
    string? Start(Within within, params string[] first)
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
                [new NpgsqlBatchCommand(begin), .. first.Select(sql => new NpgsqlBatchCommand(sql))],
                isBounded: true);
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

    void Run(IReadOnlyList<NpgsqlBatchCommand> commands, bool isBounded)
    {
        try
        {
            using (var reader = _link.Open(commands, isBounded))
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

    /// <exception cref="LedgerException">Something failed in the transaction that is open.</exception>
    void RefuseFailed()
    {
        if (_failed is { } failed)
            throw new LedgerException(failed.Words, failed.Code, failed)
            {
                File = failed.File,
                Fault = failed.Fault,
                IsInPostgres = true,
            };
    }

    /// <summary>No transaction is open.</summary>
    void End() => (_within, _cursors, _failed) = (Within.Nothing, 0, null);

    /// <summary>The connection is not to be used again.</summary>
    void Drop()
    {
        _reading?.Forget();
        _reading = null;
        _waiting.Clear();
        _link.Drop();
    }
}
