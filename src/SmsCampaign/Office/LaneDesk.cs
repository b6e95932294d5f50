using System.Text.Json;
using System.Text.Json.Serialization;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>
/// Lets lanes go on that stand still until a person says otherwise: asks the worker to, where one runs, so that whoever
/// asks is told that it has taken it up; writes it down for the next where none does.
/// </summary>
public sealed partial class LaneDesk(DataFolder data, TimeProvider time)
{
    /// <summary>Kind of the command. Stored: never rename.</summary>
    internal const string Resume = "resume-lane";

    /// <summary>Kind of the event that bears witness to it. Stored: never rename.</summary>
    internal const string Event = "resume";

    /// <summary>The lanes that are stopped. Looking makes no installation.</summary>
    public IReadOnlyList<LaneStop> Read() => Ledgers.FindRegistry(data)?.Stops.Read() ?? [];

    /// <param name="seen">The stops that were looked at: a lane that has stopped otherwise since stays stopped.</param>
    /// <param name="reason">On what grounds; empty: none are given.</param>
    /// <param name="patience">How long the worker's answer is waited for, for each lane.</param>
    /// <param name="cancellationToken">Ends the waiting; what was asked stands.</param>
    public async Task<ResumeResult> ResumeAsync(
        Who who,
        IReadOnlyList<string> lanes,
        IReadOnlyList<LaneStop> seen,
        string reason,
        TimeSpan patience,
        CancellationToken cancellationToken)
    {
        if (Check(who, lanes, seen) is { Count: > 0 } findings)
            return new ResumeResult.Refused(findings);

        var registry = Ledgers.OpenRegistry(data);
        var desk = new CommandDesk(data, time);
        var resumed = new List<ResumedLane>();
        foreach (var lane in lanes.Distinct())
        {
            var stop = seen.First(stop => stop.Lane == lane);

            // Said before it is done: cut off in between, the chain says more than was done, never less.
            registry.RecordEvent(
                who, Event, $"{BeginningOf(lane)}{NumberMask.In(stop.Reason)}{Why(reason)}", time.GetUtcNow());
            var order = new CommandOrder(
                Resume,
                null,
                JsonSerializer.Serialize(new LaneName(lane), Json.Default.LaneName),
                JsonSerializer.Serialize(SeenStop.Of(stop), Json.Default.SeenStop),
                who);
            resumed.Add(await desk.AskAsync(order, patience, cancellationToken) switch
            {
                CommandResult.Answered({ Outcome: CommandOutcome.Done, Words: var words }) =>
                    new ResumedLane.GoesOn(lane, words),
                CommandResult.Answered({ Words: var words }) => new ResumedLane.StaysStopped(lane, words),
                CommandResult.Unanswered late => new ResumedLane.NotKnown(lane, late.ToWords()),
                _ => LetGo(registry, lane, SeenStop.Of(stop), time.GetUtcNow()) is { } why
                    ? new ResumedLane.StaysStopped(lane, why)
                    : new ResumedLane.GoesOn(lane, null),
            });
        }

        return new ResumeResult.Asked(resumed);
    }

    /// <summary>Does what <see cref="ResumeAsync"/> asks for, in the process that sends. Done twice it leaves things as
    /// they are: the stop that was looked at is gone by then, and any other stays.</summary>
    internal static CommandAnswer LetGo(AskedCommand command, Conduct.Station station)
    {
        var lane = JsonSerializer.Deserialize(command.Arguments, Json.Default.LaneName)!.Lane;
        var seen = JsonSerializer.Deserialize(command.Seen, Json.Default.SeenStop)!;
        return LetGo(station.Registry, lane, seen, station.Clock.Time.GetUtcNow()) is { } why
            ? new CommandAnswer(CommandOutcome.Refused, why)
            : new CommandAnswer(CommandOutcome.Done, new Wording(
                "Dịch vụ gửi đã nhận và gửi tiếp ngay nếu còn trong khung giờ.",
                "The worker has taken it up and sends again at once if the window is open."));
    }

    /// <returns>Why it stays stopped; null where the stop that was looked at is no more.</returns>
    static Wording? LetGo(IRegistry registry, string lane, SeenStop seen, DateTimeOffset now)
    {
        if (registry.Stops.Remove(lane, stop => SeenStop.Of(stop) == seen, now) is not { } other)
            return null;

        var at = other.At is { } known
            ? VietnamTime.Moment(known)
            : new Wording("không rõ lúc nào", "a moment that is not known");
        return new Wording(
            $"Kênh gửi '{lane}' đã dừng lại lần nữa lúc {at}, sau khi được xem, nên vẫn dừng. "
                + $"Xem lý do mới bằng 'resume' rồi quyết định lại.",
            $"The lane '{lane}' has stopped again at {at}, after it was looked at, and stays stopped. "
                + $"See why with 'resume', and decide again.");
    }

    /// <summary>How the detail of its event begins.</summary>
    internal static string BeginningOf(string lane) => $"lane {lane}: ";

    static string Why(string reason) =>
        string.IsNullOrWhiteSpace(reason) ? "" : $". {NumberMask.In(reason.Trim())}";

    static List<ResumeFinding> Check(Who who, IReadOnlyList<string> lanes, IReadOnlyList<LaneStop> seen)
    {
        var findings = new List<ResumeFinding>();
        if (lanes.Count == 0)
            findings.Add(new ResumeFinding.NoLane());
        if (!who.IsNamed)
            findings.Add(new ResumeFinding.NoName());
        findings.AddRange(lanes.Distinct()
            .Where(lane => seen.All(stop => stop.Lane != lane))
            .Select(lane => new ResumeFinding.NotStopped(lane, [.. seen.Select(stop => stop.Lane)])));
        return findings;
    }

    sealed record LaneName(string Lane);

    /// <param name="At">As it is stored; null where what is kept of it is no time.</param>
    sealed record SeenStop(string? At, string Reason)
    {
        public static SeenStop Of(LaneStop stop) => new(stop.At?.ToSql(), stop.Reason);
    }

    [JsonSerializable(typeof(LaneName))]
    [JsonSerializable(typeof(SeenStop))]
    sealed partial class Json : JsonSerializerContext;
}
