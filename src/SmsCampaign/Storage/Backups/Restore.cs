using System.Globalization;
using SmsCampaign.Files;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Privacy;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage.Backups;

/// <summary>A run of a backup, as it stands after what it may have handed over since was made uncertain.</summary>
/// <param name="Declared">Messages that became uncertain.</param>
public sealed record RestoredRun(RunKey Key, long Declared);

/// <param name="SetAside">Where what was there before lies now; null where nothing was.</param>
public sealed record Restored(DateTimeOffset BackupAt, IReadOnlyList<RestoredRun> Runs, string? SetAside)
{
    /// <summary>What persons ordered since the backup, or before it and have not lifted: it stands, and the restored
    /// ledger.db does not have it.</summary>
    public IReadOnlyList<StandingOrder> Orders { get; init; } = [];

    /// <summary>What persons have lifted since the backup: it stands again, as the restored ledger.db says nothing of
    /// that.</summary>
    public IReadOnlyList<StandingOrder> Again { get; init; } = [];

    /// <summary>Runs whose numbers had been erased, and stand in the restored ledgers again.</summary>
    public IReadOnlyList<RunKey> Erased { get; init; } = [];

    /// <summary>Which key of the hashes of erased numbers must be put here, as backups have none; null where none
    /// must.</summary>
    public Wording? NeededKey { get; init; }
}

/// <summary>
/// Puts a backup in the place of a data folder's databases. What a run may have handed over since the backup is
/// uncertain in the restored one before it has its place, so that it is never planned or sent again.
/// </summary>
/// <remarks>
/// Prepared beside, in <c>restore.unfinished</c>; renamed to <c>restore.ready</c> when it is complete and on disk: from
/// then on nothing else opens the folder (<see cref="RefuseHalf"/>) until every file has its place, which a second call
/// does where the first was killed; then to <c>restore.done</c>, and deleted. The data folder itself is never renamed:
/// it may be a mount, and its parent closed to us.
/// </remarks>
public static class Restore
{
    internal const string Unfinished = "restore.unfinished";
    internal const string Ready = "restore.ready";
    const string AsideFile = "aside";

    /// <summary>What <see cref="Ready"/> is called once every file has its place: in one step, so that what is left of
    /// it by a kill is nothing to go on with.</summary>
    const string Spent = "restore.done";

    /// <summary>A run is taken to have begun so long before its first window opens: the clock of the machine that was
    /// lost may have gone ahead.</summary>
    static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    /// <exception cref="RunFileException">A restore was cut off half way.</exception>
    internal static void RefuseHalf(DataFolder data)
    {
        if (Directory.Exists(Path.Combine(data.Root, Ready)))
        {
            throw new RunFileException(new Wording(
                $"Việc khôi phục vào {data.Root} bị ngắt giữa chừng. Hãy chạy lại 'restore' (cùng bản sao lưu) để hoàn "
                    + $"tất; chưa làm gì khác được.",
                $"Restoring into {data.Root} was cut off half way. Run 'restore' again (with the same backup) to "
                    + $"complete it; nothing else can be done before."));
        }
    }

    /// <summary>Whether there are databases that would be set aside.</summary>
    public static bool HasDatabases(DataFolder data) => Backup.DatabasesIn(data.Root).Count > 0;

    /// <param name="who">Who decides; recorded in the restored ledger.db.</param>
    /// <param name="reached">Called with the name of each step that is done: stands for a process killed there.</param>
    /// <exception cref="BackupException">The backup is not whole, or a process uses the folder.</exception>
    public static Restored Run(
        string from, DataFolder data, Who who, string reason, TimeProvider time, Action<string>? reached = null)
    {
        PrivateFiles.KeepFolder(data.Root);
        using var sending = SendingLock.TryTake(data, time);
        using var rehearsing = SendingLock.TryTake(data, time, simulated: true);
        if (sending is null || rehearsing is null)
        {
            throw new BackupException(new Wording(
                $"Một tiến trình đang gửi từ {data.Root}. Hãy dừng dịch vụ gửi (và mọi lệnh send) rồi chạy lại.",
                $"A process is sending from {data.Root}. Stop the service 'worker' (and any "
                    + $"send), then run this again."));
        }

        // Numbers that come back meanwhile would be told to be erased.
        using var alone = PurgeLock.TryTake(data) ?? throw new BackupException(PurgeLock.Taken(data));
        var (unfinished, ready) = (Path.Combine(data.Root, Unfinished), Path.Combine(data.Root, Ready));
        if (Directory.Exists(ready) && IsSpent(ready))
            Drop(data, ready);
        if (!Directory.Exists(ready))
        {
            var manifest = BackupManifest.Read(from);
            manifest.Verify(from);
            if (Directory.Exists(unfinished))
                Directory.Delete(unfinished, recursive: true);

            Prepare(from, manifest, data, unfinished, who, reason, time);
            reached?.Invoke("prepared");
            Directory.Move(unfinished, ready);
            Disk.FlushFolder(data.Root);
        }

        reached?.Invoke("ready");
        return Finish(data, ready, reached);
    }

