namespace SmsCampaign.Tests.Support;

partial record SampleRegion
{
    /// <summary>Of the 141 units that Thừa Thiên Huế had in July 2024 in 9 districts (daohoangson/dvhcvn).</summary>
    public static readonly SampleRegion Hue = new("hue-2024", 20240731, 500)
    {
        Communes = Divided(
            ("Thành phố Huế",
                [
                    "Phường Thuận Hòa", "Phường Vỹ Dạ", "Phường An Cựu", "Phường Đông Ba", "Phường Tây Lộc",
                    "Phường Thuận An", "Xã Hương Thọ", "Xã Phú Mậu",
                ]),
            ("Thị xã Hương Thủy", ["Phường Phú Bài", "Phường Thủy Dương", "Xã Thủy Thanh"]),
            ("Thị xã Hương Trà", ["Phường Tứ Hạ", "Phường Hương Văn", "Xã Hương Toàn"]),
            ("Huyện A Lưới", ["Thị trấn A Lưới", "Xã A Ngo", "Xã A Roàng", "Xã Hồng Vân", "Xã Lâm Đớt"]),
            ("Huyện Nam Đông", ["Thị trấn Khe Tre", "Xã Hương Hữu", "Xã Thượng Nhật"]),
            ("Huyện Phong Điền", ["Thị trấn Phong Điền", "Xã Điền Hải", "Xã Phong Mỹ"])),
        FamilyNames =
            ["Nguyễn", "Trần", "Lê", "Hồ", "Phan", "Hoàng", "Võ", "Đặng", "Trương", "Phạm", "Viên", "Tôn Nữ"],
        AreaCode = "0234",
        Carriers = new HashSet<string> { "vietnamobile", "gmobile" },
        FirstNumber = 300_000,
    };
}
