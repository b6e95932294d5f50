using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using SmsCampaign.Letters;

namespace SmsCampaign.Tests.Letters;

/// <summary>Letters as Word documents.</summary>
public sealed class OfficialLetterTests
{
    [Fact]
    public void A_letter_is_a_sound_document_with_all_that_was_put_into_it()
    {
        var bytes = Write();

        using var document = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator()
            .Validate(document)
            .Select(error => $"{error.Path?.XPath}: {error.Description}"));
        var text = document.MainDocumentPart!.Document!.InnerText;
        foreach (var piece in new[]
        {
            "UBND TỈNH ĐẮK LẮK", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc", "/SKHCN-BCVT", "V/v nhắn tin", "Đắk Lắk, ngày", "năm 2025",
            "Kính gửi: Tập đoàn A.", "Đoạn đầu.", "Nguyên văn & <dấu>", "1.234.567", "Hết./.", "- Như trên;",
            "- UBND tỉnh;", "- Lưu: VT, BCVT.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Phụ lục I",
        })
            Assert.Contains(piece, text);
    }

    [Fact]
    public void The_same_letter_gives_the_same_bytes() => Assert.Equal(Write(), Write());

    [Fact]
    public void Several_addressees_stand_below_each_other()
    {
        using var letter = new OfficialLetter(new LetterSettings());
        letter.Head("/X", "việc", 2025);
        letter.AddressedTo("A", "B");

        using var document = WordprocessingDocument.Open(new MemoryStream(letter.ToBytes()), isEditable: false);
        var text = document.MainDocumentPart!.Document!.InnerText;
        Assert.Contains("Kính gửi:- A;- B.", text);
        Assert.Contains("…………, ngày", text); // an unknown place prints dots
    }

    static byte[] Write()
    {
        using var letter = new OfficialLetter(new LetterSettings
        {
            Superior = "UBND tỉnh Đắk Lắk",
            Place = "Đắk Lắk",
            SignsFor = "KT. Giám đốc",
            SignerTitle = "Phó Giám đốc",
            CopiesTo = ["UBND tỉnh"],
        });
        letter.Head("/SKHCN-BCVT", "nhắn tin", 2025);
        letter.Title("Báo cáo", "Kết quả");
        letter.AddressedTo("Tập đoàn A");
        letter.Heading("I. MỤC");
        letter.Paragraph("Đoạn đầu.");
        letter.Framed("Nguyên văn & <dấu>");
        letter.Table([1, 2], ["Tên", "Số"], [["Đắk Lắk", "1.234.567"], ["Lâm Đồng", "97,3 %"]]);
        letter.Paragraph("Hết.", isLast: true);
        letter.Sign();
        letter.Appendix("I", "Bảng", "Kèm theo công văn");
        return letter.ToBytes();
    }
}
