using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App.Receiving;
using SmsCampaign.Dispatch.Runs;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Tests.App.Receiving;

public sealed class ReceiptNewsTests
{
    [Fact]
    public void Receipts_of_no_run_are_logged_once_a_minute_for_each_lane_and_reason()
    {
        var (time, log) = (new FakeTimeProvider(), new Lines());
        var news = new ReceiptNews(log, time);

        for (var second = 0; second < 90; second++, time.Advance(TimeSpan.FromSeconds(1)))
            news.TellOfStrays("viettel", ReceiptOddity.Unreadable, 2);
        news.TellOfStrays("viettel", ReceiptOddity.Unknown, 1);
        news.TellOfStrays("mobifone", ReceiptOddity.Unknown, 1);

        Assert.Equal(["viettel: 2", "viettel: 120", "viettel: 1", "mobifone: 1"],
            log.Written.Select(
                line => $"{Between(line.Text, "Receipts of ", " that")}: {Between(line.Text, "said: ", ",")}"));
        Assert.All(log.Written, line => Assert.Equal(LogLevel.Warning, line.Level));
    }

    static string Between(string text, string before, string after) =>
        text.Split(before)[1].Split(after)[0];

    [Fact]
    public void A_run_that_is_set_aside_is_an_error_by_its_name_and_file()
    {
        var log = new Lines();

        new ReceiptNews(log, TimeProvider.System).TellOfSetAside(
            new SetAsideRun("some/2025-07-30", "abcd2345", "runs/some.db", new Wording("sổ bị rách", "it is torn")));

        var (level, text) = Assert.Single(log.Written);
        Assert.Equal(LogLevel.Error, level);
        Assert.Contains(
            "some/2025-07-30 is SET ASIDE, its ledger runs/some.db cannot be used: it is torn",
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_another_program_holds_is_no_error_and_not_set_aside()
    {
        var log = new Lines();

        new ReceiptNews(log, TimeProvider.System).TellOfSetAside(
            new SetAsideRun("some/2025-07-30", "abcd2345", "runs/some.db", new Wording("đang bị giữ", "it is held"))
            {
                Fault = StorageFault.Busy,
            });

        var (level, text) = Assert.Single(log.Written);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains("cannot be opened yet: it is held", text, StringComparison.Ordinal);
    }

    sealed class Lines : ILogger<ReceiptNews>
    {
        public List<(LogLevel Level, string Text)> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Written.Add((logLevel, formatter(state, exception)));
    }
}
