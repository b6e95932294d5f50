namespace SmsCampaign.Tests.Support;

partial record SampleRegion
{
    /// <summary>Of the 200 units that Lạng Sơn had in July 2022 in 11 districts (daohoangson/dvhcvn).</summary>
    public static readonly SampleRegion LangSon = new("lang-son-2022", 20220730, 700)
    {
        Communes = Divided(
            ("Thành phố Lạng Sơn",
                ["Phường Đông Kinh", "Phường Hoàng Văn Thụ", "Phường Tam Thanh", "Phường Vĩnh Trại", "Xã Mai Pha"]),
            ("Huyện Cao Lộc", ["Xã Hợp Thành", "Xã Tân Liên", "Xã Thạch Đạn", "Xã Xuất Lễ"]),
            ("Huyện Chi Lăng", ["Thị trấn Đồng Mỏ", "Xã Vạn Linh", "Xã Y Tịch"]),
            ("Huyện Đình Lập", ["Thị trấn Đình Lập", "Xã Bắc Xa", "Xã Bính Xá"]),
            ("Huyện Hữu Lũng", ["Thị trấn Hữu Lũng", "Xã Vân Nham", "Xã Yên Bình"]),
            ("Huyện Lộc Bình", ["Thị trấn Lộc Bình", "Thị trấn Na Dương", "Xã Tú Đoạn", "Xã Yên Khoái"]),
            ("Huyện Tràng Định", ["Thị trấn Thất Khê", "Xã Đại Đồng", "Xã Quốc Khánh"]),
            ("Huyện Văn Lãng", ["Thị trấn Na Sầm", "Xã Hội Hoan", "Xã Tân Thanh"]),
            ("Huyện Văn Quan", ["Thị trấn Văn Quan", "Xã Điềm He", "Xã Yên Phúc"])),
        FamilyNames =
            ["Hoàng", "Nông", "Lương", "Vi", "Lô", "Lý", "Hứa", "Đàm", "Triệu", "Chu", "Nguyễn", "Trần", "Phạm", "Lê"],
        AreaCode = "0205",
        Languages = ["Kinh", "Kinh", "Tày", "Tày", "Nùng", "Nùng", "Nùng"],
        FirstNumber = 400_000,
    };
}
