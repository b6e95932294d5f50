using SmsCampaign.WebConsole.People;

namespace SmsCampaign.WebConsole.Words;

/// <summary>What somebody may do, for a page.</summary>
public static class RightWords
{
    /// <summary>What a role is for.</summary>
    public static Wording Meaning(Right right) => right switch
    {
        Right.Draft => new("soạn chiến dịch và danh sách, trình phê duyệt", "edits campaigns and lists, submits"),
        Right.Approve => new("phê duyệt, trả lại, thu hồi phê duyệt", "approves, returns, revokes"),
        Right.Operate => new(
            "tạm dừng, gửi tiếp, kéo dài, hủy, xử lý tin chưa rõ", "pauses, lets go on, extends, calls off, settles"),
        Right.See => new(
            "xem mọi thứ, trừ số điện thoại đầy đủ", "looks at everything but phone numbers in full"),
        Right.Administer => new("quyết định ai được vào, với vai trò gì", "decides who may sign in, and as what"),
        _ => throw new ArgumentOutOfRangeException(nameof(right), right, null),
    };

    /// <summary>As "phê duyệt (dak-lak-2025)".</summary>
    public static Wording Of(Grant grant) => grant.Campaign is { } campaign
        ? new($"{Grant.WordsOf(grant.Right)} ({campaign})", $"{Grant.WordsOf(grant.Right)} ({campaign})")
        : Grant.WordsOf(grant.Right);
}
