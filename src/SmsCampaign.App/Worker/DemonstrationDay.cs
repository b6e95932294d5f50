using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using SmsCampaign.Installations;
using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Simulator;
using SmsCampaign.Storage;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.App.Worker;

/// <summary>
/// The sample's day, played on this machine for somebody who wants to see the pages: the real worker, the real pages,
/// and the five stand-in carriers, on a clock that stands shortly before the campaign's opening and then goes on as
/// every clock does. A folder of its own, gone when it ends.
/// </summary>
sealed class DemonstrationDay : IAsyncDisposable
{
    /// <summary>The campaign that is shown.</summary>
    const string Sample = "dak-lak-2025";

    /// <summary>Of the shipped rates, so that it is minutes until all is sent.</summary>
    const int Slower = 20;

    /// <summary>Parts a second at least: a message of the sample has four.</summary>
    const int Slowest = 8;

    /// <summary>What the shipped installation file's lanes reach.</summary>
    const string ShippedSimulator = "http://127.0.0.1:8099";

    /// <summary>How long before its opening the day begins.</summary>
    static readonly TimeSpan Before = TimeSpan.FromSeconds(45);

    static readonly JsonDocumentOptions WithComments =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    readonly string _folder;
    readonly SendingTurn _turn;
    readonly SimulatedNetwork _network;
    readonly WebApplication _worker;
    readonly WebApplication _pages;

    DemonstrationDay(
        string folder,
        SendingTurn turn,
        SimulatedNetwork network,
        WebApplication worker,
        WebApplication pages,
        Uri entry) =>
        (_folder, _turn, _network, _worker, _pages, Entry) = (folder, turn, network, worker, pages, entry);

    /// <summary>Where one person gets in, once.</summary>
    public Uri Entry { get; }

