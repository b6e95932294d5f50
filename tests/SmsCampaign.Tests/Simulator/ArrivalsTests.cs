using CsCheck;
using SmsCampaign.Simulator;

namespace SmsCampaign.Tests.Simulator;

public class ArrivalsTests
{
    [Fact]
    public void The_most_is_that_of_the_fullest_second_there_is() =>
        Gen.Select(Gen.Long[0, 300_000], Gen.Int[1, 5], Gen.Int[1, 20]).Array[0, 60].Sample(steps =>
        {
            var arrivals = new Arrivals();
            var now = 0L;
            foreach (var (gap, messages, parts) in steps)
                arrivals.Add(new Arrival(now += gap, messages, parts));

            // Every second that ends at an arrival, counted afresh.
            var seconds = arrivals.All
                .Select(last => arrivals.All
                    .Where(each => each.Microseconds > last.Microseconds - Arrivals.Second
                        && each.Microseconds <= last.Microseconds)
                    .ToList())
                .ToList();
            Assert.Equal(
                seconds.Select(second => second.Sum(each => each.Parts)).DefaultIfEmpty().Max(), arrivals.MostParts);
            Assert.Equal(
                seconds.Select(second => second.Sum(each => each.Messages)).DefaultIfEmpty().Max(),
                arrivals.MostMessages);
            Assert.Equal(seconds.Select(second => second.Count).DefaultIfEmpty().Max(), arrivals.MostRequests);
        });

    [Fact]
    public void A_request_exactly_a_second_old_is_out()
    {
        var arrivals = new Arrivals();

        arrivals.Add(new Arrival(0, 1, 3));

        Assert.Equal(3, arrivals.PartsIn(999_999));
        Assert.Equal(0, arrivals.PartsIn(1_000_000));
    }
}
