using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Storage.Words;

/// <summary>What became of what was submitted where it is not approved, for a person.</summary>
public static class RejectionWords
{
    /// <summary>The act by itself.</summary>
    /// <param name="kind">Null: it is none that this program knows.</param>
    public static Wording Of(RejectionKind? kind) => kind switch
    {
        RejectionKind.Refused => new("từ chối", "refused"),
        RejectionKind.Returned => new("trả lại để sửa", "returned for changes"),
        RejectionKind.Withdrawn => new("rút hồ sơ", "withdrawn"),
        null => new("trả lời không rõ thế nào", "answered, how is not known"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Before who did it.</summary>
    /// <param name="kind">As of <see cref="Of"/>.</param>
    public static Wording Mark(RejectionKind? kind) => kind switch
    {
        RejectionKind.Refused => new("TỪ CHỐI", "REFUSED"),
        RejectionKind.Returned => new("TRẢ LẠI ĐỂ SỬA", "RETURNED FOR CHANGES"),
        RejectionKind.Withdrawn => new("ĐÃ RÚT", "WITHDRAWN"),
        null => new("ĐÃ TRẢ LỜI, không rõ thế nào", "ANSWERED, how is not known"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Behind what was submitted, as: đã bị Nguyễn Văn A từ chối.</summary>
    public static Wording Done(Rejection answer)
    {
        var by = answer.RejectedBy;
        return answer.Kind switch
        {
            RejectionKind.Refused => new($"đã bị {by} từ chối", $"was refused by {by}"),
            RejectionKind.Returned => new($"đã được {by} trả lại để sửa", $"was returned by {by} for changes"),
            RejectionKind.Withdrawn => new($"đã được {by} rút", $"was withdrawn by {by}"),
            _ => new($"đã được {by} trả lời, không rõ thế nào", $"was answered by {by}, how is not known"),
        };
    }
}
