using SmsCampaign.Messages;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>What persons did that has to be accounted for.</summary>
static class EventRows
{
    /// <returns>As of <see cref="IRecords.FindEvent"/>.</returns>
    public static RecordedEvent? FindLast(Db db, IReadOnlyCollection<string> what, string beginning) => db.Find(
        $"""
        select   at, who, by_os, detail
        from     event
        where    what in ({what}) and substr(detail, 1, length({beginning})) = {beginning}
        order by id desc
        limit    1
        """,
        Of);

    /// <returns>As of <see cref="IRecords.ReadEvents"/>.</returns>
    public static IReadOnlyList<RecordedEvent> Read(Db db, string what, string beginning) => db.Read(
        $"""
        select   at, who, by_os, detail
        from     event
        where    what = {what} and substr(detail, 1, length({beginning})) = {beginning}
        order by id
        """,
        Of);

    static RecordedEvent Of(Statement row) =>
        new(SqlTime.Find(row.Text(0)!), NumberMask.In(row.Text(1)!), row.Text(2)!, row.Text(3)!);
}
