using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SmsCampaign.Simulator;

namespace SmsCampaign.Tests.Simulator;

public sealed class SimulatedNetworkTests : SimulatedNetworkCase
{
    [Fact]
    public async Task A_message_gets_an_id_and_its_phone_is_remembered()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a"));

        var answer = await SendAsync(network, "r1");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var result = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("r1", "queued", "a-1"), (
            result.GetProperty("reference").GetString(),
            result.GetProperty("code").GetString(),
            result.GetProperty("id").GetString()));
        Assert.Equal(["r1"], Assert.Single(network.Phones()).References);
    }

    [Fact]
    public async Task A_list_has_a_result_for_each_message_in_order()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a"));

        var answer = await _http.PostAsJsonAsync(
            UrlOf(network), new { messages = new[] { Sms("r1"), Sms("r2", to: "12"), Sms("r3") } });

        var results = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("results").EnumerateArray();
        Assert.Equal(
            ["r1 queued", "r2 invalid_number", "r3 queued"],
            results.Select(result => $"{result.GetProperty("reference")} {result.GetProperty("code")}"));
        Assert.Equal((1, 3, 3, 2), CountsOf(network));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"messages": []}""")]
    [InlineData("""{"messages": {}}""")]
    [InlineData("""{"reference": 1, "text": "x"}""")]
    [InlineData("""{"reference": "r", "to": "84900000001"}""")] // no text
    public async Task What_is_not_in_its_dialect_is_refused(string body)
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a"));

        var answer = await _http.PostAsync(UrlOf(network), new StringContent(body));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, network.Stats().Of("a").Requests);
    }

    [Fact]
    public async Task Lists_are_refused_where_the_carrier_takes_none()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a") { AcceptsLists = false });

        var answer = await _http.PostAsJsonAsync(UrlOf(network), new { messages = new[] { Sms("r1") } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Beyond_the_rate_in_a_sliding_second_it_answers_429()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a") { Rate = 4 });

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(network, "r1", TwoParts)).StatusCode);
        _time.Advance(TimeSpan.FromMilliseconds(600));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(network, "r2", TwoParts)).StatusCode);
        _time.Advance(TimeSpan.FromMilliseconds(399));

        // 999 ms after the first: four parts are still in the second behind.
        var refused = await SendAsync(network, "r3");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(network, "r3", TwoParts)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync(network, "r4")).StatusCode);
        Assert.Equal(2, network.Stats().Of("a").Throttled);
    }

    [Fact]
    public async Task The_most_of_any_sliding_second_counts_what_was_turned_away_as_well()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a") { Rate = 2 });

        await SendAsync(network, "r1", TwoParts);
        _time.Advance(TimeSpan.FromMilliseconds(999));
        await SendAsync(network, "r2", TwoParts);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await SendAsync(network, "r3");

        var stats = network.Stats().Of("a");
        Assert.Equal((4, 2, 2), (stats.MostPartsInASecond, stats.MostMessagesInASecond, stats.MostRequestsInASecond));
        Assert.Equal(
            [new Arrival(0, 1, 2), new Arrival(999_000, 1, 2), new Arrival(1_499_000, 1, 1)],
            network.Arrivals("a"));
    }

    [Fact]
    public async Task Parts_are_as_the_sender_counts_and_differences_are_noted()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a"));

        await _http.PostAsJsonAsync(
            UrlOf(network), new { reference = "r1", to = "84900000001", text = TwoParts, parts = 5 });
        await _http.PostAsJsonAsync(
            UrlOf(network), new { reference = "r2", to = "84900000001", text = TwoParts, parts = 2 });

        var stats = network.Stats().Of("a");
        Assert.Equal((7, 1), (stats.Parts, stats.PartsCountedOtherwise));
    }

    [Fact]
    public async Task A_phone_that_got_two_messages_is_found_whichever_the_carriers()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a"), new SimulatedCarrierOptions("b"));

        await SendAsync(network, "r1", to: "84900000001", carrier: "a");
        await SendAsync(network, "r2", to: "84900000001", carrier: "b");
        await SendAsync(network, "r3", to: "84900000002", carrier: "b");

        var stats = await _http.GetFromJsonAsync<JsonElement>(
            new Uri(network.Address, "/stats?phones=true&arrivals=true"));
        Assert.Equal(2, stats.GetProperty("distinctPhones").GetInt32());
        Assert.Equal(1, stats.GetProperty("phonesWithMoreThanOne").GetInt32());
        Assert.Equal(
            ["84900000001 2 r1,r2", "84900000002 1 r3"],
            stats.GetProperty("phones").EnumerateArray().Select(phone =>
                $"{phone.GetProperty("phone")} {phone.GetProperty("count")} "
                + $"{string.Join(',', phone.GetProperty("references").EnumerateArray())}"));
        Assert.Equal(2, stats.GetProperty("arrivals").GetProperty("b").GetArrayLength());
        Assert.All(
            stats.GetProperty("carriers").EnumerateArray(),
            each => Assert.Equal(0, each.GetProperty("phonesWithMoreThanOne").GetInt32()));
    }
}
