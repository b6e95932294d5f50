using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Conduct;

/// <summary>Records what is decided of a run, and where the run stands by it: both or neither, whenever the process is
/// killed.</summary>
sealed class RunDecisions(RunKey key, IRegistry registry, TimeProvider time, IRunWatcher watcher)
{
    /// <summary>Records what a look finds, not that it was looked again.</summary>
    /// <param name="state">Where the run stands by it; null: where it stood.</param>
    public void Once(DecisionKind what, DateTimeOffset due, Wording reason, RunState? state = null)
    {
        var decision = new Decision(key, due, time.GetUtcNow(), what, reason);
        if (!IsOnRecord(decision))
            Add(decision, state);
        else if (state is { } stands)
            registry.SetState(key, stands, decision.At);
    }

    /// <summary>A rehearsal's decisions stand in nobody's record: they are the terminal's.</summary>
    /// <param name="state">As of <see cref="Once"/>.</param>
    public void Add(Decision decision, RunState? state = null)
    {
        if (key.Simulated && state is { } simulated)
            registry.SetState(key, simulated, decision.At);
        else if (!key.Simulated && state is { } stands)
            registry.Record(decision, stands);
        else if (!key.Simulated)
            registry.Record(decision);
        watcher.Decided(decision);
    }

    /// <summary>Whether the last decision is this one. That a run is over is due whenever it is found, which tells it
    /// from no other.</summary>
    bool IsOnRecord(Decision decision) =>
        registry.ReadDecisions(key.Campaign).LastOrDefault(each => each.Run == key) is { } last
        && last with { At = decision.At, ByOs = decision.ByOs } == decision with
        {
            Due = decision.What == DecisionKind.Finished ? last.Due : decision.Due,
        };
}
