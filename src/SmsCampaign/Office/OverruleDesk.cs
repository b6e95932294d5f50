using System.Text.Json;
using System.Text.Json.Serialization;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Office;

/// <summary>
/// Lets a lane go on that its first batch holds, otherwise than the campaign says: as a person has decided, who answers
/// for it.
/// </summary>
/// <inheritdoc cref="ControlDesk"/>
public sealed class OverruleDesk(DataFolder data, string installation, TimeProvider time)
{
    readonly ControlDesk _control = new(data, installation, time);

    /// <summary>All that speaks against it.</summary>
    /// <param name="seen">The lanes that the program holds, as they were looked at.</param>
    public IReadOnlyList<ControlFinding> Check(
        Who who, OverruleWish wish, IReadOnlyList<HeldLane> seen, string reason)
    {
        var findings = ControlDesk.CheckWho(who, reason);
        if (wish is { WithoutReceipts: true, WithoutFirstBatch: true })
            findings.Add(new ControlFinding.BothWays());
        if (wish.Run is null)
            findings.Add(new ControlFinding.NeedsCampaign());
        if (wish.Lane is null)
            findings.Add(new ControlFinding.NeedsLane());
        if (wish is { Run: { } run, Lane: { } lane })
            CheckLane(new OrderScope(run, lane), seen, findings);
        return findings;
    }

    /// <param name="pauses">As of <see cref="ControlDesk.ResumeAsync(Who, OrderScope, IReadOnlyList{StandingOrder},
    /// IReadOnlyList{HeldLane}, RunHold, string, TimeSpan, CancellationToken)"/>, as is the rest.</param>
    public async Task<ControlResult> ResumeAsync(
        Who who,
        OverruleWish wish,
        IReadOnlyList<StandingOrder> pauses,
        IReadOnlyList<HeldLane> seen,
        string reason,
        TimeSpan patience,
        CancellationToken cancellationToken) => Check(who, wish, seen, reason) is { Count: > 0 } findings
        ? new ControlResult.Refused(findings)
        : await _control.ResumeAsync(
            who,
            new OrderScope(wish.Run, wish.Lane),
            pauses,
            seen,
            null,
            wish.Release,
            reason,
            patience,
            cancellationToken);

    void CheckLane(OrderScope scope, IReadOnlyList<HeldLane> seen, List<ControlFinding> findings)
    {
        var known = findings.Count;
        _control.FindRun(scope.Run!, scope.Lane, findings);
        if (findings.Count > known || seen.Any(held => held.Scope == scope && held.Trial.Kind == TrialKind.Canary))
            return;

        var kept = Ledgers.RunAt(Ledgers.OpenRegistry(data).Find(scope.Run!)!.AddressIn(data));
        if (!kept.Exists)
        {
            findings.Add(new ControlFinding.NotHeldByFirstBatch(scope, null));
            return;
        }

        using (var plan = kept.ReadPlanUpToDate())
        {
            if (!plan.ReadDescription().Canary.IsOn)
            {
                findings.Add(new ControlFinding.HasNoFirstBatch(scope));
                return;
            }
        }

        findings.Add(new ControlFinding.NotHeldByFirstBatch(
            scope, kept.ReadTrials().GetValueOrDefault(scope.Lane!)));
    }
}

/// <summary>How a person wants a lane to go on that its first batch holds.</summary>
/// <param name="Run">Null: none is named.</param>
/// <param name="Lane">Null: none is named.</param>
public sealed record OverruleWish(RunKey? Run, string? Lane, bool WithoutReceipts, bool WithoutFirstBatch)
{
    public TrialRelease Release =>
        WithoutFirstBatch ? TrialRelease.WithoutFirstBatch : TrialRelease.WithoutReceipts;
}

/// <summary>What the command table says of a lane that was let go on otherwise than the campaign says.</summary>
sealed partial record HeedArguments(string Run, string Lane, TrialRelease Release)
{
    public static string Of(OrderScope scope, TrialRelease release) =>
        scope is { Run: { } run, Lane: { } lane } && release != TrialRelease.Anew
            ? JsonSerializer.Serialize(new HeedArguments(run.ToString(), lane, release), HeedJson.Default.HeedArguments)
            : "{}";

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(HeedArguments))]
    sealed partial class HeedJson : JsonSerializerContext;
}
