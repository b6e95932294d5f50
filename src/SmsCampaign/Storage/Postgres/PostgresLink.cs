using System.Diagnostics;
using Npgsql;

namespace SmsCampaign.Storage.Postgres;

/// <summary>The connection that is in use: opened when something is asked, and again where it was lost.</summary>
sealed class PostgresLink(PostgresTables at)
{
    /// <summary>How often the server is asked again that cannot be reached while it is not known what it did.</summary>
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    NpgsqlConnection? _connection;
    volatile NpgsqlBatch? _running;
    string? _timeline;
    PostgresTransaction? _unknown;

    /// <summary>Of what it is in use for.</summary>
    public bool IsOpen => _connection is not null;

    /// <exception cref="InvalidOperationException">Nothing was asked by it yet.</exception>
    public NpgsqlConnection Connection => _connection ?? throw new InvalidOperationException("it is not open");

    /// <param name="isBounded">Whether a server that does not answer is given up after <see cref="Longest"/>: of what
    /// is done for every message. What takes longer, as counting all rows of a country, may.</param>
    /// <remarks>Of several statements at once Npgsql sends what follows the first on a thread of the pool, also for who
    /// calls it synchronously, and would wait for one for ever where all of them wait likewise (npgsql/npgsql#5607):
    /// waiting for its task lets the pool have more.</remarks>
    public NpgsqlDataReader Open(IReadOnlyList<NpgsqlBatchCommand> commands, bool isBounded = false)
    {
        _connection ??= at.Place.Source.OpenConnection();
        var batch = new NpgsqlBatch(_connection) { Timeout = isBounded ? (int)Longest.TotalSeconds : 0 };
        foreach (var command in commands)
            batch.BatchCommands.Add(command);
        _running = batch;
        return commands.Count == 1 ? batch.ExecuteReader() : batch.ExecuteReaderAsync().GetAwaiter().GetResult();
    }

    /// <summary>Ends what is being asked, from another thread.</summary>
    public void Cancel() => _running?.Cancel();

    /// <summary>Gives it back, to be used by others.</summary>
    public void Close()
    {
        _running = null;
        _connection?.Dispose();
        _connection = null;
    }

    /// <summary>It was lost: nobody is given it again.</summary>
    public void Drop()
    {
        if (_connection is not null)
            NpgsqlConnection.ClearPool(_connection);
        Close();
    }

    /// <summary>Whether the server is the one on which the first transaction was, and not another that was promoted in
    /// its place.</summary>
    public bool IsSameServer(PostgresTransaction begun) => begun.Timeline == (_timeline ??= begun.Timeline);

    /// <summary>Waits until the server says what became of a transaction. Where it does not, the next that is begun
    /// asks.</summary>
    /// <param name="patience">For as long at most.</param>
    /// <returns>False where it was not committed, or that is not known (yet).</returns>
    /// <exception cref="LedgerException">Another server has taken its place: <see cref="StorageFault.Replaced"/>.
    /// </exception>
    public bool WasCommitted(PostgresTransaction lost, TimeSpan patience)
    {
        var asked = Stopwatch.GetTimestamp();
        while (true)
        {
            switch (lost.Find(at.Place))
            {
                case PostgresOutcome.Committed:
                    return true;
                case PostgresOutcome.TakenBack:
                    return false;
                case PostgresOutcome.Replaced:
                    throw Replaced();
            }

            if (Stopwatch.GetElapsedTime(asked) > patience)
            {
                _unknown = lost;
                return false;
            }

            Thread.Sleep(Glance);
        }
    }

    /// <summary>Of a transaction that nobody could tell of it is known before the next begins: where it was committed
    /// after all, what memory has of it is not what is kept.</summary>
    public void KnowLast()
    {
        if (_unknown is not { } last)
            return;

        switch (last.Find(at.Place))
        {
            case PostgresOutcome.TakenBack:
                _unknown = null;
                return;
            case PostgresOutcome.NotKnown:
                throw new LedgerException(new Wording(
                    "chưa biết lần ghi trước đã xong hay chưa", "it is not known yet whether the last commit was done"))
                { File = at.Name, Fault = StorageFault.Unreachable, IsInPostgres = true };
            default:
                throw Replaced();
        }
    }

    /// <summary>What is known of it in memory is not (or may not be) what it holds: it is to be opened anew.</summary>
    public LedgerException Replaced() => new(new Wording(
        "máy chủ PostgreSQL đã thay đổi trong lúc đang ghi: sổ phải được mở lại",
        "the server of PostgreSQL has changed under it: the ledger is to be opened anew"))
    { File = at.Name, Fault = StorageFault.Replaced, IsInPostgres = true };
}
