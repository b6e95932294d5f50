using System.Text;
using NJsonSchema;
using SmsCampaign.Office;
using SmsCampaign.Orders;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Orders;

/// <summary>Orders as carriers get them.</summary>
public sealed class WorkOrderTests
{
    [Fact]
    public async Task What_carriers_get_is_what_the_schema_says()
    {
        using var held = new HeldFolder();
        var written = Assert.IsType<OrderWriting.Written>(held.Write());
        var schema = await JsonSchema.FromFileAsync(Repository.PathOf("config/schema/order.schema.json"));

        foreach (var file in written.Files.Where(file => file.EndsWith(".json", StringComparison.Ordinal)))
            Assert.Empty(schema.Validate(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("x")]
    [InlineData("{\"schema\":\"order/2\"}")]
    [InlineData("{\"schema\":\"order/1\",\"message\":null}")]
    [InlineData("{\"schema\":\"order/1\",\"message\":{}}")]
    public void What_is_no_order_is_not_read(string json) => Assert.Null(WorkOrder.TryParse(json));

    /// <summary>Diacritics may be composed or not: a phone gets the same.</summary>
    [Fact]
    public void The_hash_is_of_the_composed_text() =>
        Assert.Equal(OrderMessage.HashOf("người"), OrderMessage.HashOf("người".Normalize(NormalizationForm.FormD)));
}
