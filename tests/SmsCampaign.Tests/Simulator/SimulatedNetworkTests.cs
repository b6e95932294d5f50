using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Simulator;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Simulator;

public sealed class SimulatedNetworkTests : IDisposable
{
    /// <summary>71 characters with diacritics: two parts.</summary>
    static readonly string TwoParts = new('ă', 71);

    readonly HttpClient _http = new(new SocketsHttpHandler());
    readonly FakeTimeProvider _time = new();
    readonly ReceiptCatcher _catcher = new();

    public void Dispose()
    {
        _catcher.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task A_message_gets_an_id_and_its_phone_is_remembered()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a"));

        var answer = await SendAsync(network, "r1");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var result = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("r1", "queued", "a-1"), (
            result.GetProperty("reference").GetString(), result.GetProperty("code").GetString(), result.GetProperty("id").GetString()));
        Assert.Equal(["r1"], Assert.Single(network.Phones()).References);
    }

    [Fact]
    public async Task Each_part_of_a_message_may_have_a_receipt_and_a_failed_one_fails_with_its_last()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a")
        {
            ReceiptEachPart = true,
            BeforeAnswerShare = 1,
            FailedShare = 1,
            FailedCodes = ["absent_subscriber"],
        });

        await SendAsync(network, "r1", text: TwoParts);

        var first = await _catcher.NextAsync();
        var second = await _catcher.NextAsync();
        Assert.Equal(
            ["DELIVRD 1/2", "UNDELIV 2/2"],
            new[] { first, second }.Select(receipt => $"{receipt.GetProperty("status")} {receipt.GetProperty("part")}/{receipt.GetProperty("parts")}"));
    }

    [Fact]
    public async Task A_list_has_a_result_for_each_message_in_order()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a"));

        var answer = await _http.PostAsJsonAsync(UrlOf(network), new { messages = new[] { Sms("r1"), Sms("r2", to: "12"), Sms("r3") } });

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

        await _http.PostAsJsonAsync(UrlOf(network), new { reference = "r1", to = "84900000001", text = TwoParts, parts = 5 });
        await _http.PostAsJsonAsync(UrlOf(network), new { reference = "r2", to = "84900000001", text = TwoParts, parts = 2 });

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

        var stats = await _http.GetFromJsonAsync<JsonElement>(new Uri(network.Address, "/stats?phones=true&arrivals=true"));
        Assert.Equal(2, stats.GetProperty("distinctPhones").GetInt32());
        Assert.Equal(1, stats.GetProperty("phonesWithMoreThanOne").GetInt32());
        Assert.Equal(
            ["84900000001 2 r1,r2", "84900000002 1 r3"],
            stats.GetProperty("phones").EnumerateArray().Select(phone =>
                $"{phone.GetProperty("phone")} {phone.GetProperty("count")} {string.Join(',', phone.GetProperty("references").EnumerateArray())}"));
        Assert.Equal(2, stats.GetProperty("arrivals").GetProperty("b").GetArrayLength());
        Assert.All(stats.GetProperty("carriers").EnumerateArray(), each => Assert.Equal(0, each.GetProperty("phonesWithMoreThanOne").GetInt32()));
    }

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
    public async Task An_inquiry_tells_what_became_of_a_reference()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a")
        {
            AnswersInquiries = true,
            ReceiptDelay = TimeSpan.FromSeconds(3),
            ReceiptDelayJitter = TimeSpan.Zero,
            NoReceiptShare = 1,
        });
        await SendAsync(network, "r1");
        await SendAsync(network, "r2", to: "12");

        Assert.Equal("ACCEPTD a-1", await InquireAsync(network, "r1"));
        Assert.Equal("REJECTD ", await InquireAsync(network, "r2"));
        Assert.Equal("ABSENT ", await InquireAsync(network, "r3"));

        _time.Advance(TimeSpan.FromSeconds(3)); // its receipt would come now
        Assert.Equal("DELIVRD a-1", await InquireAsync(network, "r1"));
        Assert.Equal(4, network.Stats().Of("a").Inquired);
    }

    [Fact]
    public async Task An_inquiry_about_a_list_is_answered_in_one()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a") { AnswersInquiries = true });
        await SendAsync(network, "r1");

        var answer = await _http.PostAsJsonAsync(new Uri(network.Address, "/a/inquiry"), JsonNode.Parse("""{"references": ["r1", "r2"]}"""));

        var messages = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("messages").EnumerateArray();
        Assert.Equal(["r1 ACCEPTD", "r2 ABSENT"], messages.Select(message => $"{message.GetProperty("reference")} {message.GetProperty("status")}"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"references": []}""")]
    [InlineData("""{"references": 7}""")]
    public async Task An_inquiry_that_is_not_in_its_dialect_is_refused(string body)
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a") { AnswersInquiries = true });

        Assert.Equal(HttpStatusCode.BadRequest, (await _http.PostAsync(new Uri(network.Address, "/a/inquiry"), new StringContent(body))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await _http.GetAsync(new Uri(network.Address, "/a/inquiry"))).StatusCode);
    }

    [Fact]
    public async Task A_share_of_inquiries_fails_the_first_time()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a") { AnswersInquiries = true, InquiryFailedShare = 1 });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _http.GetAsync(new Uri(network.Address, "/a/inquiry?reference=r1"))).StatusCode);
        Assert.Equal("ABSENT ", await InquireAsync(network, "r1"));
    }

    [Fact]
    public async Task A_carrier_that_answers_no_inquiries_has_no_such_address()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a"));

        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(new Uri(network.Address, "/a/inquiry?reference=r1"))).StatusCode);
    }

    [Fact]
    public async Task A_network_that_dies_refuses_connections_and_returns_with_what_it_took()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a") { Latency = TimeSpan.FromMinutes(1) });
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
        await using var network = await StartAsync(new SimulatedCarrierOptions("a") { ResetShare = 1, DropsRepeats = true });

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
        await using var network = await StartAsync(new SimulatedCarrierOptions("a") { Latency = TimeSpan.FromMinutes(1) });

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
    public async Task A_receipt_comes_when_it_is_due()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a")
        {
            ReceiptDelay = TimeSpan.FromSeconds(3),
            ReceiptDelayJitter = TimeSpan.Zero,
        });
        await SendAsync(network, "r1");

        _time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Equal(1, network.Stats().Of("a").ReceiptsWaiting);

        _time.Advance(TimeSpan.FromSeconds(0.2));
        var receipt = await _catcher.NextAsync();
        Assert.Equal(("r1", "a-1", "DELIVRD"), (
            receipt.GetProperty("reference").GetString(), receipt.GetProperty("id").GetString(), receipt.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_receipt_can_come_before_the_answer()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a") { BeforeAnswerShare = 1 });

        await SendAsync(network, "r1");

        Assert.True(_catcher.TryNext(out var receipt));
        Assert.Equal("r1", receipt.GetProperty("reference").GetString());
    }

    [Fact]
    public async Task A_receipt_can_come_twice()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a") { DuplicateShare = 1 });

        await SendAsync(network, "r1");
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("r1", (await _catcher.NextAsync()).GetProperty("reference").GetString());
        Assert.Equal("r1", (await _catcher.NextAsync()).GetProperty("reference").GetString());
    }

    [Fact]
    public async Task A_message_refused_or_without_a_receipt_has_none_waiting()
    {
        await using var network = await StartAsync(
            new SimulatedCarrierOptions("a") { NoReceiptShare = 1 },
            new SimulatedCarrierOptions("b") { RefusedShare = 1, RefusedCodes = ["barred_content"] });

        await SendAsync(network, "r1", carrier: "a");
        var refused = await (await SendAsync(network, "r2", carrier: "b")).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal("barred_content", refused.GetProperty("code").GetString());
        Assert.False(refused.TryGetProperty("id", out _));
        Assert.All(network.Stats().Carriers, carrier => Assert.Equal(0, carrier.ReceiptsWaiting));
        Assert.Equal(1, network.Stats().DistinctPhones);
    }

    [Theory]
    [InlineData("absent_subscriber", "UNDELIV")]
    [InlineData("EXPIRED", "EXPIRED")]
    public async Task A_failure_names_its_code(string code, string status)
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a") { FailedShare = 1, FailedCodes = [code], BeforeAnswerShare = 1 });

        await SendAsync(network, "r1");

        var receipt = await _catcher.NextAsync();
        Assert.Equal((status, code), (receipt.GetProperty("status").GetString(), receipt.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_receipt_that_is_not_taken_is_brought_again()
    {
        using var refusing = new ReceiptCatcher(refusals: 2);
        await using var network = await SimulatedNetwork.StartAsync(
            new SimulatorOptions(1, [new SimulatedCarrierOptions("a") { ReceiptDelay = TimeSpan.Zero, ReceiptDelayJitter = TimeSpan.Zero }], refusing.Url),
            TimeProvider.System);

        await SendAsync(network, "r1");

        Assert.Equal("r1", (await refusing.NextAsync()).GetProperty("reference").GetString());
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

    async Task<List<string>> FatesAsync(int seed, string[] references)
    {
        await using var network = await SimulatedNetwork.StartAsync(
            new SimulatorOptions(seed, [new SimulatedCarrierOptions("a") { RefusedShare = 0.3, ResetShare = 0.2, ThrottledShare = 0.2 }]),
            _time);
        var fates = new List<string>();
        foreach (var reference in references)
        {
            try
            {
                var answer = await SendAsync(network, reference);
                var code = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code");
                fates.Add($"{reference} {(int)answer.StatusCode} {code}");
            }
            catch (HttpRequestException)
            {
                fates.Add($"{reference} reset");
            }
        }

        return fates;
    }

    async Task<string> InquireAsync(SimulatedNetwork network, string reference)
    {
        var answer = await _http.GetFromJsonAsync<JsonElement>(new Uri(network.Address, $"/a/inquiry?reference={reference}"));
        return $"{answer.GetProperty("status")} {(answer.TryGetProperty("id", out var id) ? id : "")}";
    }

    Task<SimulatedNetwork> StartAsync(params SimulatedCarrierOptions[] carriers) =>
        SimulatedNetwork.StartAsync(new SimulatorOptions(1, carriers, _catcher.Url), _time);

    Task<HttpResponseMessage> SendAsync(
        SimulatedNetwork network, string reference, string text = "xin chao", string to = "84900000001", string carrier = "a") =>
        _http.PostAsJsonAsync(UrlOf(network, carrier), Sms(reference, text, to));

    static object Sms(string reference, string text = "xin chao", string to = "84900000001") => new { reference, to, text };

    static Uri UrlOf(SimulatedNetwork network, string carrier = "a") => new(network.Address, $"/{carrier}/messages");

    static (int Requests, int Messages, int Parts, int Taken) CountsOf(SimulatedNetwork network)
    {
        var stats = network.Stats().Of("a");
        return ((int)stats.Requests, (int)stats.Messages, (int)stats.Parts, (int)stats.Taken);
    }
}
