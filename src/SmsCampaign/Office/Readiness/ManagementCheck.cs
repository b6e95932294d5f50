using SmsCampaign.Messages;

namespace SmsCampaign.Office.Readiness;

/// <summary>Whether monitoring can read the worker, and who else can: sending does not depend on that. And whether the
/// worker says of itself that it is stuck, where it does.</summary>
/// <param name="see">As of <see cref="WorkerCheck"/>.</param>
sealed class ManagementCheck(IWebProbe web, Func<ReadyCase, WorkerSight>? see = null) : IReadyCheck
{
    public const string Called = "management";

    /// <summary>Beneath the address: answers that the process lives.</summary>
    const string Path = "health/live";

    public string Name => Called;

    public async Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken)
    {
        if (about.Installation.Management.Address is not { } address)
            return [];

        var own = await LookAtOwnAsync(about, address, cancellationToken);
        return address.IsLoopback ? [own] :
        [
            own,
            ReadyFinding.Note(
                new Wording(
                    $"{address} mở ra ngoài máy này, ai gọi được cũng đọc được số liệu.",
                    $"{address} is open beyond this machine: whoever reaches it can read the figures."),
                new Wording(
                    "Hãy báo kỹ sư phụ trách: nên để management.listen ở 127.0.0.1, hoặc chặn bằng tường lửa.",
                    "Tell your engineer: have management.listen at 127.0.0.1, or a firewall before it.")),
        ];
    }

    async Task<ReadyFinding> LookAtOwnAsync(ReadyCase about, Uri address, CancellationToken cancellationToken)
    {
        var isRunning = about.IsWorker || (see ?? (each => WorkerSight.Read(each.Data, each.Now)))(about).IsThere;
        if (!isRunning && web.IsFree(address))
            return ReadyFinding.Good(new Wording(
                $"{address} còn trống cho dịch vụ.", $"{address} is free for the service."));

        var answer = isRunning ? await web.GetAsync(new Uri(address, Path), cancellationToken) : null;
        if (answer is { Status: 200, Body: var body } && OwnAnswers.SaysLive(body))
            return ReadyFinding.Good(new Wording($"đang trả lời ở {address}.", $"answers at {address}."));
        if (answer is { Status: 503, Body: var said } && OwnAnswers.SaysStuck(said))
            return Stuck(address, said);

        return ReadyFinding.Note(
            new Wording(
                $"dịch vụ không trả lời ở {address}: hệ thống giám sát không đọc được số liệu, việc gửi tin không bị "
                    + $"ảnh hưởng.",
                $"the service does not answer at {address}: monitoring reads nothing; sending does not depend on it."),
            new Wording(
                "Hãy báo kỹ sư phụ trách xem chương trình nào đang dùng cổng mạng đó, hoặc đổi management.listen.",
                "Have your engineer see which program has that port, or change management.listen."));
    }

    static ReadyFinding Stuck(Uri address, string body)
    {
        var begins = new Wording(
            $"dịch vụ tự báo ở {address} là đã treo.", $"the service says at {address} that it is stuck.");
        var why = OwnAnswers.ReasonsOf(body).Select(reason => NumberMask.In(reason));
        return ReadyFinding.Bad(
            Wording.Join(" ", why.Prepend(begins)),
            new Wording(
                "Hãy báo kỹ sư phụ trách xem nhật ký rồi khởi động lại dịch vụ; không tin nào bị gửi hai lần.",
                "Have your engineer look at the log and start the service again; nothing is sent twice."));
    }
}
