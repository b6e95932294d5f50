using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SmsCampaign.Simulator;

namespace SmsCampaign.Tests.Simulator;

/// <summary>The trouble that simulated carriers make, each kind when it is asked for.</summary>
public sealed class SimulatedTroubleTests : SimulatedNetworkCase
{
    [Fact]
    public async Task A_reset_comes_after_the_message_was_taken_and_only_at_the_first_attempt()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a") { ResetShare = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(network, "r1"));
        Assert.Equal((1, 1L), (network.Phones().Count, network.Stats().Of("a").Resets));

        await SendAsync(network, "r1");
        Assert.Equal(1, network.Stats().PhonesWithMoreThanOne);
    }

    [Fact]
    public async Task A_call_that_is_never_answered_was_taken_and_only_at_the_first_attempt()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a") { NoAnswerShare = 1 });
        using var giveUp = new CancellationTokenSource();

        var silent = _http.PostAsJsonAsync(UrlOf(network), Sms("r1"), giveUp.Token);
        while (network.Stats().Of("a").Unanswered == 0)
            await Task.Yield();
        Assert.False(silent.IsCompleted);
        await giveUp.CancelAsync();

        Assert.Equal((1, 1L), (network.Phones().Count, network.Stats().Of("a").Unanswered));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(network, "r1")).StatusCode);
    }

    [Fact]
    public async Task A_network_that_dies_refuses_connections_and_returns_with_what_it_took()
    {
        await using var network = await StartAsync(
            new SimulatedCarrierOptions("a") { Latency = TimeSpan.FromMinutes(1) });
        var cutOff = SendAsync(network, "r1");
        while (network.Stats().Of("a").Taken == 0)
            await Task.Yield();

        await network.DieAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => cutOff);
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(network, "r2"));

        await network.ReturnAsync();
        var stats = await _http.GetFromJsonAsync<JsonElement>(new Uri(network.Address, "/stats"));
        Assert.Equal(1, stats.GetProperty("distinctPhones").GetInt32());
    }

    [Fact]
    public async Task Answers_are_withheld_from_a_number_of_messages_on()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a"));
        network.WithholdAnswersFrom(2);

        await SendAsync(network, "r1");
        var second = SendAsync(network, "r2");
        while (network.Stats().Of("a").Taken < 2)
            await Task.Yield();
        Assert.False(second.IsCompleted);

        network.AnswerAll();
        Assert.Equal(HttpStatusCode.OK, (await second).StatusCode);
    }

    [Fact]
    public async Task A_carrier_that_drops_repeats_sends_a_reference_once()
    {
        await using var network = await StartAsync(
            new SimulatedCarrierOptions("a") { ResetShare = 1, DropsRepeats = true });

        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(network, "r1"));
        var again = await (await SendAsync(network, "r1")).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal("a-1", again.GetProperty("id").GetString());
        Assert.Equal((1, 0), (network.Stats().DistinctPhones, network.Stats().PhonesWithMoreThanOne));
    }

    [Fact]
    public async Task A_throttled_share_is_turned_away_once_and_taken_then()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a") { ThrottledShare = 1 });

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(network, "r1")).StatusCode);
        Assert.Empty(network.Phones());
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(network, "r1")).StatusCode);
    }

    [Fact]
    public async Task A_busy_share_is_put_off_once_and_taken_then()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a") { BusyShare = 1 });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SendAsync(network, "r1")).StatusCode);
        Assert.Empty(network.Phones());
        Assert.Equal(1, network.Stats().Of("a").Busy);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(network, "r1")).StatusCode);
    }

    [Fact]
    public async Task An_answer_takes_its_latency()
    {
        await using var network = await StartAsync(
            new SimulatedCarrierOptions("a") { Latency = TimeSpan.FromMinutes(1) });

        var answer = SendAsync(network, "r1");
        while (network.Stats().Of("a").Taken == 0)
            await Task.Yield();

        Assert.False(answer.IsCompleted);
        while (!answer.IsCompleted) // the timer may start a moment after the message is counted
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Assert.Equal(HttpStatusCode.OK, (await answer).StatusCode);
    }

    [Fact]
    public async Task The_same_seed_does_the_same_to_the_same_reference_in_any_order()
    {
        string[] references = [.. Enumerable.Range(0, 60).Select(number => $"ref-{number}")];

        var forward = await FatesAsync(seed: 7, references);
        var backward = await FatesAsync(seed: 7, [.. references.Reverse()]);
        var other = await FatesAsync(seed: 8, references);

        Assert.Equal(forward.Order(), backward.Order());
        Assert.NotEqual(forward.Order(), other.Order());
    }
}
