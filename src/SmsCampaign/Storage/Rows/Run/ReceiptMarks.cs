using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Rows.Run;

/// <summary>
/// How far receipts have been applied to a run. Used on the writer's thread, inside its transaction.
/// </summary>
sealed class ReceiptMarks(Db db) : IDisposable
{
    readonly Statement _read = db.Prepare("select value from run_info where name = 'receipts_through'");

    readonly Statement _write = db.Prepare(
        """
        insert into run_info (name, value) values ('receipts_through', ?)
        on conflict (name) do update set value = excluded.value
        """);

    /// <summary>The last receipt that a run has come to; 0 where there is none.</summary>
    public static long ReadLast(Database at)
    {
        using var db = at.Look();
        return db.ReadText("select value from run_info where name = 'receipts_through'") is { } applied
            ? AppliedReceipts.Parse(applied).Last
            : 0;
    }

    public AppliedReceipts Read()
    {
        var written = _read.Step() ? _read.Text(0) : null;
        _read.Reset();
        return written is null ? default : AppliedReceipts.Parse(written);
    }

    public void Write(AppliedReceipts before, ReceiptMark reached)
    {
        if (reached.Through <= before.Through)
            return;

        _write.Bind(1, before.With(reached).ToString()).Run();
    }

    public void Dispose()
    {
        _read.Dispose();
        _write.Dispose();
    }
}
