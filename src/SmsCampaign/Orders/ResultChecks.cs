using SmsCampaign.Messages;

namespace SmsCampaign.Orders;

/// <summary>Why a carrier's report cannot be taken as it is.</summary>
/// <param name="Line">Row of the table; null of the report as a whole.</param>
/// <param name="Ask">What to ask the carrier about it; null where it is not the carrier's to mend.</param>
sealed record ResultFault(int? Line, Wording What, Wording? Ask = null);

/// <summary>Holds a carrier's report to its order and to itself.</summary>
static class ResultChecks
{
    /// <param name="isWhole">Whether every row could be read: sums of what is left of them would be false.</param>
    /// <returns>All that is wrong; none where it can be taken.</returns>
    public static IEnumerable<ResultFault> Find(
        CarrierResult result, WorkOrder order, HolderSettings holder, bool isWhole) => !isWhole
        ? FindOther(result, order)
        :
    [
        .. FindOther(result, order),
        .. result.Rows.SelectMany(FindInRow),
        .. FindInTotal(result),
        .. FindInFailures(result),
        .. FindInHours(result),
        .. FindTooMany(result, order, holder),
    ];

    static IEnumerable<ResultFault> FindOther(CarrierResult result, WorkOrder order)
    {
        if (result.OrderId is { } id && id != order.OrderId)
        {
            var shown = UnseenText.Show(NumberMask.In(id));
            yield return new ResultFault(null, new Wording(
                $"Báo cáo ghi mã lệnh '{shown}', không phải '{order.OrderId}'. Hãy kiểm tra --holder, --segment và "
                    + $"tệp.",
                $"The report is for the order '{shown}', not '{order.OrderId}'. Check --holder, --segment and the "
                    + $"file."));
        }
        else if (result.Revision is { } revision && revision != order.Revision)
        {
            yield return new ResultFault(null, new Wording(
                $"Báo cáo theo lần {revision} của lệnh {order.OrderId}; lần đang có hiệu lực là {order.Revision}. "
                    + $"Hãy hỏi "
                    + $"nhà mạng đã nhắn theo lần nào.",
                $"The report is for revision {revision} of the order {order.OrderId}; the one in force is "
                    + $"{order.Revision}. Ask the carrier which one it texted."));
        }

        if (result.Sender is { } name && name.Composed().Trim() != order.Sender.Name)
        {
            var sender = UnseenText.Show(NumberMask.In(name));
            yield return new ResultFault(
                null,
                new Wording(
                    $"Nhà mạng ghi tên định danh '{sender}', công văn là '{order.Sender.Name}'. Hãy hỏi lại nhà mạng.",
                    $"The carrier says it sent as '{sender}', the letter says '{order.Sender.Name}'. Ask the carrier."),
                new Wording(
                    $"Tin được gửi bằng tên định danh '{sender}' hay '{order.Sender.Name}' như công văn?",
                    $"Was it sent as '{sender}', or as '{order.Sender.Name}', as the letter says?"));
        }

        var written = result.Text is { } text ? OrderMessage.HashOf(text) : null;
        foreach (var hash in new[] { result.TextSha256, written }
            .OfType<string>()
            .Distinct()
            .Where(hash => hash != order.Message.Sha256))
        {
            var shown = UnseenText.Show(NumberMask.In(hash[..Math.Min(12, hash.Length)]));
            yield return new ResultFault(null, new Wording(
                $"Nội dung nhà mạng ghi đã gửi khác nội dung của công văn (SHA-256 "
                    + $"{shown}… thay vì {order.Message.Sha256[..12]}…). Hãy đề nghị nhà mạng gửi nội dung thực tế.",
                $"The text that the carrier says it sent is not the letter's (SHA-256 "
                    + $"{shown}… in place of {order.Message.Sha256[..12]}…). Ask for the "
                    + $"text "
                    + $"that was sent."),
                new Wording(
                    "SHA-256 nội dung khác công văn; đề nghị gửi nội dung thực tế đã nhắn.",
                    "The SHA-256 of the text is not the letter's; please send the text that was sent."));
            break;
        }
    }

    static IEnumerable<ResultFault> FindInRow(ResultRow row)
    {
        if (row.Sent is null)
        {
            yield return new ResultFault(row.Line, new Wording(
                $"Địa bàn '{row.Area}' chưa ghi (4) Đã gửi; không gửi thì ghi 0.",
                $"'{row.Area}' says nothing of (4) Sent; where nothing was, write 0."));
        }

        if (row is { InScope: { } scope, Excluded: { } excluded, NotSent: { } not, Sent: { } sent }
            && scope != excluded + not + sent)
        {
            yield return Uneven(row, "(1) = (2) + (3) + (4)", scope, excluded + not + sent);
        }

        if (row is { Sent: { } most, Succeeded: { } some } && some > most)
            yield return MoreThanSent(row, some, most);
        else if (row is { Sent: { } all, Succeeded: { } good, Failed: { } bad, Unknown: { } open }
            && all != good + bad + open)
            yield return Uneven(row, "(4) = (5) + (6) + (7)", all, good + bad + open);
        else if (row is { Sent: { } sum } && (row.Succeeded ?? 0) + (row.Failed ?? 0) + (row.Unknown ?? 0) is var told
            && told > sum)
            yield return Uneven(row, "(5) + (6) + (7) ≤ (4)", told, sum);
    }

