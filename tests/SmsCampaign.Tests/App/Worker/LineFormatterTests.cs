using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App.Worker;

namespace SmsCampaign.Tests.App.Worker;

public class LineFormatterTests
{
    [Fact]
    public void A_record_is_one_line_whatever_stands_in_it()
    {
        using var written = new StringWriter { NewLine = "\n" };
        var entry = new LogEntry<string>(
            LogLevel.Warning,
            "Sms",
            new EventId(7),
            "mau: held. HTTP 500 \u001b[2Ja\r\n2025-07-30T01:00:00Z info: forged",
            new IOException("first\nsecond"),
            (said, _) => said);

        new LineFormatter(new FakeTimeProvider(new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero)))
            .Write(entry, null, written);

        Assert.Equal(
            "2025-07-30T01:00:00Z warn: Sms[7] mau: held. HTTP 500 <U+001B>[2Ja 2025-07-30T01:00:00Z info: "
                + "forged System.IO.IOException: first second\n",
            written.ToString());
    }

    [Fact]
    public void Rule_9_no_whole_number_is_in_what_is_said_or_in_the_fault()
    {
        using var written = new StringWriter { NewLine = "\n" };
        var entry = new LogEntry<string>(
            LogLevel.Warning, "Sms", new EventId(7), "no row of 84912345678", new IOException("of 0987654321"),
            (said, _) => said);

        new LineFormatter(TimeProvider.System).Write(entry, null, written);

        Assert.Contains("no row of 84912***678", written.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("0987654321", written.ToString(), StringComparison.Ordinal);
    }
}
