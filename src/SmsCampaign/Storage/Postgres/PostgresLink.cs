using System.Diagnostics;
using Npgsql;

namespace SmsCampaign.Storage.Postgres;

/// <summary>The connection that is in use: opened when something is asked, and again where it was lost.</summary>
sealed class PostgresLink(PostgresPlace place)
{
    /// <summary>How often the server is asked again that cannot be reached while it is not known what it did.</summary>
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    NpgsqlConnection? _connection;
    volatile NpgsqlBatch? _running;

    /// <summary>Of what it is in use for.</summary>
    public bool IsOpen => _connection is not null;

    /// <exception cref="InvalidOperationException">Nothing was asked by it yet.</exception>
    public NpgsqlConnection Connection => _connection ?? throw new InvalidOperationException("it is not open");

    /// <remarks>Of several statements at once Npgsql sends what follows the first on a thread of the pool, also for who
    /// calls it synchronously, and would wait for one for ever where all of them wait likewise (npgsql/npgsql#5607):
    /// waiting for its task lets the pool have more.</remarks>
    public NpgsqlDataReader Open(IReadOnlyList<NpgsqlBatchCommand> commands)
    {
        _connection ??= place.Source.OpenConnection();
        var batch = new NpgsqlBatch(_connection);
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

    /// <summary>Waits until the server says what became of a transaction.</summary>
    /// <param name="patience">For as long at most.</param>
    public PostgresOutcome Settle(PostgresTransaction lost, TimeSpan patience)
    {
        var asked = Stopwatch.GetTimestamp();
        while (true)
        {
            if (lost.Find(place) is var outcome and not PostgresOutcome.NotKnown)
                return outcome;
            if (Stopwatch.GetElapsedTime(asked) > patience)
                return PostgresOutcome.NotKnown;

            Thread.Sleep(Glance);
        }
    }
}
