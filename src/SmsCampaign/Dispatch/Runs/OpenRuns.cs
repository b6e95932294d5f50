using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Runs;

/// <summary>
/// The ledgers this process has open. Receipts for a run that is long finished open it again.
/// </summary>
/// <remarks>
/// A ledger that cannot be opened for receipts or answers is set aside by name and told of once: everything else goes
/// on, and its receipts are kept until <see cref="Mend"/> finds it mended. <see cref="Open(RunRecord)"/>, for whoever
/// wants that one run, throws.
/// </remarks>
/// <param name="simulated">Whether it is for simulated runs, or for the others. Neither ever
/// touches the other's.</param>
public sealed class OpenRuns(
    DataFolder data, IRegistry registry, ProcessClock clock, bool simulated = false) : IAsyncDisposable
{
    /// <summary>How long after a run's date a receipt that gives only the gateway's id is looked for in it: 7 days of
    /// sending, 7 of receipt time at most (<see cref="Carriers.LaneOptions.ReceiptTimeout"/>),
    /// and as long again.</summary>
    const int DaysAwaited = 28;

    /// <summary>SQLITE_CORRUPT and SQLITE_NOTADB (sqlite.org/rescode.html): the file's own fault. A full
    /// disk is everybody's.</summary>
    const int Corrupt = 11;
    const int NotADatabase = 26;

    /// <summary>How often a run that was set aside is looked at again.</summary>
    static readonly TimeSpan MendEvery = TimeSpan.FromMinutes(1);

    readonly Dictionary<string, IRunLedger> _byCode = [];
    readonly Dictionary<string, SetAsideRun> _setAside = [];
    readonly Lock _lock = new();
    long? _lookedAt;

    /// <summary>Told of each run that is set aside, once. Whoever shows or logs it.</summary>
    public Action<SetAsideRun>? Alarm { get; set; }

    /// <summary>Told of how many messages the answers could not be written: as a run's ledger is closed, where another
    /// program holds it; at once, where it is by a fault of the program. They are uncertain at the next start at the
    /// latest.</summary>
    public Action<UnwrittenAnswers>? LeftUnwritten { get; set; }

    /// <summary>The process is to end: a program that holds a run's ledger is not waited for much longer.</summary>
    public void Hurry() => Turns.Queue(
        static runs =>
        {
            lock (runs._lock) // which one that is just being opened may hold for a while
            {
                foreach (var ledger in runs._byCode.Values)
                    ledger.Hurry();
            }
        },
        this);

    /// <summary>Runs whose ledger cannot be used.</summary>
    public IReadOnlyList<SetAsideRun> SetAside
    {
        get
        {
            lock (_lock)
                return [.. _setAside.Values];
        }
    }

    /// <exception cref="LedgerException">The ledger cannot be opened.</exception>
    public IRunLedger Open(RunRecord run) => Open(run.Key, run.Code, run.File);

    /// <summary>The run whose messages' references begin with the code.</summary>
    /// <param name="setAside">The run, where there is one and its ledger cannot be used.</param>
    /// <returns>Null where there is none, or it is set aside.</returns>
    public IRunLedger? FindByCode(string code, out SetAsideRun? setAside)
    {
        lock (_lock)
        {
            if (_setAside.TryGetValue(code, out setAside))
                return null;
            if (_byCode.TryGetValue(code, out var open))
                return open;
        }

        Asked?.Invoke();
        return registry.FindByCode(code) is { } run && run.Simulated == simulated
            ? TryOpen(new RunPlace { Key = run.Key, Code = code, File = run.File }, out setAside)
            : null;
    }

    /// <summary>The same for many codes that somebody else has written: the registry is asked once which there are, and
    /// then for those alone that it has.</summary>
    /// <returns>Good for receipts that have come by now.</returns>
    internal RunsByCode LookUp() => new(this);

    /// <summary>Called whenever the registry is asked for a code or for all.</summary>
    internal Action? Asked { get; set; }

    internal HashSet<string> ReadCodes()
    {
        Asked?.Invoke();
        var codes = registry.ReadCodes();
        lock (_lock)
        {
            codes.UnionWith(_byCode.Keys);
            codes.UnionWith(_setAside.Keys);
        }

        return codes;
    }

    /// <inheritdoc cref="FindByCode(string, out SetAsideRun?)"/>
    public IRunLedger? FindByCode(string code) => FindByCode(code, out _);

    /// <summary>Opens the runs that are not over: sending, or waiting for a person.</summary>
    public IReadOnlyList<IRunLedger> OpenThoseUnderway() =>
        [.. registry
            .ReadPlaces(simulated, DateOnly.MaxValue)
            .Select(place => TryOpen(place, out _))
            .OfType<IRunLedger>()];

    /// <summary>Opens the runs of which something may have been sent lately.</summary>
    public IReadOnlyList<IRunLedger> OpenThoseAwaited()
    {
        var oldest = DateOnly.FromDateTime(clock.Time.GetUtcNow().UtcDateTime).AddDays(-DaysAwaited);
        foreach (var place in registry.ReadPlaces(simulated, oldest))
        {
            // A run of old may have been archived: its ledger is gone.
            if (!place.State.IsOver() || IsOpen(place) || IsThere(place))
                TryOpen(place, out _);
        }

        return All;
    }

    /// <summary>Looks once a minute whether a run that was set aside can be used again.</summary>
    /// <returns>Whether one can.</returns>
    public bool Mend()
    {
        lock (_lock)
        {
            if (_setAside.Count == 0 || (_lookedAt is { } looked && clock.Time.GetElapsedTime(looked) < MendEvery))
                return false;

            _lookedAt = clock.Time.GetTimestamp();
            var any = false;
            foreach (var (code, run) in _setAside.ToList())
            {
                try
                {
                    // One that was found damaged in use is still open, and read anew at the next start.
                    if (run.InUse)
                        continue;

                    Open(run.Key, code, run.File);
                    any |= _setAside.Remove(code);
                }
                catch (Exception broken) when (broken is not OutOfMemoryException) // still, and told of already
                {
                }
            }

            return any;
        }
    }

    /// <summary>Sets a run aside that turned out to be damaged while it was used.</summary>
    /// <returns>False where the failure is not that file's own: a disk that is full, say.</returns>
    public bool TrySetAside(IRunView run, Exception why)
    {
        if (why is not LedgerException { Code: Corrupt or NotADatabase })
            return false;

        Note(new SetAsideRun(
            run.Info.Key.ToString(), run.Info.Code, run.Address.StoredIn(data, run.Info.Key), FaultWords.Of(why))
        {
            InUse = true,
        });
        return true;
    }

    /// <summary>Runs open at this moment, but for those set aside.</summary>
    public IReadOnlyList<IRunLedger> All
    {
        get
        {
            lock (_lock)
                return [.. _byCode.Where(open => !_setAside.ContainsKey(open.Key)).Select(open => open.Value)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<IRunLedger> open;
        lock (_lock)
            open = [.. _byCode.Values];
        foreach (var ledger in open)
        {
            await ledger.DisposeAsync();
            if (ledger.Unwritten > 0)
                LeftUnwritten?.Invoke(new UnwrittenAnswers(ledger, ledger.Unwritten));
        }
    }

    IRunLedger Open(string key, string code, string file)
    {
        lock (_lock)
        {
            if (_byCode.TryGetValue(code, out var open))
                return open;

            var ledger = Ledgers.RunAt(data.AddressOf(key, file)).Open(clock, RunKey.ParseStored(key, "run"), data);
            ledger.Dropped = (messages, fault) => LeftUnwritten?.Invoke(
                new UnwrittenAnswers(ledger, messages) { Fault = fault.GetType().Name });
            return _byCode[code] = ledger;
        }
    }

    /// <summary>One that leads elsewhere is opened too: that tells of it.</summary>
    bool IsThere(RunPlace run)
    {
        try
        {
            return Ledgers.RunAt(run.AddressIn(data)).Exists;
        }
        catch (LedgerRowException)
        {
            return true;
        }
    }

    bool IsOpen(RunPlace run)
    {
        lock (_lock)
            return _byCode.ContainsKey(run.Code);
    }

    IRunLedger? TryOpen(RunPlace run, out SetAsideRun? setAside)
    {
        lock (_lock)
        {
            if (_setAside.TryGetValue(run.Code, out setAside))
                return null;
        }

        try
        {
            return Open(run.Key, run.Code, run.File);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException) // a damaged file can break whatever reads it
        {
            // The words of others may hold what stands in the file.
            var why = broken is LedgerException known ? known.Words : FaultWords.OfType(broken);
            setAside = new SetAsideRun(run.Key, run.Code, run.File, why) { Fault = StorageFaults.KindOf(broken) };
            Note(setAside);
            return null;
        }
    }

    void Note(SetAsideRun run)
    {
        lock (_lock)
        {
            if (!_setAside.TryAdd(run.Code, run))
                return;
        }

        Alarm?.Invoke(run);
    }
}

/// <summary>What gateways answered and could not be written.</summary>
/// <param name="Messages">Of how many.</param>
public sealed record UnwrittenAnswers(IRunView Run, int Messages)
{
    /// <summary>By which fault of the program; null: another program held the file as it was closed.</summary>
    public string? Fault { get; init; }

    public Wording Words => StorageFaults.OfUnwritten(Run, Messages, Fault);
}

/// <summary>A run whose ledger cannot be used.</summary>
/// <param name="Key">As its row says, which may be none.</param>
/// <param name="File">Relative to the data folder.</param>
/// <param name="Reason">Holds no phone number.</param>
public sealed record SetAsideRun(string Key, string Code, string File, Wording Reason)
{
    /// <summary>What is wrong; null where that is none of the kinds that are known.</summary>
    public StorageFault? Fault { get; init; }

    /// <summary>Whether the file may be as whole as ever: another program holds it, or the disk is full.</summary>
    public bool MayPass => Fault is StorageFault.Busy or StorageFault.DiskFull;

    /// <summary>Whether it was found to be damaged while it was open.</summary>
    internal bool InUse { get; init; }
}

/// <summary>Runs by the codes that receipts name. Made for one pass over them
/// (<see cref="OpenRuns.LookUp"/>).</summary>
sealed class RunsByCode(OpenRuns runs)
{
    readonly Dictionary<string, (IRunLedger? Run, SetAsideRun? Aside)> _found = [];
    HashSet<string>? _known;

    /// <inheritdoc cref="OpenRuns.FindByCode(string, out SetAsideRun?)"/>
    public IRunLedger? Find(string code, out SetAsideRun? setAside)
    {
        setAside = null;
        if (!(_known ??= runs.ReadCodes()).Contains(code))
            return null;
        if (!_found.TryGetValue(code, out var found))
            _found[code] = found = (runs.FindByCode(code, out var aside), aside);

        setAside = found.Aside;
        return found.Run;
    }
}
