using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.App.Receiving;
using SmsCampaign.Receipts;

namespace SmsCampaign.Tests.App.Receiving;

public sealed class RefusedCallbacksTests
{
    const string Lane = "refused_in_this_test";

    [Fact]
    public void All_are_counted_and_once_a_minute_it_is_logged_how_many()
    {
        var (counted, time, log) = (0L, new FakeTimeProvider(), new Lines());
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "sms_campaign.callbacks.refused")
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (_, many, tags, _) => counted += tags.Contains(new("lane", Lane)) ? many : 0);
        listener.Start();
        var refused = new RefusedCallbacks(log, time);

        for (var second = 0; second < 90; second++, time.Advance(TimeSpan.FromSeconds(1)))
            refused.Note(Lane, CallbackRefusal.Secret);
        refused.Note(Lane, CallbackRefusal.Address);

        Assert.Equal(91, counted);
        Assert.Equal(["1 Secret", "60 Secret", "1 Address"], log.Written);
    }

    /// <summary>Count and reason of each line.</summary>
    sealed class Lines : ILogger
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
            Func<TState, Exception?, string> formatter)
        {
            var line = formatter(state, exception).Split(' ');
            Written.Add($"{line[0]} {line[^1]}");
        }
    }
}
