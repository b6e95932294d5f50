using System.Collections.Concurrent;
using SmsCampaign.Messages;
using SmsCampaign.Storage;

namespace SmsCampaign.Conduct;

/// <summary>
/// Keeps what goes wrong with one run that run's: it is held with its reason, and everything else goes on.
/// </summary>
public sealed class RunGuard(DataFolder data, IRunWatcher watcher, TimeProvider time)
{
    /// <summary>When to look again where a file is only held by another process.</summary>
    public static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<string, string> _setAside = new();

    /// <summary>Runs that another program's hold on a file keeps from going on: since when, and why. Nothing of it is
    /// in the run's record yet.</summary>
    readonly ConcurrentDictionary<RunKey, (DateTimeOffset At, Wording Why)> _heldUp = new();

    /// <summary>Those of which that was told: once, until they have gone on.</summary>
    readonly ConcurrentDictionary<RunKey, bool> _told = new();

    /// <summary>As <see cref="RunConductor.ConductAsync"/>.</summary>
    /// <exception cref="Exception">No run can go on: the disk is full, or ledger.db cannot be written. What nobody
    /// could write down might be sent twice after the next start.</exception>
    public async Task<DateTimeOffset?> ConductAsync(RunConductor conductor, CancellationToken stopping)
    {
        try
        {
            NoteHeldUp(conductor);
            var next = await conductor.ConductAsync(stopping);
            _told.TryRemove(conductor.Key, out _);
            return next;
        }
        catch (Exception held) when (stopping.IsCancellationRequested && IsBusy(held))
        {
            return null; // what could not be written is said as the ledger is closed
        }
        catch (Exception fault) when (!IsEveryones(fault, stopping))
        {
            return Hold(conductor, fault);
        }
    }

    /// <summary>Sets something aside by name: a run's ledger beside its conductor, or a campaign whose rows cannot be
    /// read. Told once, however often it is met.</summary>
    /// <param name="what">The run's key, or the campaign.</param>
    public void SetAside(string what, Exception fault)
    {
        if (_setAside.GetValueOrDefault(what) == fault.Message
            || (IsBusy(fault) && _told.Keys.Any(run => run.ToString() == what))) // it was told as held up
            return;

        _setAside[what] = fault.Message;
        watcher.Faulted(what, Describe(fault), fault);
    }

    DateTimeOffset? Hold(RunConductor conductor, Exception fault)
    {
        var now = time.GetUtcNow();
        var reason = Describe(fault);
        if (IsBusy(fault))
        {
            HoldUp(conductor, now, reason);
            return now + TryAgain;
        }

        watcher.Faulted(conductor.Key.ToString(), reason, fault);
        try
        {
            conductor.Hold(now, reason);
            return null;
        }
        catch (Exception unwritable) when (IsBusy(unwritable))
        {
            return now + TryAgain;
        }
    }

    /// <summary>Takes note that a run cannot go on now, and tells of it once.</summary>
    void HoldUp(RunConductor conductor, DateTimeOffset now, Wording reason)
    {
        _heldUp.TryAdd(conductor.Key, (now, reason));
        var isOnRecord = false;
        try
        {
            isOnRecord = NoteHeldUp(conductor);
        }
        catch (Exception held) when (IsBusy(held)) // ledger.db itself: the next attempt writes it down
        {
        }

        if (_told.TryAdd(conductor.Key, true))
            watcher.HeldUp(conductor.Key, reason, isOnRecord);
    }

    /// <summary>Writes down that a run could not be sent, before anything is decided by how late it is.</summary>
    /// <returns>Whether that is on record.</returns>
    bool NoteHeldUp(RunConductor conductor)
    {
        if (!_heldUp.TryGetValue(conductor.Key, out var held))
            return false;

        var isOnRecord = conductor.NoteHeldUp(held.At, held.Why);
        _heldUp.TryRemove(conductor.Key, out _);
        return isOnRecord;
    }

    static bool IsBusy(Exception fault) => StorageFaults.KindOf(fault) == StorageFault.Busy;

    Wording Describe(Exception fault)
    {
        var what = StorageFaults.Describe(fault, data) ?? OfProgram(fault);
        if (IsBusy(fault))
        {
            return new Wording(
                $"{what} Dịch vụ gửi tự thử lại mỗi phút và gửi tiếp khi tệp không còn bị giữ, không cần cho phép lại; "
                    + $"các chiến dịch khác vẫn chạy.",
                $"{what} The worker tries again every minute and goes on once the file is free, and nobody has to let "
                    + $"it; other campaigns go on.");
        }

        return new Wording(
            $"{what} Lượt gửi này dừng lại, các chiến dịch khác vẫn chạy; sửa xong mới cho gửi tiếp.",
            $"{what} This run is held, other campaigns go on; let it go on once it is mended.");
    }

    static Wording OfProgram(Exception fault)
    {
        var code = ((fault as Dispatch.Runs.LaneFaultException)?.InnerException ?? fault).GetType().Name;
        return new Wording(
            $"Lỗi của chương trình (mã {code}). Hãy gửi dòng này và nhật ký cho kỹ sư phụ trách.",
            $"A fault of the program ({code}: {NumberMask.In(fault.Message)}). "
                + $"Pass this line and the log to your engineer.");
    }

    static bool IsEveryones(Exception fault, CancellationToken stopping) =>
        stopping.IsCancellationRequested || StorageFaults.KindOf(fault) == StorageFault.DiskFull;
}
