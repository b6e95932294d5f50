using System.Globalization;
using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Marks;
using SmsCampaign.Storage.Privacy;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Planning;

/// <summary>
/// The other runs of a campaign whose recipients must not be sent the message once more (rule 1): of a
/// campaign of one date those of any date; of a yearly one those of the same calendar year, as changing its
/// day must not send it twice either.
/// </summary>
/// <remarks>
/// What an earlier run may have handed over counts, whatever became of it: taken, delivered, uncertain, in flight,
/// or failed afterwards. What its gateway refused, and what is still planned or left over, does not: nobody
/// received it. Rehearsals are left out.
/// </remarks>
sealed class EarlierRuns
{
    readonly List<EarlierRun> _runs = [];
    NumberKey? _key;

    /// <summary>Those of which something may have been handed over, the oldest first.</summary>
    public IReadOnlyList<EarlierRun> Runs => _runs;

    /// <summary>Numbers that are never texted again, as their subscribers asked; null: there are none.</summary>
    public NumberSet? Erased { get; private set; }

    /// <summary>How far each had come: what a plan that leaves out their recipients was made with.</summary>
    public string Standing => string.Join(' ', _runs.Select(run =>
        string.Create(CultureInfo.InvariantCulture, $"{run.Key.DateText}:{run.Code}:{run.Attempts}")));

    /// <param name="data">Where the run is prepared.</param>
    /// <param name="known">As of <see cref="CampaignPreparation.Known"/>: others than rehearsals are looked for there,
    /// whatever the run is.</param>
    public static EarlierRuns Find(
        RunKey key,
        CampaignFiles files,
        DataFolder? data,
        DataFolder? known,
        TimeProvider time,
        List<Problem> problems,
        Severity severity = Severity.Error) =>
        Find(
            known is null ? key : key with { Simulated = false },
            files.Campaign.Schedule,
            known ?? data,
            time,
            severity,
            problems);

    /// <param name="severity">Of what is found: a run that has begun goes on by what it was planned with.</param>
    /// <param name="problems">Gets why what an earlier run handed over cannot be told.</param>
    public static EarlierRuns Find(
        RunKey key, Schedule schedule, DataFolder? data, TimeProvider time, Severity severity, List<Problem> problems)
    {
        var earlier = new EarlierRuns();
        if (data is not null && Ledgers.FindRegistry(data) is { } registry)
            earlier.ReadErased(data, registry, severity, problems);
        if (data is null || key.Simulated || !Ledgers.HasRegistryOrMarks(data))
            return earlier;

        var registered = Ledgers.FindRegistry(data)?.ReadRuns(key.Campaign).Where(run => !run.Simulated).ToList() ?? [];
        problems.AddRange(registered
            .Where(run => run.FindKey() is null)
            .Select(run => run.Unreadable)
            .OfType<Wording>()
            .Select(unreadable => new Problem(null, unreadable, severity)));
        var keys = registered
            .Select(run => run.FindKey())
            .OfType<RunKey>()
            .Concat(new RunMarks(data).ReadBegunOf(key.Campaign))
            .Where(other => other != key && (!schedule.IsYearly || other.Date.Year == key.Date.Year))
            .Distinct().OrderBy(other => other.Date);

        foreach (var other in keys)
            earlier.Add(other, registered.Find(run => run.Key == other.ToString()), data, time, severity, problems);
        return earlier;
    }

    /// <summary>Why a run may not be planned by what is kept of it; null where it may.</summary>
    public static Wording? FindUnplannable(DataFolder data, RunKey key) =>
        Ledgers.FindRegistry(data)?.Find(key) is { IsErased: true, Simulated: false } erased ? PurgeWords.Of(erased)
        : RunFile.Judge(data, key) is { IsWhole: false } judged ? MarkWords.Of(judged)
        : null;

    /// <summary>That a run which was planned before has a number that was erased since.</summary>
    public IReadOnlyList<Wording> FindErased(RunAddress run)
    {
        if (Erased is not { } erased)
            return [];

        using var ledger = Ledgers.RunAt(run).ReadPlan();
        return ledger.ReadNumbers().Any(row => erased.Contains(row.Number))
            ? [new Wording(
                "có thuê bao đã yêu cầu xóa số điện thoại", "a subscriber has asked for their number to be erased")]
            : [];
    }

    /// <summary>Who never wants a message is told by the key alone. Its file may be put back: until then it is waited
    /// for, and nothing that was approved is void.</summary>
    void ReadErased(DataFolder data, IRegistry registry, Severity severity, List<Problem> problems)
    {
        try
        {
            var (file, erased) = (new NumberKeyFile(data, registry), registry.Purges.ReadErased());
            string[] used = [.. erased.Select(subject => subject.KeyId)];
            _key = TryFind(file, used);
            if (file.FindLacking(used) is { } lacking)
                problems.Add(new Problem(null, lacking, severity) { MayPass = true });
            else if (erased.Count > 0)
                (Erased = new NumberSet()).AddErased(erased.Select(subject => subject.Hash), _key!, 0);
        }
        catch (LedgerException unreadable)
        {
            problems.Add(new Problem(null, unreadable.Words, severity)
            {
                MayPass = unreadable is not LedgerRowException,
            });
        }
    }

