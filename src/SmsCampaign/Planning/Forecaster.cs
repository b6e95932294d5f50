using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Planning;

/// <summary>
/// Works out when each lane ends and what it costs, and what would help where the day is too short.
/// </summary>
static class Forecaster
{
    /// <summary>Highest rate a lane can be given (<see cref="LaneOptions.Rate"/>).</summary>
    const int MostRate = 100_000;

    /// <param name="lanes">Those the plan was made of, in the same order.</param>
    /// <param name="date">First day of the run.</param>
    /// <param name="from">Nothing leaves before: now, or any moment up to the window's opening.</param>
    public static Forecast Forecast(
        Campaign campaign,
        ImportedAudience audience,
        Plan plan,
        IReadOnlyList<Lane> lanes,
        DateOnly date,
        DateTimeOffset from)
    {
        var window = campaign.Schedule.Window;
        var opens = window.OpensOn(date) is var opening && from > opening ? from : opening;
        var calendar = new Calendar(window, date, opens);

        return new Forecast(
            date,
            opens,
            window.ClosesOn(date),
            campaign.Schedule.SendDays(date).Count(),
            [.. lanes.Select(
                (lane, at) => ForecastLane(at + 1, lane, campaign, Groups(plan, at + 1, audience), calendar))]);
    }

    static LaneForecast ForecastLane(int id, Lane lane, Campaign campaign, List<Group> groups, Calendar calendar)
    {
        var messages = groups.Sum(group => group.Messages);
        var trial = TrialOf(campaign.Canary, lane.Options, messages);
        calendar = calendar.Waiting(trial);
        var sent = Load(lane.Options, groups, calendar, name => Message(campaign, name).Text)!;
        var aDay = WorkADay(lane.Options, groups, sent.Work, name => Message(campaign, name).Text);
        var firstDay = calendar.FirstDay < aDay ? calendar.FirstDay : aDay;
        var fits = sent.Work <= firstDay;

        return new LaneForecast(
            id,
            lane.Name,
            lane.Options.Rate,
            lane.Options.RateUnit,
            messages,
            calendar.Start,
            sent,
            Load(lane.Options, groups, calendar, name => AccentedForm(Message(campaign, name), campaign.Directive)),
            Load(lane.Options, groups, calendar, name => Message(campaign, name).Text.Unaccented())!,
            firstDay,
            fits ? 0 : LeftAfter(firstDay, lane.Options, groups, campaign),
            fits || aDay < sent.Work ? null : RateThatFits(firstDay, lane.Options, groups, campaign))
        {
            Trial = trial,
        };
    }

    /// <summary>How long nothing leaves while a first batch is waited for, at the most where it fares well: until its
    /// receipts have come, where the gateway brings any. Its answers take no longer than others.</summary>
    static TimeSpan TrialOf(CanaryPolicy canary, LaneOptions lane, long messages) =>
        messages > canary.Messages && canary is { IsOn: true, ReceiptsPercent: > 0 } && lane.BringsReceipts
            ? canary.Within
            : TimeSpan.Zero;

    /// <summary>
    /// The text with diacritics: the text itself, or, where the file asked for the form without, the order's
    /// words where they are the same.
    /// </summary>
    internal static SmsText? AccentedForm(MessageText message, Directive directive)
    {
        if (!message.Unaccented)
            return message.Text;

        if (directive.Text.Length == 0)
            return null;

        var ordered = SmsText.Compose(directive.Text);
        return ordered.Unaccented().Value == message.Text.Value ? ordered : null;
    }

    /// <returns>Null where <paramref name="textOf"/> has no such form of one of the messages.</returns>
    static LaneLoad? Load(LaneOptions lane, List<Group> groups, Calendar calendar, Func<string, SmsText?> textOf)
    {
        var mostParts = 0;
        var parts = 0L;
        var work = TimeSpan.Zero;

        foreach (var group in groups)
        {
            if (textOf(group.Message) is not { } text)
                return null;

            var each = text.PartsIn(lane.LengthTable);
            mostParts = Math.Max(mostParts, each);
            parts += group.Messages * each;
            work += WorkOf(lane, group.Messages, each);
        }

        var (end, days) = calendar.After(work, WorkADay(lane, groups, work, name => textOf(name)!));
        return new LaneLoad(mostParts, parts, parts * (lane.PricePerPart ?? 0), work, end, days);
    }

