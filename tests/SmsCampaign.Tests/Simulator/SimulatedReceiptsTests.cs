using System.Net.Http.Json;
using System.Text.Json;
using SmsCampaign.Simulator;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Simulator;

/// <summary>What simulated carriers tell of messages afterwards.</summary>
public sealed class SimulatedReceiptsTests : SimulatedNetworkCase
{
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
            new[] { first, second }.Select(receipt =>
                $"{receipt.GetProperty("status")} {receipt.GetProperty("part")}/{receipt.GetProperty("parts")}"));
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
            receipt.GetProperty("reference").GetString(),
            receipt.GetProperty("id").GetString(),
            receipt.GetProperty("status").GetString()));
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
        await using var network = await StartAsync(
            new SimulatedCarrierOptions("a") { FailedShare = 1, FailedCodes = [code], BeforeAnswerShare = 1 });

        await SendAsync(network, "r1");

        var receipt = await _catcher.NextAsync();
        Assert.Equal(
            (status, code), (receipt.GetProperty("status").GetString(), receipt.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_receipt_that_is_not_taken_is_brought_again()
    {
        using var refusing = new ReceiptCatcher(refusals: 2);
        await using var network = await SimulatedNetwork.StartAsync(
            new SimulatorOptions(
                1,
                [new SimulatedCarrierOptions("a") { ReceiptDelay = TimeSpan.Zero, ReceiptDelayJitter = TimeSpan.Zero }],
                refusing.Url),
            TimeProvider.System);

        await SendAsync(network, "r1");

        Assert.Equal("r1", (await refusing.NextAsync()).GetProperty("reference").GetString());
    }
}
