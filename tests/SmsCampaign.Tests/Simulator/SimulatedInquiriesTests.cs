using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmsCampaign.Simulator;

namespace SmsCampaign.Tests.Simulator;

/// <summary>What simulated carriers answer when they are asked about messages.</summary>
public sealed class SimulatedInquiriesTests : SimulatedNetworkCase
{
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

        var answer = await _http.PostAsJsonAsync(
            new Uri(network.Address, "/a/inquiry"), JsonNode.Parse("""{"references": ["r1", "r2"]}"""));

        var messages = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("messages").EnumerateArray();
        Assert.Equal(
            ["r1 ACCEPTD", "r2 ABSENT"],
            messages.Select(message => $"{message.GetProperty("reference")} {message.GetProperty("status")}"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"references": []}""")]
    [InlineData("""{"references": 7}""")]
    public async Task An_inquiry_that_is_not_in_its_dialect_is_refused(string body)
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a") { AnswersInquiries = true });

        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await _http.PostAsync(new Uri(network.Address, "/a/inquiry"), new StringContent(body))).StatusCode);
        Assert.Equal(
            HttpStatusCode.BadRequest, (await _http.GetAsync(new Uri(network.Address, "/a/inquiry"))).StatusCode);
    }

    [Fact]
    public async Task A_share_of_inquiries_fails_the_first_time()
    {
        await using var network = await StartAsync(
            new SimulatedCarrierOptions("a") { AnswersInquiries = true, InquiryFailedShare = 1 });

        Assert.Equal(
            HttpStatusCode.ServiceUnavailable,
            (await _http.GetAsync(new Uri(network.Address, "/a/inquiry?reference=r1"))).StatusCode);
        Assert.Equal("ABSENT ", await InquireAsync(network, "r1"));
    }

    [Fact]
    public async Task A_carrier_that_answers_no_inquiries_has_no_such_address()
    {
        await using var network = await StartAsync(new SimulatedCarrierOptions("a"));

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await _http.GetAsync(new Uri(network.Address, "/a/inquiry?reference=r1"))).StatusCode);
    }
}
