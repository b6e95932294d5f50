using System.Globalization;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Storage;

/// <summary>
/// How far receipts have been applied to a run. Used on the writer's thread, inside its transaction.
/// </summary>
sealed class ReceiptMarks(SqliteDb db) : IDisposable
{
    readonly Statement _read = db.Prepare("select value from run_info where name = 'receipts_through'");

    readonly Statement _write = db.Prepare("insert or replace into run_info (name, value) values ('receipts_through', ?)");

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

        var now = reached.Seq is { } seq
            ? before with { Begun = reached.Through, Seq = seq }
            : new AppliedReceipts(reached.Through, 0, 0);
        _write.Bind(1, now.ToString()).Run();
    }

    public void Dispose()
    {
        _read.Dispose();
        _write.Dispose();
    }
}

/// <summary>Which receipts have been applied.</summary>
/// <param name="Through">All up to this raw receipt, and</param>
/// <param name="Begun">of those up to this one</param>
/// <param name="Seq">the ones about messages up to this.</param>
readonly record struct AppliedReceipts(long Through, long Begun, long Seq)
{
    public bool Cover(in MatchedReceipt receipt) => receipt.RawId <= Through || (receipt.RawId <= Begun && receipt.Seq <= Seq);

    /// <summary>A ledger of before has one number.</summary>
    public static AppliedReceipts Parse(string written)
    {
        var numbers = written.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return numbers is [var through, var begun, var seq] ? new(through, begun, seq) : new(numbers[0], 0, 0);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Through} {Begun} {Seq}");
}
