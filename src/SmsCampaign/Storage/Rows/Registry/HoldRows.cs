using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>Why runs wait for a person: by the last decision that says so.</summary>
static class HoldRows
{
    /// <returns>As of <see cref="IRecords.FindHold"/>.</returns>
    public static RunHold? Find(Db db, RunKey run)
    {
        if (run.Simulated
            || db.FindText($"select state from run where key = {run.ToString()}") != nameof(RunState.Held))
            return null;

        return db.Find(
            $"""
            select   id, at, reason_vi, reason_en
            from     decision
            where    campaign = {run.Campaign} and date = {run.DateText} and what = {DecisionKind.Held.ToWord()}
            order by id desc
            limit    1
            """,
            row => new RunHold(
                row.Number(0),
                SqlTime.FromSql(row.Text(1)!, "decision", run.ToString()),
                new Wording(row.Text(2)!, row.Text(3)!))) ?? new RunHold(null, null, new Wording("", ""));
    }
}
