using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using SmsCampaign.Storage.Rows;

namespace SmsCampaign.Storage.Postgres;

/// <summary>A statement on a <see cref="PostgresDb"/>. Its rows come as they are read; where something else is asked
/// meanwhile the rest is kept, and within a transaction that reads they come by a cursor, some at a time.</summary>
sealed class PostgresStatement(PostgresDb db, string sql) : Statement
{
    /// <summary>Rows that a cursor gives at a time.</summary>
    const int Together = 5_000;

    readonly string _sql = db.Sql.Of(sql);
    readonly bool _givesRows = PostgresSql.GivesRows(sql);
    readonly List<(NpgsqlDbType Type, object Value)> _values = [];
    readonly Queue<PostgresCell[]> _kept = new();
    NpgsqlDataReader? _reader;
    PostgresCell[] _row = [];
    PostgresCursor? _cursor;
    bool _isBegun;

    public override Statement Bind(int parameter, long value) => Set(parameter, NpgsqlDbType.Bigint, value);

    public override Statement Bind(int parameter, long? value) =>
        Set(parameter, NpgsqlDbType.Bigint, value is { } there ? there : DBNull.Value);

    public override Statement Bind(int parameter, string? value) =>
        Set(parameter, NpgsqlDbType.Text, value is null ? DBNull.Value : value);

    public override Statement BindBlob(int parameter, ReadOnlySpan<byte> value) =>
        Set(parameter, NpgsqlDbType.Bytea, value.ToArray());

    private protected override bool Advance()
    {
        if (!_isBegun)
            Begin();
        if (_kept.TryDequeue(out var kept))
        {
            _row = kept;
            return true;
        }

        if (_reader is not null && ReadNext())
            return true;
        if (_cursor is { HasMore: true })
        {
            Fetch();
            return Step();
        }

        Reset();
        return false;
    }

    public override void Run()
    {
        if (!_givesRows)
        {
            db.Add(Command(_sql));
            return;
        }

        Step();
        Reset();
    }

    public override void Reset()
    {
        CloseReader();
        _kept.Clear();
        if (_cursor is { } cursor && db.HoldsCursorsOf(cursor.Transaction))
            db.Add(new NpgsqlBatchCommand($"close {cursor.Name}"));
        _cursor = null;
        _isBegun = false;
    }

    /// <summary>All of the row, by itself.</summary>
    internal PostgresCell[] Row => [.. _row];

    public override bool IsNull(int column) => _row[column].Value is DBNull;

    public override long Number(int column) => _row[column].Number;

    public override string? Text(int column) => IsNull(column) ? null : _row[column].Text;

    public override string Text(int column, string likely) => _row[column].Text;

    public override ReadOnlySpan<byte> Utf8(int column) => _row[column].Value switch
    {
        byte[] bytes => bytes,
        DBNull => [],
        _ => Encoding.UTF8.GetBytes(_row[column].Text),
    };

    /// <summary>The connection is asked something else: what is left of the rows is kept.</summary>
    internal void SetAside()
    {
        if (_reader is null)
            return;

        // The row that was read last stays the one at hand.
        var atHand = _row;
        _row = new PostgresCell[atHand.Length];
        while (ReadNext())
            _kept.Enqueue([.. _row]);
        _row = atHand;
        CloseReader();
    }

    /// <summary>The connection, or the transaction, is gone, and with it what was to be read.</summary>
    internal void Forget()
    {
        CloseReader();
        _kept.Clear();
        (_cursor, _isBegun) = (null, false);
    }

    protected override void Dispose(bool disposing) => Reset();

    PostgresStatement Set(int parameter, NpgsqlDbType type, object value)
    {
        while (_values.Count < parameter)
            _values.Add((NpgsqlDbType.Bigint, DBNull.Value));
        _values[parameter - 1] = (type, value);
        return this;
    }

    void Begin()
    {
        if (db.ReadsByCursor && _givesRows)
        {
            _cursor = new PostgresCursor(db.NextCursor(), db.Transactions);
            Fetch(Command($"declare {_cursor.Name} no scroll cursor for {_sql}"));
        }
        else
        {
            Take(db.Ask(this, Command(_sql)));
        }

        _isBegun = true;
    }

    /// <summary>The next rows of the cursor.</summary>
    void Fetch(params NpgsqlBatchCommand[] before)
    {
        var fetch = string.Create(CultureInfo.InvariantCulture, $"fetch forward {Together} from {_cursor!.Name}");
        Take(db.Ask(this, [.. before, new NpgsqlBatchCommand(fetch)]));
        SetAside();
        _cursor.HasMore = _kept.Count == Together;
    }

    void Take(NpgsqlDataReader reader)
    {
        _reader = reader;
        _row = new PostgresCell[reader.FieldCount];
    }

    bool ReadNext()
    {
        try
        {
            if (!_reader!.Read())
            {
                CloseReader();
                return false;
            }

            for (var column = 0; column < _row.Length; column++)
                _row[column] = PostgresCell.Read(_reader, column);
            return true;
        }
        catch (Exception failed) when (failed is not LedgerException)
        {
            CloseReader();
            throw db.Failure(failed, _sql);
        }
    }

    void CloseReader()
    {
        if (_reader is not { } reader)
            return;

        _reader = null;
        db.Finished(this);
        try
        {
            reader.Dispose();
        }
        catch (Exception failed) when (failed is NpgsqlException || PostgresFaults.IsOfConnection(failed))
        {
            // whatever is asked next says so
        }
    }

    NpgsqlBatchCommand Command(string text)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var (type, value) in _values)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value });
        return command;
    }
}

/// <param name="Transaction">That it is of, and ends with.</param>
sealed record PostgresCursor(string Name, int Transaction)
{
    public bool HasMore { get; set; }
}
