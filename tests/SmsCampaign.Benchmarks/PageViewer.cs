using System.Buffers;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SmsCampaign.Tests.WebConsole;

namespace SmsCampaign.Benchmarks;

/// <summary>
/// Somebody with a page of a run open, as a browser has it: signed in, with the page's live parts on a socket.
/// </summary>
/// <remarks>What goes over the socket: aspnetcore, src/Components/Web.JS/src/Platform/Circuits/CircuitManager.ts
/// (StartCircuit, UpdateRootComponents, OnRenderCompleted).</remarks>
sealed partial class PageViewer : IAsyncDisposable
{
    readonly Uri _address;
    readonly CookieContainer _cookies = new();
    readonly HttpClient _http;
    HubConnection? _socket;

    /// <param name="which">Each comes from an address of its own on this machine (127.0.0.0/8): so many of one would
    /// not be let sign in.</param>
    public PageViewer(Uri address, int which)
    {
        _address = address;
        var from = new IPEndPoint(new IPAddress([127, 1, (byte)(which / 250), (byte)(which % 250 + 1)]), 0);
        _http = new HttpClient(new SocketsHttpHandler
        {
            CookieContainer = _cookies,
            AllowAutoRedirect = false,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(from);
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            BaseAddress = address,
        };
    }

    /// <summary>How many messages the page has said to be handed over, and when (<see cref="Stopwatch"/>).</summary>
    public List<(long Handed, long At)> Shown { get; } = [];

    public async Task SignInAsync(string name, string password, string code)
    {
        var answer = await PageForm.PostAsync(_http, "/dang-nhap", "sign-in", new()
        {
            ["Given.Name"] = name,
            ["Given.Password"] = password,
            ["Given.Code"] = code,
        });
        if (answer.StatusCode != HttpStatusCode.Redirect)
            throw new InvalidOperationException($"{name} cannot sign in: {answer.StatusCode}");
    }

    /// <summary>Asks for a page, whole.</summary>
    public async Task<(string Html, TimeSpan Took)> LoadAsync(string path)
    {
        var clock = Stopwatch.StartNew();
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        var html = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        return (html, clock.Elapsed);
    }

    /// <summary>Bytes of the body as it travels.</summary>
    public async Task<long> WeighAsync(string path)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        ask.Headers.AcceptEncoding.ParseAdd("br, gzip");
        using var answer = await _http.SendAsync(ask);
        return (await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length;
    }

    /// <summary>Opens a page and lets its parts live.</summary>
    public async Task OpenAsync(string path)
    {
        var (html, _) = await LoadAsync(path);
        var state = State().Match(html).Groups["state"].Value;
        var parts = Part().Matches(html).Select((match, at) =>
            $$"""{"type":"add","ssrComponentId":{{at + 1}},"marker":{{match.Groups["marker"].Value}}}""");

        var builder = new HubConnectionBuilder().WithUrl(new Uri(_address, "/_blazor"), way =>
        {
            way.Transports = HttpTransportType.WebSockets;
            way.SkipNegotiation = true;
            way.Cookies = _cookies;
        });
        builder.Services.AddSingleton<IHubProtocol, BlazorPack>();
        _socket = builder.Build();
        _socket.On<int, byte[]>("JS.RenderBatch", TakeAsync);
        _socket.On<long, string, string, int, long, int>(
            "JS.BeginInvokeJS",
            async (task, _, _, _, _, _) =>
                await _socket.SendAsync("EndInvokeJSFromDotNet", task, true, $"[{task},true,null]"));
        await _socket.StartAsync();
        var page = new Uri(_address, path).AbsoluteUri;
        if (await _socket.InvokeAsync<string?>("StartCircuit", _address.AbsoluteUri, page, "[]", state) is null)
            throw new InvalidOperationException("the page's parts cannot live");
        await _socket.SendAsync(
            "UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', parts)}}]}""", state);
    }

    public async ValueTask DisposeAsync()
    {
        if (_socket is not null)
            await _socket.DisposeAsync();
        _http.Dispose();
    }

    async Task TakeAsync(int batch, byte[] drawn)
    {
        var at = Stopwatch.GetTimestamp();
        if (Handed().Match(Encoding.UTF8.GetString(drawn)) is { Success: true } handed)
        {
            var number = handed.Groups["n"].Value.Replace(".", "", StringComparison.Ordinal);
            Shown.Add((long.Parse(number, CultureInfo.InvariantCulture), at));
        }

        await _socket!.SendAsync("OnRenderCompleted", batch, null);
    }

    [GeneratedRegex("<!--Blazor:(?<marker>\\{\"type\":\"server\".*?\\})-->")]
    private static partial Regex Part();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>.*?)-->")]
    private static partial Regex State();

    [GeneratedRegex("Đã chuyển (?<n>[0-9.]+)/")]
    private static partial Regex Handed();

    /// <summary>What the pages' parts speak: MessagePack under a name of its own.</summary>
    sealed class BlazorPack : IHubProtocol
    {
        readonly MessagePackHubProtocol _pack = new(Options.Create(new MessagePackHubProtocolOptions()));

        public string Name => "blazorpack";

        public int Version => 1;

        public TransferFormat TransferFormat => TransferFormat.Binary;

        public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _pack.GetMessageBytes(message);

        public bool IsVersionSupported(int version) => version == Version;

        public bool TryParseMessage(
            ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message) =>
            _pack.TryParseMessage(ref input, binder, out message);

        public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _pack.WriteMessage(message, output);
    }
}
