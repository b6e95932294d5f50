using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.WebConsole.Words;

/// <summary>What a decision about uncertain messages means, and what speaks against it, for a page.</summary>
public static class ResolutionWords
{
    /// <summary>What it means to record messages so.</summary>
    public static Wording Meaning(MessageStatus to) => to switch
    {
        MessageStatus.Delivered => new(
            "nhà mạng xác nhận máy đã nhận; không gửi lại",
            "the carrier confirms that the phone has it; not sent again"),
        MessageStatus.Sent => new(
            "nhà mạng xác nhận đã gửi đi, không biết máy nhận chưa; không gửi lại",
            "the carrier confirms that it was sent, not that the phone has it; not sent again"),
        MessageStatus.Failed => new(
            "nhà mạng xác nhận không gửi được; thuê bao KHÔNG nhận tin, không gửi lại",
            "the carrier confirms that it was not; the subscriber does NOT get it, not sent again"),
        MessageStatus.Planned => new("gửi lại. Có thể có người nhận hai lần", "sent again. Some may get it twice"),
        _ => throw new ArgumentOutOfRangeException(nameof(to), to, null),
    };

    public static Wording Of(ResolutionFinding finding) => finding switch
    {
        ResolutionFinding.NotOneChoice => new(
            "Chọn một: tất cả, hoặc các tin đánh dấu.", "Choose one: all, or those that are ticked."),
        ResolutionFinding.NoStatus => new("Chọn ghi các tin là gì.", "Choose what they are recorded as."),
        ResolutionFinding.NoName => new("Cần ghi người quyết định.", "Say who decides."),
        ResolutionFinding.NoReason => new("Cần ghi căn cứ của quyết định.", "Say on what grounds."),
        ResolutionFinding.UnknownMessage(var reference) => new(
            $"Lượt gửi không có tin mã '{reference}'.", $"The run has no message '{reference}'."),
        ResolutionFinding.OtherCount(var seen, var there) => new(
            $"Số đã gõ ({seen}) khác số tin đã chọn ({there}). Chưa ghi gì; xem lại rồi quyết định.",
            $"What was typed ({seen}) is not how many are chosen ({there}). Nothing is settled; look again."),
        ResolutionFinding.OtherMessages(var seen, var there) => new(
            $"Các tin chưa rõ đã khác từ lúc mở trang: khi ấy {Figures.Count(seen)} tin, nay {Figures.Count(there)} "
                + $"tin{(seen == there ? ", nhưng không phải đúng các tin ấy" : "")}. Lần bấm này không ghi gì. Tin "
                + $"không còn chưa rõ là đã được ghi, được gửi lại hoặc đã có biên nhận từ trước. Xem lại bên dưới "
                + $"rồi quyết định.",
            $"The uncertain messages have changed since the page was opened: {Figures.Count(seen)} then, "
                + $"{Figures.Count(there)} now{(seen == there ? ", and not the same ones" : "")}. This press has "
                + $"settled nothing. What is not uncertain any more was settled, sent again or receipted before. Look "
                + $"below, and decide again."),
        ResolutionFinding.OtherTicked(var seen, var same) => new(
            $"Đã khác từ lúc mở trang: trong {Figures.Count(seen)} tin đã đánh dấu chỉ {Figures.Count(same)} tin còn "
                + $"như đã xem. Tin khác đã được ghi, được gửi lại hoặc đã có biên nhận từ trước, và có thể lại chưa "
                + $"rõ lần nữa. Lần bấm này không ghi gì; xem lại bên dưới rồi đánh dấu lại.",
            $"Changed since the page was opened: of the {Figures.Counted(seen, "message")} that "
                + $"{Figures.Verb(seen, "was", "were")} ticked only {Figures.Count(same)} "
                + $"{Figures.Verb(same, "is", "are")} as they were. The others were settled, sent again or receipted "
                + $"before, and may be uncertain once more. This press has settled nothing; look below, and tick "
                + $"again."),
        _ => new($"{finding}", $"{finding}"), // of the verb alone
    };

    /// <summary>Whether the messages are not those that were looked at.</summary>
    public static bool IsOfOthers(ResolutionFinding finding) =>
        finding is ResolutionFinding.OtherMessages or ResolutionFinding.OtherTicked;

    /// <summary>By whom and when messages of the run were last settled.</summary>
    public static Wording Last(RecordedEvent last)
    {
        var at = last.At is { } known
            ? VietnamTime.Moment(known)
            : new Wording("không rõ lúc nào", "a moment that is not known");
        return new Wording(
            $"Lần ghi gần nhất đã xong của lượt gửi này: {at}, {last.Who} [{last.ByOs}].",
            $"Last settled in this run: {at}, {last.Who} [{last.ByOs}].");
    }
}
