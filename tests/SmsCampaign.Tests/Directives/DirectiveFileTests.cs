using System.IO.Compression;
using System.Text;
using SmsCampaign.Directives;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Directives;

/// <summary>Files that are brought as orders: what is read, and what is said of the others.</summary>
public sealed class DirectiveFileTests : IDisposable
{
    const string Order = """
        Thực hiện Quyết định số 1/QĐ-TTg ngày 13/6/2025 của Thủ tướng Chính phủ về việc này, UBND tỉnh Lào Cai yêu cầu:
        1. Sở Khoa học và Công nghệ đề nghị các nhà mạng nhắn tin ngày 30/7/2025: “Hãy cùng phòng, chống mua bán người”.
        """;

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_text_is_read_in_every_encoding_of_unicode(string encoding)
    {
        var path = _folder.File("van-ban.txt");
        File.WriteAllText(path, Order, Encoding.GetEncoding(encoding));

        var found = DirectiveReader.Read(path).Findings!.Of(DirectiveField.Text);

        Assert.Equal(("Hãy cùng phòng, chống mua bán người", 2), (found.Value, found.Place!.Value.Number));
    }

    [Fact]
    public void Of_a_broken_font_nothing_is_taken()
    {
        var reading = DirectiveReader.Read(DirectiveCase.Of("hue-2024", _folder).File);

        Assert.Null(reading.Findings);
        Assert.Contains("phông chữ lỗi", reading.Refusal!.Value.Vi, StringComparison.Ordinal);
        Assert.Contains("QuyӃt", reading.Refusal.Value.Vi, StringComparison.Ordinal);
        Assert.Contains("dòng", reading.Refusal.Value.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Thùc hiÖn QuyÕt ®Þnh cña Thñ t­íng ChÝnh phñ, phßng chèng mua b¸n ng­êi trong toµn tØnh", "TCVN3")]
    [InlineData("Thá»±c hiá»‡n Quyáº¿t Ä‘á»‹nh", "hỏng")]
    public void Of_an_old_encoding_nothing_is_taken(string text, string expected)
    {
        var reading = DirectiveReader.Read(_folder.Write("a.txt", text));

        Assert.Null(reading.Findings);
        Assert.Contains(expected, reading.Refusal!.Value.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%PDF-1.7 x", "PDF")]
    [InlineData("{\\rtf1 x}", "RTF")]
    [InlineData("", "trống")]
    [InlineData("  \n 3 \n", "")]
    public void What_is_no_text_is_named_with_what_to_do(string content, string expected)
    {
        var reading = DirectiveReader.Read(_folder.Write("van-ban.docx", content));

        if (expected.Length == 0)
            Assert.NotNull(reading.Findings!.Of(DirectiveField.Passage).Question);
        else
            Assert.Contains(expected, reading.Refusal!.Value.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_word_document_and_an_opendocument_are_named_with_what_to_do()
    {
        File.WriteAllBytes(_folder.File("a.docx"), [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]);
        using (var zip = ZipFile.Open(_folder.File("b.docx"), ZipArchiveMode.Create))
        {
            using var type = new StreamWriter(zip.CreateEntry("mimetype").Open());
            type.Write("application/vnd.oasis.opendocument.text");
        }

        Assert.Contains(".doc)", DirectiveReader.Read(_folder.File("a.docx")).Refusal!.Value.Vi);
        Assert.Contains(".odt", DirectiveReader.Read(_folder.File("b.docx")).Refusal!.Value.Vi);
        Assert.Contains("Không tìm thấy", DirectiveReader.Read(_folder.File("c.docx")).Refusal!.Value.Vi);
    }

    /// <summary>Words that patterns begin with, over and over on one line: as dear as they get.</summary>
    [Theory]
    [InlineData("báo cáo kết quả về Công an (")]
    [InlineData("chỉ đạo doanh nghiệp ")]
    [InlineData("“tin nhắn ")]
    [InlineData("trước ngày 30/7, ")]
    public void A_hostile_text_is_read_to_its_end(string words)
    {
        var text = string.Concat(Enumerable.Repeat(words, 190_000 / words.Length));

        Assert.NotNull(DirectiveReader.Read(_folder.Write("a.txt", text)).Findings);
        Assert.NotNull(DirectiveReader.Read(_folder.Write("b.txt", text.Replace(' ', '\n'))).Findings);
    }

    [Fact]
    public void A_text_that_is_no_order_by_its_length_is_refused() => Assert.Contains(
        "quá lớn", DirectiveReader.Read(_folder.Write("a.txt", new string('a', 200_001))).Refusal!.Value.Vi);

    [Fact]
    public void A_zip_bomb_is_not_unfolded()
    {
        WriteDocument("<w:p><w:r><w:t>" + new string('a', 40_000_000) + "</w:t></w:r></w:p>");

        Assert.Contains("bom nén", DirectiveReader.Read(_folder.File("a.docx")).Refusal!.Value.Vi);
    }

    [Theory]
    [InlineData("<w:p><w:r><w:t>thiếu")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><w:p><w:r><w:t>&a;</w:t></w:r></w:p>")]
    public void A_damaged_document_is_told_as_that(string body)
    {
        WriteDocument(body);

        Assert.Contains("hỏng", DirectiveReader.Read(_folder.File("a.docx")).Refusal!.Value.Vi);
    }

    [Fact]
    public void Elements_without_end_within_each_other_are_damage()
    {
        WriteDocument(string.Concat(Enumerable.Repeat("<w:tbl>", 30_000)));

        Assert.Contains("hỏng", DirectiveReader.Read(_folder.File("a.docx")).Refusal!.Value.Vi);
    }

    [Fact]
    public void Hidden_words_of_a_word_document_are_not_read()
    {
        WriteDocument("""
            <w:p><w:r><w:t>1. Sở đề nghị nhà mạng nhắn tin ngày 30/7/2025: “Hãy cùng phòng, chống mua bán </w:t></w:r>
            <w:r><w:rPr><w:vanish/></w:rPr><w:t>bí mật</w:t></w:r><w:r><w:t>người”.</w:t></w:r></w:p>
            """);

        var found = DirectiveReader.Read(_folder.File("a.docx")).Findings!.Of(DirectiveField.Text);

        Assert.Equal("Hãy cùng phòng, chống mua bán người", found.Value);
        Assert.Equal("đoạn 1", found.Place!.Value.Words.Vi);
    }

    [Theory]
    [InlineData("", "2", false)]
    [InlineData("<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>", null, true)]
    public void A_number_that_word_counts_by_itself_is_asked_for(string properties, string? item, bool isAsked)
    {
        WriteDocument($"""
            <w:p><w:r><w:t>2. Nhiệm vụ của các sở.</w:t></w:r></w:p>
            <w:p>{properties}<w:r><w:t>- Sở đề nghị nhà mạng nhắn tin ngày 30/7/2025.</w:t></w:r></w:p>
            """);

        var found = DirectiveReader.Read(_folder.File("a.docx")).Findings!.Of(DirectiveField.Item);

        Assert.Equal((item, isAsked), (found.Value, found.Question is not null));
    }

    void WriteDocument(string body)
    {
        using var zip = ZipFile.Open(_folder.File("a.docx"), ZipArchiveMode.Create);
        Write("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + "<Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
            + "officeDocument\" Target=\"word/document.xml\"/></Relationships>");
        Write("word/document.xml", body.StartsWith("<!", StringComparison.Ordinal) ? body : "<w:document xmlns:w=\""
            + "http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>" + body
            + "</w:body></w:document>");

        void Write(string name, string content)
        {
            using var part = new StreamWriter(zip.CreateEntry(name, CompressionLevel.Optimal).Open());
            part.Write(content);
        }
    }
}
