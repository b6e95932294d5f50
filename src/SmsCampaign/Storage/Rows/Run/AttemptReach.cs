using SmsCampaign.Messages;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>How far the attempts of a run's ledger go.</summary>
static class AttemptReach
{
    /// <returns>The run's code, and the last attempt's id; 0 where there is none.</returns>
    /// <exception cref="LedgerException">It is not there, or not a run's ledger.</exception>
    public static (string Code, long Attempts) Read(Database at)
    {
        using var db = at.Look();
        return (
            DescriptionRows.ReadCode(db)
                ?? throw new LedgerException(
                    new Wording($"{at} không ghi là sổ của lượt gửi nào", $"{at} does not say which run it is of")),
            db.ReadNumber("select max(id) from attempt") ?? 0);
    }

    /// <summary>The last message of each carrier that is in an attempt.</summary>
    public static long[] ReadFrontier(Db db)
    {
        var frontier = new long[MessageSeq.MostCarriers + 1];
        using var read = db.Prepare("select last_seq >> 28, max(last_seq) from attempt where last_seq > 0 group by 1");
        while (read.Step())
            frontier[read.Number(0)] = read.Number(1);
        return frontier;
    }

    /// <inheritdoc cref="ReadFrontier(Db)"/>
    public static long[] ReadFrontier(Database at)
    {
        using var db = at.Look();
        return ReadFrontier(db);
    }
}
