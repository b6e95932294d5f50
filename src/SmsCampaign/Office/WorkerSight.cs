using System.Globalization;
using SmsCampaign.Storage;

namespace SmsCampaign.Office;

/// <summary>What can be told of a process that sends.</summary>
public enum WorkerState
{
    /// <summary>None runs, and none ever said anything of itself.</summary>
    None,

    /// <summary>It runs, and goes on.</summary>
    Runs,

    /// <summary>It holds the folder, and has not said anything of itself yet.</summary>
    Starts,

    /// <summary>It holds the folder, and has said nothing for too long.</summary>
    IsStuck,

    /// <summary>None runs; the last ended as it was asked to.</summary>
    Ended,

    /// <summary>None runs; the last was cut off.</summary>
    WasCutOff,
}

/// <summary>Whether a process sends from the data folder: by the lock, which the operating system keeps, and by
/// what it wrote last.</summary>
/// <param name="Sign">Its last, or that of the process before; null where there is none.</param>
public sealed record WorkerSight(WorkerState State, LifeSign? Sign)
{
    /// <summary>Whether somebody sends, or may.</summary>
    public bool IsThere => State is WorkerState.Runs or WorkerState.Starts or WorkerState.IsStuck;

    public static WorkerSight Read(DataFolder data, DateTimeOffset now)
    {
        var isHeld = SendingLock.IsHeld(data);
        var sign = LifeSign.Read(data);
        var isOfHolder = sign is { EndedAt: null } && IsOf(SendingLock.ReadHolder(data), sign);
        return new WorkerSight(
            (isHeld, sign) switch
            {
                (true, _) when !isOfHolder => WorkerState.Starts,
                (true, { } its) => its.IsStale(now) ? WorkerState.IsStuck : WorkerState.Runs,
                (false, { EndedAt: not null }) => WorkerState.Ended,
                (false, not null) => WorkerState.WasCutOff,
                _ => WorkerState.None,
            },
            sign);
    }

    /// <summary>Whether a sign is of the process that holds the lock. In a container each has the same PID, so that
    /// what was written before the lock was taken is of the one before.</summary>
    /// <param name="holder">As <see cref="SendingLock.ReadHolder"/> has it.</param>
    static bool IsOf(string holder, LifeSign sign) =>
        holder.Split(", ") is [var pid, var since]
        && pid == string.Create(CultureInfo.InvariantCulture, $"PID {sign.Pid}")
        && SendingLock.TryReadSince(since, out var taken)
        && sign.At >= taken;

    public Wording ToWords()
    {
        if (Sign is not { } sign)
        {
            return IsThere
                ? new Wording("Dịch vụ gửi đang khởi động.", "The sending service is starting.")
                : new Wording("Dịch vụ gửi KHÔNG chạy.", "The sending service does NOT run.");
        }

        var (since, at, ended) =
            (VietnamTime.Moment(sign.Since), VietnamTime.Moment(sign.At), VietnamTime.Moment(sign.EndedAt ?? sign.At));
        var what = sign.Verb != "worker"
            ? new Wording($"Lệnh '{sign.Verb}'", $"The verb '{sign.Verb}'")
            : new Wording("Dịch vụ gửi", "The sending service");
        return State switch
        {
            WorkerState.Runs => new Wording(
                $"{what} đang chạy (PID {sign.Pid}, từ {since}); dấu hiệu hoạt động gần nhất: {at}.",
                $"{what} runs (PID {sign.Pid}, since {since}); last sign of life: {at}."),
            WorkerState.IsStuck => new Wording(
                $"{what} KHÔNG có dấu hiệu hoạt động từ {at} dù tiến trình (PID {sign.Pid}, từ {since}) chưa kết thúc: "
                    + $"có thể đã treo. Hãy báo kỹ sư phụ trách xem nhật ký và khởi động lại dịch vụ.",
                $"{what} has shown NO sign of life since {at}, though its process (PID {sign.Pid}, since {since}) has "
                    + $"not ended: it may be stuck. Have your engineer look at the log and start the service again."),
            WorkerState.Ended => new Wording(
                $"Dịch vụ gửi KHÔNG chạy; đã dừng theo yêu cầu lúc {ended}.",
                $"The sending service does NOT run; it was stopped at {ended}."),
            WorkerState.WasCutOff => new Wording(
                $"Dịch vụ gửi KHÔNG chạy; lần trước bị ngắt, dấu hiệu hoạt động cuối cùng: {at}.",
                $"The sending service does NOT run; it was cut off, its last sign of life: {at}."),
            _ => new Wording("Dịch vụ gửi đang khởi động.", "The sending service is starting."),
        };
    }
}
