using Npgsql;

namespace SmsCampaign.Storage.Postgres;

/// <summary>Intents that wait to be written.</summary>
sealed class AttemptArrays
{
    readonly List<long>[] _columns = [[], [], [], [], [], [], [], []];

    public void Add(long id, int lane, long first, long last, int parts, int calls, long now, long epoch)
    {
        ReadOnlySpan<long> row = [id, lane, first, last, parts, calls, now, epoch];
        for (var column = 0; column < row.Length; column++)
            _columns[column].Add(row[column]);
    }

    /// <returns>Null where none waits.</returns>
    public NpgsqlBatchCommand? Take()
    {
        if (_columns[0].Count == 0)
            return null;

        var command = new NpgsqlBatchCommand("""
            insert into attempt (id, lane, first_seq, last_seq, parts, calls, intent_us, epoch)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8)
            """);
        foreach (var column in _columns)
            command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. column] });
        Clear();
        return command;
    }

    public void Clear()
    {
        foreach (var column in _columns)
            column.Clear();
    }
}

/// <summary>Answers to intents that wait to be written.</summary>
sealed class AnswerArrays
{
    readonly List<long> _ids = [];
    readonly List<long?> _handed = [];
    readonly List<long> _answered = [];
    readonly List<long> _outcomes = [];
    readonly List<string?> _notes = [];

    public void Add(long id, long? handedAt, long now, long outcome, string? note)
    {
        _ids.Add(id);
        _handed.Add(handedAt);
        _answered.Add(now);
        _outcomes.Add(outcome);
        _notes.Add(note);
    }

    /// <returns>Null where none waits.</returns>
    public NpgsqlBatchCommand? Take()
    {
        if (_ids.Count == 0)
            return null;

        var command = new NpgsqlBatchCommand("""
            update attempt
            set    handed_us = said.handed_us, answered_us = said.answered_us, outcome = said.outcome, note = said.note
            from   unnest($1, $2, $3, $4, $5) as said (id, handed_us, answered_us, outcome, note)
            where  attempt.id = said.id
            """);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. _ids] });
        command.Parameters.Add(new NpgsqlParameter<long?[]> { TypedValue = [.. _handed] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. _answered] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. _outcomes] });
        command.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. _notes] });
        Clear();
        return command;
    }

    public void Clear()
    {
        _ids.Clear();
        _handed.Clear();
        _answered.Clear();
        _outcomes.Clear();
        _notes.Clear();
    }
}

/// <summary>A row of the table state.</summary>
readonly record struct StateRow(
    long Seq,
    long Status,
    long? Attempt,
    string? CarrierId,
    long? Failure,
    string? Code,
    long? HandedAt,
    long SettledAt,
    long? CarrierAt,
    long Reason);

/// <summary>Rows of the table state that wait to be written; of several of one message the last counts.</summary>
sealed class StateArrays
{
    readonly List<StateRow> _rows = [];
    readonly Dictionary<long, int> _places = [];

    public void Add(in StateRow row)
    {
        if (_places.TryAdd(row.Seq, _rows.Count))
            _rows.Add(row);
        else
            _rows[_places[row.Seq]] = row;
    }

    /// <returns>Null where none waits.</returns>
    public NpgsqlBatchCommand? TakeAdded() => _rows.Count == 0 ? null : Take(
        """
        insert into state (seq, status, attempt, carrier_id, failure, code, handed_us, settled_us, carrier_us, reason)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        all: true);

    /// <inheritdoc cref="TakeAdded"/>
    public NpgsqlBatchCommand? TakeMoved() => _rows.Count == 0 ? null : Take(
        """
        update state
        set    status = said.status, failure = said.failure, code = said.code, settled_us = said.settled_us,
               carrier_us = said.carrier_us, reason = said.reason
        from   unnest($1, $2, $3, $4, $5, $6, $7)
               as said (seq, status, failure, code, settled_us, carrier_us, reason)
        where  state.seq = said.seq
        """,
        all: false);

    public void Clear()
    {
        _rows.Clear();
        _places.Clear();
    }

    NpgsqlBatchCommand Take(string sql, bool all)
    {
        var command = new NpgsqlBatchCommand(sql);
        Add(command, Column(row => row.Seq));
        Add(command, Column(row => row.Status));
        if (all)
        {
            Add(command, Column(row => row.Attempt));
            Add(command, Column(row => row.CarrierId));
        }

        Add(command, Column(row => row.Failure));
        Add(command, Column(row => row.Code));
        if (all)
            Add(command, Column(row => row.HandedAt));
        Add(command, Column(row => row.SettledAt));
        Add(command, Column(row => row.CarrierAt));
        Add(command, Column(row => row.Reason));
        Clear();
        return command;
    }

    T[] Column<T>(Func<StateRow, T> of)
    {
        var column = new T[_rows.Count];
        for (var at = 0; at < column.Length; at++)
            column[at] = of(_rows[at]);
        return column;
    }

    static void Add<T>(NpgsqlBatchCommand command, T[] column) =>
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = column });
}
