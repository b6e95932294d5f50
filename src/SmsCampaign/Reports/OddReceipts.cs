using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Reports;

/// <summary>How many receipts of a run were odd in one way. All are kept as they came (rule 6).</summary>
public sealed record OddReceipts(ReceiptOddity Kind, long Count)
{
    internal Wording What => Kind switch
    {
        ReceiptOddity.Waiting => new("biên nhận chưa biết của tin nào, còn chờ", "receipts of no known message yet, waiting"),
        ReceiptOddity.Unknown => new("biên nhận không thuộc tin nào", "receipts of no known message"),
        ReceiptOddity.Unreadable => new("biên nhận không đọc được", "unreadable receipts"),
        ReceiptOddity.Repeated => new("biên nhận lặp lại", "repeated receipts"),
        ReceiptOddity.Outdated => new("biên nhận đến sai thứ tự", "receipts out of order"),
        ReceiptOddity.Contradicting => new("biên nhận trái với kết quả đã có", "receipts that contradict the result"),
        ReceiptOddity.Ambiguous => new("biên nhận mang mã mà nhà mạng đã cấp cho hai tin", "receipts with an id that two messages were given"),
        ReceiptOddity.Unexpected => new("biên nhận của tin chưa gửi", "receipts of messages never tried"),
        _ => new("biên nhận của kênh không được tin cậy", "receipts of a lane that is not trusted"),
    };

    /// <summary>Counts the odd receipts of a run, by kind.</summary>
    /// <returns>None where the installation has had no receipts.</returns>
    /// <exception cref="LedgerException">The file of receipts cannot be read.</exception>
    public static IReadOnlyList<OddReceipts> Read(DataFolder data, RunKey run)
    {
        var file = data.ReceiptsOf(run.Simulated);
        if (!File.Exists(file))
            return [];

        using var db = SqliteDb.Open(file, readOnly: true);
        using var counts = db.Prepare("select kind, count(*) from oddity where run = ? group by kind");
        counts.Bind(1, run.ToString());

        var odd = new List<OddReceipts>();
        while (counts.Step())
            odd.Add(new OddReceipts(Enum.Parse<ReceiptOddity>(counts.Text(0)!), counts.Number(1)));
        return [.. odd.OrderBy(receipts => receipts.Kind)];
    }
}
