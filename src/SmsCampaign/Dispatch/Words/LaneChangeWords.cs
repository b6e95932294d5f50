using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Words;
using SmsCampaign.Dispatch.Accounts;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Dispatch.Words;

/// <summary>Says what happened to a lane's pace in an officer's words.</summary>
public static class LaneChangeWords
{
    /// <param name="until">The moment it is held until, as a person reads it; null where it is not.</param>
    /// <param name="unit">What the lane's main limit counts.</param>
    public static Wording Of(LaneChange change, Wording? until, RateUnit unit)
    {
        var rate = new Wording($"{change.Rate} {RateUnitWords.Of(unit)}", $"{change.Rate} {RateUnitWords.Of(unit)}");
        var hold = until is { } moment
            ? new Wording($", dừng tới {moment}", $", held until {moment}")
            : new Wording("", "");
        var said = Said(change.Cause, change.Reason);

        return change.Kind switch
        {
            LaneChangeKind.Opened => new("mở kênh gửi", "opened"),
            LaneChangeKind.Closed => new("đóng kênh gửi", "closed"),
            LaneChangeKind.Throttled => new(
                $"nhà mạng báo gửi quá nhanh{hold}, sau đó gửi {rate}",
                $"the gateway said too fast{said}{hold}, then {rate}"),
            LaneChangeKind.Regained => new($"tăng lại tới {rate}", $"back up to {rate}"),
            LaneChangeKind.AtContract => new($"trở lại tốc độ hợp đồng {rate}", $"back at the contracted {rate}"),
            LaneChangeKind.Quota =>
                new($"hết hạn mức trong ngày{Quota(change)}{hold}", $"the day's quota is used up{Quota(change)}{hold}"),
            LaneChangeKind.Breaker => new(
                $"quá nhiều yêu cầu bị lỗi nên tạm ngừng gửi{said}{hold}",
                $"too many calls went wrong, none are made{said}{hold}"),
            LaneChangeKind.NotTaken when IsTriedSoon(change) => new(
                $"nhà mạng chưa nhận tin{said}{hold}; chương trình tự thử lại, ít nhất 5 giây một lần trong giờ gửi",
                $"the gateway took nothing{said}{hold}; tried again by itself, every 5 seconds at least "
                    + $"while the window is open"),
            LaneChangeKind.NotTaken =>
                new($"nhà mạng chưa nhận tin{said}{hold}", $"the gateway took nothing{said}{hold}"),
            LaneChangeKind.Stopped => new(
                $"DỪNG HẲN, nhà mạng báo tài khoản chưa dùng được{said}", $"STOPPED, the account is not set up{said}"),
            LaneChangeKind.Faulted =>
                new($"DỪNG HẲN vì lỗi của chương trình{said}", $"STOPPED by a fault of the program{said}"),
            LaneChangeKind.Answered => new("nhà mạng đã trả lời lại", "the gateway answers again"),
            LaneChangeKind.Resumed => new("được cho gửi tiếp", "let go on by a person"),
            LaneChangeKind.Paused => new($"TẠM DỪNG theo lệnh{Why(change)}", $"PAUSED by a person{Why(change)}"),
            LaneChangeKind.Unpaused => new("hết tạm dừng", "the pause is over"),
            LaneChangeKind.Slowed => new(
                $"giảm tốc độ theo lệnh, còn {rate}{Why(change)}", $"slowed down by a person to {rate}{Why(change)}"),
            LaneChangeKind.TrialBegun or LaneChangeKind.TrialPassed or LaneChangeKind.TrialHeld
                or LaneChangeKind.TrialReleased => LaneTrialWords.Of(change),
            LaneChangeKind.Unread => new(
                $"không đọc được sổ của một lượt gửi nên không rõ tài khoản đã gửi bao nhiêu{hold}",
                $"the ledger of a run cannot be read, so that what the account handed over is not known{hold}"),
            LaneChangeKind.Prepared => new(
                "gửi yêu cầu không mang tin (đăng nhập, hỏi tài khoản)",
                "made a request without a message (login, account)"),
            LaneChangeKind.Restart => new($"chờ sau khi khởi động lại{hold}", $"waits after a restart{hold}"),
            _ => new($"dừng{said}{hold}", $"held{said}{hold}"),
        };
    }

    /// <summary>A person's own words, and no gateway's.</summary>
    static string Why(LaneChange change) => change.Reason.Length == 0 ? "" : $": {NumberMask.In(change.Reason)}";

    /// <summary>Not of a version before, which waited up to a minute.</summary>
    static bool IsTriedSoon(LaneChange change) =>
        change is { Cause: HoldCause.NoConnection or HoldCause.NotTrusted, Until: { } until }
        && until - change.At <= (long)LaneHolds.LongestUnreached.TotalMicroseconds;

    /// <summary>What is known of it and what a gateway said, to stand behind what came of it.</summary>
    internal static Wording Said(HoldCause cause, string reason)
    {
        if (cause == HoldCause.AsSaid)
            return reason.Length == 0
                ? new("", "")
                : new($" ({GatewaySaid.Beside(reason)})", $" ({GatewaySaid.Beside(reason)})");

        var what = Of(cause, reason);
        return GatewaySaid.OwnWordsIn(reason) is { } words
            ? new Wording($": {what} (nhà mạng trả lời: {words})", $": {what} (the gateway said: {words})")
            : new Wording($": {what}", $": {what}");
    }

    static Wording Of(HoldCause cause, string reason) => cause switch
    {
        HoldCause.NoConnection => new("không kết nối được tới cổng nhắn tin", "the gateway cannot be reached"),
        HoldCause.SessionRefused => new(
            "đăng nhập được nhưng cổng nhắn tin từ chối phiên vừa mở",
            "the gateway lets the account log in but does not know the session it has just given"),
        HoldCause.NotLetIn => new("cổng nhắn tin từ chối đăng nhập", "the account is not let in"),
        HoldCause.NoMoney => new("tài khoản hết tiền", "the account has no money"),
        HoldCause.WrongAddress => new("sai địa chỉ cổng nhắn tin", "the gateway's address is wrong"),
        HoldCause.OutOfService => new("cổng nhắn tin tạm ngừng phục vụ", "the gateway is out of service"),
        HoldCause.NotTrusted => GatewayWords.Of(reason.Length == 0 ? UntrustedCertificateException.Beginning : reason),
        HoldCause.NoAnswer => new("cổng nhắn tin không trả lời kịp thời hạn", "no answer in time"),
        HoldCause.ConnectionLost =>
            new("mất kết nối trong khi chờ cổng nhắn tin trả lời", "the connection was lost before the answer came"),
        HoldCause.Unreadable =>
            new("câu trả lời của cổng nhắn tin không đọc được", "the gateway's answer cannot be read"),
        _ => new($"lý do lạ {(int)cause}", $"unknown cause {(int)cause}"), // of a newer program
    };

    static Wording Quota(LaneChange change)
    {
        if (change.Limit is not { } limit)
            return Said(change.Cause, change.Reason);

        var (most, unit) = (Figures.Count(limit.Most), RateUnitWords.Of(limit.Of, limit.Per));
        return new Wording($" ({most} {unit})", $" ({most} {unit})");
    }
}
