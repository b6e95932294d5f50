using System.Text;
using SmsCampaign.App.Sending;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Installations;
using SmsCampaign.Messages;
using SmsCampaign.Simulator;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Sending;

public sealed class SimulatedLanesTests : IDisposable
{
    readonly ReceiptCatcher _catcher = new();

    public void Dispose() => _catcher.Dispose();

    [Fact]
    public void A_simulated_lane_keeps_its_name_pace_and_price_and_reaches_no_gateway()
    {
        var real = LiveLane(mostPerCall: 1);

        var lane = Assert.Single(SimulatedLanes.For([real], new Uri("http://127.0.0.1:5000/")));

        var options = Assert.IsType<HttpLaneOptions>(lane.Options);
        Assert.Equal(("viettel", 500, 32, 320m), (lane.Name, options.Rate, options.MaxInFlight, options.PricePerPart));
        Assert.Equal((LengthTable.Care, ReceiptTrust.Network), (options.LengthTable, options.ReceiptTrust));
        Assert.Equal(["viettel"], options.Carriers);
        Assert.True(options.StandIn);
        Assert.Equal(TimeSpan.FromSeconds(10), options.ReceiptTimeout);
        Assert.Equal("http://127.0.0.1:5000/viettel/messages", options.Url!.AbsoluteUri);
        Assert.Empty(options.Headers);
        Assert.Empty(options.Secrets);
        Assert.False(real.Options.StandIn);
    }

    [Theory]
    [InlineData(1, "queued")]
    [InlineData(3, "queued")] // in one list
    [InlineData(1, "refused")]
    [InlineData(3, "refused")]
    [InlineData(1, "throttled")]
    [InlineData(3, "throttled")]
    public async Task A_simulated_lane_and_the_simulator_understand_one_another(int mostPerCall, string fate)
    {
        var results = await SendAsync(mostPerCall, new SimulatedCarrierOptions("viettel")
        {
            RefusedShare = fate == "refused" ? 1 : 0,
            RefusedCodes = ["barred_content"],
            ThrottledShare = fate == "throttled" ? 1 : 0,
        });

        Assert.Equal(mostPerCall, results.Count);
        Assert.All(results, result => Assert.Equal(
            fate switch
            {
                "queued" => (SendOutcome.Accepted, null),
                "refused" => (SendOutcome.Rejected, FailureClass.Content),
                _ => (SendOutcome.Deferred, (FailureClass?)null),
            },
            (result.Outcome, result.Failure)));
        Assert.All(results, result => Assert.Equal(fate == "throttled", result.Throttled));
    }

    [Theory]
    [InlineData(null, MessageStatus.Delivered, null)]
    [InlineData("EXPIRED", MessageStatus.Failed, FailureClass.Expired)]
    [InlineData("absent_subscriber", MessageStatus.Failed, FailureClass.Network)]
    [InlineData("barred_subscriber", MessageStatus.Failed, FailureClass.Number)]
    public async Task A_simulated_receipt_is_read(string? code, MessageStatus status, FailureClass? failure)
    {
        var results = await SendAsync(1, new SimulatedCarrierOptions("viettel")
        {
            BeforeAnswerShare = 1,
            FailedShare = code is null ? 0 : 1,
            FailedCodes = [code ?? ""],
        });

        var lane = SimulatedLanes.For([LiveLane(1)], new Uri("http://127.0.0.1/"))[0];
        var receipt = Assert.Single(await ReadReceiptAsync(lane));
        Assert.Equal(
            ("r1", results[0].CarrierMessageId, status, failure),
            (receipt.Reference, receipt.CarrierMessageId, receipt.Status, receipt.Failure));
        Assert.NotNull(receipt.At);
    }

    [Fact]
    public async Task The_lanes_shipped_speak_to_the_simulator()
    {
        string[] names = ["viettel", "vinaphone", "mobifone", "vietnamobile", "gmobile"];
        await using var network = await SimulatedNetwork.StartAsync(
            new SimulatorOptions(
                1,
                [.. names.Select(name => new SimulatedCarrierOptions(name) { BeforeAnswerShare = 1 })],
                _catcher.Url),
            TimeProvider.System);

        // Only the port is another.
        var installation = Installation.Read(
            Repository.PathOf("config/smscampaign.json"),
            names.ToDictionary(
                name => $"SmsCampaign__lanes__{name}__url", name => $"{network.Address}{name}/messages")).Installation!;

        foreach (var lane in installation.Lanes)
        {
            using var http = CarrierHttp.CreateSender(lane.Options);
            var result = Assert.Single(
                await CarrierTypes.CreateCarrier(lane, http).SendAsync(Messages(1), CancellationToken.None));
            var receipt = Assert.Single(await ReadReceiptAsync(lane));

            Assert.Equal(SendOutcome.Accepted, result.Outcome);
            Assert.Equal(
                (result.CarrierMessageId, MessageStatus.Delivered), (receipt.CarrierMessageId, receipt.Status));
        }

        Assert.All(network.Stats().Carriers, carrier => Assert.Equal(0, carrier.PartsCountedOtherwise));
    }

    [Fact]
    public void The_simulator_holds_each_lane_to_its_contract()
    {
        var carrier = Assert.Single(SimulatedLanes.CarriersFor([LiveLane(1)]));

        Assert.Equal(("viettel", 550), (carrier.Name, carrier.Rate));
    }

    async Task<IReadOnlyList<SendResult>> SendAsync(int mostPerCall, SimulatedCarrierOptions carrier)
    {
        await using var network = await SimulatedNetwork.StartAsync(
            new SimulatorOptions(1, [carrier], _catcher.Url), TimeProvider.System);
        var lane = SimulatedLanes.For([LiveLane(mostPerCall)], network.Address)[0];
        using var http = CarrierHttp.CreateSender(lane.Options);

        return await CarrierTypes.CreateCarrier(lane, http).SendAsync(Messages(mostPerCall), CancellationToken.None);
    }

    async Task<IReadOnlyList<DeliveryReceipt>> ReadReceiptAsync(Lane lane)
    {
        using var http = CarrierHttp.CreateSender(lane.Options);
        var body = $$"""{"receipts": [{{(await _catcher.NextAsync()).GetRawText()}}]}""";
        return ((IReceiptSource)CarrierTypes.CreateCarrier(lane, http)).ReadReceipts(
            new ReceiptCallback(new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body), "application/json"));
    }

    static List<OutboundSms> Messages(int count) => [.. Enumerable.Range(1, count).Select(number =>
        new OutboundSms(
            $"r{number}", new PhoneNumber(84900000000 + number), "CHINH PHU", SmsText.Compose("Ngày 30/7")))];

    static Lane LiveLane(int mostPerCall) => new("viettel", new HttpLaneOptions
    {
        Type = "http",
        StandIn = false,
        Carriers = ["viettel"],
        Rate = 500,
        MaxInFlight = 32,
        MostPerCall = mostPerCall,
        PricePerPart = 320,
        LengthTable = LengthTable.Care,
        ReceiptTrust = ReceiptTrust.Network,
        Url = new Uri("https://gateway.example/"),
        Headers = { ["Authorization"] = "s3cret" },
    });
}
