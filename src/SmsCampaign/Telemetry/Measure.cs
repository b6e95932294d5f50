namespace SmsCampaign.Telemetry;

public enum MeasureKind
{
    /// <summary>Only grows while the process runs.</summary>
    Counter,

    /// <summary>As it stands.</summary>
    Gauge,

    /// <summary>How often what took how long.</summary>
    Histogram,
}

/// <summary>One thing that is measured. <see cref="Measures"/> has them all.</summary>
/// <param name="Name">As OpenTelemetry has it, such as smscampaign.sends.</param>
/// <param name="Unit">As UCUM writes it: s for seconds; what is counted in braces, such as {message}.</param>
/// <param name="Labels">What it is told apart by. Each has few values, which the installation file or this program
/// names: never a number, a text, a run.</param>
public sealed record Measure(
    MeasureKind Kind, string Name, string Unit, IReadOnlyList<string> Labels, string Meaning)
{
    /// <summary>As Prometheus has it, such as smscampaign_sends_total; of a histogram without the ending of its
    /// parts.</summary>
    public string PrometheusName =>
        $"{Name.Replace('.', '_')}{(Unit == "s" ? "_seconds" : "")}{(Kind == MeasureKind.Counter ? "_total" : "")}";
}
