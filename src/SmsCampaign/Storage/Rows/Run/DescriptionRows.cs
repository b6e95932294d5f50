namespace SmsCampaign.Storage.Rows.Run;

/// <summary>What a run's ledger keeps of the run as a whole (table run_info).</summary>
static class DescriptionRows
{
    /// <exception cref="LedgerRowException">A row is missing or cannot be read: it is named.</exception>
    /// <exception cref="LedgerException">The file is no run's ledger, or a broken one.</exception>
    public static RunDescription Read(Db db) => RunDescription.Of(ReadAll(db));

    /// <summary>As <see cref="Read"/>, with <see cref="RunDescription.Origin"/>.</summary>
    public static RunDescription ReadWhole(Db db) => RunDescription.OfWhole(ReadAll(db));

    /// <summary>The run's code alone, as its row says; null where there is none.</summary>
    public static string? ReadCode(Db db) => Find(db, "code");

    /// <summary>As <see cref="ReadCode"/>, of the run's key.</summary>
    public static string? ReadKey(Db db) => Find(db, "key");

    static RunRows ReadAll(Db db)
    {
        var rows = new Dictionary<string, string>();
        using var statement = db.Prepare("select name, value from run_info");
        while (statement.Step())
            rows[statement.Text(0)!] = statement.Text(1)!;
        return new RunRows(db.File, rows);
    }

    static string? Find(Db db, string name) =>
        db.FindText($"select value from run_info where name = {name}");
}
