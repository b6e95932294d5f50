namespace SmsCampaign.Tests.Audience;

public sealed class SuppressionListTests : IDisposable
{
    readonly ImportBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("0912345678\n")] // one a line
    [InlineData("\n+84 912.345.678\n\n")]
    [InlineData("SĐT\n84912345678\n")]
    [InlineData("Lý do;Số điện thoại\nxin thôi;912345678\n")]
    public void A_number_on_it_gets_nothing_however_the_list_is_written(string list)
    {
        var (reading, rows) = Import(list);

        Assert.Empty(reading.Problems);
        Assert.Equal(["2:Suppressed", "3:Suppressed"], rows.Reasons); // each row says so, rather than the second "duplicate"
        Assert.Equal(["4:84912345679"], rows.Numbers);
    }

    [Fact]
    public void A_line_that_cannot_be_read_is_a_warning_masked()
    {
        var (reading, _) = Import("SĐT\n09123456789123\n0912345678\n");

        Assert.NotNull(reading.Audience);
        Assert.Equal(
            "no.csv:2: warning: '09123***123' on the suppression list cannot be read as a mobile number, so this line stops nobody. Check it.",
            Assert.Single(reading.Problems).ToString());
    }

    [Fact]
    public void A_list_of_several_columns_must_name_the_one_with_the_numbers()
    {
        var (reading, _) = Import("a;b\n1;0912345678\n");

        Assert.Null(reading.Audience);
        Assert.StartsWith("no.csv:1: error: It is not clear which column holds the number", Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
    }

    (SmsCampaign.Audience.AudienceReading Reading, Rows Rows) Import(string list)
    {
        _bench.Folder.Write("no.csv", list);
        _bench.Folder.Write("a.csv", "SĐT\n0912345678\n0912 345 678\n0912345679\n");
        return _bench.Segment("a.csv").Suppress("no.csv").Import();
    }
}
