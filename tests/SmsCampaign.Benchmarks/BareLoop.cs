using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// The yardstick: HttpClient alone, as many loops as connections, each posting the same bytes a lane would and reading the
/// answer whole. No storage, no pace, no JSON read or written.
/// </summary>
static class BareLoop
{
    /// <returns>Messages a second.</returns>
    public static async Task<double> RunAsync(Uri gateway, SendCase work)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = work.Connections, UseProxy = false, UseCookies = false });
        var body = Body(work.List);
        var left = (work.Messages + work.List - 1) / work.List;
        var calls = left;

        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, work.Connections).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
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
        return calls * work.List / watch.Elapsed.TotalSeconds;
    }

    static byte[] Body(int list)
    {
        var message = SendBenchmark.Message
            .Replace("{reference}", BenchmarkRun.Code + "-4fti4u", StringComparison.Ordinal)
            .Replace("{to}", "84912000001", StringComparison.Ordinal)
            .Replace("{sender}", BenchmarkRun.Sender, StringComparison.Ordinal)
            .Replace("{text}", BenchmarkRun.Text, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(list == 1 ? message : $$"""{"messages":[{{string.Join(',', Enumerable.Repeat(message, list))}}]}""");
    }
}