    static void Prepare(
        string from, BackupManifest manifest, DataFolder data, string staged, Who who, string reason, TimeProvider time)
    {
        PrivateFiles.MakeFolder(Path.Combine(staged, "runs"));
        foreach (var file in manifest.Files)
            File.Copy(Path.Combine(from, file.Name), Path.Combine(staged, file.Name));

        var into = new DataFolder(staged, data.Marks) { AuditKey = data.AuditKey };
        var registry = Ledgers.OpenRegistry(into);
        var marks = ReadMarks(data);
        var here = new RunMarks(data);
        var isHere = here.AreOf(into);
        var now = time.GetUtcNow();
        var latest = manifest.At > now ? manifest.At : now; // a clock that is behind has nothing due
        var told = new List<string>();
        foreach (var file in manifest.Files.Where(file => file.Run is not null))
        {
            var key = RunKey.Parse(file.Run!);
            if (!key.Simulated && Since(file, marks, isHere || !IsDue(registry, key, latest)) is { } mark)
            {
                var kept = Ledgers.RunAt(RunAddress.OfFile(Path.Combine(staged, file.Name)));
                var declared = kept.DeclareGap(mark, new ProcessClock(time));
                told.Add(string.Create(CultureInfo.InvariantCulture, $"{key}: {declared} uncertain"));
            }
        }

        Ledgers.MarksOf(into).Write([.. marks.Select(mark => mark with { Reserved = mark.LastPossible })]);
        new RunMarks(into).KeepHome();

        registry.RecordEvent(who, "restore", $"backup of {manifest.At:u}; {string.Join(", ", told)}. {reason}", now);
        var aside = string.Create(CultureInfo.InvariantCulture, $"replaced-{now.UtcDateTime:yyyyMMdd-HHmmss}");
        File.WriteAllText(Path.Combine(staged, AsideFile), aside);
        manifest.Write(staged);
        Close(staged);
    }

    /// <summary>How far a run may have come since the backup.</summary>
    /// <param name="isKnown">Whether the marks here would tell: they are those of the backup's machine, or nothing of
    /// the run can have been sent by now. Of another machine nobody knows how far it came after whatever is known
    /// here.</param>
    /// <returns>Null where nothing can have been handed over since.</returns>
    static RunMark? Since(BackupFile file, IReadOnlyList<RunMark> marks, bool isKnown)
    {
        if (!isKnown)
        {
            return new RunMark(file.Run!, file.Code!)
            {
                Reserved = file.Attempts + 1,
                Reach = [.. Enumerable.Repeat(long.MaxValue, RunMark.None.Length)],
            };
        }

        var known = marks
            .Where(mark => mark.Key == file.Run && mark.Code == file.Code)
            .Aggregate((RunMark?)null, (one, other) => other.With(one));
        return known is not null && file.Attempts < known.LastPossible ? known : null;
    }

    /// <summary>Whether a run may have begun: its first window is open by now, or opens within <see cref="Margin"/>.
    /// Where its schedule cannot be read, from the day before in whatever zone.</summary>
    static bool IsDue(IRegistry registry, RunKey key, DateTimeOffset now)
    {
        try
        {
            if (registry.Find(key)?.ReadSchedule() is { } schedule)
                return schedule.SendDays(key.Date).Any(day => schedule.Window.OpensOn(day) <= now + Margin);
        }
        catch (LedgerException)
        {
        }

        return DateOnly.FromDateTime(now.UtcDateTime.AddDays(1)) >= key.Date;
    }

    /// <summary>What is known here of runs that have begun: a ledger.db that cannot be read knows nothing.</summary>
    static IReadOnlyList<RunMark> ReadMarks(DataFolder data)
    {
        try
        {
            return new RunMarks(data).ReadAllBegun();
        }
        catch (LedgerException)
        {
            return new RunMarks(data).ReadAllBegunOutside();
        }
    }

