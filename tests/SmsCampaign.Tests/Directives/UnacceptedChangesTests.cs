using System.IO.Compression;
using SmsCampaign.Directives;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Directives;

/// <summary>A Word document with changes that nobody accepted, and words struck out: what they touch is
/// asked.</summary>
public sealed class UnacceptedChangesTests : IDisposable
{
    const string Report = "<w:p><w:r><w:t>2. Báo cáo kết quả về Công an tỉnh trước ngày 30/9/2026.</w:t></w:r></w:p>";

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("<w:del w:id=\"1\" w:author=\"A\"><w:r><w:delText>30/7/2026</w:delText></w:r></w:del>"
        + "<w:ins w:id=\"2\" w:author=\"A\"><w:r><w:t>31/7/2026</w:t></w:r></w:ins>")]
    [InlineData("<w:r><w:rPr><w:strike/></w:rPr><w:t>30/7/2026</w:t></w:r>"
        + "<w:ins w:id=\"2\" w:author=\"A\"><w:r><w:t>31/7/2026</w:t></w:r></w:ins>")]
    [InlineData("<w:moveFrom w:id=\"1\"><w:r><w:t>30/7/2026</w:t></w:r></w:moveFrom>"
        + "<w:moveTo w:id=\"2\"><w:r><w:t>31/7/2026</w:t></w:r></w:moveTo>")]
    public void A_changed_day_is_asked_with_both(string day)
    {
        var found = Read(Passage(day) + Report);
        var date = found.Of(DirectiveField.SendDate);

        Assert.Null(date.Value);
        Assert.Contains("Nhận sửa thì là “31/7/2026”; như trước khi sửa thì là “30/7/2026”", date.Question!.Value.Vi);
        Assert.Equal("Hãy cùng phòng, chống mua bán người vì cộng đồng", found.Of(DirectiveField.Text).Value);
        Assert.Equal("30/9/2026", found.Of(DirectiveField.ReportBy).Value);
        Assert.Contains("chưa ai chấp nhận, hoặc chữ gạch ngang, ở đoạn 1.", found.Notes[0].Vi);
    }

    [Theory]
    [InlineData("strike", "cùng cộng đồng ")]
    [InlineData("dstrike", "cùng cộng đồng ")]
    public void Words_struck_out_of_the_message_are_asked(string mark, string struck)
    {
        var found = Read(
            "<w:p><w:r><w:t xml:space=\"preserve\">1. Sở đề nghị nhà mạng nhắn tin ngày 30/7/2026: “Hãy </w:t></w:r>"
            + $"<w:r><w:rPr><w:{mark} w:val=\"true\"/></w:rPr><w:t xml:space=\"preserve\">{struck}</w:t></w:r>"
            + "<w:r><w:t>phòng, chống nạn mua bán người”.</w:t></w:r></w:p>");

        Assert.Contains(
            "“Hãy phòng, chống nạn mua bán người”; như trước khi sửa thì là “Hãy cùng cộng đồng phòng, chống nạn mua "
            + "bán người”",
            found.Of(DirectiveField.Text).Question!.Value.Vi);
        Assert.Equal("30/7/2026", found.Of(DirectiveField.SendDate).Value);
    }

    [Fact]
    public void Of_a_long_text_the_place_where_the_readings_part_is_shown()
    {
        var start = string.Concat(Enumerable.Repeat("mọi người dân ", 20));
        var found = Read(
            "<w:p><w:r><w:t xml:space=\"preserve\">1. Sở đề nghị nhà mạng nhắn tin ngày 30/7/2026: “"
            + start
            + "</w:t></w:r>"
            + "<w:del><w:r><w:delText>không</w:delText></w:r></w:del><w:ins><w:r><w:t>hãy</w:t></w:r></w:ins>"
            + "<w:r><w:t xml:space=\"preserve\"> tham gia”.</w:t></w:r></w:p>");

        var question = found.Of(DirectiveField.Text).Question!.Value.Vi;
        Assert.Contains("hãy tham gia”;", question);
        Assert.Contains("không tham gia”.", question);
    }

    [Fact]
    public void A_deadline_that_somebody_inserted_is_asked()
    {
        var found = Read(Passage("30/7/2026") + "<w:p><w:ins><w:r><w:t>2. Báo cáo kết quả về Công an tỉnh trước ngày "
            + "30/9/2026.</w:t></w:r></w:ins></w:p>");

        Assert.Contains(
            "Nhận sửa thì là “30/9/2026”; như trước khi sửa thì là (không có)",
            found.Of(DirectiveField.ReportBy).Question!.Value.Vi);
        Assert.Contains("“Công an tỉnh”", found.Of(DirectiveField.ReportTo).Question!.Value.Vi);
        Assert.Equal("30/7/2026", found.Of(DirectiveField.SendDate).Value);
    }

    [Fact]
    public void A_change_beside_the_value_is_asked_with_the_words_around_it()
    {
        var found = Read("<w:p><w:r><w:t xml:space=\"preserve\">1. Sở đề nghị nhà mạng nhắn tin </w:t></w:r>"
            + "<w:ins><w:r><w:t xml:space=\"preserve\">không sớm hơn </w:t></w:r></w:ins>"
            + "<w:r><w:t>ngày 30/7/2026: “Hãy cùng phòng, chống mua bán người vì cộng đồng”.</w:t></w:r></w:p>");

        var question = found.Of(DirectiveField.SendDate).Question!.Value.Vi;
        Assert.Contains("không sớm hơn ngày 30/7/2026", question);
        Assert.Contains("Có đúng là “30/7/2026” không?", question);
    }

    /// <summary>Neither how a run looked before, nor a mark that is switched off, strikes anything out.</summary>
    [Theory]
    [InlineData("<w:rPr><w:rPrChange w:id=\"1\"><w:rPr><w:strike/></w:rPr></w:rPrChange></w:rPr>")]
    [InlineData("<w:rPr><w:strike w:val=\"0\"/></w:rPr>")]
    public void What_is_not_struck_out_is_taken(string looks)
    {
        var found = Read(Passage($"</w:t></w:r><w:r>{looks}<w:t>30/7/2026</w:t></w:r><w:r><w:t>", isRun: false));

        Assert.Equal("30/7/2026", found.Of(DirectiveField.SendDate).Value);
        Assert.Empty(found.Notes);
    }

    static string Passage(string day, bool isRun = true) =>
        "<w:p><w:r><w:t xml:space=\"preserve\">1. Sở đề nghị nhà mạng nhắn tin ngày "
        + (!isRun || !day.StartsWith('<') ? day : $"</w:t></w:r>{day}<w:r><w:t>")
        + ": “Hãy cùng phòng, chống mua bán người vì cộng đồng”.</w:t></w:r></w:p>";

    DirectiveFindings Read(string body)
    {
        var path = _folder.File("a.docx");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            Write(
                "_rels/.rels",
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + "<Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
                + "officeDocument\" Target=\"word/document.xml\"/></Relationships>");
            Write("word/document.xml", "<w:document xmlns:w=\""
                + "http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>" + body
                + "</w:body></w:document>");

            void Write(string name, string content)
            {
                using var part = new StreamWriter(zip.CreateEntry(name).Open());
                part.Write(content);
            }
        }

        return DirectiveReader.Read(path).Findings!;
    }
}
