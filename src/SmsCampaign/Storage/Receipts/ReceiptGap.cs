namespace SmsCampaign.Storage.Receipts;

/// <summary>Ids of receipts that came and are in no file any more.</summary>
/// <param name="Last">The last that may have been given out.</param>
/// <param name="Since">When the last receipt before them came, microseconds; 0 where none is known.</param>
/// <param name="File">Name of the file that held them.</param>
/// <param name="Kept">The name under which it is kept; null where it is an older copy, or gone.</param>
sealed record ReceiptGap(long First, long Last, long Since, long NotedAt, string File, string? Kept)
{
    public Wording ToWords() => ToWords(Kept is null
        ? new Wording($"tệp {File} đã mất hoặc là bản cũ", $"the file {File} is gone, or an older copy")
        : new Wording(
            $"tệp {File} bị hỏng, được giữ với tên {Kept}", $"the file {File} was damaged, and is kept as {Kept}"));

    public Wording ToWords(Wording why)
    {
        var until = Figures.Moment(Month.ToLocal(NotedAt));
        var since = Since > 0 ? Figures.Moment(Month.ToLocal(Since)) : new Wording("đầu", "the beginning");
        return new Wording(
            $"THIẾU biên nhận đã nhận từ {since} tới {until}: {why}. Biên nhận nào chưa kịp áp dụng thì tin của "
                + $"nó giữ kết quả đã biết, trừ khi nhà mạng gửi lại hoặc trả lời khi được hỏi. "
                + $"Biên nhận mới vẫn được nhận và áp dụng.",
            $"Receipts that came from {since} until {until} are MISSING: {why}. Messages whose receipts were not "
                + $"settled stay as they are known, unless the gateway sends them again or answers when it is asked. "
                + $"New receipts are taken and settled.");
    }
}
