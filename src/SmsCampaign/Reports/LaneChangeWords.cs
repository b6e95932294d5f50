using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Planning;
using SmsCampaign.Storage;

namespace SmsCampaign.Reports;

/// <summary>Says what happened to a lane's pace in an officer's words.</summary>
public static class LaneChangeWords
{
    /// <param name="until">The moment it is held until, as a person reads it; null where it is not.</param>
    /// <param name="unit">What the lane's main limit counts.</param>
    public static Wording Of(LaneChange change, Wording? until, RateUnit unit)
    {
        var rate = new Wording($"{change.Rate} {RateUnitWords.Of(unit).Vi}", $"{change.Rate} {RateUnitWords.Of(unit).En}");
        var hold = until is { } moment ? new Wording($", dừng tới {moment.Vi}", $", held until {moment.En}") : new Wording("", "");
        var said = Said(change.Cause, change.Reason);

        return change.Kind switch
        {
            LaneChangeKind.Opened => new("mở kênh gửi", "opened"),
            LaneChangeKind.Closed => new("đóng kênh gửi", "closed"),
            LaneChangeKind.Throttled => new(
                $"nhà mạng báo quá tải{said.Vi}{hold.Vi}, sau đó gửi {rate.Vi}", $"the gateway said too fast{said.En}{hold.En}, then {rate.En}"),
            LaneChangeKind.Regained => new($"tăng lại tới {rate.Vi}", $"back up to {rate.En}"),
            LaneChangeKind.AtContract => new($"trở lại tốc độ hợp đồng {rate.Vi}", $"back at the contracted {rate.En}"),
            LaneChangeKind.Quota => new($"hết hạn mức trong ngày{Quota(change).Vi}{hold.Vi}", $"the day's quota is used up{Quota(change).En}{hold.En}"),
            LaneChangeKind.Breaker => new(
                $"quá nhiều lượt gọi hỏng nên tạm ngừng gọi{said.Vi}{hold.Vi}", $"too many calls went wrong, none are made{said.En}{hold.En}"),
            LaneChangeKind.NotTaken => new($"nhà mạng chưa nhận tin{said.Vi}{hold.Vi}", $"the gateway took nothing{said.En}{hold.En}"),
            LaneChangeKind.Stopped => new($"DỪNG HẲN, tài khoản ở nhà mạng chưa đúng{said.Vi}", $"STOPPED, the account is not set up{said.En}"),
            LaneChangeKind.Faulted => new($"DỪNG HẲN vì lỗi của chương trình{said.Vi}", $"STOPPED by a fault of the program{said.En}"),
            LaneChangeKind.Answered => new("nhà mạng đã trả lời lại", "the gateway answers again"),
            LaneChangeKind.Resumed => new("được cho gửi tiếp", "let go on by a person"),
            LaneChangeKind.Unread => new(
                $"không đọc được sổ của một lượt gửi nên không rõ tài khoản đã gửi bao nhiêu{hold.Vi}",
                $"the ledger of a run cannot be read, so that what the account handed over is not known{hold.En}"),
            LaneChangeKind.Prepared => new("gửi yêu cầu không mang tin (đăng nhập, hỏi tài khoản)", "made a request without a message (login, account)"),
            LaneChangeKind.Restart => new($"chờ sau khi khởi động lại{hold.Vi}", $"waits after a restart{hold.En}"),
            _ => new($"dừng{said.Vi}{hold.Vi}", $"held{said.En}{hold.En}"),
        };
    }

    /// <summary>What is known of it, or else what a gateway said, to stand behind what came of it.</summary>
    internal static Wording Said(HoldCause cause, string reason) => cause switch
    {
        HoldCause.AsSaid => reason.Length == 0 ? new("", "") : new($" ({NumberMask.In(reason)})", $" ({NumberMask.In(reason)})"),
        HoldCause.NoConnection => new(": không kết nối được tới cổng nhắn tin", ": the gateway cannot be reached"),
        HoldCause.SessionRefused => new(
            ": cổng cho đăng nhập nhưng không nhận phiên vừa mở", ": the gateway lets the account log in but does not know the session it has just given"),
        HoldCause.NotLetIn => new(": cổng nhắn tin không cho tài khoản vào", ": the account is not let in"),
        HoldCause.NoMoney => new(": tài khoản hết tiền", ": the account has no money"),
        HoldCause.WrongAddress => new(": sai địa chỉ cổng nhắn tin", ": the gateway's address is wrong"),
        HoldCause.OutOfService => new(": cổng nhắn tin tạm ngừng phục vụ", ": the gateway is out of service"),
        _ => new($" (lý do lạ {(int)cause})", $" (unknown cause {(int)cause})"), // of a newer program
    };

    static Wording Quota(LaneChange change)
    {
        if (change.Limit is not { } limit)
            return Said(change.Cause, change.Reason);

        var (most, unit) = (Figures.Count(limit.Most), RateUnitWords.Of(limit.Of, limit.Per));
        return new Wording($" ({most.Vi} {unit.Vi})", $" ({most.En} {unit.En})");
    }
}
