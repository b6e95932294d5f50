using SmsCampaign.Orders;
using SmsCampaign.Orders.Words;

namespace SmsCampaign.Reports;

/// <summary>
/// nha-mang-tu-nhan.csv and nha-mang-theo-dia-ban.csv: what carriers were asked to text to their own subscribers and
/// what they report, beside what we sent and never summed with it. An empty cell is what a carrier does not say.
/// </summary>
sealed class HolderFiles(RunLetters letters, Language language)
{
    static readonly Wording Holder = new("Nhà mạng", "Carrier");
    static readonly Wording Segment = new("Nhóm nhận tin", "Segment");
    static readonly Wording Source = new("Nguồn số liệu", "Source");
    static readonly Wording ByCarrier = new("theo báo cáo của nhà mạng", "as the carrier reports");

    static readonly Wording[] Figures =
    [
        new("Thuộc phạm vi", "In scope"), new("Loại trừ", "Excluded"), new("Chưa gửi", "Not sent"),
        new("Đã gửi", "Sent"), new("Thành công", "Succeeded"), new("Không thành công", "Failed"),
        new("Chưa rõ", "Not known"), new("Bản tin quy đổi", "Parts"),
    ];

    /// <summary>What a list of numbers comes to: rows = different + repeated + no number.</summary>
    static readonly Wording[] OfList =
    [
        new("Danh sách: số hàng", "List: rows"), new("Danh sách: thuê bao", "List: different"),
        new("Danh sách: hàng lặp", "List: repeated"), new("Danh sách: không phải số", "List: no number"),
        new("Danh sách: số mạng khác", "List: of another carrier"),
        new("Danh sách: đã từ chối mà được nhắn", "List: suppressed and texted"),
        new("Danh sách: Sở cũng nhắn", "List: texted by us as well"),
        new("Danh sách: nhà mạng khác cũng nhắn", "List: texted by another as well"),
    ];

    /// <summary>Cells of a row of <see cref="WriteOrders"/>.</summary>
    static readonly int Width = 24 + OfList.Length;

    /// <summary>A row a letter, and one for all that were reported.</summary>
    public void WriteOrders(ReportSheet file)
    {
        Row(file, [
            Holder, Segment, new("Mã lệnh", "Order"), new("Lần", "Revision"), new("Tình trạng", "State"),
            new("Số công văn", "Letter"), new("Ngày công văn", "Letter's date"),
            new("SHA-256 nội dung", "SHA-256 of the text"), new("Ước tính", "Estimate"), .. Figures,
            new("Chênh lệch: ước tính trừ đã gửi", "Difference: estimated less sent"),
            new("Đã gửi mà không báo kết quả", "Sent, fate not told"), Source, new("Tệp báo cáo", "Report's file"),
            new("SHA-256 tệp báo cáo", "SHA-256 of the file"), new("Ngày báo cáo", "Report's date"),
            new("Thay báo cáo trước vì", "Corrects the one before, as"), .. OfList,
        ]);
        foreach (var order in letters.Orders)
            WriteOrder(file, order);
        foreach (var letter in letters.Unwritten)
        {
            file.Text(letter.Holder);
            file.Text(letter.Segment);
            file.Text("");
            file.Text("");
            file.Text(new Wording("chưa soạn công văn", "no letter is written").In(language));
            Rest(file, 5);
        }

        WriteTotal(file);
    }

    /// <summary>A row an area and class of subscribers of each report.</summary>
    public void WriteAreas(ReportSheet file)
    {
        Row(file, [
            Holder, Segment, new("Địa bàn", "Area"), new("Loại thuê bao", "Subscribers"), .. Figures,
            new("Bắt đầu", "Begin"), new("Kết thúc", "End"), new("Ghi chú", "Note"), Source,
        ]);
        foreach (var order in letters.Orders)
        {
            foreach (var row in order.Result?.Rows ?? [])
            {
                file.Text(order.Kept.Holder);
                file.Text(order.Kept.Segment);
                file.Text(row.Area);
                file.Text(row.Subscribers ?? "");
                foreach (var figure in Of(row))
                    Figure(file, figure);
                file.Moment(row.Begin);
                file.Moment(row.End);
                file.Text(row.Note ?? "");
                file.Text(ByCarrier.In(language));
                file.EndRow();
            }
        }
    }

