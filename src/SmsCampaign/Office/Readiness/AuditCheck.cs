namespace SmsCampaign.Office.Readiness;

/// <summary>Whether the audit chain bears out the records.</summary>
sealed class AuditCheck : IReadyCheck
{
    public const string Called = "audit";

    /// <summary>Findings that are told; all of them are told by <c>audit verify</c>.</summary>
    const int MostTold = 2;

    static readonly Wording Verify = new(
        "Hãy báo kỹ sư phụ trách xem: sms-campaign audit verify",
        "Have your engineer look: sms-campaign audit verify");

    public string Name => Called;

    public Task<IReadOnlyList<ReadyFinding>> LookAsync(ReadyCase about, CancellationToken cancellationToken) =>
        Find(about).Alone();

    static ReadyFinding Find(ReadyCase about)
    {
        if (about.Registry is not { Audit: { } audit })
            return ReadyFinding.Good(new Wording("chưa có bản ghi nào.", "there are no records yet."));
        if (audit.IsKeyClosed)
            return ReadyFinding.Unknown(
                new Wording(
                    $"tài khoản {Environment.UserName} không đọc được khóa",
                    $"the account {Environment.UserName} may not read the key"),
                new Wording(
                    "Hãy xem bằng tài khoản của dịch vụ gửi (sms-campaign-live).",
                    "Look by the service's account (sms-campaign-live)."));
        if (audit.KeyTrouble is { } trouble)
            return ReadyFinding.Bad(trouble, Verify);

        var report = audit.Verify(ledgers: false);
        if (!report.Holds)
            return ReadyFinding.Bad(Wording.Join(" ", report.Findings.Take(MostTold)), Verify);

        var rows = Figures.Counted(report.Rows, "row");
        return ReadyFinding.Good(new Wording($"{rows} dòng, khớp.", $"{rows}, all fit."));
    }
}
