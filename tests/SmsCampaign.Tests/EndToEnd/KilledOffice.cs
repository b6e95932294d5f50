using System.Globalization;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Messages;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>
/// An office whose program is killed (SIGKILL) at moments that are seen on its disk or at its gateways, which can be
/// asked: so everybody has the message in the end, and nobody twice.
/// </summary>
abstract class KilledOffice(ITestOutputHelper output)
{
    /// <summary>Set it to a seed that was printed, to meet the same chances again.</summary>
    const string SeedVariable = "SMS_CAMPAIGN_KILLED_SEED";

    readonly List<string> _killed = [];

    protected int Seed { get; } = int.TryParse(
        Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var seed)
        ? seed
        : Random.Shared.Next();

    protected IReadOnlyList<string> Killed => _killed;

    protected static Task<Office> OpenAsync(int each) => Office.OpenAsync(
        [LaneOf("viettel", 84_960_000_001, each) with { MostPerCall = 4 }, LaneOf("vinaphone", 84_910_000_001, each)],
        carrier => carrier with { AnswersInquiries = true });

    /// <summary>Starts the program and kills it at a moment.</summary>
    /// <returns>Whether it lived then; it may be over before anybody looks.</returns>
    protected async Task<bool> KillAsync(
        Office office, string when, Func<ProgramUnderTest, bool> moment, params string[] arguments)
    {
        await using var program = office.Start(arguments);
        await program.UntilAsync(() => moment(program));
        if (program.HasExited)
        {
            var ended = await program.WaitAsync();
            Assert.True(ended.ExitCode == 0, $"{SeedVariable}={Seed}, {when}: {ended}");
            return false;
        }

        await program.KillAsync();
        office.Network.AnswerAll();
        _killed.Add(when);
        output.WriteLine($"{SeedVariable}={Seed}: killed {when}");
        return true;
    }

    /// <summary>All subscribers, and nobody else, got it once; the report adds up to that; what bears witness to it
    /// holds.</summary>
    protected async Task JudgeAsync(Office office)
    {
        var told = $"{SeedVariable}={Seed} ({string.Join(", ", Killed)})";
        Assert.Equal(
            office.Numbers.Select(number => $"{number} got it once").Order(StringComparer.Ordinal),
            office.Network.Phones()
                .Select(phone => phone.Count == 1 ? $"{phone.Phone} got it once" : $"{phone} {told}")
                .Order(StringComparer.Ordinal));
        var messages = new LedgerFacts(office.Data.Run(office.Key)).Messages();
        Assert.Equal(office.Numbers.Order(), messages.Select(message => message.Number).Order());
        Assert.All(messages, message => Assert.True(
            message.Status == MessageStatus.Delivered, $"{message} {told}"));

        var summary = await File.ReadAllTextAsync(Path.Combine(office.Reports, "tong-hop.csv"));
        Assert.Contains("\r\nCân đối,đúng,", summary, StringComparison.Ordinal);
        Assert.Equal(office.Numbers.Count, office.ReadReport("chi-tiet.csv").Count);
        Assert.Empty(office.ReadReport("chua-ro.csv"));
        Assert.Equal((0, ""), await RunAsync(office, ["audit", "verify"], keep: ""));
    }

    /// <summary>What <c>prove</c> says last. Where its own process is not the point it runs in this one.</summary>
    protected static async Task<string> ProveAsync(Office office)
    {
        var (code, last) = await RunAsync(office, ["prove", Office.CampaignId, "--lang", "en"]);
        Assert.True(code == 0, last);
        return last;
    }

    static async Task<(int Code, string Last)> RunAsync(Office office, string[] arguments, string? keep = null)
    {
        using var said = new StringWriter();
        var code = await CommandLine.RunAsync(
            [.. arguments, "--data", office.Data.Root],
            new Terminal(said, said, Language.English, outputIsTerminal: false),
            CancellationToken.None);
        return (code, code == 0 && keep is not null ? keep : said.ToString().TrimEnd().Split('\n')[^1]);
    }

    static OfficeLane LaneOf(string carrier, long first, int subscribers) => new(carrier, first, subscribers, 1_000)
    {
        MaxInFlight = 20,
        AskAfter = TimeSpan.FromSeconds(1),
        AnswerTimeout = TimeSpan.FromSeconds(30),
        ReceiptTimeout = TimeSpan.FromMinutes(5),
    };
}
