using SmsCampaign.Planning;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Readiness;

/// <summary>
/// Whether the files of the run can be read, and say what was planned. Who matters is the account of the service: where
/// another looks, only the worker's own look tells.
/// </summary>
/// <param name="sign">What the process that sends wrote of itself; unset: as the data folder has it.</param>
/// <param name="account">The account that looks; unset: this process's.</param>
sealed class FilesCheck(Func<ReadyCase, LifeSign?>? sign = null, string? account = null) : IReadyCheck
{
    public const string Called = "files";

    /// <summary>How long the worker's own look is good for: the evening before, and the night.</summary>
    static readonly TimeSpan WorkersLook = TimeSpan.FromHours(24);

    public string Name => Called;

    /// <summary>The lists of millions are read whole.</summary>
    public TimeSpan Patience => TimeSpan.FromMinutes(1);

    public Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken) =>
        about.Key is null
            ? Task.FromResult<IReadOnlyList<ReadyFinding>>([])
            : Find(about).Alone();

    ReadyFinding Find(ReadyCase about)
    {
        if (about.Run is null)
            return FindOfYearToCome(about);
        if (about.Overview.Value is not { } overview)
            return ReadyFinding.Unknown(new Wording("chưa lập kế hoạch", "it is not planned"));
        if (about.Run.State is not (RunState.Planned or RunState.Approved))
            return ReadyFinding.Good(new Wording(
                "không cần nữa: gửi theo sổ gửi tin.", "not needed any more: what is sent is in the ledger."));
        if (overview.Damage is not null)
            return ReadyFinding.Unknown(new Wording(
                "không đọc được sổ gửi tin để so", "the ledger cannot be read to compare with"));

        return overview.FileChangesWords is not { } changes ? ByWhom(about)
            : overview.AreFilesUnread && !about.IsWorker ? ReadyFinding.Note(changes)
            : ReadyFinding.Bad(changes, new Wording(
                "Hãy sửa trước giờ gửi rồi chạy lại lệnh này.", "Mend it before the opening, then look again."));
    }

    ReadyFinding ByWhom(ReadyCase about)
    {
        var own = account ?? Who.Here(null).Account;
        if (about.IsWorker)
            return ReadyFinding.Good(new Wording(
                $"dịch vụ (tài khoản {own}) đọc được, còn như đã lập kế hoạch.",
                $"the service (account {own}) can read them, and they are as planned."));

        var last = (sign ?? (each => LifeSign.Read(each.Data)))(about);
        var service = last is { Verb: "worker" } ? last.Account : null;
        if (service == own)
            return ReadyFinding.Good(new Wording(
                $"tài khoản {own} của dịch vụ đọc được, còn như đã lập kế hoạch.",
                $"the service's account {own} can read them, and they are as planned."));

        if (LastOfWorker(about) is { } at)
            return ReadyFinding.Good(new Wording(
                $"còn như đã lập kế hoạch; dịch vụ tự đọc được lúc {at}.",
                $"as planned; the service could read them at {at}."));

        return ReadyFinding.Note(
            service is null
                ? new Wording(
                    $"tài khoản {own} đọc được, còn như đã lập kế hoạch; chưa biết dịch vụ chạy bằng tài khoản nào.",
                    $"the account {own} can read them, and they are as planned; which account the service has is not "
                        + $"known.")
                : new Wording(
                    $"tài khoản {own} đọc được, còn như đã lập kế hoạch; dịch vụ chạy bằng tài khoản {service}.",
                    $"the account {own} can read them, and they are as planned; the service has the account "
                        + $"{service}."),
            new Wording(
                "Hãy chạy lệnh này bằng tài khoản của dịch vụ (sms-campaign-live).",
                "Run this by the service's account (sms-campaign-live)."));
    }

    /// <returns>When the worker found that it can read them; null where it did not lately.</returns>
    static Wording? LastOfWorker(ReadyCase about) =>
        about.Registry?.ReadyBook.FindLast(about.Key!) is { } look
        && about.Now - look.At < WorkersLook
        && look.Lines.Any(line => line is { Check: Called, Light: ReadyLight.Green })
            ? VietnamTime.Moment(look.At)
            : null;

    /// <summary>Read as the opening will; nothing of it is kept.</summary>
    ReadyFinding FindOfYearToCome(ReadyCase about)
    {
        if (about.Occurrence is not { } occurrence)
            return ReadyFinding.Unknown(new Wording("chưa lập kế hoạch", "it is not planned"));

        var problems = ApprovedFiles.FindUnreadable(
            about.Data, occurrence.File, about.Installation.File, about.Key!.Date, about.Now);
        return problems.Count == 0
            ? ByWhom(about)
            : ReadyFinding.Bad(Wording.Join(" ", problems), new Wording(
                "Hãy sửa trước giờ gửi rồi chạy lại lệnh này.", "Mend it before the opening, then look again."));
    }
}
