using SmsCampaign.Campaigns;
using SmsCampaign.Carriers;

namespace SmsCampaign.Tests.Planning;

public class ForecasterTests
{
    static readonly TimeSpan Hanoi = TimeSpan.FromHours(7);

    static readonly PlanningCase ThreeMillion = new()
    {
        Lanes = [PlanningCase.Lane("viettel_test", rate: 200, price: 300)],
        Text = PlanningCase.TextOfParts(4),
        Carriers = [("viettel_test", [3_000_000])],
    };

    [Fact]
    public void Three_million_times_4_parts_at_200_parts_a_second_do_not_fit_12_hours()
    {
        var lane = Assert.Single(ThreeMillion.Forecast.Lanes);

        Assert.False(lane.FitsFirstDay);
        Assert.Equal(new TimeSpan(16, 40, 0), lane.Sent.Work);
        Assert.Equal(new TimeSpan(4, 40, 0), lane.Overrun);
        Assert.Equal(3_000_000 - (12 * 3_600 * 50), lane.LeftAtClose);
    }

    [Fact]
    public void What_would_help_is_worked_out()
    {
        var lane = Assert.Single(ThreeMillion.Forecast.Lanes);

        // On a second day it ends 4 h 40 min after 08:00.
        Assert.Equal(2, lane.Sent.Days);
        Assert.Equal(new DateTimeOffset(2025, 7, 31, 12, 40, 0, Hanoi), lane.Sent.End);

        // 258 letters without diacritics are 2 parts: 100 messages a second, 8 h 20 min.
        Assert.Equal(2, lane.Unaccented.MostParts);
        Assert.Equal(new DateTimeOffset(2025, 7, 30, 16, 20, 0, Hanoi), lane.Unaccented.End);

        // 3,000,000 in 43,200 s need 70 whole messages a second of 4 parts.
        Assert.Equal(280, lane.RateThatFits);
    }

    /// <summary>5 minutes, unless it fares badly; the other lanes do not wait for it.</summary>
    [Theory]
    [InlineData(true, 1_000, 5)]
    [InlineData(true, 51, 5)]
    [InlineData(true, 50, 0)] // all of it is the first batch
    [InlineData(false, 1_000, 0)] // no receipts to wait for
    public void The_time_in_which_a_first_batch_is_waited_for_is_in_the_forecast(
        bool bringsReceipts, int messages, int minutes)
    {
        var forecast = new PlanningCase
        {
            Lanes =
            [
                PlanningCase.Lane("a", rate: 1, bringsReceipts: bringsReceipts),
                PlanningCase.Lane("b", rate: 1),
            ],
            Text = PlanningCase.TextOfParts(1),
            Carriers = [("a", [messages]), ("b", [messages])],
        }.Forecast;

        var (waiting, other) = (forecast.Lanes[0], forecast.Lanes[1]);
        Assert.Equal(TimeSpan.FromMinutes(minutes), waiting.Trial);
        Assert.Equal(waiting.Trial, waiting.Sent.End - other.Sent.End);
        Assert.Equal(waiting.Trial, other.FirstDay - waiting.FirstDay);
        Assert.Equal((other.Start, other.Sent.Work), (waiting.Start, waiting.Sent.Work));
    }

    [Theory]
    [InlineData(100, RateUnit.Parts, 1, 1, 100)]
    [InlineData(100, RateUnit.Parts, 3, 1, 33)] // a sliding second holds whole messages only
    [InlineData(10, RateUnit.Parts, 4, 1, 2)]
    [InlineData(100, RateUnit.Messages, 4, 1, 100)]
    [InlineData(5, RateUnit.Requests, 4, 20, 100)]
    public void The_rate_in_effect_follows_what_the_contract_counts(
        int rate, RateUnit unit, int parts, int mostPerCall, int perSecond)
    {
        var lane = Assert.Single(new PlanningCase
        {
            Lanes = [PlanningCase.Lane("viettel_test", rate, unit, mostPerCall: mostPerCall)],
            Text = PlanningCase.TextOfParts(parts),
            Carriers = [("viettel_test", [66_000])],
        }.Forecast.Lanes);

        Assert.Equal(66_000d / perSecond, lane.Sent.Work.TotalSeconds, 0.001);
    }

    [Theory]
    [InlineData(60, RateUnit.Requests, LimitPeriod.Minute, 1)] // 60 calls of one a minute
    [InlineData(10, RateUnit.Messages, LimitPeriod.Second, 10)]
    [InlineData(1_000, RateUnit.Messages, LimitPeriod.Second, 50)] // the rate binds: 50 messages of 2 parts
    public void The_tightest_limit_decides(int most, RateUnit of, LimitPeriod per, int perSecond)
    {
        var lane = PlanningCase.Lane("viettel_test");
        lane.Options.Limits = [new LaneLimit { Most = most, Of = of, Per = per }];

        var forecast = new PlanningCase
        {
            Lanes = [lane],
            Text = PlanningCase.TextOfParts(2),
            Carriers = [("viettel_test", [1_000])],
        }.Forecast;

        Assert.Equal(1_000d / perSecond, Assert.Single(forecast.Lanes).Sent.Work.TotalSeconds, 0.001);
    }

