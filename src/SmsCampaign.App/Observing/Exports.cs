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

    /// <summary>Variables of OpenTelemetry that say where to send.</summary>
    static readonly string[] Endpoints =
    [
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    ];

    readonly TracerProvider? _traces;

    public Exports(ManagementSettings settings)
    {
        var toCollector = settings.Otlp is not null || Array.Exists(Endpoints, IsSet);
        if (toCollector || settings.Address is not null)
            Metrics = OpenMetrics(settings, toCollector);
        if (toCollector)
            _traces = OpenTraces(settings);
    }

    /// <summary>What Prometheus fetches; null where nobody listens.</summary>
    public MeterProvider? Metrics { get; }

    /// <summary>Sends what is measured by now.</summary>
    internal void Flush(TimeSpan patience)
    {
        Metrics?.ForceFlush((int)patience.TotalMilliseconds);
        _traces?.ForceFlush((int)patience.TotalMilliseconds);
    }

    public void Dispose()
    {
        // side by side, and no longer than said: the process is to be gone within seconds
        var ending = Task.WhenAll(
            Task.Run(() => Metrics?.Shutdown(Farewell)), Task.Run(() => _traces?.Shutdown(Farewell)));
        ending.Wait(Farewell * 2);
    }

    static MeterProvider OpenMetrics(ManagementSettings settings, bool toCollector)
    {
        var builder = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource()).AddMeter(Measures.MeterName);
        if (settings.Address is not null)
            builder.AddPrometheusExporter();
        if (toCollector)
            builder.AddOtlpExporter(otlp => Set(otlp, settings, "v1/metrics"));
        return builder.Build();
    }

    static TracerProvider OpenTraces(ManagementSettings settings) => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(Resource())
        .AddSource(Spans.SourceName)
        .SetSampler(new AlwaysOnSampler()) // few are made at all
        .AddOtlpExporter(otlp => Set(otlp, settings, "v1/traces"))
        .Build();

    static ResourceBuilder Resource() => ResourceBuilder.CreateDefault().AddService(
        "sms-campaign", serviceVersion: ProgramVersion.Current, serviceInstanceId: Environment.MachineName);

    /// <summary>What the file does not say is as the variables of OpenTelemetry have it, secrets among them
    /// (OTEL_EXPORTER_OTLP_HEADERS).</summary>
    static void Set(OtlpExporterOptions otlp, ManagementSettings settings, string path)
    {
        otlp.TimeoutMilliseconds = Patience;
        if (settings.Otlp is not { } endpoint)
            return;

        otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/{path}");
    }

    static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };
}
