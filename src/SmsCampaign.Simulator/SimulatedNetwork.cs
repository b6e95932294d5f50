using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace SmsCampaign.Simulator;

/// <summary>
/// Stand-in carriers on loopback, spoken to over real HTTP: <c>POST /NAME/messages</c>, <c>/NAME/inquiry</c>
/// (<see cref="InquiryCall"/>), those of <see cref="SimulatedSessions"/>, and <c>GET /stats</c> with
/// <c>?phones=true</c> and <c>?arrivals=true</c> for more.
/// </summary>
/// <remarks>
/// Kestrel without a host above it: it shares the machine with the program it is to try out, and a host would take
/// Ctrl-C for itself.
/// </remarks>
public sealed class SimulatedNetwork : IAsyncDisposable, IHttpApplication<IFeatureCollection>
{
    static readonly JsonSerializerOptions StatsJson = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    KestrelServer _server;
    readonly ReceiptPump _receipts;
    readonly TimeProvider _time;
    readonly long _started;
    readonly IReadOnlyList<SimulatedCarrier> _carriers;
    readonly Dictionary<string, SimulatedCarrier> _byPath;
    readonly Dictionary<string, SimulatedCarrier> _byInquiryPath;
    readonly Dictionary<string, SimulatedCarrier> _byLoginPath;
    readonly Dictionary<string, SimulatedCarrier> _bySessionPath;
    Withholding? _withholding;

    SimulatedNetwork(SimulatorOptions options, TimeProvider time, int port)
    {
        _time = time;
        _started = time.GetTimestamp();
        _carriers =
            [.. options.Carriers.Select(carrier => new SimulatedCarrier(carrier, options.Seed, time, _started))];
        _byPath = _carriers.ToDictionary(carrier => $"/{carrier.Options.Name}/messages");
        _byInquiryPath = _carriers
            .Where(carrier => carrier.Options.AnswersInquiries)
            .ToDictionary(carrier => $"/{carrier.Options.Name}/inquiry");
        _byLoginPath = LoggedInTo("login.jsp");
        _bySessionPath = LoggedInTo("send.jsp").Concat(LoggedInTo("send_2.jsp")).ToDictionary();
        _receipts = new ReceiptPump(time) { Url = options.ReceiptUrl };

        _server = CreateServer(port);

        Dictionary<string, SimulatedCarrier> LoggedInTo(string page) =>
            _carriers
                .Where(carrier => carrier.Sessions is not null)
                .ToDictionary(carrier => $"/{carrier.Options.Name}/{page}");
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Time since it started, as <see cref="Arrival.Microseconds"/> count it.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_started);

    /// <summary>Where receipts go, without the carrier's name. May be set once the receiver has its port.</summary>
    public Uri? ReceiptUrl
    {
        get => _receipts.Url;
        set => _receipts.Url = value;
    }

    /// <param name="port">0: one that is free.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SimulatedNetwork> StartAsync(SimulatorOptions options, TimeProvider time, int port = 0)
    {
        var network = new SimulatedNetwork(options, time, port);
        try
        {
            await network._server.StartAsync(network, CancellationToken.None);
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }

        network.Address = new Uri(
            network._server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        return network;
    }

    public SimulatorStats Stats()
    {
        var phones = new Dictionary<long, int>();
        foreach (var carrier in _carriers)
            carrier.AddPhones(phones);

        return new SimulatorStats(
            [.. _carriers.Select(carrier => carrier.Stats())],
            phones.Count,
            phones.Values.Count(messages => messages > 1));
    }

    /// <summary>Messages that have come in, taken or not: the sum of
    /// <see cref="CarrierStats.Messages"/>, at once.</summary>
    public long CountMessages() => _carriers.Sum(carrier => carrier.CountMessages());

    /// <summary>What each phone got, over all carriers.</summary>
    public IReadOnlyList<PhoneStats> Phones()
    {
        var phones = new Dictionary<long, List<string>>();
        foreach (var carrier in _carriers)
            carrier.AddPhones(phones);

        return [.. phones.Select(phone => new PhoneStats($"{phone.Key}", phone.Value.Count, phone.Value))];
    }

    /// <summary>Every request of a carrier, in the order it came.</summary>
    public IReadOnlyList<Arrival> Arrivals(string carrier) => _byPath[$"/{carrier}/messages"].Arrivals();

    /// <summary>
    /// The gateway dies: every connection is cut off in the middle of whatever it was, and new ones are refused.
    /// What was taken stays taken.
    /// </summary>
    public async Task DieAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }

