using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Storage.Receipts;

/// <summary>How many receipts of a run were odd in one way. All are kept as they came (rule 6).</summary>
/// <param name="Name">What it is stored as: the name of a <see cref="ReceiptOddity"/>, or one that only a
/// newer program knows.</param>
/// <param name="Lane">Of those that belong to no run: whose gateway brought them. Null for those of a run.</param>
public sealed record OddReceipts(string Name, long Count, string? Lane = null)
{
    public OddReceipts(ReceiptOddity kind, long count, string? lane = null)
        : this(kind.ToString(), count, lane)
    {
    }

    /// <summary>Null where this program does not know it.</summary>
    public ReceiptOddity? Kind => StoredName.Find<ReceiptOddity>(Name);

    internal Wording What => Kind switch
    {
        ReceiptOddity.Waiting =>
            new("biên nhận chưa biết của tin nào, còn chờ", "receipts of no known message yet, waiting"),
        ReceiptOddity.Unknown => new("biên nhận không thuộc tin nào", "receipts of no known message"),
        ReceiptOddity.Unreadable => new("biên nhận không đọc được", "unreadable receipts"),
        ReceiptOddity.Repeated => new("biên nhận lặp lại", "repeated receipts"),
        ReceiptOddity.Outdated => new("biên nhận đến sai thứ tự", "receipts out of order"),
        ReceiptOddity.Contradicting => new("biên nhận trái với kết quả đã có", "receipts that contradict the result"),
        ReceiptOddity.Ambiguous =>
            new("biên nhận mang mã mà nhà mạng đã cấp cho hai tin", "receipts with an id that two messages were given"),
        ReceiptOddity.Unexpected => new("biên nhận của tin chưa gửi", "receipts of messages never tried"),
        ReceiptOddity.Untrusted =>
            new("biên nhận của kênh không được tin cậy", "receipts of a lane that is not trusted"),
        ReceiptOddity.SetAside =>
            new("biên nhận của lượt gửi có sổ bị hỏng, còn giữ", "receipts of a run whose ledger is damaged, kept"),
        null => new(
            $"biên nhận bất thường loại '{NumberMask.In(Name)}' mà bản chương trình này chưa biết",
            $"receipts odd in a way that this program does not know, '{NumberMask.In(Name)}'"),
        _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, null),
    };

    /// <summary>Those of a lane that no run can take, in words.</summary>
    public Wording Stray => new($"{What}, kênh {Lane}", $"{What}, lane {Lane}");
}
