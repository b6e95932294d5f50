using Npgsql;
using NpgsqlTypes;
using SmsCampaign.Audience;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Rows.Run;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Postgres;

/// <summary>
/// Writes the tables of a new run, all in one transaction: nobody sees anything of them before they are complete, and
/// an import that fails half way, or is killed, leaves no trace.
/// </summary>
/// <remarks>Rows come by binary COPY into tables of their own, frozen, as nobody can have seen them before. Keys and
/// the unique index are built once at the end, by sorting; only then are the tables attached to their parents, which
/// keeps other runs waiting for no longer than that takes.</remarks>
sealed class PostgresRunBuilder : IRunBuilder
{
    readonly PostgresTables _at;
    readonly PostgresTables _unfinished;
    readonly PostgresDb _db;
    readonly long _run;
    readonly long[] _positions = new long[MessageSeq.MostCarriers + 1];
    readonly RowChunks _rows;
    bool _isComplete;
    long _exclusions;

    /// <param name="at">Where the finished tables will stand. Those of another run that stand there already are not
    /// touched until <see cref="Complete"/>.</param>
    /// <exception cref="LedgerException">They cannot be written.</exception>
    public PostgresRunBuilder(PostgresTables at)
    {
        _at = at;
        _unfinished = at with { Schema = PostgresNames.Fit(at.Schema + "_new") };
        at.Place.MakeReady();
        _db = new PostgresDb(_unfinished);
        try
        {
            _db.Begin();
            _db.Execute($"create schema {PostgresNames.Quote(_unfinished.Schema)}");
            _run = RunSchemas.Add(_db, _unfinished);
            RunSchemas.MakeTables(_db, _unfinished, _run);
            _rows = new RowChunks(Write);
        }
        catch
        {
            _db.Dispose();
            throw;
        }
    }

    public void AddMessage(int carrier, in MessageRow row) => _rows.Add(carrier, row);

    public void AddExclusion(in ExclusionRow row) => _rows.Add(row);

    public void Complete(
        ImportedAudience audience,
        Plan plan,
        RunDescription description,
        bool replace = false,
        (RunMark Reached, long Now)? lost = null)
    {
        _rows.Complete();
        ReferenceRows.Add(_db, audience, plan, description);
        _db.RunScript(PostgresMigrations.Keys);
        _db.Execute("create unique index message_number on message (number)");
        PostgresCatalog.RaiseIds(_db, "exclusion");
        if (lost is var (reached, now))
            RunGap.Write(_db, reached, now);
        _db.Execute("analyze message");

        RunSchemas.Attach(_db, _unfinished, _run);
        _db.LockAlso(_at);
        if (RunSchemas.Find(_db, _at) is { } before)
        {
            if (!replace)
                throw new IOException($"{_at.Name} is there already");
            RunSchemas.Remove(_db, _at, before);
        }

        RunSchemas.Rename(_db, _unfinished, _at, _run);
        _db.Commit();
        _db.Dispose();
        _isComplete = true;
    }

    /// <summary>Without <see cref="Complete"/> before, everything is thrown away.</summary>
    public void Dispose()
    {
        if (_isComplete)
            return;

        _rows.Abandon();
        _db.Dispose();
    }

    void Write(RowChunk chunk)
    {
        try
        {
            if (chunk.Messages > 0)
                WriteMessages(chunk);
            if (chunk.Exclusions.Count > 0)
                WriteExclusions(chunk.Exclusions);
        }
        catch (Exception failed) when (failed is not LedgerException)
        {
            throw _db.Failure(failed, "copy");
        }
    }

    void WriteMessages(RowChunk chunk)
    {
        using var copy = _db.Copy(
            "copy message (seq, number, segment, area, rule, source, line) from stdin (format binary, freeze)");
        foreach (var (carrier, at) in chunk.ByCarrier())
        {
            ref readonly var row = ref chunk[at];
            copy.StartRow();
            Write(copy, MessageSeq.Of(carrier, ++_positions[carrier]));
            Write(copy, row.Number);
            Write(copy, row.Segment);
            Write(copy, row.Area);
            Write(copy, (long)row.Rule);
            Write(copy, row.Source);
            Write(copy, row.Line);
        }

        copy.Complete();
    }

    void WriteExclusions(List<ExclusionRow> rows)
    {
        using var copy = _db.Copy(
            "copy exclusion (id, source, line, segment, reason, number, written, earlier) "
            + "from stdin (format binary, freeze)");
        foreach (var row in rows)
        {
            copy.StartRow();
            Write(copy, ++_exclusions);
            Write(copy, row.Source);
            Write(copy, row.Line);
            Write(copy, row.Segment);
            Write(copy, (long)row.Reason);
            if (row.Number is { } number)
                Write(copy, number);
            else
                copy.WriteNull();
            Write(copy, row.Written);
            Write(copy, row.Earlier?.ToSql());
        }

        copy.Complete();
    }

    static void Write(NpgsqlBinaryImporter copy, long value) => copy.Write(value, NpgsqlDbType.Bigint);

    static void Write(NpgsqlBinaryImporter copy, string? value)
    {
        if (value is null)
            copy.WriteNull();
        else
            copy.Write(value, NpgsqlDbType.Text);
    }
}
