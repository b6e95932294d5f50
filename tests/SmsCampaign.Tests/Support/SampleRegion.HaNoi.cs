namespace SmsCampaign.Tests.Support;

partial record SampleRegion
{
    /// <summary>Of the 126 communes and wards of Hà Nội since 1/7/2025
    /// (thanglequoc/vietnamese-provinces-database).</summary>
    public static readonly SampleRegion HaNoi = new("ha-noi-2025", 20250731, 1000)
    {
        Communes = Undivided(
        [
            "Phường Ba Đình", "Phường Ngọc Hà", "Phường Giảng Võ", "Phường Hoàn Kiếm", "Phường Cửa Nam",
            "Phường Phú Thượng", "Phường Hồng Hà", "Phường Tây Hồ", "Phường Bồ Đề", "Phường Việt Hưng",
            "Phường Phúc Lợi", "Phường Long Biên", "Phường Nghĩa Đô", "Phường Cầu Giấy", "Phường Ô Chợ Dừa",
            "Phường Láng", "Phường Văn Miếu - Quốc Tử Giám", "Phường Kim Liên", "Phường Đống Đa",
            "Phường Hai Bà Trưng", "Phường Vĩnh Tuy", "Phường Bạch Mai", "Phường Định Công", "Phường Tương Mai",
            "Phường Lĩnh Nam", "Phường Hoàng Mai", "Phường Yên Sở", "Phường Phương Liệt", "Phường Khương Đình",
            "Phường Thanh Xuân", "Xã Sóc Sơn", "Xã Kim Anh", "Xã Trung Giã",
        ]),
        FamilyNames =
        [
            "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Đào", "Tạ",
        ],
        AreaCode = "0243",
        FirstNumber = 500_000,
    };
}
