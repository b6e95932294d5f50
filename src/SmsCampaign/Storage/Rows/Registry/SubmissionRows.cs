using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>The tables submission and rejection of ledger.db.</summary>
sealed class SubmissionRows(IRegistryDb file, AuditLog audit) : ISubmissions
{
    static readonly SqlText Columns = new("""
        id, campaign, date, every_year, hash, definition, definition_hash, audience_hash, plan_hash, seal,
        submitted_by, by_kind, by_account, by_os, note, at,
        (select min(approval.id) from approval where approval.submission = submission.id)
        """);

    public long Add(Submission submission)
    {
        using var db = file.Open();
        return db.Transact(() =>
        {
            var id = audit.AddRecord(db, AuditKinds.Submission, submission.At, $"""
                insert into submission
                       (campaign, date, every_year, hash, definition, definition_hash, audience_hash, plan_hash, seal,
                        submitted_by, by_kind, by_account, by_os, note, at)
                values ({submission.Campaign}, {submission.Date}, {submission.EveryYear}, {submission.Hash}, {submission.Definition},
                        {submission.DefinitionHash}, {submission.AudienceHash}, {submission.PlanHash}, {submission.Seal},
                        {submission.SubmittedBy}, {submission.Identity?.KindWord ?? ""}, {submission.Identity?.Account ?? ""},
                        {submission.ByOs}, {submission.Note}, {submission.At})
                """);
            return id;
        });
    }

    public bool Reject(Rejection rejection)
    {
        using var db = file.Open();
        return db.Transact(() =>
        {
            var answered = db.FindNumber($"""
                select 1 from rejection where submission = {rejection.Submission}
                union all
                select 1 from approval where submission = {rejection.Submission}
                """);
            if (answered is not null)
                return false;

            audit.AddRecord(db, AuditKinds.Rejection, rejection.At, $"""
                insert into rejection (submission, rejected_by, by_kind, by_account, by_os, reason, at, kind)
                values ({rejection.Submission}, {rejection.RejectedBy}, {rejection.Identity?.KindWord ?? ""},
                        {rejection.Identity?.Account ?? ""}, {rejection.ByOs}, {rejection.Reason}, {rejection.At},
                        {rejection.Kind!.Value.ToString()})
                """);
            return true;
        });
    }

    public IReadOnlyList<Submission> Read(RunKey? run = null)
    {
        using var db = file.Open();
        return Read(db, run?.Campaign, run?.DateText);
    }

    /// <param name="campaign">Null: of all.</param>
    /// <param name="date">Null: of all its dates.</param>
    public IReadOnlyList<Submission> Read(Db db, string? campaign, string? date)
    {
        var witnessed = audit.ReadWitnessed(db, AuditKinds.Submission);
        var rejections = db.Read(
            $"select submission, rejected_by, by_kind, by_account, by_os, reason, at, kind from rejection order by id",
            row => new Rejection
            {
                Submission = row.Number(0),
                RejectedBy = row.Text(1)!,
                Identity = Identity.Read(row.Text(2)!, row.Text(3)!),
                ByOs = row.Text(4)!,
                Reason = row.Text(5)!,
                At = row.Text(6)!,
                Kind = StoredName.Find<RejectionKind>(row.Text(7)!),
            }).ToLookup(rejection => rejection.Submission);
        return db.Read(
            $"""
            select   {Columns}
            from     submission
            where    ({campaign} is null or campaign = {campaign})
            and      ({date} is null or date = {date})
            order by id desc
            """,
            row => new Submission
            {
                Id = row.Number(0),
                Campaign = row.Text(1)!,
                Date = row.Text(2)!,
                EveryYear = row.Number(3) != 0,
                Hash = row.Text(4)!,
                Definition = row.Text(5)!,
                DefinitionHash = row.Text(6)!,
                AudienceHash = row.Text(7)!,
                PlanHash = row.Text(8)!,
                Seal = row.Text(9)!,
                SubmittedBy = row.Text(10)!,
                Identity = Identity.Read(row.Text(11)!, row.Text(12)!),
                ByOs = row.Text(13)!,
                Note = row.Text(14),
                At = row.Text(15)!,
                ApprovedAs = row.NumberOrNull(16),
                IsWitnessed = witnessed.Contains(row.Number(0)),
                Rejected = rejections[row.Number(0)].FirstOrDefault(),
            });
    }
}
