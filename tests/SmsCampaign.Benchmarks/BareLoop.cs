using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// The yardstick: HttpClient alone, as many loops as connections, each writing and posting the bytes a lane would and
/// reading what became of each message. No storage, no pace.
/// </summary>
static class BareLoop
{
    static readonly JsonEncodedText Sender = JsonEncodedText.Encode(
        BenchmarkRun.Sender, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
    static readonly JsonEncodedText Text = JsonEncodedText.Encode(
        BenchmarkRun.Text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    public static async Task<SendFigures> RunAsync(Uri gateway, SendCase work)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = work.Connections,
            UseProxy = false,
            UseCookies = false,
        });
        var next = 84_300_000_000L;
        var left = (work.Messages + work.List - 1) / work.List;
        var calls = left;

        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, work.Connections).Select(_ => Task.Run(async () =>
        {
            var body = new ArrayBufferWriter<byte>();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                Write(body, Interlocked.Add(ref next, work.List), work.List);
                using var request = new HttpRequestMessage(HttpMethod.Post, gateway)
                {
                    Content = new ReadOnlyMemoryContent(body.WrittenMemory)
                    {
                        Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") },
                    },
                };
                using var response = await http.SendAsync(request);
                var answer = await response.Content.ReadAsByteArrayAsync();
                if (!response.IsSuccessStatusCode || Read(answer, work.List).Any(id => id is null))
                    throw new InvalidOperationException($"HTTP {(int)response.StatusCode}");
            }
        })));
        var seconds = watch.Elapsed.TotalSeconds;
        process.Refresh();
        var messages = (double)calls * work.List;
        return new SendFigures(messages / seconds, (process.TotalProcessorTime - cpu).TotalMicroseconds / messages);
    }

    /// <summary>The body of <see cref="SendBenchmark.Message"/>, each message with a number and a
    /// reference of its own.</summary>
    static void Write(ArrayBufferWriter<byte> to, long first, int messages)
    {
        to.ResetWrittenCount();
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { SkipValidation = true });
        if (messages > 1)
        {
            json.WriteStartObject();
            json.WriteStartArray("messages"u8);
        }

        for (var number = first; number < first + messages; number++)
        {
            json.WriteStartObject();
            json.WriteString(
                "reference"u8,
                string.Create(CultureInfo.InvariantCulture, $"{BenchmarkRun.Code}-{number & 0xFFFFFF:x6}"));
            json.WriteString("to"u8, number.ToString(CultureInfo.InvariantCulture));
            json.WriteString("from"u8, Sender);
            json.WriteString("text"u8, Text);
            json.WriteEndObject();
        }

        if (messages > 1)
        {
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <returns>The id of each message; null where it was not taken.</returns>
    static string?[] Read(ReadOnlySpan<byte> answer, int messages)
    {
        var ids = new string?[messages];
        var at = 0;
        string? id = null;

        var json = new Utf8JsonReader(answer);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName)
                continue;

            if (json.ValueTextEquals("id"u8))
            {
                json.Read();
                id = json.GetString();
            }
            else if (json.ValueTextEquals("code"u8))
            {
                json.Read();
                ids[at++] = json.ValueTextEquals("queued"u8) ? id : null;
            }
        }

        return ids;
    }
}
