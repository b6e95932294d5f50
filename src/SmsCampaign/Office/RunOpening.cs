using SmsCampaign.Campaigns;
using SmsCampaign.Conduct;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office;

/// <summary>When an approved run sends next.</summary>
/// <param name="IsOpen">Whether its window is open now.</param>
public sealed record RunOpening(RunKey Run, DateTimeOffset Opens, DateTimeOffset Closes, bool IsOpen)
{
    /// <summary>For how long its window is open yet, over all days on which it may be sent.</summary>
    public TimeSpan Left { get; init; }

    /// <summary>Of every approved run that has something to send, the next first. Runs whose rows cannot be
    /// read are left out, and no other: which row it is is said of its run.</summary>
    /// <param name="isSent">Whether nothing of a run is left to send.</param>
    /// <param name="takesTwoPersons">Whether nothing is sent that one person alone has approved.</param>
    public static IReadOnlyList<RunOpening> ReadAll(
        IRegistry registry, Func<RunKey, bool> isSent, bool takesTwoPersons, DateTimeOffset now)
    {
        var ended = registry.Orders.Read().Where(order => order is { IsForGood: true, Lane: null }).ToList();
        return [.. Occurrence.ReadAll(registry, now, (_, _) => { })
            .Where(run => !run.IsClosed && !ended.Exists(order => order.IsAbout(run.Key)))
            .Where(run => IsAsApproved(run) && !isSent(run.Key))
            .Where(run => !takesTwoPersons || run.Approval is null or { IsByTwo: true })
            .Select(run => Of(run, now))
            .OfType<RunOpening>()
            .OrderBy(opening => opening.Opens)];
    }

    /// <summary>What was planned otherwise since is held at the opening. Of a year to come
    /// nothing is planned yet.</summary>
    static bool IsAsApproved(Occurrence run) =>
        run is not { Approval: { } approval, Run: { } planned } || planned.ApprovedHash == approval.Hash;

    static RunOpening? Of(Occurrence run, DateTimeOffset now)
    {
        var window = run.Schedule.Window;
        var policy = run.PolicyOf();
        var answer = policy.Decide(now);
        var left = new TimeSpan(run.Schedule.SendDays(policy.FirstDay).Sum(day => LeftOf(window.On(day), now).Ticks));
        if (answer.Sends)
            return new RunOpening(run.Key, window.OpensOn(answer.Day), window.ClosesOn(answer.Day), IsOpen: true)
            {
                Left = left,
            };

        return answer.Wake is { } opens
            ? new RunOpening(run.Key, opens, window.ClosesOn(window.DayOf(opens)), IsOpen: false) { Left = left }
            : null;
    }

    static TimeSpan LeftOf(OpenHours hours, DateTimeOffset now)
    {
        var from = now > hours.Opens ? now : hours.Opens;
        return hours.Closes > from ? hours.Closes - from : TimeSpan.Zero;
    }
}
