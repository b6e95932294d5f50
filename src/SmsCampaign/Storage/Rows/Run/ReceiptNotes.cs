using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// What a run still has to tell the file of receipts. Used on the writer's thread, inside its transaction.
/// </summary>
sealed class ReceiptNotes(Db db) : IDisposable
{
    readonly Statement _add = db.Prepare(
        """
        insert into receipt_note (receipt, item, kind, detail) values (?, ?, ?, ?)
        on conflict (receipt, item) do update set kind = excluded.kind, detail = excluded.detail
        """);
    readonly Statement _clear = db.Prepare("delete from receipt_note");

    public void Add(in MatchedReceipt receipt, ReceiptOddity? kind) =>
        _add.Bind(1, receipt.RawId)
            .Bind(2, receipt.Item)
            .Bind(3, kind?.ToString())
            .Bind(4, receipt.Status.ToString())
            .Run();

    public IReadOnlyList<ReceiptNote> Read()
    {
        var notes = new List<ReceiptNote>();
        using var read = db.Prepare("select receipt, item, kind, detail from receipt_note order by receipt, item");
        while (read.Step())
        {
            notes.Add(new ReceiptNote(
                read.Number(0),
                (int)read.Number(1),
                read.Text(2) is { } kind ? KindOf(kind, read.Text(0)!) : null,
                read.Text(3)!));
        }

        return notes;
    }

    ReceiptOddity KindOf(string kind, string receipt) =>
        StoredName.Read<ReceiptOddity>(kind, "receipt_note", receipt, db.File);

    public void Clear() => _clear.Run();

    public void Dispose()
    {
        _add.Dispose();
        _clear.Dispose();
    }
}
