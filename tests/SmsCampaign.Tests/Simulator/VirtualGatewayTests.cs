using System.Text.Json;
using SmsCampaign.Simulator;

namespace SmsCampaign.Tests.Simulator;

public sealed class VirtualGatewayTests
{
    static readonly DateTimeOffset Noon = new(2025, 7, 30, 12, 0, 0, TimeSpan.Zero);

    static readonly VirtualGatewayOptions Options = new("viettel", Rate: 100);

    [Fact]
    public void An_answer_comes_at_the_next_multiple_after_its_latency()
    {
        var gateway = new VirtualGateway(Options);

        Assert.Equal(Noon.AddMilliseconds(50), Take(gateway, 1, Noon).At);
        Assert.Equal(Noon.AddMilliseconds(50), Take(gateway, 2, Noon.AddMilliseconds(30)).At);
        Assert.Equal(Noon.AddMilliseconds(100), Take(gateway, 3, Noon.AddMilliseconds(31)).At);
    }

    [Fact]
    public void A_slow_one_serves_a_share_of_its_rate_and_only_then()
    {
        var gateway = new VirtualGateway(Options with { Slow = [(new(Noon, Noon.AddHours(1)), 0.5)] });

        // 50 a second: a call of 10 takes 0.2 s, and the next waits for it.
        Assert.Equal(Noon.AddMilliseconds(200), Take(gateway, 1, Noon, cost: 10).At);
        Assert.Equal(Noon.AddMilliseconds(400), Take(gateway, 2, Noon, cost: 10).At);
        Assert.Equal(Noon.AddSeconds(10).AddMilliseconds(200), Take(gateway, 3, Noon.AddSeconds(10), cost: 10).At);
        Assert.Equal(Noon.AddHours(1).AddMilliseconds(50), Take(gateway, 4, Noon.AddHours(1), cost: 10).At);
    }

    [Fact]
    public void It_is_away_from_the_first_moment_of_an_outage_to_before_the_last()
    {
        var gateway = new VirtualGateway(Options with { Outages = [new(Noon, Noon.AddHours(1))] });

        Assert.False(gateway.IsAway(Noon.AddTicks(-1)));
        Assert.True(gateway.IsAway(Noon));
        Assert.True(gateway.IsAway(Noon.AddHours(1).AddTicks(-1)));
        Assert.False(gateway.IsAway(Noon.AddHours(1)));
    }

    [Fact]
    public void What_it_took_and_had_not_answered_when_it_went_away_is_lost_and_has_its_receipt()
    {
        var gateway = new VirtualGateway(Options with { Outages = [new(Noon, Noon.AddHours(1))] });

        var answer = Take(gateway, 1, Noon.AddMilliseconds(-10));

        Assert.True(answer.IsLost);
        Assert.Equal(Noon, answer.At);
        Assert.Equal(1, gateway.Taken);
        Assert.Null(gateway.TakeCallback(Noon.AddMinutes(59)));
        Assert.Equal(["ref-1"], ReferencesIn(gateway.TakeCallback(Noon.AddHours(1))));
    }

    [Fact]
    public void Receipts_are_brought_when_they_are_due_two_hundred_a_callback()
    {
        var gateway = new VirtualGateway(Options);
        for (var at = 1; at <= 250; at++)
            Take(gateway, at, Noon);
        Take(gateway, 251, Noon.AddSeconds(1));

        Assert.Null(gateway.TakeCallback(Noon.AddSeconds(5).AddTicks(-1)));
        Assert.Equal(200, ReferencesIn(gateway.TakeCallback(Noon.AddSeconds(5))).Count);
        Assert.Equal(50, ReferencesIn(gateway.TakeCallback(Noon.AddSeconds(5))).Count);
        Assert.Null(gateway.TakeCallback(Noon.AddSeconds(5)));
        Assert.Equal(1, gateway.ReceiptsWaiting);
        Assert.Equal(["ref-251"], ReferencesIn(gateway.TakeCallback(Noon.AddSeconds(6))));
        Assert.Equal((251, Noon.AddSeconds(6)), (gateway.ReceiptsBrought, gateway.LastReceipt));
    }

    [Fact]
    public void One_that_brings_none_brings_none()
    {
        var gateway = new VirtualGateway(Options with { BringsReceipts = false });
        Take(gateway, 1, Noon);

        Assert.Null(gateway.TakeCallback(Noon.AddDays(1)));
    }

    [Theory]
    [InlineData(false, 2, 1)]
    [InlineData(true, 1, 0)] // by its contract
    public void A_phone_that_gets_a_second_message_is_seen(bool dropsRepeats, long taken, long repeated)
    {
        var gateway = new VirtualGateway(Options with { DropsRepeats = dropsRepeats });
        Take(gateway, 1, Noon);
        Take(gateway, 1, Noon.AddSeconds(1));

        Assert.Equal((taken, repeated), (gateway.Taken, gateway.Repeated));
        Assert.Equal((Noon, Noon.AddSeconds(1)), (gateway.First, gateway.Last));
    }

    static GatewayAnswer Take(VirtualGateway gateway, int at, DateTimeOffset now, int cost = 1) =>
        gateway.Take([($"ref-{at}", 84_960_000_000 + at)], cost, now);

    static List<string?> ReferencesIn(byte[]? callback) =>
        [.. JsonDocument.Parse(callback!).RootElement.GetProperty("receipts").EnumerateArray()
            .Select(receipt => receipt.GetProperty("reference").GetString())];
}
