using OpenTelemetry.Exporter;
using SmsCampaign.Installations;

namespace SmsCampaign.App.Observing;

/// <summary>Where one of metrics and traces goes by OTLP. What is null is as the variables of OpenTelemetry have it
/// that are for both, which the exporter reads by itself.</summary>
/// <param name="Endpoint">Of the one alone, with its path.</param>
/// <param name="Headers">Such as a key of access: never shown.</param>
sealed record OtlpTarget(Uri? Endpoint, OtlpExportProtocol? Protocol, string? Headers)
{
    const string Prefix = "OTEL_EXPORTER_OTLP";

    /// <summary>By the installation file, then by the variables of the one alone, then by those of both.</summary>
    /// <param name="signal">metrics or traces.</param>
    /// <param name="variable">Of the environment, by name.</param>
    /// <returns>Null where nobody wants it.</returns>
    public static OtlpTarget? Find(ManagementSettings settings, string signal, Func<string, string?> variable)
    {
        var own = $"{Prefix}_{signal.ToUpperInvariant()}";
        var headers = Read($"{own}_HEADERS");
        if (settings.Otlp is { } both)
            return new OtlpTarget(
                new Uri($"{both.AbsoluteUri.TrimEnd('/')}/v1/{signal}"), OtlpExportProtocol.HttpProtobuf, headers);

        OtlpExportProtocol? protocol = Read($"{own}_PROTOCOL") switch
        {
            "grpc" => OtlpExportProtocol.Grpc,
            "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
            _ => null,
        };
        return Uri.TryCreate(Read($"{own}_ENDPOINT"), UriKind.Absolute, out var endpoint)
            ? new OtlpTarget(endpoint, protocol, headers)
            : Read($"{Prefix}_ENDPOINT") is not null ? new OtlpTarget(null, null, headers) : null;

        string? Read(string name) => variable(name) is { Length: > 0 } value ? value : null;
    }
}
