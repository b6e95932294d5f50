using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App.Worker;

namespace SmsCampaign.Tests.App.Worker;

public class JsonFormatterTests
{
    static readonly FakeTimeProvider Time = new(new DateTimeOffset(2025, 7, 30, 1, 0, 0, 250, TimeSpan.Zero));

    [Fact]
    public void A_record_is_one_object_on_one_line_whatever_stands_in_it()
    {
        var written = Write(
            new JsonFormatter(Time, toJournal: false), "mau: giữ lại\r\n{\"level\":\"forged\"}\u001b[2J", "nhà mạng");

        Assert.Equal(1, written.Count(letter => letter == '\n'));
        var record = JsonDocument.Parse(written).RootElement;
        Assert.Equal(
            ("2025-07-30T01:00:00.250Z", "warning", "Sms", "Held"),
            (Text(record, "time"), Text(record, "level"), Text(record, "category"), Text(record, "event")));
        Assert.Equal(
            "mau: giữ lại<U+000D><U+000A>{\"level\":\"forged\"}<U+001B>[2J: 7 nhà mạng", Text(record, "message"));
        Assert.Contains("System.IO.IOException: first<U+000A>second", Text(record, "fault"), StringComparison.Ordinal);
        Assert.Contains("giữ lại", written, StringComparison.Ordinal); // and not by its code points
    }

    [Fact]
    public void What_a_message_is_made_of_stands_in_fields_of_their_kinds()
    {
        var fields = JsonDocument
            .Parse(Write(new JsonFormatter(Time, toJournal: false), "mau", "nhà mạng"))
            .RootElement.GetProperty("fields");

        Assert.Equal(
            """{"run":"mau","left":7,"why":"nhà mạng","due":"2025-07-30T01:00:00Z"}""", fields.GetRawText());
    }

    [Fact]
    public void Rule_9_no_whole_number_is_in_the_message_the_fields_or_the_fault()
    {
        var written = Write(
            new JsonFormatter(Time, toJournal: false), "no row of 84912345678", "0912\u200b345 678",
            thrown: new IOException("of 84987654321", new FormatException("0387654321")));

        Assert.DoesNotContain("84912345678", written, StringComparison.Ordinal);
        Assert.DoesNotContain("345 678", written, StringComparison.Ordinal);
        Assert.DoesNotContain("84987654321", written, StringComparison.Ordinal);
        Assert.DoesNotContain("0387654321", written, StringComparison.Ordinal);
        Assert.Contains("84912***678", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LogLevel.Information, "<6>{")]
    [InlineData(LogLevel.Warning, "<4>{")]
    [InlineData(LogLevel.Error, "<3>{")]
    [InlineData(LogLevel.Critical, "<2>{")]
    public void Journald_is_told_how_urgent_it_is(LogLevel level, string begins) => Assert.StartsWith(
        begins, Write(new JsonFormatter(Time, toJournal: true), "mau", "", level), StringComparison.Ordinal);

    static string Text(JsonElement record, string name) => record.GetProperty(name).GetString()!;

    static string Write(
        JsonFormatter formatter, string run, string why, LogLevel level = LogLevel.Warning, Exception? thrown = null)
    {
        using var written = new StringWriter { NewLine = "\n" };
        KeyValuePair<string, object?>[] state =
        [
            new("Run", run),
            new("Left", 7L),
            new("Why", why),
            new("Due", new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.FromHours(7))),
            new("{OriginalFormat}", "{Run}: {Left} {Why}"),
        ];
        formatter.Write(
            new LogEntry<IReadOnlyList<KeyValuePair<string, object?>>>(
                level, "Sms", new EventId(7, "Held"), state, thrown ?? new IOException("first\nsecond"),
                (said, _) => $"{said[0].Value}: {said[1].Value} {said[2].Value}"),
            null,
            written);
        return written.ToString();
    }
}
