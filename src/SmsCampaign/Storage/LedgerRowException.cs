using SmsCampaign.Messages;

namespace SmsCampaign.Storage;

/// <summary>A row of ledger.db, or of a run's ledger, says what no program has written. It tells where it stands and
/// what to do; what it is about is set aside, and other rows are read on.</summary>
public sealed class LedgerRowException(Wording words) : LedgerException(words)
{
    /// <param name="table">Of the file.</param>
    /// <param name="row">By what a person finds the row. Holds no phone number.</param>
    /// <param name="text">What it says.</param>
    /// <param name="expected">What it should have said, as "a time".</param>
    /// <param name="file">A run's ledger; null where it is ledger.db.</param>
    public static LedgerRowException Of(string table, string row, string text, Wording expected, string? file = null)
    {
        var said = NumberMask.In(text);
        var name = file is null ? "ledger.db" : Path.GetFileName(file);
        return new LedgerRowException(new Wording(
            $"{name}, bảng {table}, dòng {row}: '{said}' không phải là {expected}. {Mend}",
            $"{name}, table {table}, row {row}: '{said}' is no {expected}. {Mend}"))
        { File = file, Fault = file is null ? null : StorageFault.Foreign };
    }

    /// <param name="table">Of the run's ledger.</param>
    /// <param name="row">What should be there.</param>
    public static LedgerRowException Lacking(string table, string row, string file)
    {
        var name = Path.GetFileName(file);
        return new LedgerRowException(new Wording(
            $"{name}, bảng {table}: thiếu dòng {row}. {Mend}", $"{name}, table {table}: no row {row}. {Mend}"))
        { File = file, Fault = StorageFault.Foreign };
    }

    /// <summary>What is to be done about a row that cannot be read.</summary>
    public static Wording Mend => new(
        "Tệp đã bị sửa ngoài chương trình. Hãy chạy 'audit verify', rồi khôi phục bản sao lưu mới nhất bằng 'restore' "
            + "hoặc báo kỹ sư phụ trách sửa lại dòng đó.",
        "The file was written past the program. Run 'audit verify', then restore the newest copy with 'restore' or "
            + "have your engineer mend that row.");
}
