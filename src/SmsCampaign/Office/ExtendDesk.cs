using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using SmsCampaign.Campaigns;
using SmsCampaign.Conduct;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>
/// Has today's window of a run close later: by a person's name and reason, for today only, and never past the hour at
/// which people are disturbed. It changes nothing of what was approved: text, audience and plan are as they were.
/// </summary>
/// <remarks>It stands in ledger.db before it has effect; whoever decides when the window closes reads it there
/// (<see cref="RunRecord.ReadSchedule"/>).</remarks>
public sealed partial class ExtendDesk(DataFolder data, TimeProvider time)
{
    /// <summary>Kind of the command. Stored: never rename.</summary>
    internal const string Kind = "extend-window";

    const string HourForm = "HH:mm";

    /// <param name="patience">How long a running worker's answer is waited for.</param>
    /// <param name="cancellationToken">Ends the waiting; what was asked stands.</param>
    public async Task<ExtendResult> ExtendAsync(
        Who who, ExtendOrder order, TimeSpan patience, CancellationToken cancellationToken)
    {
        var findings = new List<ExtendFinding>();
        if (!who.IsNamed)
            findings.Add(new ExtendFinding.NoName());
        if (string.IsNullOrWhiteSpace(order.Reason))
            findings.Add(new ExtendFinding.NoReason());

        var now = time.GetUtcNow();
        if (Find(order, now) is not { } run)
        {
            findings.Add(new ExtendFinding.NoRun(KnownRuns.Read(data, order.Campaign), KnownRuns.ReadCampaigns(data)));
            return new ExtendResult.Refused(findings);
        }

        var registry = Ledgers.OpenRegistry(data);
        var asked = Judge(data, registry, run, order.Until, now);
        findings.AddRange(asked.Findings);
        if (findings.Count > 0)
            return new ExtendResult.Refused(findings);

        var (key, reason) = (run.ToKey(), NumberMask.In(order.Reason.Trim()));
        var command = new CommandOrder(
            Kind,
            key,
            JsonSerializer.Serialize(new Wish(order.Until.ToString(HourForm, CultureInfo.InvariantCulture), reason),
                ExtendJson.Default.Wish),
            JsonSerializer.Serialize(new SeenClosing(
                asked.Today.ToSql(), asked.Present.ToString(HourForm, CultureInfo.InvariantCulture)),
                ExtendJson.Default.SeenClosing),
            who);
        var answer = await new CommandDesk(data, time).AskAsync(command, patience, cancellationToken);
        return answer switch
        {
            CommandResult.Answered({ Outcome: CommandOutcome.Done }) => Extended(byWorker: true),
            CommandResult.Answered({ Words: var why }) => new ExtendResult.NotDone(why),
            CommandResult.Unanswered late => new ExtendResult.NotKnown(late.ToWords()),
            _ => Extend(data, registry, key, command, time) is { } why
                ? new ExtendResult.NotDone(why)
                : Extended(byWorker: false),
        };

        // Written down while it closed: what the campaign gives up then may be given up by now.
        ExtendResult Extended(bool byWorker) => new ExtendResult.Extended(
            key, asked.Today, asked.Present, order.Until, asked.Left, asked.IsHeld, byWorker)
        {
            ClosedMeanwhile = asked.GivesUp && time.GetUtcNow() >= run.ReadSchedule().Window.ClosesOn(asked.Today),
        };
    }

    /// <summary>Does what <see cref="ExtendAsync"/> asks for, in the process that sends. Done twice it leaves things as
    /// they are.</summary>
    internal static CommandAnswer Extend(AskedCommand command, Station station)
    {
        var key = RunKey.ParseStored(command.Run ?? "", "command");
        var order = new CommandOrder(command.Kind, key, command.Arguments, command.Seen, command.Who);
        return Extend(station.Data, station.Registry, key, order, station.Clock.Time) is { } why
            ? new CommandAnswer(CommandOutcome.Refused, why)
            : new CommandAnswer(CommandOutcome.Done, new Wording(
                "Dịch vụ gửi đã nhận: hôm nay gửi đến giờ mới.",
                "The worker has taken it up: today it sends until then."));
    }