    void WriteOrder(ReportSheet file, HeldOrder order)
    {
        var (balance, kept) = (order.Balance, order.Reported);
        file.Text(order.Kept.Holder);
        file.Text(order.Kept.Segment);
        file.Text(order.Order.OrderId);
        file.Number(order.Order.Revision);
        file.Text(OrderStateWords.WithMisfit(order).In(language));
        file.Text(order.Sending?.Document ?? "");
        file.Date(order.Sending?.On);
        file.Text(order.Order.Message.Sha256);
        file.Number(order.Order.Audience.Estimate);
        foreach (var figure in Of(balance))
            Figure(file, figure);
        Figure(file, balance?.Difference);
        Figure(file, balance?.Untold);
        file.Text((balance is not null ? ByCarrier
            : kept is null ? new Wording("chưa có báo cáo", "no report")
            : new Wording("KHÔNG đọc được báo cáo đã nhập", "the report that was imported CANNOT be read"))
            .In(language));
        file.Text(kept?.FileName ?? "");
        file.Text(kept?.FileHash ?? "");
        file.Date(kept?.On);
        file.Text(kept?.Reason ?? "");
        foreach (var figure in Of(order.Result?.Numbers))
            Figure(file, figure);
        file.EndRow();
    }

    void WriteTotal(ReportSheet file)
    {
        var balances = letters.Orders.Select(order => order.Balance).OfType<OrderBalance>().ToList();
        file.MarkTotal();
        file.Text(new Wording("Cộng, của các báo cáo đã có", "Total, of those reported").In(language));
        for (var empty = 0; empty < 7; empty++)
            file.Text("");
        file.Number(balances.Sum(balance => balance.Estimate));
        for (var figure = 0; figure < Figures.Length; figure++)
            Figure(file, Sum(balances.Select(balance => Of(balance)[figure])));
        Figure(file, Sum(balances.Select(balance => balance.Difference)));
        Figure(file, Sum(balances.Select(balance => balance.Untold)));
        Rest(file, 19);

        if (letters.Orders.Count(order => order.Balance is null) + letters.Unwritten.Count is > 0 and var without)
        {
            file.Text(new Wording("Chưa có báo cáo", "Not reported").In(language));
            file.Number(without);
            Rest(file, 2);
        }

        foreach (var why in letters.Unreadable)
        {
            file.Text(new Wording("KHÔNG tính", "NOT counted").In(language));
            file.Text(why.In(language));
            Rest(file, 2);
        }
    }

    static long? Sum(IEnumerable<long?> figures)
    {
        var all = figures.ToList();
        return all.Count > 0 && all.TrueForAll(figure => figure is not null) ? all.Sum() : null;
    }

    static long?[] Of(OrderBalance? balance) =>
    [
        balance?.InScope, balance?.Excluded, balance?.NotSent, balance?.Sent, balance?.Succeeded, balance?.Failed,
        balance?.Unknown, balance?.Parts,
    ];

    /// <summary>Empty where it could not be matched.</summary>
    static long?[] Of(ResultNumbers? list) =>
    [
        list?.Rows, list?.Subscribers, list?.Repeated, list?.Invalid, list?.OtherCarrier, list?.Suppressed,
        list?.AlsoOurs, list?.AlsoHeld,
    ];

    static long?[] Of(ResultRow row) =>
    [
        row.InScope, row.Excluded, row.NotSent, row.Sent, row.Succeeded, row.Failed, row.Unknown, row.Parts,
    ];

    static void Figure(ReportSheet file, long? figure)
    {
        if (figure is { } number)
            file.Number(number);
        else
            file.Text("");
    }

    /// <summary>The cells that are left of a row of <see cref="WriteOrders"/>.</summary>
    static void Rest(ReportSheet file, int written)
    {
        for (var empty = written; empty < Width; empty++)
            file.Text("");
        file.EndRow();
    }

    void Row(ReportSheet file, IReadOnlyList<Wording> headings)
    {
        foreach (var heading in headings)
            file.Text(heading.In(language));
        file.EndRow();
    }
}
