using System.Diagnostics;
using System.Globalization;
using SmsCampaign.Carriers;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Carriers;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// adapters [--requests N] [--connections N] [--runs N] [--type NAME]: requests a second that each adapter makes to a
/// gateway that gives every request the same answer, beside a bare HttpClient loop that sends the very bytes of one of
/// its requests at the same concurrency and reads the answer's. Pairs in turn, and the medians.
/// </summary>
static class AdaptersBenchmark
{
    public static int Run(Arguments arguments) => RunAsync(
        arguments.Number("requests", 100_000),
        arguments.Number("connections", 64),
        arguments.Number("runs", 5),
        arguments.Text("type") ?? "")
        .GetAwaiter()
        .GetResult();

    static async Task<int> RunAsync(int requests, int connections, int runs, string only)
    {
        Console.WriteLine("| type | bare loop, requests/s | adapter, requests/s | ratio | CPU, µs a request (bare) |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var each in CarrierTypes.All
            .Select(type => PlayedGateway.All()[type.Name])
            .Where(each => only.Length == 0 || only == each.Type))
        {
            using var gateway = CannedGateway.Start(each.ContentType, each.Accepting([]));
            var options = Read(each.Type, each.Section(gateway.Address, "${env:TOKEN}"), connections);
            using var http = CarrierHttp.CreateSender(options);
            var carrier = CarrierTypes.CreateCarrier(new Lane(each.Type, options), http);
            using var owned = carrier as IDisposable;
            if (carrier.Session is { } session)
                await session.OpenAsync(CancellationToken.None);
            var bytes = await CaptureAsync(options);

            // Unmeasured, until the runtime has compiled both for good.
            await MeasureAsync(requests, connections, number => SendAsync(carrier, number));
            await BareAsync(bytes, requests, connections);

            List<double> bare = [], ours = [], ratios = [], bareCpu = [], cpu = [];
            for (var pair = 0; pair < runs; pair++)
            {
                var yardstick = await BareAsync(bytes, requests, connections);
                var made = await MeasureAsync(requests, connections, number => SendAsync(carrier, number));
                bare.Add(yardstick.Rate);
                ours.Add(made.Rate);
                ratios.Add(made.Rate / yardstick.Rate);
                bareCpu.Add(yardstick.CpuMicrosecondsAMessage);
                cpu.Add(made.CpuMicrosecondsAMessage);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {each.Type} | {ProgramRun.Median(bare):N0} | {ProgramRun.Median(ours):N0} | "
                    + $"{ProgramRun.Median(ratios):0.00} | {ProgramRun.Median(cpu):0} "
                    + $"({ProgramRun.Median(bareCpu):0}) |"));
        }

        return 0;
    }

    static async ValueTask SendAsync(ICarrier carrier, int number)
    {
        var sms = new OutboundSms(
            $"bench-{number:0000000}", new PhoneNumber(84_300_000_000 + number), BenchmarkRun.Sender, Text)
        {
            Attempt = number,
        };
        var result = (await carrier.SendAsync([sms], CancellationToken.None))[0];
        if (result.Outcome != SendOutcome.Accepted)
            throw new InvalidOperationException($"{result.Outcome}: {result.Reason}");
    }

    static async Task<SendFigures> BareAsync(Captured bytes, int requests, int connections)
    {
        using var http = new HttpClient(
            new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseProxy = false, UseCookies = false });
        return await MeasureAsync(requests, connections, async _ =>
        {
            using var request = bytes.ToRequest();
            using var response = await http.SendAsync(request);
            if (!response.IsSuccessStatusCode || (await response.Content.ReadAsByteArrayAsync()).Length == 0)
                throw new InvalidOperationException($"HTTP {(int)response.StatusCode}");
        });
    }

    static async Task<SendFigures> MeasureAsync(int requests, int connections, Func<int, ValueTask> send)
    {
        var next = 0;
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var number && number <= requests)
                await send(number);
        })));
        var seconds = watch.Elapsed.TotalSeconds;
        process.Refresh();
        return new SendFigures(requests / seconds, (process.TotalProcessorTime - cpu).TotalMicroseconds / requests);
    }

    /// <summary>The last request that one message takes.</summary>
    static async Task<Captured> CaptureAsync(LaneOptions options)
    {
        using var handler = new Capturing();
        using var http = new HttpMessageInvoker(handler);
        var carrier = CarrierTypes.CreateCarrier(new Lane(options.Type, options), http);
        using var owned = carrier as IDisposable;
        if (carrier.Session is { } session)
            await session.OpenAsync(CancellationToken.None);
        await carrier.SendAsync(
            [new OutboundSms("bench-0000001", new PhoneNumber(84_300_000_001), BenchmarkRun.Sender, Text)
            {
                Attempt = 1,
            }],
            CancellationToken.None);
        return handler.Last!;
    }

    static LaneOptions Read(string type, string section, int connections)
    {
        var folder = Directory.CreateTempSubdirectory("adapters-").FullName;
        try
        {
            var path = Path.Combine(folder, "smscampaign.json");
            File.WriteAllText(path, $$"""
                { "lanes": { "lane": { "type": "{{type}}", "standIn": true, "carriers": ["viettel"], "rate": 100000, "maxInFlight": 1000, "connections": {{connections}},
                  "receiptTrust": "none", "pricePerPart": 0, "lengthTable": "care", {{section}} } } }
                """);
            var reading = Installation.Read(path, new Dictionary<string, string> { ["TOKEN"] = "0123456789abcdef" });
            return reading.Installation?.Lanes[0].Options
                ?? throw new InvalidOperationException(
                    string.Join('\n', reading.Problems.Select(problem => problem.In(Language.English))));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static readonly SmsText Text = SmsText.Compose(BenchmarkRun.Text);

    /// <param name="Headers">Those of the content among them.</param>
    sealed record Captured(
        HttpMethod Method,
        Uri Address,
        IReadOnlyList<(string Name, string Value, bool OfContent)> Headers,
        ReadOnlyMemory<byte>? Body)
    {
        public HttpRequestMessage ToRequest()
        {
            var request = new HttpRequestMessage(Method, Address);
            if (Body is { } body)
                request.Content = new ReadOnlyMemoryContent(body);
            foreach (var (name, value, ofContent) in Headers)
            {
                if (ofContent)
                    request.Content!.Headers.TryAddWithoutValidation(name, value);
                else
                    request.Headers.TryAddWithoutValidation(name, value);
            }

            return request;
        }
    }

    /// <summary>Keeps the last request, and answers none.</summary>
    sealed class Capturing : HttpMessageHandler
    {
        public Captured? Last { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var headers = request.Headers.SelectMany(header => header.Value.Select(value => (header.Key, value, false)))
                .Concat((request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
                    .SelectMany(header => header.Value.Select(value => (header.Key, value, true))));
            Last = new Captured(
                request.Method, request.RequestUri!, [.. headers.Where(header => header.Key != "Content-Length")],
                request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken));
            return new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable);
        }
    }
}
