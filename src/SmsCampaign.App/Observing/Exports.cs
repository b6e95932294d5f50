using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SmsCampaign.Installations;
using SmsCampaign.Telemetry;

namespace SmsCampaign.App.Observing;

/// <summary>
/// Brings what is measured to whoever is to have it: to Prometheus, which fetches it, and by OTLP to a collector.
/// Where neither is set nothing listens.
/// </summary>
/// <remarks>Each sends on a thread of its own, and what a collector does not take is lost: nothing waits for
/// it.</remarks>
sealed class Exports : IDisposable
{
    /// <summary>Longest that the last figures may take to leave when the process ends, milliseconds.</summary>
    const int Farewell = 300;

    /// <summary>Longest that a collector may take, milliseconds.</summary>
    const int Patience = 5_000;

    /// <param name="variable">Of the environment, by name; null: this process's.</param>
    public Exports(ManagementSettings settings, Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        var metrics = OtlpTarget.Find(settings, "metrics", variable);
        if (metrics is not null || settings.Address is not null)
            Metrics = OpenMetrics(settings, metrics);
        if (OtlpTarget.Find(settings, "traces", variable) is { } traces)
            Traces = OpenTraces(traces);
    }

    /// <summary>What Prometheus fetches; null where nobody listens.</summary>
    public MeterProvider? Metrics { get; }

    /// <summary>Null where nobody wants any.</summary>
    internal TracerProvider? Traces { get; }

    /// <summary>Sends what is measured by now.</summary>
    internal void Flush(TimeSpan patience)
    {
        Metrics?.ForceFlush((int)patience.TotalMilliseconds);
        Traces?.ForceFlush((int)patience.TotalMilliseconds);
    }

    public void Dispose()
    {
        // side by side, and no longer than said: the process is to be gone within seconds
        var ending = Task.WhenAll(
            Task.Run(() => Metrics?.Shutdown(Farewell)), Task.Run(() => Traces?.Shutdown(Farewell)));
        ending.Wait(Farewell * 2);
    }

    static MeterProvider OpenMetrics(ManagementSettings settings, OtlpTarget? collector)
    {
        var builder = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource()).AddMeter(Measures.MeterName);
        if (settings.Address is not null)
            builder.AddPrometheusExporter();
        if (collector is not null)
            builder.AddOtlpExporter(otlp => Set(otlp, collector));
        return builder.Build();
    }

    static TracerProvider OpenTraces(OtlpTarget collector) => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(Resource())
        .AddSource(Spans.SourceName)
        .SetSampler(new AlwaysOnSampler()) // few are made at all
        .AddOtlpExporter(otlp => Set(otlp, collector))
        .Build();

    static ResourceBuilder Resource() => ResourceBuilder.CreateDefault().AddService(
        "sms-campaign", serviceVersion: ProgramVersion.Current, serviceInstanceId: Environment.MachineName);

    /// <summary>What is not said of it is as the variables of OpenTelemetry have it, secrets among them
    /// (OTEL_EXPORTER_OTLP_HEADERS).</summary>
    static void Set(OtlpExporterOptions otlp, OtlpTarget collector)
    {
        otlp.TimeoutMilliseconds = Patience;
        otlp.Protocol = collector.Protocol ?? otlp.Protocol;
        otlp.Headers = collector.Headers ?? otlp.Headers;
        if (collector.Endpoint is { } endpoint)
            otlp.Endpoint = endpoint;
    }
}
