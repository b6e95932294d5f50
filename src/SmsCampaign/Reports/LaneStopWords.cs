using SmsCampaign.Storage;

namespace SmsCampaign.Reports;

/// <summary>Says in an officer's words that a lane stands still, and what to do about it.</summary>
public static class LaneStopWords
{
    /// <param name="at">When it stopped, as a person reads it.</param>
    public static Wording Of(LaneStop stop, Wording at)
    {
        var said = LaneChangeWords.Said(stop.Reason);
        return new Wording(
            $"Kênh gửi '{stop.Lane}' ĐÃ DỪNG lúc {at.Vi}: nhà mạng không nhận tin vì tài khoản chưa đúng{said.Vi}. Chưa tin nào bị tính là thất bại, các tin của kênh đang chờ.",
            $"The lane '{stop.Lane}' has STOPPED at {at.En}: its gateway takes nothing, as the account is not set up{said.En}. No message is failed for it; those of the lane wait.");
    }

    public static Wording Advice(string lane) => new(
        $"Hãy kiểm tra với nhà mạng: tài khoản và mật khẩu, địa chỉ IP được phép, tên định danh, hợp đồng và số dư. Sửa xong thì cho gửi tiếp: sms-campaign resume {lane} --by \"Họ tên\"",
        $"Check with the carrier: account and password, the IP address allowed, the sender ID, the contract and the balance. Once mended, let it go on: sms-campaign resume {lane} --by NAME");
}
