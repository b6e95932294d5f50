using SmsCampaign.Orders;

namespace SmsCampaign.Tests.Orders;

/// <summary>What is kept of a carrier's report, as it may stand in a ledger that others can write.</summary>
public sealed class CarrierResultTests
{
    [Fact]
    public void A_report_is_read_as_it_was_written()
    {
        var result = new CarrierResult
        {
            Rows = [new ResultRow(2, "Đắk Lắk", null) { Sent = 600 }],
            Numbers = new ResultNumbers
            {
                Rows = 3,
                Subscribers = 1,
                Repeated = 1,
                Invalid = 1,
                Contradicted = 0,
                Succeeded = 1,
                Failed = 0,
                Unknown = 0,
                NotSent = 0,
                Excluded = 0,
                Suppressed = null,
                AlsoOurs = 0,
                Kept = "hashed",
                Key = "k",
                Sha256 = "s",
                Changes = new NumberChanges(1, 2, 3),
            },
        };

        var read = CarrierResult.TryParse(result.ToJson())!;

        Assert.Equal((600, result.Numbers), (read.Rows[0].Sent, read.Numbers));
        Assert.Contains("Đắk Lắk", result.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("null", result.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"schema":"result/1"}""")]
    [InlineData("""{"schema":"result/2","rows":[]}""")]
    [InlineData("""{"schema":"result/1","rows":null}""")]
    [InlineData("""{"schema":"result/1","rows":[null]}""")]
    [InlineData("""{"schema":"result/1","rows":[{"line":1,"area":null}]}""")]
    [InlineData("""{"schema":"result/1","rows":[{"line":1}]}""")]
    [InlineData("""{"schema":"result/1","rows":[{"line":1,"area":"A","sent":9223372036854775807}]}""")]
    [InlineData("""{"schema":"result/1","rows":[{"line":1,"area":"A","sent":-1}]}""")]
    [InlineData("""{"schema":"result/1","rows":[{"line":1,"area":"A","sent":"x"}]}""")]
    [InlineData("""{"schema":"result/1","rows":[],"hours":null}""")]
    [InlineData("""{"schema":"result/1","rows":[],"failures":[null]}""")]
    [InlineData("""{"schema":"result/1","rows":[],"numbers":{"rows":1}}""")]
    [InlineData("[")]
    public void What_is_no_report_is_not_read(string json) => Assert.Null(CarrierResult.TryParse(json));
}
