using System.Globalization;
using Npgsql;

namespace SmsCampaign.Storage.Postgres.Receipts;

/// <summary>
/// Tells what others append: the server is asked each second, and tells it by itself (LISTEN) on a connection of its
/// own to who wants to know at once. That may be lost, or a pooler stand in between that passes nothing on.
/// </summary>
sealed class ReceiptNews : IAsyncDisposable
{
    /// <summary>Between two questions, and before it is connected to again.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Seconds after which the server is asked whether it is still there.</summary>
    const int KeepAliveSeconds = 10;

    readonly PostgresTables _at;
    readonly TimeProvider _time;
    readonly Action<long> _tell;
    readonly string _ask;
    readonly NpgsqlDataSource _listening;
    readonly CancellationTokenSource _stop = new();
    readonly bool _listens;
    readonly Task _asks;
    Task? _hears;

    /// <param name="tell">Given the last id that there is, on any thread.</param>
    /// <param name="listens">Whether the server can tell by itself.</param>
    public ReceiptNews(PostgresTables at, TimeProvider time, Action<long> tell, bool listens = true)
    {
        (_at, _time, _tell, _listens) = (at, time, tell, listens);
        _ask = $"select id from {PostgresNames.Quote(at.Schema)}.progress where name = 'given'";
        _listening = at.Place.OpenApart(given =>
        {
            given.ApplicationName += " receipts";
            given.KeepAlive = KeepAliveSeconds;
            given.Timeout = given.CommandTimeout = ReceiptAppender.PatienceSeconds;
            given.CancellationTimeout = -1;
        });
        _asks = Task.Run(AskAsync);
    }

    /// <summary>From now on it is told at once.</summary>
    public void Listen()
    {
        if (!_listens || Volatile.Read(ref _hears) is not null)
            return;

        var hears = new Task<Task>(ListenAsync);
        if (Interlocked.CompareExchange(ref _hears, hears.Unwrap(), null) is null)
            hears.Start(TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_asks, Volatile.Read(ref _hears) ?? Task.CompletedTask);
        await _listening.DisposeAsync();
        _stop.Dispose();
    }

    Task AskAsync() => RepeatAsync(async () =>
    {
        await using var connection = await _at.Place.Source.OpenConnectionAsync(_stop.Token);
        await AskAsync(connection);
    });

    Task ListenAsync() => RepeatAsync(async () =>
    {
        await using var connection = await _listening.OpenConnectionAsync(_stop.Token);
        connection.Notification += (_, said) =>
        {
            if (long.TryParse(said.Payload, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                _tell(id);
        };
        await using (var listen = new NpgsqlCommand($"listen {PostgresNames.Quote(_at.Schema)}", connection))
            await listen.ExecuteNonQueryAsync(_stop.Token);
        await AskAsync(connection); // what came before
        while (true)
            await connection.WaitAsync(_stop.Token);
    });

    async Task AskAsync(NpgsqlConnection connection)
    {
        await using var ask = new NpgsqlCommand(_ask, connection);
        if (await ask.ExecuteScalarAsync(_stop.Token) is long id)
            _tell(id);
    }

    /// <summary>Again and again, with a pause: what fails is tried again.</summary>
    async Task RepeatAsync(Func<Task> work)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await work();
            }
            catch (Exception lost) when (
                lost is NpgsqlException or OperationCanceledException || PostgresFaults.IsOfConnection(lost))
            {
                // whoever appends or reads says so
            }

            await Task.Delay(Pause, _time, _stop.Token).Quietly();
        }
    }
}
