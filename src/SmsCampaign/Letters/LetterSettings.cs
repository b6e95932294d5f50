using System.ComponentModel.DataAnnotations;
using SmsCampaign.Files.Binding;

namespace SmsCampaign.Letters;

/// <summary>What stands at the head and foot of the department's letters and reports, which each head of one sets:
/// Nghị định 30/2020/NĐ-CP, Phụ lục I and III.</summary>
public sealed class LetterSettings
{
    [Meaning(
        "Cơ quan chủ quản, dòng trên bên trái.",
        "The authority above the department: upper line at the left.")]
    [MinLength(1), SuchAs("UBND TỈNH ĐẮK LẮK")]
    public string? Superior { get; set; }

    [Meaning(
        "Cơ quan ban hành, dòng dưới bên trái.",
        "The department that writes: lower line at the left.")]
    [MinLength(1)]
    public string Issuer { get; set; } = "Sở Khoa học và Công nghệ";

    [Meaning(
        "Địa danh trước ngày tháng.",
        "The place before the date.")]
    [MinLength(1), SuchAs("Đắk Lắk")]
    public string? Place { get; set; }

    [Meaning(
        "Ký hiệu sau số công văn; số do Văn thư điền.",
        "What stands behind a letter's number, which the registry fills in.")]
    [MinLength(1)]
    public string Symbol { get; set; } = "/SKHCN-BCVT";

    [Meaning(
        "Ký hiệu sau số báo cáo.",
        "What stands behind a report's number.")]
    [MinLength(1)]
    public string ReportSymbol { get; set; } = "/BC-SKHCN";

    [Meaning(
        "Dòng trên của chữ ký khi ký thay, ký thừa lệnh.",
        "Upper line of the signature where it is signed for somebody.")]
    [MinLength(1), SuchAs("KT. GIÁM ĐỐC")]
    public string? SignsFor { get; set; }

    [Meaning(
        "Chức vụ người ký.",
        "Office of who signs.")]
    [MinLength(1)]
    public string SignerTitle { get; set; } = "GIÁM ĐỐC";

    [Meaning(
        "Họ tên người ký. Không ghi: để trống.",
        "Name of who signs. Unset: left open.")]
    [MinLength(1), SuchAs("Nguyễn Văn A")]
    public string? SignerName { get; set; }

    [Meaning(
        "Đơn vị lưu, sau \"Lưu: VT\".",
        "The office that keeps a copy, behind \"Lưu: VT\".")]
    [MinLength(1)]
    public string FiledBy { get; set; } = "BCVT";

    [Meaning(
        "Những nơi nhận khác, ghi giữa \"Như trên\" và \"Lưu\".",
        "Who else gets a copy, between \"Như trên\" and \"Lưu\".")]
    public List<string> CopiesTo { get; set; } = [];

    [Meaning(
        "Lệnh LibreOffice in công văn ra PDF: đường dẫn tính từ tệp cấu hình, hoặc tên tìm theo PATH. Không ghi: "
            + "soffice. Máy không có LibreOffice thì chỉ có bản Word, và chương trình nói rõ.",
        "LibreOffice's command, which makes the PDF of a letter: a path relative to the installation file, or a name "
            + "found by PATH. Unset: soffice. Without LibreOffice there is the Word file alone, and it is said.")]
    [MinLength(1), SuchAs("/usr/bin/soffice")]
    public string? Office { get; set; }

    [Meaning(
        "Đầu mối của Sở.",
        "Whom to ask at the department.")]
    public ContactSettings Contact { get; set; } = new();
}

/// <summary>A person at the department, as its letters name them.</summary>
public sealed class ContactSettings
{
    [Meaning("Họ tên.", "Name.")]
    [MinLength(1), SuchAs("Trần Thị B")]
    public string? Name { get; set; }

    [Meaning("Chức vụ, đơn vị.", "Office.")]
    [MinLength(1), SuchAs("Chuyên viên phòng Bưu chính, Viễn thông")]
    public string? Title { get; set; }

    [Meaning("Điện thoại.", "Telephone.")]
    [MinLength(1), SuchAs("0262 3 000 000")]
    public string? Phone { get; set; }

    [Meaning("Thư điện tử.", "Mail.")]
    [MinLength(1), SuchAs("bcvt@example.vn")]
    public string? Email { get; set; }
}
