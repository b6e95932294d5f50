using SmsCampaign.App.Worker;

namespace SmsCampaign.Tests.App.Worker;

public class LogMaskTests
{
    const string Head = "0c1f5a3c912345678d1b7a9be29d0e1c3f60718293a4b5c6d7e8f90123456789";

    [Theory]
    [InlineData("84912345678")]
    [InlineData("0912 345 678")]
    [InlineData("91.234.56.78")] // as an address, or a number without its zero
    [InlineData("+84 91.234.56.78")]
    [InlineData("091.234.56.78")]
    [InlineData("84.91.234.56.78")]
    [InlineData("0.91.234.56 78")]
    public void Rule_9_numbers_are_masked(string number)
    {
        var masked = LogMask.In($"192.168.100.10 answers: {number}, head {Head}");

        Assert.DoesNotContain(number, masked, StringComparison.Ordinal);
        Assert.Matches(@"\A192\.168\.100\.10 answers: .*\*\*\*.*, head " + Head + @"\z", masked);
    }

    [Theory]
    [InlineData("c1/2026-11-30: 0912345678")]
    [InlineData("c1/2026-11-30 0912345678")]
    [InlineData("a/2026-11-3 0912345678")]
    public void A_number_beside_the_key_of_a_run_is_masked(string said) =>
        Assert.DoesNotContain("0912345678", LogMask.In(said), StringComparison.Ordinal);

    [Theory]
    [InlineData("Monitoring reads at http://192.168.100.10:9464/: /metrics")]
    [InlineData("cannot be opened at 192.168.100.100.")]
    [InlineData("Audit chain: rows 12, head " + Head)]
    [InlineData("due 2025-07-30 01:00:00Z")]
    [InlineData("c1/2026-11-30: late, due 2026-11-30 01:00:00Z")]
    [InlineData("dak-lak-2025/2026-12-02: held.")]
    public void What_is_compared_by_whoever_reads_the_log_stays(string said) => Assert.Equal(said, LogMask.In(said));
}
