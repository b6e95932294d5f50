using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Installations;
using SmsCampaign.Office;
using SmsCampaign.Office.Readiness;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.Office.Readiness;

/// <summary>What checks are asked about, and a world outside that says what a test wants.</summary>
static class ReadyCases
{
    /// <summary>15:00 in Vietnam, the day before.</summary>
    public static readonly DateTimeOffset Now = new(2025, 7, 29, 8, 0, 0, TimeSpan.Zero);

    public static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    public static readonly RunOpening Opening = new(Key, Now.AddHours(17), Now.AddHours(29), IsOpen: false);

    /// <summary>An installation of some lanes, of which no run is meant.</summary>
    public static ReadyCase Of(params IReadOnlyList<Lane> lanes) => new()
    {
        Data = new DataFolder(Path.Combine(Path.GetTempPath(), "sms-campaign-none")),
        Installation = new Installation("smscampaign.json", new ReceiptSettings(), new NumberSettings(), lanes),
        Now = Now,
        Lanes = lanes,
    };

    public static Lane Lane(string name, string url = "https://gateway.example/send") => new(
        name,
        new HttpLaneOptions { Type = "http", Url = new Uri(url), Rate = 10, PricePerPart = 300 });

    public static async Task<ReadyFinding> LookAsync(this IReadyCheck check, ReadyCase about) =>
        Assert.Single(await check.LookAsync(about, CancellationToken.None));

    /// <summary>A way that leads as far as the test says.</summary>
    public sealed class Gateways(params (string Host, Reach Way)[] ways) : IGatewayProbe
    {
        public List<Uri> Asked { get; } = [];

        public Task<Reach> ReachAsync(Uri address, CancellationToken cancellationToken)
        {
            lock (Asked)
                Asked.Add(address);
            return Task.FromResult(ways.Where(way => way.Host == address.Host).Select(way => way.Way).FirstOrDefault()
                ?? new Reach.Open(null));
        }
    }

    public sealed class Accounts(Func<Lane, IReadOnlyList<AccountFinding>?> answer) : IAccountAsker
    {
        public Task<IReadOnlyList<AccountFinding>?> AskAsync(Lane lane, CancellationToken cancellationToken) =>
            Task.FromResult(answer(lane));
    }

    public sealed class Programs(params (string Name, ProgramAnswer Answer)[] there) : IMachinePrograms
    {
        public Task<ProgramAnswer?> RunAsync(
            string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
            Task.FromResult(there.Where(each => each.Name == program).Select(each => each.Answer).FirstOrDefault());
    }

    public sealed class Web(Func<Uri, WebAnswer> answer, bool isFree = true) : IWebProbe
    {
        public Task<WebAnswer> GetAsync(Uri address, CancellationToken cancellationToken) =>
            Task.FromResult(answer(address));

        public bool IsFree(Uri listen) => isFree;
    }

    /// <summary>All is well with the world outside.</summary>
    public static ReadyTools Well { get; } = new()
    {
        Gateways = new Gateways(),
        Accounts = new Accounts(_ => [new AccountFinding(true, new Wording("dùng được.", "good."))]),
        Programs = new Programs(("timedatectl", new ProgramAnswer(0, "NTPSynchronized=yes\n"))),
        Web = new Web(address => new WebAnswer(
            200,
            address.AbsolutePath == "/health/live"
                ? "{\"status\":\"live\",\"at\":\"2025-07-29T02:00:00Z\"}"
                : "sms-campaign\n",
            new Reach.Open(null))),
        FreeAt = _ => 1_000_000_000_000,
    };

    public static void Is(ReadyLight light, string said, ReadyFinding found)
    {
        Assert.Contains(said, found.Found.Vi, StringComparison.Ordinal);
        Assert.Equal(light, found.Light);
        if (light == ReadyLight.Red)
            Assert.NotNull(found.ToDo);
    }
}