    /// <summary>How much of the work a day's quotas let through; all of it where there are none.</summary>
    static TimeSpan WorkADay(LaneOptions lane, List<Group> groups, TimeSpan work, Func<string, SmsText> textOf)
    {
        var days = groups.Sum(group =>
            LanePace.MessagesPerDay(lane, textOf(group.Message).PartsIn(lane.LengthTable)) is { } aDay
                ? group.Messages / aDay
                : 0);
        return days > 1 ? TimeSpan.FromTicks((long)(work.Ticks / days)) : TimeSpan.MaxValue;
    }

    static TimeSpan WorkOf(LaneOptions lane, long messages, int parts, int? rate = null) =>
        TimeSpan.FromTicks((long)(messages * TimeSpan.TicksPerSecond / LanePace.MessagesPerSecond(lane, parts, rate)));

    static long LeftAfter(TimeSpan open, LaneOptions lane, List<Group> groups, Campaign campaign)
    {
        var left = 0L;

        foreach (var group in groups)
        {
            var parts = Message(campaign, group.Message).Text.PartsIn(lane.LengthTable);
            var work = WorkOf(lane, group.Messages, parts);
            var done = work <= open
                ? group.Messages
                : (long)(open.Ticks * LanePace.MessagesPerSecond(lane, parts) / TimeSpan.TicksPerSecond);

            left += group.Messages - done;
            open = work <= open ? open - work : TimeSpan.Zero;
        }

        return left;
    }

    static int? RateThatFits(TimeSpan open, LaneOptions lane, List<Group> groups, Campaign campaign)
    {
        if (!FitsAt(MostRate))
            return null;

        // A higher rate never takes longer, so halving finds the smallest that fits.
        var (tooLow, enough) = (lane.Rate, MostRate);
        while (enough - tooLow > 1)
        {
            var middle = tooLow + ((enough - tooLow) / 2);
            (tooLow, enough) = FitsAt(middle) ? (tooLow, middle) : (middle, enough);
        }

        return enough;

        bool FitsAt(int rate) => open > TimeSpan.Zero && groups.Aggregate(TimeSpan.Zero, (work, group) =>
            work + WorkOf(
                lane, group.Messages, Message(campaign, group.Message).Text.PartsIn(lane.LengthTable), rate)) <= open;
    }

    /// <summary>A lane's messages by segment, in the order it sends them.</summary>
    static List<Group> Groups(Plan plan, int lane, ImportedAudience audience) =>
    [
        .. plan.Batches
            .Where(batch => batch.Lane == lane)
            .GroupBy(batch => batch.Segment)
            .Select(group => new Group(audience.Segments[group.Key - 1].Message, group.Sum(batch => batch.Messages))),
    ];

    static MessageText Message(Campaign campaign, string name) =>
        campaign.Messages.First(message => message.Name == name);

    /// <param name="Message">Name of its text.</param>
    readonly record struct Group(string Message, long Messages);

    /// <summary>Turns an amount of work into the moment it is done, counting only open hours.</summary>
    /// <param name="pause">Of the first day, in which nothing leaves.</param>
    sealed class Calendar(SendWindow window, DateOnly date, DateTimeOffset start, TimeSpan pause = default)
    {
        /// <summary>Two years: nobody reads a forecast beyond.</summary>
        const int MostDays = 731;

        public DateTimeOffset Start => start;

        public TimeSpan FirstDay =>
            window.ClosesOn(date) is var closes && closes > start + pause ? closes - start - pause : TimeSpan.Zero;

        public Calendar Waiting(TimeSpan pause) => new(window, date, start, pause);

        /// <param name="aDay">Most of it that a day's quotas let through.</param>
        public (DateTimeOffset End, int Days) After(TimeSpan work, TimeSpan aDay)
        {
            var first = FirstDay < aDay ? FirstDay : aDay;
            if (work <= first)
                return (start + pause + work, 1);

            var left = work - first;
            for (var days = 2; days < MostDays; days++)
            {
                var day = date.AddDays(days - 1);
                var open = window.ClosesOn(day) - window.OpensOn(day);
                open = open < aDay ? open : aDay;
                if (left <= open)
                    return (window.OpensOn(day) + left, days);

                left -= open;
            }

            return (window.ClosesOn(date.AddDays(MostDays - 1)), MostDays);
        }
    }
}
