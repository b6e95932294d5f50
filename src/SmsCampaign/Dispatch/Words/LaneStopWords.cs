using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Dispatch.Words;

/// <summary>Says in an officer's words that a lane stands still, and what to do about it.</summary>
public static class LaneStopWords
{
    /// <param name="at">When it stopped, as a person reads it; null where that is not known.</param>
    /// <param name="waiting">Messages that wait for it; null where that is not known.</param>
    public static Wording Of(LaneStop stop, Wording? at, long? waiting = null)
    {
        var when = at is { } known
            ? new Wording($" lúc {known}", $" at {known}")
            : new Wording(" (không đọc được thời điểm)", " (when cannot be read)");
        var said = LaneChangeWords.Said(stop.Cause, stop.Reason);
        var wait = waiting switch
        {
            null => new Wording("tin chưa gửi của kênh được giữ lại", "what is not sent of it is kept"),
            0 => new Wording("không còn tin nào chờ kênh này", "no message waits for it any more"),
            { } count => new Wording(
                $"{Figures.Count(count)} tin của kênh đang chờ",
                $"{Figures.Counted(count, "message")} of it {Figures.Verb(count, "waits", "wait")}"),
        };
        return stop.Kind switch
        {
            LaneStopKind.Account => new Wording(
                $"Kênh gửi '{stop.Lane}' ĐÃ DỪNG{when}: nhà mạng không nhận tin vì tài khoản chưa dùng được{said}. "
                    + $"Chưa tin nào bị tính là thất bại; {wait}.",
                $"The lane '{stop.Lane}' has STOPPED{when}: its gateway takes nothing, as the account is not set "
                    + $"up{said}. No message is failed for it; {wait}."),
            _ => new Wording(
                $"Kênh gửi '{stop.Lane}' ĐÃ DỪNG{when} vì lỗi của chương trình khi gọi nhà mạng{said}. "
                    + $"Các tin đang gửi lúc đó được ghi là chưa rõ, không gửi lại; {wait}; các kênh khác "
                    + $"không bị ảnh hưởng.",
                $"The lane '{stop.Lane}' has STOPPED{when} by a fault of the program as it called the gateway{said}. "
                    + $"What was under way then is uncertain and is not sent again; {wait}; other lanes "
                    + $"are not touched."),
        };
    }

    /// <summary>What a person does about it, and the verb that lets it go on.</summary>
    public static Wording Advice(LaneStop stop) => ToDo(stop) + (stop.Kind switch
    {
        LaneStopKind.Account => new Wording(
            $" Sửa xong thì cho gửi tiếp: {Resume(stop)} --by \"Họ tên\"",
            $" Once mended, let it go on: {Resume(stop)} --by NAME"),
        _ => new Wording(
            $" Sau khi sửa chương trình hoặc cấu hình của kênh thì cho gửi tiếp: {Resume(stop)} --by \"Họ tên\"",
            $" Once the program or the lane's settings are mended, let it go on: {Resume(stop)} --by NAME"),
    });

    /// <summary>What a person does about it before it goes on.</summary>
    public static Wording ToDo(LaneStop stop) => stop.Kind switch
    {
        LaneStopKind.Account => new Wording(
            "Hãy kiểm tra với nhà mạng: tài khoản và mật khẩu, địa chỉ IP được phép, tên định danh, hợp đồng và số dư.",
            "Check with the carrier: account and password, the IP address allowed, the sender ID, the contract and "
                + "the balance."),
        _ => new Wording(
            "Hãy báo dòng trên cho kỹ sư phụ trách.", "Give the line above to whoever maintains the program."),
    };

    static string Resume(LaneStop stop) => $"sms-campaign resume {stop.Lane}";
}
