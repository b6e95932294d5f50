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
    }

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
