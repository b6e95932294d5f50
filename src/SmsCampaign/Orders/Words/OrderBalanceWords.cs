namespace SmsCampaign.Orders.Words;

/// <summary>What was asked of a carrier and what it reports, for a person.</summary>
public static class OrderBalanceWords
{
    /// <summary>A line a figure, what it does not say among them.</summary>
    public static IEnumerable<Wording> Lines(OrderBalance balance)
    {
        yield return Line(new("Ước tính trong công văn", "Estimated in the letter"), balance.Estimate);
        yield return Line(new("(1) Thuộc phạm vi", "(1) In scope"), balance.InScope);
        yield return Line(new("(2) Loại trừ", "(2) Excluded"), balance.Excluded);
        yield return Line(new("(3) Chưa gửi", "(3) Not sent"), balance.NotSent);
        yield return Line(new("(4) Đã gửi", "(4) Sent"), balance.Sent);
        yield return Line(new("(5) Thành công", "(5) Succeeded"), balance.Succeeded);
        yield return Line(new("(6) Không thành công", "(6) Failed"), balance.Failed);
        yield return Line(new("(7) Chưa rõ", "(7) Not known"), balance.Unknown);
        yield return Line(new("(8) Bản tin quy đổi", "(8) Parts"), balance.Parts);
        yield return Line(
            new("Chênh lệch: ước tính trừ đã gửi", "Difference: estimated less sent"), balance.Difference);
        if (balance.Untold is > 0 and { } untold)
            yield return Line(new("Đã gửi mà không báo kết quả", "Sent, and their fate not told"), untold);
        foreach (var line in balance.Result.Numbers is { } numbers ? OfList(numbers) : [])
            yield return line;
    }

    /// <summary>What a list of numbers comes to, nothing left over; what could not be matched is said.</summary>
    static IEnumerable<Wording> OfList(ResultNumbers numbers)
    {
        yield return Line(new("Danh sách từng số: số hàng", "List of numbers: rows"), numbers.Rows);
        yield return Line(new("  thuê bao khác nhau", "  different subscribers"), numbers.Subscribers);
        yield return Line(new("  hàng lặp lại", "  repeated rows"), numbers.Repeated);
        yield return Line(new("  hàng không phải số di động", "  rows with no mobile number"), numbers.Invalid);
        yield return Line(
            new("Số có nhiều hàng ghi kết quả khác nhau", "Numbers whose rows say different"), numbers.Contradicted);
        yield return Matched(new("Số của mạng khác", "Numbers of another carrier"), numbers.OtherCarrier);
        yield return Matched(
            new("Trong danh sách từ chối nhận tin mà được nhắn", "On a suppression list, and texted"),
            numbers.Suppressed);
        yield return Matched(new("Sở cũng đã nhắn", "Texted by the department as well"), numbers.AlsoOurs);
        yield return Matched(
            new("Nhà mạng khác cũng báo đã nhắn", "Texted by another carrier as well"), numbers.AlsoHeld);
        if (numbers.Changes is { } changes)
        {
            var (added, removed, changed) = (
                Figures.Count(changes.Added), Figures.Count(changes.Removed), Figures.Count(changes.Changed));
            yield return new Wording(
                $"  So với danh sách trước: thêm {added}, bớt {removed}, đổi kết quả {changed}",
                $"  Against the list before: {added} more, {removed} fewer, {changed} with another result");
        }

        if (!numbers.Balances)
            yield return new Wording("  Danh sách KHÔNG cân đối", "  The list does NOT balance");
    }

    static Wording Matched(Wording name, long? figure) => figure is not null
        ? Line(name, figure)
        : new Wording($"  {name}: chưa đối chiếu", $"  {name}: not matched");

    /// <summary>One line, for where there is room for one.</summary>
    public static Wording OnOneLine(OrderBalance balance)
    {
        var (sent, good) = (Told(balance.Sent), Told(balance.Succeeded));
        var estimate = Figures.Count(balance.Estimate);
        return new Wording(
            $"ước {estimate}, nhà mạng báo đã gửi {sent}, thành công {good}",
            $"estimated {estimate}, the carrier reports {sent} sent, {good} succeeded");
    }

    static Wording Line(Wording name, long? figure) => new($"  {name}: {Told(figure)}", $"  {name}: {Told(figure)}");

    static Wording Told(long? figure) => figure is { } number
        ? Figures.Count(number)
        : new Wording("không báo", "not told");
}
