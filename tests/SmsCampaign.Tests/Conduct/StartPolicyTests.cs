using System.Globalization;
using SmsCampaign.Campaigns;
using SmsCampaign.Conduct;

namespace SmsCampaign.Tests.Conduct;

public class StartPolicyTests
{
    static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");
    static readonly DateOnly Date = new(2025, 7, 30);

    [Theory]
    [InlineData("30 07:59:59", MissedPolicy.Hold, LeftoverPolicy.Hold, StartChoice.NotYet)]
    [InlineData("30 08:00:00", MissedPolicy.Hold, LeftoverPolicy.Hold, StartChoice.Fire)]
    [InlineData("30 08:01:00", MissedPolicy.Hold, LeftoverPolicy.Hold, StartChoice.Fire)] // a minute is no missed start
    [InlineData("30 08:01:01", MissedPolicy.Hold, LeftoverPolicy.Hold, StartChoice.Hold)]
    [InlineData("30 14:00:00", MissedPolicy.StartLate, LeftoverPolicy.NextDay, StartChoice.Late)]
    [InlineData("30 14:00:00", MissedPolicy.Skip, LeftoverPolicy.NextDay, StartChoice.Skip)]
    [InlineData("30 19:59:59", MissedPolicy.StartLate, LeftoverPolicy.Drop, StartChoice.Late)]
    // the closing is not included
    [InlineData("30 20:00:00", MissedPolicy.StartLate, LeftoverPolicy.Drop, StartChoice.Leave)]
    [InlineData("30 22:30:00", MissedPolicy.StartLate, LeftoverPolicy.NextDay, StartChoice.Wait)]
    [InlineData("30 22:30:00", MissedPolicy.StartLate, LeftoverPolicy.Hold, StartChoice.Hold)]
    [InlineData("30 22:30:00", MissedPolicy.Hold, LeftoverPolicy.NextDay, StartChoice.Hold)]
    [InlineData("30 22:30:00", MissedPolicy.Skip, LeftoverPolicy.NextDay, StartChoice.Skip)]
    [InlineData("31 10:00:00", MissedPolicy.StartLate, LeftoverPolicy.NextDay, StartChoice.Late)]
    [InlineData("31 10:00:00", MissedPolicy.StartLate, LeftoverPolicy.Drop, StartChoice.Leave)]
    public void A_start_follows_the_window_and_the_policies(
        string now, MissedPolicy missed, LeftoverPolicy leftovers, StartChoice expected) =>
        Assert.Equal(expected, Policy(missed, leftovers).Decide(Local(now)).Choice);

    [Theory]
    [InlineData("30 14:00:00", LeftoverPolicy.Drop, StartChoice.Resume)]
    [InlineData("30 20:00:00", LeftoverPolicy.Drop, StartChoice.Leave)]
    [InlineData("30 20:00:00", LeftoverPolicy.Hold, StartChoice.Hold)]
    [InlineData("30 20:00:00", LeftoverPolicy.NextDay, StartChoice.Wait)]
    [InlineData("31 08:00:00", LeftoverPolicy.NextDay, StartChoice.Resume)]
    public void A_run_that_has_begun_goes_on_as_the_leftovers_policy_says(
        string now, LeftoverPolicy leftovers, StartChoice expected) =>
        // missed: no longer asked
        Assert.Equal(expected, Policy(MissedPolicy.Hold, leftovers, begun: true).Decide(Local(now)).Choice);

    [Fact]
    public void Leftovers_are_sent_on_seven_days_and_no_more()
    {
        var policy = Policy(MissedPolicy.StartLate, LeftoverPolicy.NextDay, begun: true);

        Assert.Equal(StartChoice.Resume, policy.Decide(Local("30 19:00:00").AddDays(6)).Choice);
        Assert.Equal(StartChoice.Leave, policy.Decide(Local("30 20:00:00").AddDays(6)).Choice);
    }

    [Fact]
    public void What_waits_says_when_to_come_again()
    {
        var answer = Policy(MissedPolicy.StartLate, LeftoverPolicy.NextDay).Decide(Local("30 22:30:00"));

        Assert.Equal(Local("31 08:00:00"), answer.Wake);
        Assert.Equal(Local("30 20:00:00"), answer.Due);
    }

    [Fact]
    public void An_approval_after_the_opening_is_itself_the_decision_to_start_late()
    {
        var policy = Policy(MissedPolicy.Hold, LeftoverPolicy.Hold, approvedAt: Local("30 09:00:00"));

        Assert.Equal(StartChoice.Late, policy.Decide(Local("30 09:05:00")).Choice);
    }

    [Fact]
    public void A_release_after_hours_goes_on_at_the_next_opening()
    {
        var policy = Policy(MissedPolicy.Hold, LeftoverPolicy.Hold, approvedAt: Local("30 21:00:00"), begun: true);

        Assert.Equal(Local("31 08:00:00"), policy.Decide(Local("30 21:00:01")).Wake);
        Assert.Equal(StartChoice.Resume, policy.Decide(Local("31 08:00:00")).Choice);
        Assert.Equal(StartChoice.Hold, policy.Decide(Local("31 20:00:00")).Choice);
    }

    [Theory]
    [InlineData("30 20:59:59", LeftoverPolicy.Drop, StartChoice.Resume)]
    [InlineData("30 21:00:00", LeftoverPolicy.Drop, StartChoice.Leave)]
    [InlineData("30 20:30:00", LeftoverPolicy.NextDay, StartChoice.Resume)]
    [InlineData("30 21:00:00", LeftoverPolicy.NextDay, StartChoice.Wait)]
    [InlineData("31 20:30:00", LeftoverPolicy.NextDay, StartChoice.Wait)] // of one day only
    public void A_window_that_was_extended_closes_later_on_that_day_alone(
        string now, LeftoverPolicy leftovers, StartChoice expected)
    {
        var window = new SendWindow(new TimeOnly(8, 0), new TimeOnly(20, 0), Zone).Extend(Date, new TimeOnly(21, 0));
        var policy = new StartPolicy(
            new Schedule(Date, null, null, window, MissedPolicy.StartLate, leftovers),
            Date,
            Local("20 09:00:00"),
            begun: true);

        Assert.Equal(expected, policy.Decide(Local(now)).Choice);
    }

    static StartPolicy Policy(
        MissedPolicy missed, LeftoverPolicy leftovers, DateTimeOffset? approvedAt = null, bool begun = false) =>
        new(
            new Schedule(
                Date, null, null, new SendWindow(new TimeOnly(8, 0), new TimeOnly(20, 0), Zone), missed, leftovers),
            Date,
            approvedAt ?? Local("30 09:00:00").AddDays(-10),
            begun);

    /// <param name="text">Day of July 2025 and time in Vietnam, which keeps UTC+7 all year.</param>
    static DateTimeOffset Local(string text) =>
        DateTimeOffset.ParseExact($"2025-07-{text} +07:00", "yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
