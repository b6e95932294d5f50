using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// Gateways that bring receipts one by one, as fast as they are taken: so many connections, each with one POST under
/// way. One thread and raw sockets, so that it costs the machine as little as can be.
/// </summary>
sealed class ReceiptLoad : IDisposable
{
    readonly Connection[] _connections;

    /// <param name="code">Of the run whose messages they are about.</param>
    public ReceiptLoad(Uri address, string lane, int connections, string code = "abcd2345")
    {
        _connections = [.. Enumerable.Range(0, connections).Select(_ => new Connection(address, lane, code))];
    }

    /// <summary>Brings receipts of messages 1 to <paramref name="receipts"/> of carrier 1, in sending order.</summary>
    /// <exception cref="InvalidOperationException">One was not answered 200.</exception>
    public LoadResult Run(long receipts)
    {
        var latencies = new LatencyHistogram();
        var clock = Stopwatch.StartNew();
        var sent = 0L;
        var answered = 0L;
        foreach (var connection in _connections)
        {
            if (sent < receipts)
                connection.Send(++sent);
        }

        var bySocket = _connections.ToDictionary(connection => connection.Socket);
        var readable = new List<Socket>(_connections.Length);
        while (answered < receipts)
        {
            readable.Clear();
            readable.AddRange(bySocket.Keys);
            Socket.Select(readable, null, null, TimeSpan.FromSeconds(60));
            if (readable.Count == 0)
                throw new InvalidOperationException("no answer for a minute");

            foreach (var socket in readable)
            {
                var connection = bySocket[socket];
                if (!connection.ReadAnswer())
                    continue;

                latencies.Add(Stopwatch.GetElapsedTime(connection.SentAt));
                answered++;
                if (sent < receipts)
                    connection.Send(++sent);
            }
        }

        return new LoadResult(receipts / clock.Elapsed.TotalSeconds, latencies.Quantile(0.5), latencies.Quantile(0.99));
    }

    /// <summary>Brings them no faster than a rate, until it is asked to stop.</summary>
    /// <param name="latencies">Of each, from when it was to be brought: those included that wait here because all
    /// connections are busy.</param>
    /// <returns>How many were answered 200.</returns>
    public long RunAt(int rate, CancellationToken stopping, LatencyHistogram? latencies = null)
    {
        var clock = Stopwatch.StartNew();
        var idle = new Queue<Connection>(_connections);
        var busy = new Dictionary<Socket, Connection>();
        var readable = new List<Socket>();
        long sent = 0, answered = 0;
        while (!stopping.IsCancellationRequested)
        {
            while (idle.Count > 0 && sent < clock.Elapsed.TotalSeconds * rate)
            {
                var connection = idle.Dequeue();
                connection.DueAt = TimeSpan.FromSeconds((double)sent / rate);
                connection.Send(++sent);
                busy.Add(connection.Socket, connection);
            }

            if (busy.Count == 0)
            {
                stopping.WaitHandle.WaitOne(1);
                continue;
            }

            readable.Clear();
            readable.AddRange(busy.Keys);
            Socket.Select(readable, null, null, TimeSpan.FromMilliseconds(1));
            foreach (var socket in readable.Where(socket => busy[socket].ReadAnswer()))
            {
                answered++;
                latencies?.Add(clock.Elapsed - busy[socket].DueAt);
                idle.Enqueue(busy[socket]);
                busy.Remove(socket);
            }
        }

        return answered;
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Socket.Dispose();
    }

    sealed class Connection
    {
        const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

        /// <summary>The key of a message of carrier 1 has six digits of base 36, its position at most
        /// nine decimal ones.</summary>
        const int ReferenceDigits = 6;
        const int IdDigits = 9;

        readonly byte[] _request;
        readonly byte[] _answer = new byte[1024];
        readonly int _reference;
        readonly int _id;
        int _read;

        public Connection(Uri address, string lane, string code)
        {
            var body =
                $$"""{"receipts":[{"reference":"{{code}}-######","id":"viettel-@@@@@@@@@","status":"DELIVRD","code":"","at":"2025-07-30T08:15:30.1234567+00:00"}]}""";
            var request = $"POST /receipts/{lane} HTTP/1.1\r\nHost: {address.Authority}\r\n"
                + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}";
            _request = Encoding.ASCII.GetBytes(request);
            _reference = request.IndexOf('#', StringComparison.Ordinal);
            _id = request.IndexOf('@', StringComparison.Ordinal);
            Socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            Socket.Connect(address.Host, address.Port);
        }

        public Socket Socket { get; }

        public long SentAt { get; private set; }

        /// <summary>When it was to be sent, since the run began.</summary>
        public TimeSpan DueAt { get; set; }

        public void Send(long position)
        {
            var seq = (1L << 28) | position;
            for (var at = ReferenceDigits - 1; at >= 0; at--, seq /= 36)
                _request[_reference + at] = (byte)Digits[(int)(seq % 36)];
            for (var at = IdDigits - 1; at >= 0; at--, position /= 10)
                _request[_id + at] = (byte)('0' + position % 10);

            _read = 0;
            SentAt = Stopwatch.GetTimestamp();
            Socket.Send(_request);
        }

        /// <returns>False where it is not whole yet.</returns>
        public bool ReadAnswer()
        {
            var read = Socket.Receive(_answer.AsSpan(_read));
            _read += read;
            var answer = _answer.AsSpan(0, _read);
            if (read > 0 && !answer.EndsWith("\r\n\r\n"u8))
                return false;

            return answer.StartsWith("HTTP/1.1 200 "u8)
                ? true
                : throw new InvalidOperationException($"answered '{Encoding.ASCII.GetString(answer)}'");
        }
    }
}

/// <param name="Rate">Receipts a second.</param>
readonly record struct LoadResult(double Rate, TimeSpan Median, TimeSpan P99);

/// <summary>Counts by 10 microseconds, up to 10 seconds.</summary>
sealed class LatencyHistogram
{
    readonly long[] _counts = new long[1_000_000];
    long _all;

    public void Add(TimeSpan latency)
    {
        _counts[Math.Clamp((int)(latency.TotalMicroseconds / 10), 0, _counts.Length - 1)]++;
        _all++;
    }

    public TimeSpan Quantile(double share)
    {
        var below = 0L;
        var at = 0;
        while (at < _counts.Length - 1 && (below += _counts[at]) < share * _all)
            at++;
        return TimeSpan.FromMicroseconds(10 * (at + 1));
    }
}