    /// <returns>Why not; null where it is so.</returns>
    static Wording? Extend(DataFolder data, IRegistry registry, RunKey key, CommandOrder order, TimeProvider time)
    {
        var wish = JsonSerializer.Deserialize(order.Arguments, ExtendJson.Default.Wish)!;
        var seen = JsonSerializer.Deserialize(order.Seen, ExtendJson.Default.SeenClosing)!;
        var until = TimeOnly.ParseExact(wish.Until, HourForm, CultureInfo.InvariantCulture);
        if (registry.Find(key) is not { } run)
            return new ExtendFinding.NoRun([], []).ToWords();

        // It was done, and whoever did was killed before saying so.
        var now = time.GetUtcNow();
        var extension = WindowExtension.Of(SqlTime.DateFromSql(seen.Day), until, order.Who, wish.Reason);
        if (run.Extensions.Contains(extension))
            return null;

        var judged = Judge(data, registry, run, until, now);
        if (judged.Today.ToSql() != seen.Day
            || judged.Present.ToString(HourForm, CultureInfo.InvariantCulture) != seen.Closes)
        {
            return new Wording(
                $"Khung giờ của {key} đã khác lúc được xem (hôm nay đóng lúc {judged.Present:HH:mm}); chưa đổi gì. "
                    + $"Hãy xem "
                    + $"'status' rồi quyết định lại.",
                $"The window of {key} is other than it was looked at (it closes at {judged.Present:HH:mm} today); "
                    + $"nothing "
                    + $"was changed. Look at 'status' and decide again.");
        }

        if (judged.Findings.Count > 0)
            return Wording.Join(" ", judged.Findings.Select(finding => finding.ToWords()));

        var (window, day) = (run.ReadSchedule().Window, Figures.Date(judged.Today));
        var decision = new Decision(
            key,
            window.Extend(judged.Today, until).ClosesOn(judged.Today),
            now,
            DecisionKind.Extended,
            new Wording(
                $"{order.Who.Person} cho kéo dài khung giờ ngày {day} từ {judged.Present:HH:mm} đến {until:HH:mm}. Lý "
                    + $"do: "
                    + $"{wish.Reason}",
                $"{order.Who.Person} has the window of {day} close at {until:HH:mm} instead of {judged.Present:HH:mm}. "
                    + $"Reason: {wish.Reason}"))
        { ByOs = order.Who.ByOs };
        registry.Extend(key, extension, decision);
        return null;
    }

    /// <summary>Whether it can be extended now, by what is on disk.</summary>
    static Judged Judge(DataFolder data, IRegistry registry, RunRecord run, TimeOnly until, DateTimeOffset now)
    {
        Occurrence? occurrence;
        Schedule schedule;
        long? left;
        try
        {
            schedule = run.ReadSchedule();
            occurrence = Occurrence.Find(registry, run.ToKey());
            left = Ledgers.RunAt(run.AddressIn(data)) is { Exists: true } ledger ? ledger.CountPlanned() : null;
        }
        catch (LedgerException unreadable)
        {
            var why = StorageFaults.Describe(unreadable, data) ?? unreadable.Words;
            return new Judged([new ExtendFinding.Unreadable(why)], default, default, 0, false, false);
        }

        var (key, window) = (run.ToKey(), schedule.Window);
        var today = window.DayOf(now);
        var present = window.HourOfClosing(today);
        var findings = new List<ExtendFinding>();
        var isHeld = run.State == RunState.Held;
        if (run.State.IsOver())
            findings.Add(new ExtendFinding.IsOver(key));
        else if (run.State == RunState.Planned || (occurrence is null && !isHeld))
            findings.Add(new ExtendFinding.NotApproved(key));
        else if (left == 0)
            findings.Add(new ExtendFinding.NothingLeft(key));

        if (findings.Count == 0)
            FindHours();
        return new Judged(findings, today, present, left ?? 0, isHeld, schedule.Leftovers == LeftoverPolicy.Drop);

        void FindHours()
        {
            var extended = schedule with { Window = window.Extend(today, until) };
            var policy = (occurrence is null ? null : occurrence with { Schedule = extended })?.PolicyOf();
            List<DateOnly> days = [.. schedule.SendDays(policy?.FirstDay ?? key.Date)];
            if (!days.Contains(today))
            {
                findings.Add(new ExtendFinding.NotToday(key, today, days[0], days[^1]));
                return;
            }

            if (until <= present)
                findings.Add(new ExtendFinding.NotLater(key, present));
            else if (until > ScheduleReader.LatestCourteous)
                findings.Add(new ExtendFinding.TooLate(key, present));
            else if (extended.Window.ClosesOn(today) <= now)
                findings.Add(new ExtendFinding.IsPast(key, window.ToLocal(now)));
            if ((schedule.Leftovers == LeftoverPolicy.Drop && now >= window.ClosesOn(today))
                || (!isHeld && policy?.Decide(now).Choice is StartChoice.Skip or StartChoice.Leave))
                findings.Add(new ExtendFinding.MayNotGoOn(key));
        }
    }

    /// <summary>The run that may send today goes before others.</summary>
    RunRecord? Find(ExtendOrder order, DateTimeOffset now)
    {
        var runs = KnownRuns.Read(data, order.Campaign)
            .Where(run => !run.Simulated && (order.Date is not { } date || run.FindKey()?.Date == date))
            .ToList();
        return runs.Find(run => !run.State.IsOver() && MaySendToday(run, now))
            ?? runs.Find(run => MaySendToday(run, now))
            ?? runs.FirstOrDefault();
    }

    static bool MaySendToday(RunRecord run, DateTimeOffset now)
    {
        try
        {
            var schedule = run.ReadSchedule();
            return schedule.SendDays(run.ToKey().Date).Contains(schedule.Window.DayOf(now));
        }
        catch (LedgerRowException)
        {
            return false;
        }
    }

    /// <param name="Present">When today's window closes as it is, local time.</param>
    /// <param name="Left">Messages that wait to be sent.</param>
    /// <param name="GivesUp">Whether what is left at the closing is not sent.</param>
    sealed record Judged(
        IReadOnlyList<ExtendFinding> Findings, DateOnly Today, TimeOnly Present, long Left, bool IsHeld, bool GivesUp);

    sealed record Wish(string Until, string Reason);

    sealed record SeenClosing(string Day, string Closes);

    [JsonSerializable(typeof(Wish))]
    [JsonSerializable(typeof(SeenClosing))]
    sealed partial class ExtendJson : JsonSerializerContext;
}
