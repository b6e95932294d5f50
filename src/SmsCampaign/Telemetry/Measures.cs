using System.Diagnostics.Metrics;
using System.Text.Json;

namespace SmsCampaign.Telemetry;

/// <summary>
/// All that is measured of a process that sends, for whoever looks at it from outside. Where nobody listens it costs
/// next to nothing.
/// </summary>
/// <remarks>The names are the promise: dashboards and alert rules of others go by them.</remarks>
public static class Measures
{
    /// <summary>Of every meter of this program.</summary>
    public const string MeterName = "SmsCampaign";

    /// <summary>A lane, by its name in the installation file.</summary>
    public const string Lane = "lane";

    static readonly Meter Meter = new(MeterName, ProgramVersion.Current);
    static readonly List<Measure> Known = [];

    /// <summary>In the order in which they are explained.</summary>
    public static IReadOnlyList<Measure> All => Known;

    /// <summary>Outcome: accepted, rejected, deferred, uncertain.</summary>
    public static readonly Counter<long> Sends = Count(
        "smscampaign.sends", "{message}", [Lane, "outcome"],
        "Answers of gateways that were written down, a message each: accepted, rejected, deferred (not taken this "
            + "time, sent again later) or uncertain. Tests to a few phones are among them.");

    /// <summary>Class: as of <c>FailureClass</c>.</summary>
    public static readonly Counter<long> Rejections = Count(
        "smscampaign.rejections", "{message}", [Lane, "class"], "Messages that gateways refused for good, by why.");

    public static readonly Counter<long> HandedOver = Count(
        "smscampaign.handed_over", "{unit}", [Lane],
        "What left for the gateway, in what the lane's contract counts: parts, messages or requests.");

    public static readonly Histogram<double> SubmitDuration = Time(
        "smscampaign.submit.duration", [Lane],
        "From a request's first byte to its gateway's answer, of the first 500 requests of a lane in each second.",
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]);

    public static readonly Measure ContractRate = Gauge(
        "smscampaign.contract.rate", "{unit}", [Lane],
        "What the contract lets through in a second, in what it counts.");

    public static readonly Measure AllowedRate = Gauge(
        "smscampaign.allowed.rate", "{unit}", [Lane],
        "What of it is let through now: less after the gateway said that it is too fast, or as a person slowed it.");

    public static readonly Measure LaneStopped = Gauge(
        "smscampaign.lane.stopped", "", [Lane],
        "1 where the lane, or what a run has on it, goes on only by a person; else 0.");

    public static readonly Measure LaneAway = Gauge(
        "smscampaign.lane.away", "", [Lane],
        "1 where the gateway was last seen to take nothing, and is tried again; else 0.");

    public static readonly Measure Queue = Gauge(
        "smscampaign.queue", "{message}", [Lane], "Messages still to be sent, of runs that have begun.");

    public static readonly Measure Uncertain = Gauge(
        "smscampaign.uncertain", "{message}", [Lane],
        "Messages of which nobody knows whether they were sent, of runs that are not over.");

    public static readonly Measure WindowLeft = Gauge(
        "smscampaign.window.left", "s", [],
        "Until the window of what is sent closes, the first to close; 0 while none is open.");

    public static readonly Measure NeededRate = Gauge(
        "smscampaign.needed.rate", "{message}", [Lane],
        "Messages that must be answered in a second for what waits to be sent in its windows, over all days on which "
            + "it may be; 0 while none is open.");

    public static readonly Measure Runs = Gauge(
        "smscampaign.runs", "{run}", ["state"],
        "Runs that have begun and are not over: sending, or held until a person decides.");

    public static readonly Measure UnreadLedgers = Gauge(
        "smscampaign.ledgers.unread", "{ledger}", [],
        "Ledgers of runs that are not over and cannot be read: what they hold is in no other figure.");

    public static readonly Counter<long> Callbacks = Count(
        "smscampaign.callbacks", "{callback}", [Lane], "Calls of gateways with receipts that are on disk.");

    public static readonly Counter<long> Receipts = Count(
        "smscampaign.receipts", "{receipt}", [Lane], "Receipts of them that are settled.");

    /// <summary>Kind: as of <c>ReceiptOddity</c>.</summary>
    public static readonly Counter<long> OddReceipts = Count(
        "smscampaign.receipts.odd", "{receipt}", ["kind"],
        "Receipts that changed nothing, or wait for their message to be known, by why.");

    public static readonly Measure ReceiptsLag = Gauge(
        "smscampaign.receipts.lag", "s", [],
        "How long the oldest receipt has waited to be settled; 0 where none does.");

    /// <summary>File: run (the ledger of a run) or receipts.</summary>
    public static readonly Histogram<double> CommitDuration = Time(
        "smscampaign.ledger.commit.duration", ["file"],
        "From beginning to write what has queued up to its being on disk.",
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]);

    public static readonly Measure Alerts = Gauge(
        "smscampaign.alerts", "{alert}", ["kind", "severity"], "What persons are told of and still is so.");

    public static readonly Measure UndeliveredAlerts = Gauge(
        "smscampaign.alerts.undelivered", "{delivery}", [],
        "Receivers that could not be told of an alert yet, each of each.");

    public static readonly Measure ReadingAge = Gauge(
        "smscampaign.reading.age", "s", [],
        "How old the figures are that are read from ledgers every few seconds: where it grows they are not to be "
            + "relied on.");

    /// <summary>A word of this program as the value of a label, such as set-aside.</summary>
    public static string Word<T>(T word)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString());

    static Counter<long> Count(string name, string unit, IReadOnlyList<string> labels, string meaning)
    {
        Known.Add(new Measure(MeasureKind.Counter, name, unit, labels, meaning));
        return Meter.CreateCounter<long>(name, unit, meaning);
    }

    /// <param name="bounds">Seconds.</param>
    static Histogram<double> Time(
        string name, IReadOnlyList<string> labels, string meaning, IReadOnlyList<double> bounds)
    {
        Known.Add(new Measure(MeasureKind.Histogram, name, "s", labels, meaning));
        return Meter.CreateHistogram(
            name, "s", meaning, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
    }

    /// <summary>What is read as it is asked for, by whoever knows it.</summary>
    static Measure Gauge(string name, string unit, IReadOnlyList<string> labels, string meaning)
    {
        var measure = new Measure(MeasureKind.Gauge, name, unit, labels, meaning);
        Known.Add(measure);
        return measure;
    }
}
