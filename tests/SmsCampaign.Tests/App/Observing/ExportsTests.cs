using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using SmsCampaign.App.Observing;
using SmsCampaign.Installations;
using SmsCampaign.Telemetry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.App.Observing;

public sealed class ExportsTests : IAsyncLifetime
{
    readonly ConcurrentQueue<(string Path, string? Type, string Body)> _came = new();
    readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    WebApplication _collector = null!;
    bool _isSilent;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _collector = builder.Build();
        _collector.Run(async call =>
        {
            using var body = new MemoryStream();
            await call.Request.Body.CopyToAsync(body);
            _came.Enqueue((call.Request.Path, call.Request.ContentType, Encoding.Latin1.GetString(body.ToArray())));
            if (_isSilent)
                await _silent.Task;
        });
        await _collector.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _silent.TrySetResult();
        await _collector.DisposeAsync();
    }

    [Fact]
    public void Metrics_and_traces_reach_a_collector()
    {
        using var exports = new Exports(Collected());
        Measures.Sends.Add(7, Lane, new("outcome", "accepted"));
        Spans.Submitted("exports", 1, "accepted", 9_100_000_000_000_000, 9_100_000_000_000_100);

        exports.Flush(Patience.ForAnything);

        Assert.Contains(_came, call => call is { Path: "/v1/metrics", Type: "application/x-protobuf" }
            && call.Body.Contains("smscampaign.sends", StringComparison.Ordinal)
            && call.Body.Contains("exports", StringComparison.Ordinal)
            && call.Body.Contains("sms-campaign", StringComparison.Ordinal));
        Assert.Contains(_came, call => call.Path == "/v1/traces"
            && call.Body.Contains("submit", StringComparison.Ordinal)
            && call.Body.Contains("exports", StringComparison.Ordinal));
    }

    /// <summary>Neither while it is measured, nor at the end: a process that is to stop is gone in 2 s.</summary>
    [Fact]
    public async Task A_collector_that_never_answers_holds_nothing_up()
    {
        _isSilent = true;
        var exports = new Exports(Collected());
        var flushing = Task.Run(() => exports.Flush(Patience.ForAnything));
        await ReachedAsync();

        for (var sent = 0; sent < 100_000; sent++)
            Measures.Sends.Add(1, Lane, new("outcome", "accepted"));
        await Task.Run(exports.Dispose).WaitAsync(Patience.ForAnything);

        Assert.False(_silent.Task.IsCompleted);
        _silent.SetResult();
        await flushing;
    }

    [Fact]
    public void Where_nobody_wants_them_nothing_listens()
    {
        using var exports = new Exports(new ManagementSettings { Listen = "" });

        Assert.Null(exports.Metrics);
    }

    /// <summary>Whoever wants the one alone gets nothing of the other, and nothing goes to an address that nobody
    /// named.</summary>
    [Theory]
    [InlineData("TRACES", false, true)]
    [InlineData("METRICS", true, false)]
    public void A_variable_for_one_of_them_is_for_that_one_alone(string of, bool metrics, bool traces)
    {
        var (settings, collector) = (new ManagementSettings { Listen = "" }, new Uri(_collector.Urls.First()));
        var address = new Uri(collector, "/own");
        string? Variable(string name) => name switch
        {
            _ when name == $"OTEL_EXPORTER_OTLP_{of}_ENDPOINT" => $"{address}",
            _ when name == $"OTEL_EXPORTER_OTLP_{of}_PROTOCOL" => "http/protobuf",
            _ => null,
        };
        using var exports = new Exports(settings, Variable);
        Measures.Sends.Add(7, Lane, new("outcome", "accepted"));
        Spans.Submitted("exports", 1, "accepted", 9_200_000_000_000_000, 9_200_000_000_000_100);

        exports.Flush(Patience.ForAnything);

        Assert.Equal((metrics, traces), (exports.Metrics is not null, exports.Traces is not null));
        Assert.Equal(["/own"], _came.Select(call => call.Path).Distinct());
    }

    [Fact]
    public void Those_for_both_are_for_both_and_the_file_goes_before_them()
    {
        var file = new ManagementSettings { Otlp = new Uri("http://127.0.0.1:1/base/") };
        static string? Variable(string name) => name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? "http://127.0.0.1:2" : null;

        foreach (var signal in new[] { "metrics", "traces" })
        {
            Assert.Equal(
                new OtlpTarget(null, null, null), OtlpTarget.Find(new ManagementSettings(), signal, Variable));
            Assert.Equal(
                new Uri($"http://127.0.0.1:1/base/v1/{signal}"), OtlpTarget.Find(file, signal, Variable)!.Endpoint);
            Assert.Null(OtlpTarget.Find(new ManagementSettings(), signal, _ => null));
        }
    }

    static KeyValuePair<string, object?> Lane => new(Measures.Lane, "exports");

    ManagementSettings Collected() => new() { Listen = "", Otlp = new Uri(_collector.Urls.First()) };

    async Task ReachedAsync()
    {
        using var patience = new CancellationTokenSource(Patience.ForAnything);
        while (_came.IsEmpty)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
    }
}
