using System.ComponentModel.DataAnnotations;
using SmsCampaign.Files.Binding;

namespace SmsCampaign.Orders;

/// <summary>A carrier that texts its own subscribers where it is asked to.</summary>
public sealed class HolderSettings
{
    [Meaning(
        "Tên đầy đủ của doanh nghiệp, ghi ở \"Kính gửi\".",
        "Full name of the company, as a letter addresses it.")]
    [Required, MinLength(1), SuchAs("Tập đoàn Công nghiệp - Viễn thông Quân đội")]
    public string Name { get; set; } = "";

    [Meaning(
        "Tên ngắn, ghi trong bảng và màn hình. Không ghi: tên trong tệp này.",
        "Short name, for tables and screens. Unset: its name in this file.")]
    [MinLength(1), SuchAs("Viettel")]
    public string? Display { get; set; }

    [Meaning(
        "Bộ phận nhận công văn, nếu gửi cho chi nhánh hay một phòng, ghi sau tên doanh nghiệp.",
        "The branch or office that gets the letter, where it is not the company itself; it stands behind the name.")]
    [MinLength(1), SuchAs("Chi nhánh Đắk Lắk")]
    public string? Branch { get; set; }
}
