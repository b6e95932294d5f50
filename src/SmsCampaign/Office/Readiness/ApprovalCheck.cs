using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Readiness;

/// <summary>Whether an approval stands, and is of what would be sent as the ledger has it. The files are looked at by
/// <see cref="FilesCheck"/>.</summary>
sealed class ApprovalCheck : IReadyCheck
{
    public const string Called = "approval";

    static readonly Wording PlanAndApprove = new(
        "Hãy lập kế hoạch lại bằng 'plan' rồi trình phê duyệt (approve).",
        "Plan again with 'plan', and have it approved (approve).");

    public string Name => Called;

    public Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken) =>
        about.Key is null
            ? Task.FromResult<IReadOnlyList<ReadyFinding>>([])
            : Find(about).Alone();

    static ReadyFinding Find(ReadyCase about)
    {
        if (about.Run is not { } run || about.Overview.Value is not { } overview)
            return OfYearToCome(about);

        if (overview.Damage is { } damage)
            return ReadyFinding.Bad(damage, Restore);
        if (overview.Unreadable is { } unreadable)
            return ReadyFinding.Bad(unreadable, Restore);
        if (overview.IsUnverified)
            return ReadyFinding.Unknown(
                new Wording(
                    $"tài khoản {Environment.UserName} không đọc được khóa của chuỗi kiểm toán",
                    $"the account {Environment.UserName} may not read the audit chain's key"),
                new Wording(
                    "Hãy xem bằng tài khoản của dịch vụ gửi (sms-campaign-live).",
                    "Look by the service's account (sms-campaign-live)."));
        if (run.State.IsOver())
            return ReadyFinding.Good(new Wording("không cần nữa.", "no question any more."));
        if (overview.DifferencesWords is { } differences)
            return ReadyFinding.Bad(differences, PlanAndApprove);

        var standing = overview.Approvals.FirstOrDefault(approval => approval.Stands);
        if (standing is null)
            return ReadyFinding.Bad(
                overview.Approvals.FirstOrDefault(approval => approval.IsRevived)?.Revived
                    ?? new Wording("CHƯA PHÊ DUYỆT, không gửi.", "NOT APPROVED, nothing is sent."),
                new Wording(
                    "Hãy trình phê duyệt: sms-campaign approve TỆP-CHIẾN-DỊCH --by \"Họ tên\"",
                    "Have it approved: sms-campaign approve CAMPAIGN-FILE --by NAME"));
        if (standing.Hash != run.ApprovedHash)
            return ReadyFinding.Bad(
                new Wording(
                    "kế hoạch đã lập lại sau khi phê duyệt: phê duyệt không còn khớp.",
                    "it was planned otherwise since it was approved: the approval does not fit any more."),
                new Wording("Hãy trình phê duyệt lại (approve).", "Have it approved again (approve)."));
        if (about.FindStale?.Invoke(run) is { Count: > 0 } stale)
            return ReadyFinding.Bad(
                new Wording(
                    $"kênh gửi mà dịch vụ đang dùng khác với kế hoạch: {Wording.Join("; ", stale)}.",
                    $"the lanes that the service uses are not those of the plan: {Wording.Join("; ", stale)}."),
                new Wording(
                    "Hãy khởi động lại dịch vụ gửi; nếu vẫn báo, trả tệp cấu hình về như lúc lập kế hoạch.",
                    "Start the service again; if this is said again, put the installation file back as it was "
                        + "planned."));

        var at = VietnamTime.Moment(standing.ApprovedAt);
        return ReadyFinding.Good(new Wording(
            $"{standing.ApprovedBy}, lúc {at}; sổ gửi tin còn khớp.",
            $"by {standing.ApprovedBy} at {at}; the ledger still fits."));
    }

    /// <summary>Approved for every year, and its audience is imported at the opening.</summary>
    static ReadyFinding OfYearToCome(ReadyCase about) => about.Occurrence?.Approval is { } yearly
        ? ReadyFinding.Good(new Wording(
            $"{yearly.ApprovedBy} đã phê duyệt cho mọi năm; danh sách năm nay được nhập lúc mở.",
            $"by {yearly.ApprovedBy} for every year; this year's audience is imported at the opening."))
        : ReadyFinding.Bad(new Wording("chưa lập kế hoạch.", "it is not planned."), PlanAndApprove);

    static readonly Wording Restore = new(
        "Hãy báo kỹ sư phụ trách khôi phục từ bản sao lưu (restore).",
        "Have your engineer restore a backup (restore).");
}
