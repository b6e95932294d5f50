using System.Globalization;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Rows.Registry;

/// <summary>What stands of an order by what the chain and its mark say of its row.</summary>
static class OrderVouching
{
    /// <param name="isMarked">Whether its mark says what it is about, when and by whom it was given aside.</param>
    public static StandingOrder Vouch(StandingOrder order, Vouching judged, bool isMarked)
    {
        if (judged == Vouching.Vouched || (judged == Vouching.NoKey && isMarked))
            return order;

        var vouched = order with { Unreadable = order.Unreadable ?? DescribeUnvouched(order, judged) };
        return isMarked ? vouched : vouched with { Kind = OrderKind.Pause, Rate = null };
    }

    static Wording DescribeUnvouched(StandingOrder order, Vouching judged)
    {
        var number = order.Id.ToString(CultureInfo.InvariantCulture);
        var which = new Wording(
            $"Lệnh số {number} về việc đang gửi trong ledger.db", $"Order {number} of what is sent in ledger.db");
        if (judged == Vouching.NoKey)
        {
            return which + new Wording(
                " không kiểm tra được vì không có khóa của chuỗi kiểm toán, nên chỉ được coi là tạm dừng.",
                " cannot be checked without the key of the audit chain, and is taken for a pause.");
        }

        var what = judged switch
        {
            Vouching.Changed => new Wording(
                " đã bị sửa sau khi ghi: khác với chuỗi kiểm toán.",
                " was changed after it was written: the audit chain says something else."),
            Vouching.Over => new Wording(
                " đã được bỏ theo chuỗi kiểm toán, nay bị ghi lại như còn hiệu lực.",
                " is lifted by the audit chain, and was made to look as if it stood."),
            _ => new Wording(
                " không do chương trình ghi: chuỗi kiểm toán không có.",
                " was not written by the program: the audit chain does not have it."),
        };
        return which + what + new Wording(
            " Không ai hủy, kết thúc sớm hay giảm tốc độ bằng lệnh này; chỉ giữ lại không gửi. Hãy báo kỹ sư phụ "
                + "trách: có người ghi thẳng vào ledger.db.",
            " Nothing is called off, ended or slowed down by it; it only holds. Tell your engineer: somebody writes to "
                + "ledger.db directly.");
    }
}
