using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Receipts;

/// <summary>What is noted of receipts when they are settled: how far that has come, and what was odd.</summary>
sealed class SettlerRows(Db db) : IDisposable
{
    /// <summary>Of those whose message or run is not known yet.</summary>
    public static readonly string[] WaitingKinds = [nameof(ReceiptOddity.Waiting), nameof(ReceiptOddity.SetAside)];

    readonly Statement _note = db.Prepare("""
        insert into oddity (receipt, item, kind, run, detail, count) values (?, ?, ?, ?, ?, ?)
        on conflict (receipt, item) do update
        set    kind = excluded.kind, run = excluded.run, detail = excluded.detail, count = excluded.count
        """);

    readonly Statement _forget = db.Prepare("delete from oddity where receipt = ? and item = ?");

    readonly Statement _advance = db.Prepare("""
        insert into progress (name, id) values ('settled', ?) on conflict (name) do update set id = excluded.id
        """);

    /// <returns>Id of the last receipt that was settled, as far as it was noted there; 0 where nothing was.</returns>
    public static long ReadProgress(Db db) => db.ReadNumber("select id from progress where name = 'settled'") ?? 0;

    /// <inheritdoc cref="IReceiptLog.ReadWaiting"/>
    public static List<(long Receipt, int Item)> ReadWaiting(Db db) => db.Read(
        $"select receipt, item from oddity where kind in ({WaitingKinds}) order by receipt, item",
        row => (row.Number(0), (int)row.Number(1)));

    public void Note(IEnumerable<OddReceipt> odd)
    {
        foreach (var each in odd)
            _note
                .Bind(1, each.Receipt)
                .Bind(2, each.Item)
                .Bind(3, each.Kind.ToString())
                .Bind(4, each.Run)
                .Bind(5, each.Detail)
                .Bind(6, each.Count)
                .Run();
    }

    public void Forget(IEnumerable<(long Receipt, int Item)> settled)
    {
        foreach (var (receipt, item) in settled)
            _forget.Bind(1, receipt).Bind(2, item).Run();
    }

    public void Advance(long id) => _advance.Bind(1, id).Run();

    public void Dispose()
    {
        _note.Dispose();
        _forget.Dispose();
        _advance.Dispose();
    }
}
