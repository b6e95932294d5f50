using System.Globalization;
using SmsCampaign.Simulator;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.EndToEnd;

/// <summary>
/// One campaign whose sender is killed again and again (SIGKILL), or whose gateways break, proven from the carriers'
/// side. A class each of what happens: those of one class run one after the other, and each takes long.
/// </summary>
public abstract class CrashCase(ITestOutputHelper output)
{
    /// <summary>Set it to a seed that was printed, to meet the same chances again.</summary>
    const string SeedVariable = "SMS_CAMPAIGN_CRASH_SEED";

    private protected readonly int _seed = int.TryParse(
        Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var seed)
        ? seed
        : Random.Shared.Next();

    private protected async Task<CrashCampaign> OpenAsync(
        GatewayKind kind,
        IReadOnlyList<OfficeLane> lanes,
        Func<SimulatedCarrierOptions, SimulatedCarrierOptions>? behaviour = null)
    {
        output.WriteLine($"{SeedVariable}={_seed}");
        return await CrashCampaign.OpenAsync(kind, lanes, _seed, behaviour);
    }

    private protected void Describe(CrashCampaign campaign, CrashVerdict verdict, ProgramResult last)
    {
        output.WriteLine($"{verdict with { Twice = [], Lost = [], Unlisted = [], Wrong = [], TooMany = [] }}");
        foreach (var kill in campaign.Kills)
            output.WriteLine($"killed while {kill.Phase}: {string.Join(", ", kill.CutOff)}");
        foreach (var carrier in campaign.Office.Network.Stats().Carriers)
            output.WriteLine($"{carrier}");
        output.WriteLine($"{last}");
    }
}