    /// <returns>Null too where it is lost: whatever was hashed by it says so, and nothing else needs it.</returns>
    static NumberKey? TryFind(NumberKeyFile file, IEnumerable<string> used)
    {
        try
        {
            return file.Find(used);
        }
        catch (LedgerException)
        {
            return null;
        }
    }

    /// <summary>The numbers each may have handed the message over to, the oldest run's first.</summary>
    public IReadOnlyList<(DateOnly Date, NumberSet Numbers)> ReadNumbers() =>
        [.. _runs.Select(run => (run.Key.Date, ReadNumbers(run.Ledger, _key)))];

    void Add(
        RunKey other, RunRecord? run, DataFolder data, TimeProvider time, Severity severity, List<Problem> problems)
    {
        var address = data.AddressOf(other);
        try
        {
            address = run?.AddressIn(data) ?? address;
            var file = RunFile.Judge(data, other, address);
            if (!file.IsWhole)
            {
                problems.Add(new Problem(null, MarkWords.Of(file), severity));
                return;
            }

            var kept = Ledgers.RunAt(address);
            if (!kept.Exists)
                return;

            if (run?.State == RunState.Sending
                && IsApproved(data, run)
                && IsBeingSent(data, time)
                && IsUnfinished(kept))
                problems.Add(new Problem(null, StillSent(other), severity));

            var (code, attempts) = kept.ReadReach();
            if (kept.ReadErasure() is { } erasure && erasure.KeyId != _key?.Id)
            {
                problems.Add(new Problem(null, NumberKeyFile.OfOtherKey(data, other, erasure.KeyId), severity)
                {
                    MayPass = true,
                });
                return;
            }

            if (attempts > 0)
                _runs.Add(new EarlierRun(other, address, code, attempts));
        }
        catch (LedgerRowException elsewhere)
        {
            problems.Add(new Problem(null, elsewhere.Words, severity));
        }
        catch (LedgerException unreadable)
        {
            var date = Figures.Date(other.Date);
            problems.Add(new Problem(null, new Wording(
                $"Không đọc được sổ {address} của lượt gửi ngày {date} ({unreadable.Words}), nên không biết ai đã được "
                    + $"gửi. Hãy khôi phục sổ từ bản sao lưu bằng 'restore'.",
                $"The ledger {address} of the run of {date} cannot be read ({unreadable.Message}), so who has got the "
                    + $"message is not known. Restore it from a backup with 'restore'."),
                severity));
        }
    }

    /// <summary>Whether any process may go on with it. One whose approval was voided, as another date was approved,
    /// nobody sends, and the process that holds the lock may be the very one that is to send this date.</summary>
    static bool IsApproved(DataFolder data, RunRecord other) => Ledgers.OpenRegistry(data)
        .ReadApprovals(other.Campaign)
        .Any(approval => approval.VoidedAt is null && other.IsMeantBy(approval));

    static bool IsBeingSent(DataFolder data, TimeProvider time)
    {
        using var nobody = SendingLock.TryTake(data, time);
        return nobody is null;
    }

    static Wording StillSent(RunKey other)
    {
        var date = Figures.Date(other.Date);
        return new Wording(
            $"Lượt gửi ngày {date} của chiến dịch này còn đang gửi. Hãy chờ lượt đó xong (xem 'status'), "
                + $"hoặc dừng dịch vụ gửi rồi chạy lại: khi phê duyệt ngày mới, phê duyệt của ngày {date} hết "
                + $"hiệu lực và lượt đó không gửi tiếp.",
            $"The run of {date} of this campaign is still being sent. Wait until it is done (see 'status'), or stop "
                + $"the service 'worker' and run this again: approving the new date voids the approval of {date}, "
                + $"and that run sends nothing more.");
    }

    static bool IsUnfinished(IKeptRun kept)
    {
        using var ledger = kept.ReadPlan();
        return ledger.IsUnfinished();
    }

    /// <summary>The numbers that a run may have handed its message over to, also where they were erased
    /// since.</summary>
    /// <param name="key">Null: none was ever used.</param>
    /// <exception cref="LedgerException">The ledger cannot be read, or by another key.</exception>
    /// <param name="to">Gets them as well; null: they are alone.</param>
    public static NumberSet ReadNumbers(RunAddress run, NumberKey? key, NumberSet? to = null)
    {
        var (numbers, erased) = (to ?? new NumberSet(), new List<long>());
        using var ledger = Ledgers.RunAt(run).ReadPlanUpToDate();
        foreach (var number in ledger.ReadHandedOver())
        {
            if (ErasedNumber.Is(number))
                erased.Add(number);
            else
                numbers.Add(number);
        }

        if (erased.Count == 0)
            return numbers;

        var erasure = Ledgers.RunAt(run).ReadErasure();
        if (key is null || erasure?.KeyId != key.Id)
        {
            throw new LedgerException(new Wording(
                $"số điện thoại trong sổ đã được băm bằng khóa {erasure?.KeyId}, không phải khóa đang có",
                $"its numbers were hashed by the key {erasure?.KeyId}, which is not the one at hand"));
        }

        numbers.AddErased(erased, key, erasure.Salt);
        return numbers;
    }
}

/// <param name="Attempts">The last one's id.</param>
sealed record EarlierRun(RunKey Key, RunAddress Ledger, string Code, long Attempts);
