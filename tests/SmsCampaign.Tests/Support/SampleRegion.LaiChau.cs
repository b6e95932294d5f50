namespace SmsCampaign.Tests.Support;

partial record SampleRegion
{
    /// <summary>Of the 106 units that Lai Châu had in July 2024 in 8 districts (daohoangson/dvhcvn).</summary>
    public static readonly SampleRegion LaiChau = new("lai-chau-2024", 20240730, 600)
    {
        Communes = Divided(
            ("Thành phố Lai Châu",
                ["Phường Đoàn Kết", "Phường Đông Phong", "Phường Quyết Thắng", "Phường Tân Phong", "Xã San Thàng"]),
            ("Huyện Mường Tè",
                ["Thị trấn Mường Tè", "Xã Bum Nưa", "Xã Ka Lăng", "Xã Mù Cả", "Xã Pa Vệ Sử", "Xã Thu Lũm"]),
            ("Huyện Nậm Nhùn", ["Thị trấn Nậm Nhùn", "Xã Hua Bun", "Xã Mường Mô", "Xã Trung Chải"]),
            ("Huyện Phong Thổ",
                ["Thị trấn Phong Thổ", "Xã Dào San", "Xã Ma Ly Pho", "Xã Mường So", "Xã Sì Lở Lầu", "Xã Vàng Ma Chải"]),
            ("Huyện Sìn Hồ", ["Thị trấn Sìn Hồ", "Xã Chăn Nưa", "Xã Noong Hẻo", "Xã Tả Phìn"]),
            ("Huyện Tam Đường", ["Thị trấn Tam Đường", "Xã Bình Lư", "Xã Hồ Thầu", "Xã Thèn Sin"]),
            ("Huyện Tân Uyên", ["Thị trấn Tân Uyên", "Xã Pắc Ta", "Xã Trung Đồng"]),
            ("Huyện Than Uyên", ["Thị trấn Than Uyên", "Xã Mường Kim", "Xã Phúc Than"])),
        FamilyNames =
        [
            "Lò", "Vàng", "Giàng", "Sùng", "Lý", "Tẩn", "Chẻo", "Hoàng", "Đèo", "Nguyễn", "Trần", "Lê", "Phạm", "Bùi",
        ],
        AreaCode = "0213",
        FirstNumber = 200_000,
    };
}
