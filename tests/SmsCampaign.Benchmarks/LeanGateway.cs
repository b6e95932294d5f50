using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmsCampaign.App.Receiving;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// gateway [--latency MS]: a stand-in gateway that does no more than a gateway must: Kestrel, each message read as
/// JSON, each answered with an id; no statistics, no chance. A process of its own, so that what it costs is not counted
/// as ours. Prints its port; then the number of messages taken for each line on its stdin, and ends with it.
/// </summary>
/// <remarks>
/// One message is answered <c>{"reference":"…","id":"…","code":"queued"}</c>, a list (<c>{"messages":[…]}</c>) with
/// <c>{"results":[…]}</c> of the same in the order given.
/// </remarks>
static class LeanGateway
{
    public const string Verb = "gateway";

    static long Taken;

    public static int Run(Arguments arguments) =>
        RunAsync(TimeSpan.FromMilliseconds(arguments.Number("latency", 0))).GetAwaiter().GetResult();

    static async Task<int> RunAsync(TimeSpan latency)
    {
        var builder = ReceiptServer.CreateBuilder(new Uri("http://127.0.0.1:0"));
        builder.Logging.ClearProviders();
        await using var web = builder.Build();
        web.Run(context => AnswerAsync(context, latency));
        await web.StartAsync();
        Console.WriteLine(new Uri(web.Urls.First()).Port.ToString(CultureInfo.InvariantCulture));

        while (await Console.In.ReadLineAsync() is not null)
            Console.WriteLine(Interlocked.Read(ref Taken).ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    static async Task AnswerAsync(HttpContext context, TimeSpan latency)
    {
        var reader = context.Request.BodyReader;
        ReadResult read;
        while (!(read = await reader.ReadAsync()).IsCompleted)
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);

        var answer = new ArrayBufferWriter<byte>(512);
        Answer(read.Buffer, answer);
        reader.AdvanceTo(read.Buffer.End);

        if (latency > TimeSpan.Zero)
            await Task.Delay(latency, TimeProvider.System, CancellationToken.None);

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(answer.WrittenMemory);
    }

    static void Answer(ReadOnlySequence<byte> body, ArrayBufferWriter<byte> to)
    {
        var reader = new Utf8JsonReader(body);
        var isList = false;
        var count = 0;

        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;

            if (reader.ValueTextEquals("messages"u8))
            {
                isList = true;
                to.Write("{\"results\":["u8);
            }
            else if (reader.ValueTextEquals("reference"u8))
            {
                reader.Read();
                if (count++ > 0)
                    to.Write(","u8);
                WriteResult(ref reader, to);
            }
        }

        if (isList)
            to.Write("]}"u8);
    }

    static void WriteResult(ref Utf8JsonReader reader, ArrayBufferWriter<byte> to)
    {
        to.Write("{\"reference\":\""u8);
        to.Advance(reader.CopyString(to.GetSpan(64)));
        to.Write("\",\"id\":\""u8);
        Utf8Formatter.TryFormat(
            Interlocked.Increment(ref Taken), to.GetSpan(16), out var written, new StandardFormat('D', 16));
        to.Advance(written);
        to.Write("\",\"code\":\"queued\"}"u8);
    }
}