    /// <param name="installation">The installation file that is shipped, with the samples in the folder above.</param>
    /// <param name="listen">Where the pages are served: this machine.</param>
    /// <returns>Null where it cannot be played; then why stands in <paramref name="problems"/>.</returns>
    public static async Task<DemonstrationDay?> BeginAsync(
        string installation, Uri listen, Language language, List<Wording> problems, CancellationToken cancellationToken)
    {
        var config = Path.GetDirectoryName(Path.GetFullPath(installation))!;
        var sample = Path.Combine(config, "..", "samples", Sample);
        if (!File.Exists(installation) || !Directory.Exists(sample))
        {
            problems.Add(new Wording(
                $"Trình diễn cần tệp cấu hình mẫu và samples/{Sample} bên cạnh thư mục của tệp đó; không thấy ở "
                    + $"{config}. Chạy từ thư mục mã nguồn, hoặc ghi --installation.",
                $"The demonstration needs the shipped installation file and samples/{Sample} beside its folder; they "
                    + $"are not at {config}. Run it from the source's folder, or give --installation."));
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("sms-campaign-demo-").FullName;
        try
        {
            return await BeginAsync(folder, config, sample, listen, language, problems, cancellationToken);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _pages.StopAsync(CancellationToken.None);
        await _pages.DisposeAsync();
        await _worker.StopAsync(CancellationToken.None);
        await _worker.DisposeAsync();
        await _network.DisposeAsync();
        _turn.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    static async Task<DemonstrationDay?> BeginAsync(
        string folder,
        string config,
        string sample,
        Uri listen,
        Language language,
        List<Wording> problems,
        CancellationToken cancellationToken)
    {
        Copy(sample, Path.Combine(folder, "samples", Sample));
        foreach (var table in new[] { "prefixes.csv", "carriers.csv" })
        {
            Directory.CreateDirectory(Path.Combine(folder, "config"));
            File.Copy(Path.Combine(config, table), Path.Combine(folder, "config", table));
        }

        var receipts = new Uri($"http://127.0.0.1:{FindPort()}");
        var settings = Path.Combine(folder, "config", "smscampaign.json");
        var campaign = Path.Combine(folder, "samples", Sample, "campaign.yaml");
        var opening = new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.FromHours(7));
        var time = new ShiftedTime(opening - Before);
        var data = new DataFolder(Path.Combine(folder, "data"), Path.Combine(folder, "data.marks"));
        var shipped = await File.ReadAllTextAsync(Path.Combine(config, "smscampaign.json"), cancellationToken);
        var network = await SimulatedNetwork.StartAsync(
            new SimulatorOptions(1, CarriersOf(shipped), new Uri(receipts, "/receipts")), time);
        var rewritten = Rewrite(shipped, network.Address.GetLeftPart(UriPartial.Authority), receipts);
        await File.WriteAllTextAsync(settings, rewritten, cancellationToken);
        var turn = new SendingTurn(data, simulated: false, time);
        if (Installation.Read(settings).Installation is not { } read || !turn.TryTake())
            throw new InvalidOperationException($"{settings} was written here and cannot be used");

        var who = Who.Here(new Wording("Người trình diễn", "Demonstrator").In(language));
        var approval = new ApprovalDesk(data, time).Approve(
            who,
            new ApprovalOrder(new PreparationRequest(campaign, settings), null, null, false, false, null),
            cancellationToken);
        if (approval is not ApprovalResult.Given)
            throw new InvalidOperationException($"{campaign} is shipped and cannot be approved: {Describe(approval)}");

        var worker = WorkerHost.Create(data, read, time, language, isQuiet: true);
        await worker.StartAsync(cancellationToken);
        await using (var people = await PeopleAccess.OpenAsync(data, time))
        {
            var all = Enum.GetValues<Right>().Select(right => new Grant(right, null)).ToList();
            await people.Desk.AddAsync(who, OneTimeEntry.Person, who.Person, "", all);
        }

        var place = new ConsolePlace(data, settings, listen, language)
        {
            Entry = new OneTimeEntry(),
            Campaigns = Path.Combine(folder, "samples"),
        };
        var pages = await ConsoleServer.CreateAsync(place, time);
        await pages.StartAsync(cancellationToken);
        return new DemonstrationDay(
            folder, turn, network, worker, pages, new Uri(new Uri(pages.Urls.First()), place.Entry.Path!));
    }

    static string Describe(ApprovalResult result) => result is ApprovalResult.Refused refused
        ? string.Join("; ", refused.Findings.Select(finding => ApprovalFindingWords.Of(finding).What.En))
        : $"{result}";

    static List<SimulatedCarrierOptions> CarriersOf(string settings) =>
    [
        .. ReadLanes(JsonNode.Parse(settings, null, WithComments)!)
            .Select(lane => new SimulatedCarrierOptions(lane.Key)
            {
                Latency = TimeSpan.FromMilliseconds(20),
                LatencyJitter = TimeSpan.FromMilliseconds(30),
                RefusedShare = 0.01,
                FailedShare = 0.04,
                NoReceiptShare = 0.005,
                ResetShare = 0.002,
            }),
    ];

    /// <summary>The shipped installation on other ports, slower, and without a management address.</summary>
    static string Rewrite(string settings, string simulator, Uri receipts)
    {
        var root = JsonNode.Parse(settings, null, WithComments)!.AsObject();
        root["receipts"]!["listen"] = receipts.GetLeftPart(UriPartial.Authority);
        root["management"] = new JsonObject { ["listen"] = "" };
        foreach (var (_, lane) in ReadLanes(root))
        {
            lane!["rate"] = Math.Max(Slowest, lane["rate"]!.GetValue<int>() / Slower);
            lane["url"] = lane["url"]!.GetValue<string>().Replace(
                ShippedSimulator, simulator, StringComparison.Ordinal);
        }

        return root.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    static JsonObject ReadLanes(JsonNode root) => root["lanes"]!.AsObject();

    static int FindPort()
    {
        using var any = new TcpListener(IPAddress.Loopback, 0);
        any.Start();
        return ((IPEndPoint)any.LocalEndpoint).Port;
    }

    static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    /// <summary>The system's clock, put to another moment.</summary>
    sealed class ShiftedTime(DateTimeOffset now) : TimeProvider
    {
        readonly TimeSpan _shift = now - System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;
    }
}
