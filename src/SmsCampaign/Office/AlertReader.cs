using SmsCampaign.Installations;
using SmsCampaign.Office.Causes;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Telemetry;

namespace SmsCampaign.Office;

/// <summary>
/// Looks for what a person must know, by what <c>status</c> shows, and raises it; ends what is over. All that was
/// raised stands in ledger.db: after a kill the next process goes on from there. Used by one thread at a time.
/// </summary>
/// <remarks>What is found stays raised for <see cref="Settle"/> after it is found no more: what comes and goes is one
/// alert. A pause is over as soon as it is lifted.</remarks>
public sealed class AlertReader(DataFolder data, IRegistry registry, string installationFile, ProcessClock clock)
{
    /// <summary>How often it is looked.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>How long something must be gone before it is over.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMinutes(2);

    /// <summary>How often the words of an alert are brought up to date, where figures in them change.</summary>
    static readonly TimeSpan UpdateEvery = TimeSpan.FromMinutes(1);

    /// <summary>Receipts that came before are told no more.</summary>
    static readonly TimeSpan Lately = TimeSpan.FromHours(24);

    /// <summary>How long what happened is remembered, so that it is raised once.</summary>
    static readonly TimeSpan Remembered = TimeSpan.FromHours(48);

    /// <summary>Kinds that are over once they are not found here. Others are ended by whoever raised them.</summary>
    static readonly HashSet<AlertKind> LookedFor =
    [
        AlertKind.NotStarted, AlertKind.WorkerStuck, AlertKind.RunHeld, AlertKind.LaneHeld, AlertKind.LaneStopped,
        AlertKind.UncertainWaiting, AlertKind.ReceiptsUnreadable, AlertKind.ReceiptsDamaged, AlertKind.DiskLow,
        AlertKind.LedgerDamaged, AlertKind.LaneSlow, AlertKind.WindowRisk, AlertKind.ReceiptsStopped,
        AlertKind.Paused, AlertKind.CarrierAnswer, AlertKind.CarrierReport, AlertKind.NumbersDue,
    ];

    /// <summary>How long before an opening a step of the clock is urgent.</summary>
    static readonly TimeSpan Soon = TimeSpan.FromHours(24);

    readonly ClockWatch _clock = new(clock);
    readonly LaneFlows _flows = new();
    readonly ReportCauses _reports = new();

    readonly Dictionary<(AlertKind, string), Found> _found = [];

    /// <summary>When the words of each were last written.</summary>
    readonly Dictionary<(AlertKind, string), long> _written = [];

    /// <summary>Those of the process that looks; null: it has none.</summary>
    public LoopWatch? Loops { get; init; }

    /// <summary>Looks once, and brings what is raised up to date.</summary>
    /// <returns>What was found, raised yet or not.</returns>
    /// <exception cref="LedgerException">ledger.db cannot be read or written now.</exception>
    public IReadOnlyList<Alert> Look()
    {
        var view = StatusView.ReadOften(data, installationFile, clock.Time);
        _flows.Note(view, clock.Now());
        var lately = clock.Now() - (long)Lately.TotalMicroseconds;
        var causes = InstallationCauses
            .Find(
                view,
                data,
                Installation.ReadDiskFloor(installationFile),
                Ledgers.ReceiptsOf(data).ReadStrays(simulated: false, lately))
            .Concat(LoopCauses.Find(view, Loops?.FindStuck() ?? []))
            .Concat(RunCauses.Find(view))
            .Concat(LaneCauses.Find(view))
            .Concat(LetterCauses.Find(view))
            .Concat(_reports.Find(registry, view.At))
            .Concat(PurgeCauses.Find(registry, view.At))
            .Concat(FlowCauses.Find(view, _flows))
            .Concat(UnseenCauses.Find(view, registry.Alerts.Read(view.At)))
            .ToList();
        if (_clock.Look(view.Openings.Any(opening => opening.Opens - view.At < Soon)) is { } step)
            causes.Add(step);
        Note(causes, view.At);
        return [.. causes.Where(cause => !cause.IsUnknown).Select(cause => cause.Alert)];
    }

    void Note(IReadOnlyList<Cause> causes, DateTimeOffset now)
    {
        var (micros, book) = (clock.Now(), registry.Alerts);
        var known = book.Read(now - Remembered);
        foreach (var cause in causes)
        {
            var key = (cause.Alert.Kind, cause.Alert.About);
            var raised = known.LastOrDefault(each => each.Alert.IsOf(cause.Alert)
                && (each.IsOpen || cause.Alert.Kind.IsEvent()));
            if (cause.IsUnknown)
            {
                if (raised is not null)
                    _found[key] = _found.GetValueOrDefault(key, new Found(micros, micros, now)) with { Last = micros };
                continue;
            }

            var found = _found.GetValueOrDefault(key, new Found(micros, micros, now)) with { Last = micros };
            _found[key] = found;
            if (raised is null && micros - found.First < (long)cause.After.TotalMicroseconds)
                continue;

            var alert = raised is not null ? cause.Alert with { Since = raised.Alert.Since }
                : cause.Alert.Since < found.FirstAt ? cause.Alert
                : cause.Alert with { Since = found.FirstAt };
            if (!IsToBeWritten(alert, raised, micros))
                continue;

            book.Raise(alert, now);
            _written[key] = micros;
        }

        var seen = causes.Select(cause => (cause.Alert.Kind, cause.Alert.About)).ToHashSet();
        foreach (var raised in known.Where(each => each.IsOpen && IsLookedFor(each.Alert)
            && !seen.Contains((each.Alert.Kind, each.Alert.About))))
            EndIfGone(raised.Alert, micros, now);
        foreach (var gone in _found
            .Where(each => micros - each.Value.Last > (long)Settle.TotalMicroseconds)
            .Select(each => each.Key)
            .ToList())
            _found.Remove(gone);
    }

    /// <summary>What happened is written once: it may be found for longer than it is looked for among what is
    /// raised.</summary>
    bool IsToBeWritten(Alert alert, RaisedAlert? raised, long micros) => raised is null
        ? !alert.Kind.IsEvent() || !_written.ContainsKey((alert.Kind, alert.About))
        : !alert.Kind.IsEvent()
            && (alert.Severity != raised.Alert.Severity
                || (alert != raised.Alert
                    && micros - _written.GetValueOrDefault((alert.Kind, alert.About))
                        >= (long)UpdateEvery.TotalMicroseconds));

    /// <summary>What was raised by a process before is gone since this one began to look.</summary>
    void EndIfGone(Alert alert, long micros, DateTimeOffset now)
    {
        var key = (alert.Kind, alert.About);
        if (!_found.TryGetValue(key, out var found))
            _found[key] = found = new Found(micros, micros, now);
        if (!EndsAtOnce(alert.Kind) && micros - found.Last < (long)Settle.TotalMicroseconds)
            return;

        registry.Alerts.SetOver(alert.Kind, alert.About, now);
        _found.Remove(key);
        _written.Remove(key);
    }

    /// <summary>A person's order stands or does not: it never comes and goes.</summary>
    static bool EndsAtOnce(AlertKind kind) => kind == AlertKind.Paused;

    static bool IsLookedFor(Alert alert) =>
        LookedFor.Contains(alert.Kind)
        || alert is { Kind: AlertKind.RecordDamaged, About: "" or InstallationCauses.Settings };

    /// <param name="First">When it was first found, by the process clock: microseconds.</param>
    /// <param name="FirstAt">The same by the clock on the wall.</param>
    readonly record struct Found(long First, long Last, DateTimeOffset FirstAt);
}
