namespace SmsCampaign.Reports.Words;

/// <summary>What stands beside figures so that nobody reads more out of them than they say.</summary>
static class ReferenceWords
{
    /// <summary>QCVN 82:2014/BTTTT, as a reference: it is measured on samples in a network.</summary>
    public static readonly Wording Qcvn = new(
        "Mức tham chiếu QCVN 82:2014/BTTTT, đo lấy mẫu trên mạng, không dùng để kết luận về số liệu này: gửi tin nhắn "
            + "thành công từ 95 % trở lên; độ trễ gửi trung bình không quá 5 giây; tin nhận nguyên vẹn trên tin đã gửi "
            + "từ 92 % trở lên; thời gian chuyển tin trung bình dưới 20 giây.",
        "For reference QCVN 82:2014/BTTTT, which is sampled on a network and is no verdict on these figures: access "
            + "success at least 95 %, mean access delay at most 5 s, received intact of those sent at least 92 %, mean "
            + "time end to end below 20 s.");

    public static readonly Wording OwnRates = new(
        "Tính lại từ sổ gửi tin, của riêng lượt gửi này; cả các lượt gửi khác qua cùng kênh: lệnh 'prove'.",
        "Recomputed from the ledger, of this run alone; with other runs on the same lanes: 'prove'.");

    public static readonly Wording ByCarriers = new(
        "Số liệu do nhà mạng báo cáo, không cộng với số tin đơn vị trực tiếp gửi; ô trống là nhà mạng không nêu.",
        "Figures as carriers report them, never summed with what we sent; an empty cell is what a carrier does not "
            + "say.");
}
