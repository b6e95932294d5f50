using Microsoft.Extensions.Logging;
using SmsCampaign.App.Worker;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Tests.App.Worker;

public sealed class LaneNewsTests
{
    const long Second = 1_000_000;

    readonly Lines _log = new();

    [Fact]
    public void A_gateway_that_is_away_for_a_minute_is_logged_with_since_when_and_for_how_long()
    {
        var news = new LaneNews(_log);
        foreach (var at in new[] { 0, 1, 3, 7, 12, 17, 60 })
            news.Tell("viettel", Away(at * Second));
        news.Tell("viettel", new LaneChange(LaneChangeKind.Answered, 61 * Second, null, 100));

        Assert.Equal(
            [
                "Lane viettel hands nothing over since 1970-01-01 00:00:00Z: the gateway took nothing: "
                    + "the gateway cannot be reached. It is tried again and again; see 'sms-campaign doctor'.",
                "Lane viettel: its gateway answers again, after 61 s",
            ],
            _log.Written);
    }

    [Fact]
    public void One_that_is_back_within_seconds_is_no_news()
    {
        var news = new LaneNews(_log);
        foreach (var at in new[] { 0, 1, 3, 7 })
            news.Tell("viettel", Away(at * Second));
        news.Tell("viettel", new LaneChange(LaneChangeKind.Answered, 9 * Second, null, 100));

        Assert.Empty(_log.Written);
    }

    [Fact]
    public void One_that_stays_away_is_said_again_every_ten_minutes()
    {
        var news = new LaneNews(_log);
        for (var at = 0; at <= 1_300; at += 5)
            news.Tell("viettel", Away(at * Second));

        Assert.Equal(3, _log.Written.Count); // after 10 s, 610 s and 1,210 s
    }

    [Fact]
    public void One_that_says_too_fast_for_long_is_said_every_ten_minutes()
    {
        var news = new LaneNews(_log);
        foreach (var (at, hold) in new[] { (0, 1), (2, 2), (5, 8), (15, 16), (33, 60), (600, 60), (616, 60) })
            news.Tell(
                "viettel", new LaneChange(LaneChangeKind.Throttled, at * Second, (at + hold) * Second, 100, "429"));

        Assert.Equal(
            [
                "Lane viettel: its gateway says that it is called too fast; nothing is handed over until 1970-01-01 "
                    + "00:00:31Z. See 'status --history'",
                "Lane viettel: its gateway says that it is called too fast; nothing is handed over until 1970-01-01 "
                    + "00:11:16Z. See 'status --history'",
            ],
            _log.Written);
    }

    static LaneChange Away(long at) => new(LaneChangeKind.NotTaken, at, at + Second, 100, "", HoldCause.NoConnection);

    sealed class Lines : ILogger<LaneNews>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
