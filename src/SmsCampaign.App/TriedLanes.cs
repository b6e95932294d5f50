using SmsCampaign.Dispatch.Words;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.App;

/// <summary>Tells a person of the lanes that send their first batch, of those that are held, and of those that a person
/// has let go on otherwise.</summary>
static class TriedLanes
{
    /// <param name="indent">Before each line.</param>
    public static void Say(RunOverview run, Terminal terminal, string indent)
    {
        foreach (var (lane, trial) in run.Trials)
        {
            var waiting = run.Status!.Lanes.First(each => each.Name == lane).Count(MessageStatus.Planned);
            if (trial.IsHeld)
                SayHeld(lane, trial, waiting, run.Run.Simulated ? null : run.Run.Key, terminal, indent);
            else if (trial.IsUnderWay)
                Say(terminal, indent, LaneTrialWords.UnderWay(lane, trial, Since(trial)));
            else
                Say(terminal, indent, LaneTrialWords.Overruled(lane, trial, Since(trial)));
        }
    }

    public static void Say(HeldLane held, Terminal terminal) =>
        SayHeld(held.Lane, held.Trial, held.Waiting, held.Run.ToString(), terminal, "");

    /// <summary>That a lane goes on which the program held, whatever whoever lets it go on has thought of.</summary>
    public static Wording Released(HeldLane held)
    {
        var (since, found) = (Since(held.Trial), LaneTrialWords.Of(held.Trial.Finding));
        return new Wording(
            $"Kênh gửi '{held.Lane}' từ {since} còn do chương trình tự giữ lại: {found}. Lệnh này cũng cho "
                + $"kênh ấy gửi tiếp.",
            $"The program itself has held the lane '{held.Lane}' since {since}: {found}. This lets it go on "
                + $"as well.");
    }

    /// <param name="run">Null: nobody can let it go on, as of a rehearsal.</param>
    static void SayHeld(
        string lane, LaneTrial trial, long waiting, string? run, Terminal terminal, string indent)
    {
        Say(terminal, indent, LaneTrialWords.Held(lane, trial, Since(trial), waiting));
        if (run is not null)
            Say(terminal, indent + "  ", LaneTrialWords.Advice(trial, run, lane));
    }

    static void Say(Terminal terminal, string indent, Wording words) =>
        terminal.Say($"{indent}{words}", $"{indent}{words}");

    static Wording Since(LaneTrial trial) => VietnamTime.Moment(ProcessClock.FromMicros(trial.Since));
}