    [Fact]
    public void A_days_quota_spreads_the_rest_over_the_following_days()
    {
        var lane = PlanningCase.Lane("viettel_test");
        lane.Options.Limits = [new LaneLimit { Most = 1_000, Of = RateUnit.Messages, Per = LimitPeriod.Day }];

        var forecast = Assert.Single(
            new PlanningCase { Lanes = [lane], Carriers = [("viettel_test", [2_500])] }.Forecast.Lanes);

        // 100 a second: ten seconds a day.
        Assert.Equal((3, 1_500L, null), (forecast.Sent.Days, forecast.LeftAtClose, forecast.RateThatFits));
        Assert.Equal(new DateTimeOffset(2025, 8, 1, 8, 0, 5, Hanoi), forecast.Sent.End);
    }

    [Fact]
    public void Work_that_ends_as_the_window_closes_fits_and_one_message_more_does_not()
    {
        var full = new PlanningCase { Carriers = [("viettel_test", [12 * 3_600 * 100])] }.Forecast;
        var over = new PlanningCase { Carriers = [("viettel_test", [(12 * 3_600 * 100) + 1])] }.Forecast;

        Assert.True(full.FitsFirstDay);
        Assert.Equal(new DateTimeOffset(2025, 7, 30, 20, 0, 0, Hanoi), full.End);
        Assert.False(over.FitsFirstDay);
        Assert.Equal(1, Assert.Single(over.Lanes).LeftAtClose);
    }

    [Theory]
    [InlineData(7, 8)] // not open yet
    [InlineData(8, 8)]
    [InlineData(14, 14)] // late: from now on
    public void Sending_starts_at_the_opening_or_now_whichever_is_later(int hourNow, int hourExpected)
    {
        var forecast = new PlanningCase().ForecastFrom(new DateTimeOffset(2025, 7, 30, hourNow, 0, 0, Hanoi));

        Assert.Equal(new DateTimeOffset(2025, 7, 30, hourExpected, 0, 0, Hanoi), Assert.Single(forecast.Lanes).Start);
    }

    [Fact]
    public void A_late_start_leaves_less_of_the_first_day()
    {
        var forecast = ThreeMillion.ForecastFrom(new DateTimeOffset(2025, 7, 30, 19, 0, 0, Hanoi));

        var lane = Assert.Single(forecast.Lanes);
        Assert.Equal(TimeSpan.FromHours(1), lane.FirstDay);
        Assert.Equal(3, lane.Sent.Days); // 1 h, 12 h and 3 h 40 min
        Assert.Equal(new DateTimeOffset(2025, 8, 1, 11, 40, 0, Hanoi), lane.Sent.End);
    }

    [Fact]
    public void After_closing_nothing_of_the_first_day_is_left_and_no_rate_helps()
    {
        var lane = Assert.Single(ThreeMillion.ForecastFrom(new DateTimeOffset(2025, 7, 30, 20, 0, 0, Hanoi)).Lanes);

        Assert.Equal(3_000_000, lane.LeftAtClose);
        Assert.Null(lane.RateThatFits);
    }

    [Fact]
    public void Both_forms_are_priced()
    {
        var forecast = ThreeMillion.Forecast;

        Assert.Equal(3_000_000m * 4 * 300, forecast.CostVnd);
        Assert.Equal(3_000_000m * 4 * 300, forecast.Accented!.CostVnd);
        Assert.Equal(3_000_000m * 2 * 300, forecast.Unaccented.CostVnd);
    }

    [Fact]
    public void The_accented_form_of_an_unaccented_text_is_the_order_where_the_words_are_the_same()
    {
        var same = new PlanningCase { Unaccented = true, Text = PlanningCase.TextOfParts(4) }.Forecast;
        var other = new PlanningCase { Unaccented = true, Directive = "Một văn bản khác" }.Forecast;

        Assert.Equal(2_000, same.Parts);
        Assert.Equal(4_000, same.Accented!.Parts);
        Assert.Null(other.Accented);
    }

    [Fact]
    public void Totals_are_the_sums_of_the_lanes()
    {
        var forecast = new PlanningCase
        {
            Lanes =
            [
                PlanningCase.Lane("a", price: 100),
                PlanningCase.Lane("b", price: 200, rate: 10),
                PlanningCase.Lane("idle"),
            ],
            Carriers = [("a", [100, 50]), ("b", [30, 0]), ("a", [0, 7])],
        }.Forecast;

        Assert.Equal([157L, 30, 0], forecast.Lanes.Select(lane => lane.Recipients));
        Assert.Equal(187, forecast.Recipients);
        Assert.Equal((157 * 100) + (30 * 200), forecast.CostVnd);
        Assert.Equal(forecast.Lanes[1].Sent.End, forecast.End);
        Assert.True(forecast.FitsFirstDay);
    }

    [Theory]
    [InlineData(LeftoverPolicy.NextDay, Schedule.MostDays)]
    [InlineData(LeftoverPolicy.Hold, 1)]
    [InlineData(LeftoverPolicy.Drop, 1)]
    public void The_days_allowed_follow_the_policy_for_leftovers(LeftoverPolicy leftovers, int expected) =>
        Assert.Equal(expected, new PlanningCase { Leftovers = leftovers }.Forecast.DaysAllowed);
}
