using System.Buffers;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Threading.Channels;

namespace SmsCampaign.Simulator;

/// <summary>A delivery receipt on its way.</summary>
/// <param name="Delay">From now; null: before the answer to the call.</param>
/// <param name="Part">The part it is about, from 1, of so many <paramref name="Parts"/>; 0: the
/// message as a whole.</param>
sealed record Receipt(
    SimulatedCarrier Carrier, string Reference, string Id, string Status, string Code, TimeSpan? Delay, int Attempt = 0,
    int Part = 0, int Parts = 0);

/// <summary>What became of a carrier's receipts.</summary>
sealed class ReceiptTally
{
    long _sent;
    long _waiting;
    long _givenUp;

    public long Sent => Interlocked.Read(ref _sent);

    public long Waiting => Interlocked.Read(ref _waiting);

    public long GivenUp => Interlocked.Read(ref _givenUp);

    public void AddWaiting(int count) => Interlocked.Add(ref _waiting, count);

    public void AddSent(int count)
    {
        Interlocked.Add(ref _sent, count);
        Interlocked.Add(ref _waiting, -count);
    }

    public void AddGivenUp(int count)
    {
        Interlocked.Add(ref _givenUp, count);
        Interlocked.Add(ref _waiting, -count);
    }
}

/// <summary>
/// Brings receipts to their address when they are due: one queue by due time, a few connections, many receipts a call.
/// </summary>
sealed class ReceiptPump : IAsyncDisposable
{
    const int MostInACall = 200;
    const int Connections = 4;

    /// <summary>The receiver may be down for as long as a restart takes: all attempts together last
    /// some 40 seconds.</summary>
    const int MostAttempts = 12;

    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    readonly TimeProvider _time;
    readonly Lock _lock = new();
    readonly PriorityQueue<Receipt, long> _due = new();
    readonly Channel<List<Receipt>> _batches = Channel.CreateUnbounded<List<Receipt>>();
    readonly CancellationTokenSource _stop = new();
    readonly HttpClient _http = new(
        new SocketsHttpHandler { UseProxy = false, UseCookies = false, MaxConnectionsPerServer = 64 })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };

    readonly Task _running;

    public ReceiptPump(TimeProvider time)
    {
        _time = time;
        _running = Task.WhenAll([ReleaseAsync(), .. Enumerable.Range(0, Connections).Select(_ => PostAllAsync())]);
    }

    /// <summary>Where receipts go, without the carrier's name; null: nowhere.</summary>
    public Uri? Url { get; set; }

    public void Add(Receipt receipt, TimeSpan delay)
    {
        receipt.Carrier.Receipts.AddWaiting(1);
        Queue(receipt, delay);
    }

    /// <summary>Brings receipts at once and returns when they were taken, or one attempt was in vain.</summary>
    public async Task PostNowAsync(List<Receipt> receipts)
    {
        receipts[0].Carrier.Receipts.AddWaiting(receipts.Count);
        await PostAsync(receipts);
    }

    void Queue(Receipt receipt, TimeSpan delay)
    {
        lock (_lock)
            _due.Enqueue(receipt, (_time.GetUtcNow() + delay).UtcTicks);
    }

    async Task ReleaseAsync()
    {
        using var timer = new PeriodicTimer(Tick, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
                Release();
        }
        catch (OperationCanceledException)
        {
            _batches.Writer.Complete();
        }
    }

    void Release()
    {
        var batches = new Dictionary<SimulatedCarrier, List<Receipt>>();
        lock (_lock)
        {
            var now = _time.GetUtcNow().UtcTicks;
            while (_due.TryPeek(out _, out var due) && due <= now)
            {
                var receipt = _due.Dequeue();
                if (!batches.TryGetValue(receipt.Carrier, out var batch))
                    batches[receipt.Carrier] = batch = [];

                batch.Add(receipt);
                if (batch.Count == MostInACall)
                {
                    _batches.Writer.TryWrite(batch);
                    batches.Remove(receipt.Carrier);
                }
            }
        }

        foreach (var batch in batches.Values)
            _batches.Writer.TryWrite(batch);
    }

    async Task PostAllAsync()
    {
        await foreach (var batch in _batches.Reader.ReadAllAsync())
        {
            if (!_stop.IsCancellationRequested)
                await PostAsync(batch);
        }
    }

    async Task PostAsync(List<Receipt> receipts)
    {
        var carrier = receipts[0].Carrier;
        if (await TryPostAsync(carrier.Options.Name, receipts))
        {
            carrier.Receipts.AddSent(receipts.Count);
            return;
        }

        foreach (var receipt in receipts)
        {
            if (receipt.Attempt + 1 == MostAttempts || Url is null)
                carrier.Receipts.AddGivenUp(1);
            else
                Queue(receipt with { Attempt = receipt.Attempt + 1 }, WaitAfter(receipt.Attempt));
        }
    }

    static TimeSpan WaitAfter(int attempt) =>
        FirstWait * Math.Pow(2, attempt) is var wait && wait < LongestWait ? wait : LongestWait;

    async Task<bool> TryPostAsync(string carrier, List<Receipt> receipts)
    {
        if (Url is not { } url)
            return false;

        using var content = new ReadOnlyMemoryContent(Write(receipts))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
        try
        {
            using var answer = await _http.PostAsync(
                new Uri($"{url.AbsoluteUri.TrimEnd('/')}/{carrier}"), content, _stop.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or OperationCanceledException)
        {
            return false; // of a connection that is reset as it stands, the handler throws what the socket says
        }
    }

    ReadOnlyMemory<byte> Write(List<Receipt> receipts)
    {
        var at = _time.GetUtcNow();
        var buffer = new ArrayBufferWriter<byte>(160 * receipts.Count);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("receipts"u8);
        foreach (var receipt in receipts)
        {
            json.WriteStartObject();
            json.WriteString("reference"u8, receipt.Reference);
            json.WriteString("id"u8, receipt.Id);
            json.WriteString("status"u8, receipt.Status);
            json.WriteString("code"u8, receipt.Code);
            json.WriteString("at"u8, at);
            if (receipt.Part > 0)
            {
                json.WriteNumber("part"u8, receipt.Part);
                json.WriteNumber("parts"u8, receipt.Parts);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _http.Dispose();
        _stop.Dispose();
    }
}
