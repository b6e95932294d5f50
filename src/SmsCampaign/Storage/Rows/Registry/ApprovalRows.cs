using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>The tables approval and revocation of ledger.db.</summary>
sealed class ApprovalRows(IRegistryDb file, AuditLog audit, SubmissionRows submissions)
{
    static readonly SqlText Columns = new("""
        id, campaign, date, hash, approved_by, document, at, voided_at, void_reason_vi, void_reason_en, by_os,
        by_kind, by_account, submission, reason, replaced_by, revoked_by
        """);

    /// <inheritdoc cref="IApprovals.Approve"/>
    public bool Approve(Approval approval, IReadOnlyDictionary<long, Wording> replaces)
    {
        var same = ReplacedWords.OfSame(approval.ApprovedBy, approval.Reason);
        using var db = file.Open();
        return db.Transact(() =>
        {
            if (IsAnswered(db, approval))
                return false;

            var before = db.Read(
                $"""
                select id from approval
                where  campaign = {approval.Campaign} and date is not distinct from {approval.Date} and voided_at is null
                """,
                row => row.Number(0));
            var id = (db.FindNumber($"select max(id) from approval") ?? 0) + 1;
            foreach (var other in before.Concat(replaces.Keys).Distinct())
                Replace(db, other, id, replaces.GetValueOrDefault(other, same), approval.At);

            audit.AddRecord(db, AuditKinds.Approval, approval.At, $"""
                insert into approval (id, campaign, date, hash, approved_by, document, at, by_os,
                                      by_kind, by_account, submission, reason)
                values ({id}, {approval.Campaign}, {approval.Date}, {approval.Hash}, {approval.ApprovedBy}, {approval.Document}, {approval.At},
                        {(approval.ByOs.Length > 0 ? approval.ByOs : OsUser.Current)},
                        {approval.Identity?.KindWord ?? ""}, {approval.Identity?.Account ?? ""}, {approval.SubmissionId}, {approval.Reason})
                """);
            return true;
        });
    }

    /// <summary>One act may approve both every year and a date: at one moment, and by one person.</summary>
    static bool IsAnswered(Db db, Approval approval) => db.FindNumber($"""
        select 1 from rejection where submission = {approval.SubmissionId}
        union all
        select 1 from approval
        where  submission = {approval.SubmissionId}
        and    (at <> {approval.At} or approved_by <> {approval.ApprovedBy})
        """) is not null;

    void Replace(Db db, long id, long by, Wording why, string at)
    {
        var voided = db.Run($"""
            update approval
            set    voided_at = {at}, void_reason_vi = {why.In(Language.Vietnamese)}, void_reason_en = {why.In(Language.English)}, replaced_by = {by}
            where  id = {id} and voided_at is null
            """);
        if (voided > 0)
            audit.AppendVoid(db, id, at);
    }

    public IReadOnlyList<Approval> FindOtherDates(RunKey run, bool yearly)
    {
        // Of a run that is over the approval says by whom it was sent, and lets nothing go any more.
        using var db = file.Open();
        var over = db.Read(
            $"""
            select date from run
            where  campaign = {run.Campaign} and simulated = 0 and state in ({RegistryRows.OverStates})
            """,
            row => row.Text(0)!).ToHashSet();
        return [.. Read(run.Campaign)
            .Where(approval => approval.VoidedAt is null && (approval.Date is { } other
            ? other != run.DateText
                && !over.Contains(other)
                && (!yearly || RunKey.ParseStored($"{run.Campaign}/{other}", "approval").Date.Year == run.Date.Year)
            : !yearly))];
    }

    public Approval? Find(string campaign, DateOnly day)
    {
        using var db = file.Open();
        var isRest = db.FindText($"""
            select rest_of from run where campaign = {campaign} and date = {day.ToSql()} and simulated = 0
            """) is not null;
        return Read(campaign).FirstOrDefault(approval =>
            approval.Stands && (approval.Date == day.ToSql() || (approval.Date is null && !isRest)));
    }

    public IReadOnlyList<Approval> Read(string? campaign) => file.Look(db => Read(db, campaign));

    List<Approval> Read(Db db, string? campaign)
    {
        var (standing, revived, isAsked) = audit.ReadStandingApprovals(db);
        var submitted = submissions.Read(db, campaign, null).ToDictionary(submission => submission.Id);
        return db.Read(
            $"""
            select   {Columns}
            from     approval
            where    {campaign} is null or campaign = {campaign}
            order by id desc
            """,
            row => new Approval
            {
                Id = row.Number(0),
                Campaign = row.Text(1)!,
                Date = row.Text(2),
                Hash = row.Text(3)!,
                ApprovedBy = row.Text(4)!,
                Document = row.Text(5),
                At = row.Text(6)!,
                VoidedAt = row.Text(7),
                VoidReasonVi = row.Text(8),
                VoidReasonEn = row.Text(9),
                ByOs = row.Text(10)!,
                Identity = Identity.Read(row.Text(11)!, row.Text(12)!),
                SubmissionId = row.NumberOrNull(13),
                Submission = row.NumberOrNull(13) is { } id ? submitted.GetValueOrDefault(id) : null,
                Reason = row.Text(14),
                ReplacedBy = row.NumberOrNull(15),
                RevokedBy = row.NumberOrNull(16),
                IsWitnessed = standing.Contains(row.Number(0)),
                IsRevived = revived.Contains(row.Number(0)),
                IsUnasked = !isAsked,
            });
    }

    public void Void(long id, Wording reason, DateTimeOffset now)
    {
        using var db = file.Open();
        db.Transact(() =>
        {
            var voided = db.Run($"""
                update approval
                set    voided_at = {now}, void_reason_vi = {reason.In(Language.Vietnamese)}, void_reason_en = {reason.In(Language.English)}
                where  id = {id} and voided_at is null
                """);
            if (voided > 0)
                audit.AppendVoid(db, id, now.ToSql());
        });
    }

    /// <inheritdoc cref="IApprovals.Revoke"/>
    public IReadOnlyList<long> Revoke(
        RunKey run, IReadOnlyCollection<long> approvals, Who who, string reason, DateTimeOffset now)
    {
        var why = new Wording($"{who.Person} thu hồi: {reason}", $"withdrawn by {who.Person}: {reason}");
        using var db = file.Open();
        return db.Transact(() =>
        {
            var id = audit.AddRecord(db, AuditKinds.Revocation, now.ToSql(), $"""
                insert into revocation (campaign, date, revoked_by, by_kind, by_account, by_os, reason, at)
                values ({run.Campaign}, {run.DateText}, {who.Person}, {who.Identity.KindWord}, {who.Identity.Account}, {who.ByOs}, {reason}, {now})
                """);

            var revoked = new List<long>();
            foreach (var approval in approvals)
            {
                var voided = db.Run($"""
                    update approval
                    set    voided_at = {now}, void_reason_vi = {why.In(Language.Vietnamese)}, void_reason_en = {why.In(Language.English)}, revoked_by = {id}
                    where  id = {approval} and voided_at is null
                    """);
                if (voided == 0)
                    continue;

                audit.AppendVoid(db, approval, now.ToSql());
                revoked.Add(approval);
            }

            db.Run($"update run set state = 'Planned' where key = {run.ToString()} and state = 'Approved'");
            return revoked;
        });
    }
}
