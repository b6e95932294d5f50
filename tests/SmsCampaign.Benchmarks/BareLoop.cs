using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// The yardstick: HttpClient alone, as many loops as connections, each posting the same bytes a lane would and reading the
/// answer whole. No storage, no pace, no JSON read.
/// </summary>
static class BareLoop
{
    public static async Task<SendFigures> RunAsync(Uri gateway, SendCase work)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = work.Connections, UseProxy = false, UseCookies = false });
        var bodies = new BodyWriter(work.List);
        var next = 84_300_000_000L;
        var left = (work.Messages + work.List - 1) / work.List;
        var calls = left;

        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, work.Connections).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var body = bodies.Write(Interlocked.Add(ref next, work.List));
                using var request = new HttpRequestMessage(HttpMethod.Post, gateway)
                {
                    Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } },
                };
                using var response = await http.SendAsync(request);
                var answer = await response.Content.ReadAsByteArrayAsync();
                if (!response.IsSuccessStatusCode || answer.Length == 0)
                    throw new InvalidOperationException($"HTTP {(int)response.StatusCode}");
            }
        })));
        var seconds = watch.Elapsed.TotalSeconds;
        process.Refresh();
        var messages = (double)calls * work.List;
        return new SendFigures(messages / seconds, (process.TotalProcessorTime - cpu).TotalMicroseconds / messages);
    }

    /// <summary>Bodies as a lane writes them: each message with a number and a reference of its own. Copies what is the same.</summary>
    sealed class BodyWriter
    {
        readonly byte[] _template;
        readonly int _list;
        readonly int _reference;
        readonly int _number;
        readonly int _each;

        public BodyWriter(int list)
        {
            const string reference = BenchmarkRun.Code + "-4fti4u";
            const string number = "84912000001";
            var message = Encoding.UTF8.GetBytes(SendBenchmark.Message
                .Replace("{reference}", reference, StringComparison.Ordinal)
                .Replace("{to}", number, StringComparison.Ordinal)
                .Replace("{sender}", BenchmarkRun.Sender, StringComparison.Ordinal)
                .Replace("{text}", BenchmarkRun.Text, StringComparison.Ordinal));
            var before = list == 1 ? [] : "{\"messages\":["u8.ToArray();
            var after = list == 1 ? [] : "]}"u8.ToArray();

            _list = list;
            _each = message.Length + 1;
            _template = [.. before, .. message, .. Enumerable.Range(1, list - 1).SelectMany(_ => ",\u0000"u8.ToArray()[..1].Concat(message)), .. after];
            _reference = before.Length + message.AsSpan().IndexOf("-4fti4u"u8) + 1;
            _number = before.Length + message.AsSpan().IndexOf("84912000001"u8);
        }

        public byte[] Write(long first)
        {
            var body = _template.AsSpan().ToArray();
            for (var at = 0; at < _list; at++)
            {
                Utf8Formatter.TryFormat(first + at, body.AsSpan(_number + at * _each), out _);
                Utf8Formatter.TryFormat((uint)(first + at) & 0xFFFFFF, body.AsSpan(_reference + at * _each, 6), out _, new StandardFormat('x', 6));
            }

            return body;
        }
    }
}
