using System.Text;
using CsCheck;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Messages;

public class TextCheckTests
{
    // Extracted from a PDF with a broken font (Thừa Thiên Huế, 2024): what an officer pastes into a campaign file.
    [Fact]
    public void A_message_pasted_from_a_broken_PDF_is_refused_with_each_offender()
    {
        var problems = TextCheck.Check(Case.Read("thua-thien-hue-2024-one-sentence.txt"));

        Assert.All(problems, problem => Assert.Equal(Severity.Error, problem.Severity));
        Assert.Equal(
            // Hưӟng dẫn c�c doanh nghiệp viễn thông gửi tin nhắn tuyên truyӅn vӅ ph?ng, chống mua b�n ngưӡi
            [
                (3, "U+04DF"), (12, "U+FFFD"), (62, "U+04C5"), (66, "U+04C5"), (70, "U+CFFFF"), (86, "U+FFFD"),
                (92, "U+04E1"),
            ],
            problems.Select(problem => (problem.Position, problem.CodePoint)));
    }

    [Fact]
    public void Every_offender_of_a_whole_passage_is_listed_at_its_line_and_column()
    {
        var passage = Case.Read("thua-thien-hue-2024-broken-font.txt");
        var lines = passage.Split('\n');

        var problems = TextCheck.Check(passage).Where(problem => problem.Severity == Severity.Error).ToList();

        Assert.Equal(32, problems.Count);
        Assert.All(problems, problem =>
        {
            var there = lines[problem.Line - 1].EnumerateRunes().ElementAt(problem.Column - 1);
            Assert.Equal(problem.CodePoint, $"U+{there.Value:X4}");
            Assert.Equal(there, Rune.GetRuneAt(passage, problem.Index));
            Assert.Equal(there, passage.EnumerateRunes().ElementAt(problem.Position - 1));
            Assert.Contains(problem.CodePoint, problem.What.Vi, StringComparison.Ordinal);
            Assert.Contains($"ký tự thứ {problem.Position},", problem.What.Vi, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Passages_of_directives_with_sound_fonts_pass() =>
        Assert.All(
            Case.Read("clean-passages.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries),
            passage => Assert.Empty(TextCheck.Check(passage)));

    /// <summary>As it comes from the page of a directive: each line by itself, often with an
    /// empty one between.</summary>
    [Theory]
    [InlineData(
        "Toàn dân phòng, chống mua bán \n\nngười. Khi phát hiện dấu hiệu, \n\nhãy báo ngay",
        "giữa “bán” và “người” và 1 chỗ nữa",
        1)]
    [InlineData("Toàn dân phòng,\r\nchống mua bán người", "giữa “phòng,” và “chống”;", 1)]
    [InlineData("Gọi 111\nđể được tư vấn", "giữa “111” và “để”;", 1)]
    public void A_line_that_breaks_within_a_sentence_is_told_once_with_where(string text, string told, int line)
    {
        var problem = Assert.Single(TextCheck.Check(text));

        Assert.Equal((Severity.Warning, line), (problem.Severity, problem.Line));
        Assert.StartsWith("Tin xuống dòng giữa câu, ", problem.What.Vi, StringComparison.Ordinal);
        Assert.Contains(told, problem.What.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Toàn dân phòng, chống mua bán người.\nKhi phát hiện, gọi 111.")]
    [InlineData("UBND tỉnh:\n- phòng ngừa\n- tố giác")]
    [InlineData("Hãy báo Công an\nTổng đài quốc gia 111")] // may be meant
    public void A_line_that_ends_where_a_sentence_may_is_not(string text) => Assert.Empty(TextCheck.Check(text));

    [Theory]
    [InlineData("Toàn d\u0430n", 7, "U+0430", "Cyrillic letter, looking like a.")]
    [InlineData("\u0421HINH PHU", 1, "U+0421", "Cyrillic letter, looking like C.")]
    [InlineData("\u0391n toàn", 1, "U+0391", "Greek letter, looking like A.")]
    [InlineData("Quy\u04C3t định", 4, "U+04C3", "looking like K, which broken PDF fonts put for ế.")]
    [InlineData("xác đ\u04CFnh rõ", 6, "U+04CF", "looking like l, which broken PDF fonts put for ị.")]
    [InlineData("t\u04CDnh Đắk Lắk", 2, "U+04CD", "which broken PDF fonts put for ỉ.")]
    [InlineData("\u00D0ắk Lắk", 1, "U+00D0", "looking like Đ")] // eth
    [InlineData("\u0189ắk Lắk", 1, "U+0189", "looking like Đ")] // African d
    [InlineData("Ｃông an", 1, "U+FF23", "looking like C")]
    [InlineData("gọi \uE001 ngay", 5, "U+E001", "private to some font")]
    [InlineData("gọi \U000F0001 ngay", 5, "U+F0001", "private to some font")]
    [InlineData("ph\uFFFDng", 3, "U+FFFD", "replacement character")]
    [InlineData("v\U0003FFFF", 2, "U+3FFFF", "no character")]
    [InlineData("v\uFDD0", 2, "U+FDD0", "no character")]
    [InlineData("v\uFFFE", 2, "U+FFFE", "no character")]
    [InlineData("v\uFFFF", 2, "U+FFFF", "no character")]
    [InlineData("mua\u200Bbán", 4, "U+200B", "no width")]
    [InlineData("mua\u200Cbán", 4, "U+200C", "no width")]
    [InlineData("mua\u200Dbán", 4, "U+200D", "no width")]
    [InlineData("mua\u2060bán", 4, "U+2060", "no width")]
    [InlineData("\uFEFFmua bán", 1, "U+FEFF", "no width")]
    [InlineData("mua\u202Ebán", 4, "U+202E", "invisible formatting")]
    [InlineData("mua\u200Ebán", 4, "U+200E", "invisible formatting")]
    [InlineData("mua\u2066bán", 4, "U+2066", "invisible formatting")]
    [InlineData("mua\u00ADbán", 4, "U+00AD", "invisible formatting")] // soft hyphen
    [InlineData("mua\u0007bán", 4, "U+0007", "control character")]
    [InlineData("mua\u001Bbán", 4, "U+001B", "control character")] // the escape of GSM 7 bit
    [InlineData("mua\u0085bán", 4, "U+0085", "control character")]
    [InlineData("mua\u2028bán", 4, "U+2028", "line separator")]
    [InlineData("mua\u2029bán", 4, "U+2029", "line separator")]
    [InlineData("mua\u0378bán", 4, "U+0378", "not assigned")]
    [InlineData("x\u0324 Công an", 2, "U+0324", "loose mark")]
    [InlineData("ba\u00B4n", 3, "U+00B4", "apart from any letter")]
    public void What_a_phone_cannot_show_or_nobody_meant_is_refused(
        string written, int position, string codePoint, string says)
    {
        var problem = Assert.Single(TextCheck.Check(written), found => found.Severity == Severity.Error);

        Assert.Equal((position, codePoint), (problem.Position, problem.CodePoint));
        Assert.Contains(says, problem.What.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('\uD83D', "U+D83D")]
    [InlineData('\uDE00', "U+DE00")]
    public void Half_a_surrogate_pair_is_refused(char half, string codePoint)
    {
        var problem = Assert.Single(TextCheck.Check($"mua {half} bán"), found => found.Severity == Severity.Error);

        Assert.Equal((5, codePoint), (problem.Position, problem.CodePoint));
    }

    [Theory]
    [InlineData("Công an & nhân dân", 9, "U+0026", "gateways refuse")]
    [InlineData("giảm 5% tiền", 7, "U+0025", "gateways refuse")]
    [InlineData("gọi <111> ngay", 5, "U+003C", "gateways refuse")]
    [InlineData("Công\tan", 5, "U+0009", "a tab")]
    [InlineData("Công\u00A0an", 5, "U+00A0", "special space")]
    [InlineData("Công\u202Fan", 5, "U+202F", "special space")]
    [InlineData("Công an\r\n111", 8, "U+000D", "CR")]
    [InlineData("Công  an", 6, "U+0020", "two spaces")]
    [InlineData(" Công an", 1, "U+0020", "beginning or end")]
    [InlineData("Công an\n", 8, "U+000A", "beginning or end")]
    [InlineData("Công an 🙏", 9, "U+1F64F", "a symbol")]
    [InlineData("Công an ☎ 111", 9, "U+260E", "a symbol")]
    [InlineData("Cong an “111”", 9, "U+201C", "otherwise plain text Unicode")]
    [InlineData("Cong an – 111", 9, "U+2013", "otherwise plain text Unicode")]
    [InlineData("Cong an ` 111", 9, "U+0060", "otherwise plain text Unicode")]
    // one left over
    [InlineData("Toan dan tich cực tham gia phong chong mua ban nguoi", 16, "U+1EF1", "otherwise plain text Unicode")]
    public void What_a_person_should_look_at_is_a_warning(string written, int position, string codePoint, string says)
    {
        var problems = TextCheck.Check(written);

        Assert.All(problems, problem => Assert.Equal(Severity.Warning, problem.Severity));
        Assert.Contains(problems, problem => (problem.Position, problem.CodePoint) == (position, codePoint)
            && problem.What.En.Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Khi phát hiện, gọi 111.\nXin cảm ơn!")] // a line break is a line break
    [InlineData("“Ngày toàn dân” – 30/7…")] // typography costs nothing in a text that is Unicode anyway
    [InlineData("Gọi 111 (miễn phí) - 24/7; hỏi: ai? +84 = 0")]
    public void What_is_meant_so_is_left_alone(string written) =>
        Assert.DoesNotContain(TextCheck.Check(written), problem => problem.Severity == Severity.Error
            || !problem.What.En.Contains("otherwise plain", StringComparison.Ordinal));

    [Fact]
    public void Nothing_but_Greek_is_not_mixed() =>
        Assert.DoesNotContain(TextCheck.Check("Ελλάδα", "el"), problem => problem.Severity == Severity.Error);

    [Fact]
    public void A_decomposed_text_is_said_to_be_so_once_and_positions_are_of_the_composed_one()
    {
        var written = "Toàn dân\uFFFD ở".Normalize(NormalizationForm.FormD);

        var problems = TextCheck.Check(written);

        var offender = Assert.Single(problems, problem => problem.Severity == Severity.Error);
        Assert.Equal((9, 10), (offender.Position, offender.Index));
        var warning = Assert.Single(problems, problem => problem.Severity == Severity.Warning);
        Assert.Equal((3, "à"), (warning.Position, warning.Element.Normalize()));
        Assert.Contains("composed", warning.What.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_is_listed_once_with_the_number_of_places()
    {
        var warning = Assert.Single(TextCheck.Check("Công an & nhân dân & bộ đội"));

        Assert.Contains("(2 places)", warning.What.En, StringComparison.Ordinal);
    }

    [Fact]
    public void The_word_of_an_offender_is_shown_so_that_it_can_be_searched_for() =>
        Assert.Contains(
            "trong “Quy\u04C3t”",
            Assert.Single(TextCheck.Check("theo Quy\u04C3t định của tỉnh")).What.Vi,
            StringComparison.Ordinal);

    [Fact]
    public void Whatever_is_written_the_check_answers() => Gen.String.Sample(written =>
        Assert.All(TextCheck.Check(written), problem =>
        {
            Assert.InRange(problem.Index, 0, written.Length - 1);
            Assert.True(problem.Position >= 1 && problem.Line >= 1 && problem.Column >= 1);
        }));
}
