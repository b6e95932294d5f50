using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using SmsCampaign.App.Worker;
using SmsCampaign.Installations;
using SmsCampaign.Office;
using SmsCampaign.Simulator;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.WebConsole.Days;

/// <summary>An office with the pages, the worker once it is begun, and the five stand-in carriers, whose every message
/// gets its receipt; on a clock that a test puts to another day.</summary>
sealed class OfficeDay : IAsyncDisposable
{
    /// <summary>What the shipped installation file's lanes reach.</summary>
    const string ShippedSimulator = "http://127.0.0.1:8099";

    static readonly JsonDocumentOptions WithComments =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    readonly TempFolder _folder = new();
    readonly SimulatedNetwork _network;
    SendingTurn? _turn;
    WebApplication? _worker;

    OfficeDay(
        TempFolder folder, SettableTime time, TimeProvider ofPages, SimulatedNetwork network, string installation) =>
        (_folder, Time, _network, Console) = (folder, time, network, new ConsoleCase
        {
            Time = ofPages,
            Installation = installation,
        });

    public SettableTime Time { get; }

    public ConsoleCase Console { get; }

    /// <param name="ofPages">Makes of the office's clock that of the pages; null: they have the same.</param>
    public static async Task<OfficeDay> OpenAsync(DateTimeOffset now, Func<TimeProvider, TimeProvider>? ofPages = null)
    {
        var folder = new TempFolder();
        var time = new SettableTime(now);
        var shipped = await File.ReadAllTextAsync(Repository.PathOf("config/smscampaign.json"));
        var root = JsonNode.Parse(shipped, null, WithComments)!.AsObject();
        var receipts = new Uri($"http://127.0.0.1:{FindPort()}");
        var lanes = root["lanes"]!.AsObject();
        var network = await SimulatedNetwork.StartAsync(
            new SimulatorOptions(
                1, [.. lanes.Select(lane => new SimulatedCarrierOptions(lane.Key))], new Uri(receipts, "/receipts")),
            time);
        root["receipts"]!["listen"] = receipts.GetLeftPart(UriPartial.Authority);
        root["management"] = new JsonObject { ["listen"] = "" };
        root["approval"] = new JsonObject { ["twoPersons"] = true };
        root["numbers"]!["prefixes"] = Repository.PathOf("config/prefixes.csv");
        root["numbers"]!["carriers"] = Repository.PathOf("config/carriers.csv");
        root["numbers"]!["ported"] = new JsonArray();
        foreach (var (_, lane) in lanes)
        {
            var url = lane!["url"]!.GetValue<string>();
            lane["url"] = url.Replace(
                ShippedSimulator, network.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        }

        var installation = folder.Write("smscampaign.json", root.ToJsonString());
        return new OfficeDay(folder, time, ofPages?.Invoke(time) ?? time, network, installation);
    }

    /// <summary>What the carriers took, by phone.</summary>
    public IReadOnlyList<PhoneStats> Phones() => _network.Phones();

    /// <summary>The worker begins; it goes on until the office closes.</summary>
    public async Task BeginWorkAsync()
    {
        _turn = new SendingTurn(Console.Data, simulated: false, Time);
        Assert.True(_turn.TryTake());
        var installation = Installation.Read(Console.Installation).Installation!;
        _worker = WorkerHost.Create(Console.Data, installation, Time, Language.Vietnamese, isQuiet: true);
        await _worker.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
        {
            await _worker.StopAsync();
            await _worker.DisposeAsync();
        }

        await Console.DisposeAsync();
        await _network.DisposeAsync();
        _turn?.Dispose();
        _folder.Dispose();
    }

    static int FindPort()
    {
        using var any = new TcpListener(IPAddress.Loopback, 0);
        any.Start();
        return ((IPEndPoint)any.LocalEndpoint).Port;
    }

    /// <summary>The system's clock, put to another moment.</summary>
    public sealed class SettableTime(DateTimeOffset now) : TimeProvider
    {
        long _shift = (now - System.GetUtcNow()).Ticks;

        public override DateTimeOffset GetUtcNow() =>
            System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shift));

        public void Put(DateTimeOffset moment) =>
            Interlocked.Exchange(ref _shift, (moment - System.GetUtcNow()).Ticks);
    }
}