    /// <summary>Gives every file its place. May be called again after a kill at any point.</summary>
    static Restored Finish(DataFolder data, string ready, Action<string>? reached)
    {
        var manifest = BackupManifest.Read(ready);
        var aside = Path.Combine(data.Root, File.ReadAllText(Path.Combine(ready, AsideFile)));
        PrivateFiles.MakeFolder(Path.Combine(aside, "runs"));
        PrivateFiles.MakeFolder(Path.Combine(data.Root, "runs"));

        // A file whose successor waits, or that has none, is an old one. One whose successor has gone is the successor.
        var waiting =
            manifest.Files.Select(file => file.Name).Where(name => File.Exists(Path.Combine(ready, name))).ToHashSet();
        var old = Backup.DatabasesIn(data.Root)
            .Append("scheduler.db")
            .Where(name => waiting.Contains(name) || manifest.Files.All(file => file.Name != name));
        foreach (var name in old.ToList())
        {
            // What lies beside first: a file that has lost it is old all the same, and set aside at the next call.
            foreach (var suffix in LedgerPlace.Beside.Append(""))
                MoveAside(data.Root, aside, name + suffix);
            reached?.Invoke("aside " + name);
        }

        foreach (var name in waiting.Order(StringComparer.Ordinal))
        {
            foreach (var suffix in LedgerPlace.Beside)
                MoveAside(data.Root, aside, name + suffix);
            File.Move(Path.Combine(ready, name), Path.Combine(data.Root, name));
            reached?.Invoke("placed " + name);
        }

        Disk.FlushFolder(Path.Combine(data.Root, "runs"));
        Disk.FlushFolder(data.Root);

        var runs = new List<RestoredRun>();
        foreach (var file in manifest.Files.Where(file => file.Run is not null))
        {
            var key = RunKey.Parse(file.Run!);
            if (!key.Simulated)
                runs.Add(Mark(data, key, RunAddress.OfFile(Path.Combine(data.Root, file.Name))));
        }

        reached?.Invoke("marked");
        var there = Directory.EnumerateFiles(aside, "*", SearchOption.AllDirectories).Any();
        if (!there)
            Directory.Delete(aside, recursive: true);
        Drop(data, ready, reached);
        var registry = Ledgers.OpenRegistry(data);
        var orders = registry.Orders.Read();
        var lifted = new OrderMarks(data).ReadLifted();
        return new Restored(manifest.At, runs, there ? aside : null)
        {
            Erased = [.. registry.ReadRuns()
                .Where(run => run.Purge == PurgeState.Begun)
                .Select(run => run.FindKey())
                .OfType<RunKey>()],
            NeededKey = new NumberKeyFile(data, registry).FindNeeded(),
            Orders = [.. orders.Where(order => order.IsOnlyMarked)],
            Again = [.. orders.Where(order =>
                order is { IsOnlyMarked: false, Witness: { } witness } && lifted.Contains(witness))],
        };
    }

    /// <summary>Whether a program that deleted it as it was has begun to, which is the last that it did.</summary>
    static bool IsSpent(string ready) =>
        !File.Exists(Path.Combine(ready, BackupManifest.FileName)) || !File.Exists(Path.Combine(ready, AsideFile));

    static void Drop(DataFolder data, string ready, Action<string>? reached = null)
    {
        var spent = Path.Combine(data.Root, Spent);
        if (Directory.Exists(spent))
            Directory.Delete(spent, recursive: true);
        Directory.Move(ready, spent);
        Disk.FlushFolder(data.Root);
        reached?.Invoke("spent");
        Directory.Delete(spent, recursive: true);
    }

    /// <summary>What the restored run holds now is what it had come to.</summary>
    static RestoredRun Mark(DataFolder data, RunKey key, RunAddress address)
    {
        var kept = Ledgers.RunAt(address);
        var (code, attempts) = kept.ReadReach();
        if (attempts > 0)
        {
            var marks = new RunMarks(data);
            var frontier = kept.ReadFrontier();
            using var outside = new MarkFile(marks.PathOf(key, code));
            var mark = new RunMark(key.ToString(), code)
            {
                Confirmed = attempts,
                Reserved = attempts,
                Frontier = frontier,
                Reach = frontier,
            };
            marks.Write(mark.With(marks.Find(key, code)), outside);
        }

        return new RestoredRun(key, kept.CountDeclared());
    }

    static void MoveAside(string root, string aside, string name)
    {
        var path = Path.Combine(root, name);
        if (File.Exists(path))
            File.Move(path, Path.Combine(aside, name), overwrite: true);
    }

    /// <summary>Brings what was opened back to one file each, on disk.</summary>
    static void Close(string staged)
    {
        foreach (var name in Backup.DatabasesIn(staged))
        {
            var path = Path.Combine(staged, name);
            LedgerFile.MakeOne(path);
            BackupManifest.VerifyRows(path, name.StartsWith("runs/", StringComparison.Ordinal));
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
            file.Flush(flushToDisk: true);
        }

        using (var file = new FileStream(Path.Combine(staged, AsideFile), FileMode.Open, FileAccess.ReadWrite))
            file.Flush(flushToDisk: true);
        Disk.FlushFolder(Path.Combine(staged, "runs"));
        Disk.FlushFolder(staged);
    }
}
