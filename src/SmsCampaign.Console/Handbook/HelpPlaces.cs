using System.Collections.Frozen;

namespace SmsCampaign.WebConsole.Handbook;

/// <summary>Which part of the handbook a page belongs to.</summary>
static class HelpPlaces
{
    /// <summary>Document and anchor by the page's name.</summary>
    public static readonly FrozenDictionary<string, (string Document, string Id)> All =
        new Dictionary<string, (string, string)>
        {
            ["trang-chinh"] = ("so-tay", "1-toàn-bộ-công-việc"),
            ["chien-dich"] = ("so-tay", "15-trang-web"),
            ["soan"] = ("so-tay", "3-tệp-chiến-dịch"),
            ["noi-dung"] = ("so-tay", "4-nội-dung-tin"),
            ["danh-sach"] = ("so-tay", "5-danh-sách-thuê-bao"),
            ["du-kien"] = ("so-tay", "6-kiểm-tra"),
            ["dien-tap"] = ("so-tay", "7-diễn-tập"),
            ["trinh-duyet"] = ("so-tay", "8-trình-phê-duyệt-và-ghi-nhận-phê-duyệt"),
            ["phoi-hop"] = ("so-tay", "nhà-mạng-tự-nhắn"),
            ["dang-gui"] = ("so-tay", "9-ngày-gửi"),
            ["chua-ro"] = ("so-tay", "10-khi-có-sự-cố"),
            ["gui-thu"] = ("so-tay", "chiều-hôm-trước"),
            ["kenh-gui"] = ("so-tay", "kênh-đứng-chờ"),
            ["bao-cao"] = ("so-tay", "11-báo-cáo"),
            ["so-day-du"] = ("so-tay", "12-bảo-vệ-dữ-liệu-cá-nhân"),
            ["cau-hoi"] = ("so-tay", "13-câu-hỏi-thường-gặp"),
            ["thuat-ngu"] = ("so-tay", "14-thuật-ngữ"),
            ["nhat-ky"] = ("du-lieu-ca-nhan", "2-chương-trình-giữ-gì-ở-đâu"),
            ["nguoi-dung"] = ("cai-may", "two-persons"),
            ["cai-dat"] = ("khoa-cau-hinh", "this-installation"),
        }.ToFrozenDictionary();

    /// <returns>Null where the handbook has no such part.</returns>
    public static string? Find(string page) =>
        All.TryGetValue(page, out var place) ? $"/huong-dan/{place.Document}#{place.Id}" : null;
}