    /// <summary>
    /// Once so many messages have come in (<see cref="CountMessages"/>), calls are taken and left without an answer
    /// until <see cref="AnswerAll"/>.
    /// </summary>
    public void WithholdAnswersFrom(long messages) => _withholding = new Withholding(messages);

    /// <summary>Gives the answers that <see cref="WithholdAnswersFrom"/> kept back, and all that follow.</summary>
    public void AnswerAll() => Interlocked.Exchange(ref _withholding, null)?.Over.TrySetResult();

    /// <summary>Comes back at the same address after <see cref="DieAsync"/>.</summary>
    /// <exception cref="IOException">Something else listens there by now.</exception>
    public async Task ReturnAsync()
    {
        _server = CreateServer(Address.Port);
        await _server.StartAsync(this, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        // Who still waits for an answer is cut off.
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
        await _receipts.DisposeAsync();
    }

    IFeatureCollection IHttpApplication<IFeatureCollection>.CreateContext(IFeatureCollection contextFeatures) =>
        contextFeatures;

    void IHttpApplication<IFeatureCollection>.DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    Task IHttpApplication<IFeatureCollection>.ProcessRequestAsync(IFeatureCollection context)
    {
        var request = context.GetRequiredFeature<IHttpRequestFeature>();
        return (request.Method, request.Path) switch
        {
            ("POST", var path) when _byPath.TryGetValue(path, out var carrier) && carrier.Sessions is null =>
                TakeAsync(carrier, context),
            ("GET" or "POST", var path) when _byInquiryPath.TryGetValue(path, out var carrier) =>
                InquireAsync(carrier, context),
            ("GET", var path) when _byLoginPath.TryGetValue(path, out var carrier) => LogInAsync(carrier, context),
            ("GET", var path) when _bySessionPath.TryGetValue(path, out var carrier) =>
                TakeInSessionAsync(carrier, context, request.QueryString),
            ("GET", "/stats") => AnswerStatsAsync(context, request.QueryString),
            _ => AnswerAsync(context, 404, """{"code":"no_such_address"}"""u8.ToArray()),
        };
    }

    async Task TakeAsync(SimulatedCarrier carrier, IFeatureCollection context)
    {
        if (await ReadBodyAsync(context, ReadCall) is not { Messages.Count: > 0 } call
            || (call.IsList && !carrier.Options.AcceptsLists))
        {
            await AnswerAsync(context, 400, """{"code":"malformed"}"""u8.ToArray());
            return;
        }

        await EndAsync(carrier.Take(call.Messages), context, results => WriteResults(results, call.IsList));
    }

    async Task LogInAsync(SimulatedCarrier carrier, IFeatureCollection context)
    {
        carrier.Count(messages: 0, parts: 0);
        var (number, latency) = carrier.Sessions!.Begin();
        await Task.Delay(latency, _time);
        carrier.Sessions.Open(number);
        await AnswerAsync(context, 200, JsonSerializer.SerializeToUtf8Bytes(new { sid = $"{number}", status = "200" }));
    }

    async Task TakeInSessionAsync(SimulatedCarrier carrier, IFeatureCollection context, string query)
    {
        if (SimulatedSessions.ReadMessage(query) is not var (sid, message))
        {
            await AnswerAsync(context, 400, """{"status":"malformed"}"""u8.ToArray());
        }
        else if (carrier.Sessions!.Use(sid) is { } refusal)
        {
            carrier.Count(messages: 1, message.Parts);
            await AnswerAsync(context, 401, Encoding.ASCII.GetBytes(refusal));
        }
        else
        {
            await EndAsync(carrier.Take([message]), context, results =>
                JsonSerializer.SerializeToUtf8Bytes(new { status = results[0].Id is null ? results[0].Code : "200" }));
        }
    }

    /// <summary>Ends a call as it was decided on.</summary>
    async Task EndAsync(
        Verdict verdict, IFeatureCollection context, Func<List<MessageResult>, ReadOnlyMemory<byte>> write)
    {
        if (verdict.End == CallEnd.Throttled)
        {
            context.GetRequiredFeature<IHttpResponseFeature>().Headers.RetryAfter = "1";
            await AnswerAsync(context, 429, """{"code":"too_fast"}"""u8.ToArray());
            return;
        }

        if (verdict.End == CallEnd.Busy)
        {
            await AnswerAsync(context, 503, """{"code":"busy"}"""u8.ToArray());
            return;
        }

        foreach (var receipt in verdict.Receipts)
        {
            if (receipt.Delay is { } delay)
                _receipts.Add(receipt, delay);
        }

        if (verdict.Receipts.FindAll(receipt => receipt.Delay is null) is { Count: > 0 } early)
            await _receipts.PostNowAsync(early);

        if (verdict.Latency > TimeSpan.Zero)
            await Task.Delay(verdict.Latency, _time);

        var connection = context.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        if (_withholding is { } withholding && CountMessages() >= withholding.From)
            await withholding.Over.Task.WaitAsync(connection.RequestAborted).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);

        if (verdict.End == CallEnd.Reset)
            connection.Abort();
        else if (verdict.End == CallEnd.Unanswered)
            await Task.Delay(Timeout.InfiniteTimeSpan, _time, connection.RequestAborted).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing);
        else
            await AnswerAsync(context, 200, write(verdict.Results));
    }

    static async Task InquireAsync(SimulatedCarrier carrier, IFeatureCollection context)
    {
        var request = context.GetRequiredFeature<IHttpRequestFeature>();
        var isList = request.Method == "POST";
        var references = isList
            ? await ReadBodyAsync(context, InquiryCall.ReadBody)
            : InquiryCall.ReadQuery(request.QueryString);

        if (references is null)
            await AnswerAsync(context, 400, """{"code":"malformed"}"""u8.ToArray());
        else if (carrier.Inquire(references) is { } results)
            await AnswerAsync(context, 200, InquiryCall.Write(results, isList));
        else
            await AnswerAsync(context, 503, """{"code":"try_later"}"""u8.ToArray());
    }

    /// <returns>Null where the body is not in the simulator's dialect.</returns>
    static IncomingCall? ReadCall(ReadOnlySequence<byte> body)
    {
        try
        {
            return IncomingCall.Read(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static async Task<T> ReadBodyAsync<T>(IFeatureCollection context, Func<ReadOnlySequence<byte>, T> read)
    {
        var reader = context.GetRequiredFeature<IRequestBodyPipeFeature>().Reader;
        var body = await reader.ReadAsync();
        while (!body.IsCompleted)
        {
            reader.AdvanceTo(body.Buffer.Start, body.Buffer.End);
            body = await reader.ReadAsync();
        }

        try
        {
            return read(body.Buffer);
        }
        finally
        {
            reader.AdvanceTo(body.Buffer.End);
        }
    }

    static ReadOnlyMemory<byte> WriteResults(List<MessageResult> results, bool isList)
    {
        var buffer = new ArrayBufferWriter<byte>(128 * results.Count);
        using var json = new Utf8JsonWriter(buffer);
        if (isList)
        {
            json.WriteStartObject();
            json.WriteStartArray("results"u8);
        }

        foreach (var result in results)
        {
            json.WriteStartObject();
            json.WriteString("reference"u8, result.Reference);
            json.WriteString("code"u8, result.Code);
            if (result.Id is not null)
                json.WriteString("id"u8, result.Id);

            json.WriteEndObject();
        }

        if (isList)
        {
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.Flush();
        return buffer.WrittenMemory;
    }

    static KestrelServer CreateServer(int port)
    {
        var settings = new KestrelServerOptions { AddServerHeader = false };
        settings.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        return new KestrelServer(
            Options.Create(settings),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    Task AnswerStatsAsync(IFeatureCollection context, string query)
    {
        var stats = Stats();
        return AnswerAsync(context, 200, JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                stats.Carriers,
                stats.DistinctPhones,
                stats.PhonesWithMoreThanOne,
                Phones = query.Contains("phones=true", StringComparison.Ordinal) ? Phones() : null,
                Arrivals = query.Contains("arrivals=true", StringComparison.Ordinal)
                    ? _carriers.ToDictionary(carrier => carrier.Options.Name, carrier => carrier.Arrivals())
                    : null,
            },
            StatsJson));
    }

    static async Task AnswerAsync(IFeatureCollection context, int status, ReadOnlyMemory<byte> body)
    {
        var response = context.GetRequiredFeature<IHttpResponseFeature>();
        response.StatusCode = status;
        response.Headers.ContentType = "application/json";
        response.Headers.ContentLength = body.Length;
        await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(body);
    }

    sealed class Withholding(long from)
    {
        public long From => from;

        public TaskCompletionSource Over { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
