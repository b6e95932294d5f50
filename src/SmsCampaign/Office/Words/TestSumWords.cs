using SmsCampaign.Messages;

namespace SmsCampaign.Office.Words;

/// <summary>What became of a test as a whole.</summary>
public static class TestSumWords
{
    /// <summary>As: Tốt: 2 trên 6 tin; còn chờ biên nhận: 1; chưa gửi xong: 1; không gửi nữa: 2. The last two only
    /// where there are such.</summary>
    public static Wording Of(IReadOnlyList<TestMessage> messages)
    {
        var (all, well, awaits, unsent, left) = (
            Figures.Counted(messages.Count, "message"),
            Figures.Count(messages.Count(message => message.IsWell)),
            Figures.Count(messages.Count(message => message.Awaits)),
            messages.Count(message => message.Status is MessageStatus.Planned or MessageStatus.Submitting),
            messages.Count(message => message.Status == MessageStatus.Leftover));
        var words = new Wording(
            $"Tốt: {well} trên {all} tin; còn chờ biên nhận: {awaits}",
            $"Well: {well} of {all}; receipts may yet come of {awaits}");
        if (unsent > 0)
            words += new Wording(
                $"; chưa gửi xong: {Figures.Count(unsent)}", $"; not sent yet: {Figures.Count(unsent)}");
        if (left > 0)
            words += new Wording(
                $"; không gửi nữa: {Figures.Count(left)}", $"; not sent any more: {Figures.Count(left)}");
        return words + new Wording(".", ".");
    }
}
