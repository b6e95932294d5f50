using SmsCampaign.App.Worker;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Documents;

/// <summary>The unit of systemd, beside what <c>systemd-analyze verify</c> finds in the package's test.</summary>
public class ServiceUnitTests
{
    static readonly IReadOnlyList<string> Lines = File.ReadAllLines(Repository.PathOf("config/sms-campaign.service"));

    [Fact]
    public void Systemd_waits_for_the_worker_to_say_that_it_lives()
    {
        Assert.Contains("Type=notify", Lines);
        var seconds = int.Parse(
            Assert.Single(Lines, line => line.StartsWith("WatchdogSec=", StringComparison.Ordinal)).Split('=')[1],
            System.Globalization.CultureInfo.InvariantCulture);

        // Told at a quarter of it: three that are late are no reason to start it again.
        Assert.Equal(TimeSpan.FromSeconds(30), Watchdog.FindInterval(
            name => name == "WATCHDOG_USEC" ? $"{seconds}000000" : null));
        Assert.Contains("Restart=on-failure", Lines); // which a watchdog's end is, systemd.service(5)
    }

    /// <summary>A watchdog's end is SIGABRT, systemd.service(5), which would write all its memory to disk.</summary>
    [Fact]
    public void Its_memory_is_never_written_to_disk() => Assert.Contains("LimitCORE=0", Lines);

    /// <summary>What is not on the list fails, and kills nothing: a library may try what it can do without.</summary>
    [Fact]
    public void It_may_ask_of_the_kernel_what_a_service_needs()
    {
        Assert.Equal(
            ["SystemCallFilter=@system-service", "SystemCallFilter=~@privileged"],
            Lines.Where(line => line.StartsWith("SystemCallFilter=", StringComparison.Ordinal)));
        Assert.Contains("SystemCallErrorNumber=EPERM", Lines);
        Assert.Contains("SystemCallArchitectures=native", Lines);
    }
}
