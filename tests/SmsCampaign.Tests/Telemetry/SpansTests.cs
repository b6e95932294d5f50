using System.Collections.Concurrent;
using System.Diagnostics;
using SmsCampaign.Telemetry;

namespace SmsCampaign.Tests.Telemetry;

public class SpansTests
{
    /// <summary>A moment of the far future: no other test has spans then.</summary>
    const long Then = 9_000_000_000_000_000;

    [Fact]
    public void A_request_is_told_with_its_lane_its_outcome_and_how_long_it_took()
    {
        var made = new ConcurrentQueue<Activity>();
        using var listener = Listen(made);

        Spans.Submitted("spans", 3, "accepted", Then - 20_000, Then);

        var one = Assert.Single(made);
        Assert.Equal(("submit", TimeSpan.FromMilliseconds(20)), (one.OperationName, one.Duration));
        Assert.Equal(
            ["lane=spans", "messages=3", "outcome=accepted"], one.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"));
    }

    /// <summary>The program's own spans share one count: what other tests do would be counted there.</summary>
    [Fact]
    public void A_second_has_few_however_many_calls_are_made()
    {
        var few = new FewASecond(Spans.MostASecond);

        Assert.Equal(Spans.MostASecond, Enumerable.Range(0, 1_000).Count(call => few.MayPass(Then + call)));
        Assert.False(few.MayPass(Then + 999_999));
        Assert.True(few.MayPass(Then + 1_000_000));
    }

    /// <summary>Else a gateway would be told of it, in a header.</summary>
    [Fact]
    public void None_is_open_while_the_program_goes_on()
    {
        var made = new ConcurrentQueue<Activity>();
        using var listener = Listen(made);

        Spans.Submitted("spans", 1, "accepted", Then + 5_000_000, Then + 5_000_001);

        Assert.NotEmpty(made);
        Assert.Null(Activity.Current);
    }

    static ActivityListener Listen(ConcurrentQueue<Activity> made)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Spans.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.GetTagItem("lane") as string == "spans")
                    made.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