    /// <summary>As where the one counts parts and the other subscribers.</summary>
    static ResultFault MoreThanSent(ResultRow row, long succeeded, long sent)
    {
        var (a, b) = (Figures.Count(succeeded), Figures.Count(sent));
        return new ResultFault(
            row.Line,
            new Wording(
                $"'{row.Area}': (5) Thành công ({a}) lớn hơn (4) Đã gửi ({b}).",
                $"'{row.Area}': (5) Succeeded ({a}) is more than (4) Sent ({b})."),
            new Wording(
                $"'{row.Area}': thành công ({a}) lớn hơn đã gửi ({b}); hai số có cùng đơn vị không?",
                $"'{row.Area}': more succeeded ({a}) than were sent ({b}); do both count the same?"));
    }

    static ResultFault Uneven(ResultRow row, string rule, long left, long right)
    {
        var (a, b, by) = (Figures.Count(left), Figures.Count(right), Figures.Count(Math.Abs(left - right)));
        return Figure(row.Line, new Wording(
            $"'{row.Area}': không đúng {rule}: {a} và {b}, lệch {by}.",
            $"'{row.Area}': {rule} does not hold: {a} and {b}, {by} apart."));
    }

    /// <summary>A figure that does not come out: the carrier knows the right one.</summary>
    static ResultFault Figure(int? line, Wording what) => new(
        line, what, new Wording($"{what} Số đúng là bao nhiêu?", $"{what} What is the right figure?"));

    static IEnumerable<ResultFault> FindInTotal(CarrierResult result)
    {
        if (result.Total is not { } total)
            yield break;

        foreach (var fault in FindInRow(total))
            yield return fault;
        foreach (var (column, of) in Summed)
        {
            if (of(total) is { } said && result.Sum(of) is { } sum && said != sum)
            {
                var (a, b) = (Figures.Count(said), Figures.Count(sum));
                yield return Figure(total.Line, new Wording(
                    $"Hàng Tổng ghi {column} là {a}, cộng các hàng được {b}.",
                    $"The total says {column} {a}, the rows come to {b}."));
            }
        }
    }

    static readonly (string Column, Func<ResultRow, long?> Of)[] Summed =
    [
        ("(1)", row => row.InScope), ("(2)", row => row.Excluded), ("(3)", row => row.NotSent),
        ("(4)", row => row.Sent), ("(5)", row => row.Succeeded), ("(6)", row => row.Failed),
        ("(7)", row => row.Unknown), ("(8)", row => row.Parts),
    ];

    static IEnumerable<ResultFault> FindInFailures(CarrierResult result)
    {
        if (result.Failures.Count > 0
            && result.Sum(row => row.Failed) is { } failed
            && result.Failures.Sum(failure => failure.Count) is var sum
            && sum != failed)
        {
            var (a, b) = (Figures.Count(sum), Figures.Count(failed));
            yield return Figure(null, new Wording(
                $"Trang '{ReplyForm.Failures}' cộng được {a}, (6) Không thành công là {b}.",
                $"The sheet '{ReplyForm.Failures}' comes to {a}, (6) Failed is {b}."));
        }
    }

    static IEnumerable<ResultFault> FindInHours(CarrierResult result)
    {
        if (result.Hours.Count > 0
            && result.Sum(row => row.Sent) is { } sent
            && result.Hours.Sum(hour => hour.Sent) is var sum
            && sum != sent)
        {
            var (a, b) = (Figures.Count(sum), Figures.Count(sent));
            yield return Figure(null, new Wording(
                $"Trang '{ReplyForm.ByHour}' cộng được {a}, (4) Đã gửi là {b}.",
                $"The sheet '{ReplyForm.ByHour}' comes to {a}, (4) Sent is {b}."));
        }
    }

    static IEnumerable<ResultFault> FindTooMany(CarrierResult result, WorkOrder order, HolderSettings holder)
    {
        var most = order.Audience.Estimate + order.Audience.Estimate * holder.MostOver / 100;
        if (result.Sum(row => row.Sent) is { } sent && sent > most)
        {
            var (a, b, c) = (
                Figures.Count(sent), Figures.Count(order.Audience.Estimate), Figures.Count(most));
            yield return new ResultFault(null, new Wording(
                $"Nhà mạng báo đã gửi {a} thuê bao, công văn ước {b} (nhận tới {c}). Đúng là vậy thì nâng "
                    + $"holders.mostOver "
                    + $"trong tệp cấu hình, hoặc hỏi lại nhà mạng.",
                $"The carrier says it sent to {a}, the letter estimated {b} (up to {c} is taken). If that is right, "
                    + $"raise "
                    + $"holders.mostOver in the installation file, else ask the carrier."));
        }
    }
}
