using SmsCampaign.Messages;
using SmsCampaign.Office;

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
            $"Số đã gõ ({seen}) khác số tin chưa rõ hiện nay ({there}). Chưa ghi gì; xem lại rồi quyết định.",
            $"What was typed ({seen}) is not how many are uncertain now ({there}). Nothing is settled; look again."),
        _ => new($"{finding}", $"{finding}"), // of the verb alone
    };
}
