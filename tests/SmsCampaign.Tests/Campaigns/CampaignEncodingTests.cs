using System.Text;

namespace SmsCampaign.Tests.Campaigns;

/// <summary>
/// A campaign file is UTF-8. Anything else is named, and the way to save it again is said.
/// </summary>
public sealed class CampaignEncodingTests : IDisposable
{
    readonly CampaignFolder _folder = new();

    static CampaignEncodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        var read = _folder.Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(CampaignFolder.Valid)]);

        Assert.Empty(read.Problems);
        Assert.Equal(CampaignFolder.Valid, read.Campaign!.Source);
    }

    [Fact]
    public void Windows_line_ends_are_read_and_counted()
    {
        var read = _folder.Read(CampaignFolder.With("sender: CHINH PHU", "sender: 1900").ReplaceLineEndings("\r\n"));

        Assert.Equal(10, Assert.Single(read.Problems).Where!.Line);
    }

    public static readonly TheoryData<string, string> Wide = new()
    {
        { "utf-16", "UTF-16 LE" },
        { "utf-16BE", "UTF-16 BE" },
        { "utf-32", "UTF-32 LE" },
        { "utf-32BE", "UTF-32 BE" },
    };

    [Theory]
    [MemberData(nameof(Wide))]
    public void A_wide_encoding_with_a_mark_is_named(string encoding, string name)
    {
        var wide = Encoding.GetEncoding(encoding);

        var read = _folder.Read([.. wide.GetPreamble(), .. wide.GetBytes(CampaignFolder.Valid)]);

        Assert.Null(read.Campaign);
        var problem = Assert.Single(read.Problems);
        Assert.Contains(name, problem.What.Vi, StringComparison.Ordinal);
        Assert.Contains("Encoding (Mã hóa) chọn UTF-8", problem.What.Vi, StringComparison.Ordinal);
        Assert.Contains("Save with Encoding", problem.What.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16", "UTF-16 LE")]
    [InlineData("utf-16BE", "UTF-16 BE")]
    public void UTF_16_is_named_without_a_mark_too(string encoding, string name)
    {
        var read = _folder.Read(Encoding.GetEncoding(encoding).GetBytes(CampaignFolder.Valid));

        Assert.Null(read.Campaign);
        Assert.Contains(name, Assert.Single(read.Problems).What.En, StringComparison.Ordinal);
    }

    [Fact]
    public void What_else_is_wrong_in_a_UTF_16_file_is_listed_with_it()
    {
        var read = _folder.Read(
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(CampaignFolder.With("sender: CHINH PHU", "sender: CHÍNH PHỦ"))]);

        Assert.Equal([null, 10], read.Problems.Select(problem => problem.Where!.Line));
    }

    [Fact]
    public void Windows_1258_is_named_with_its_first_letter_and_read_on()
    {
        var read = _folder.Read(Windows1258(CampaignFolder.With("lanes: [viettel, gmobile]", "lanes: [vietel]")));

        Assert.Null(read.Campaign);
        Assert.Equal(
            ["2:14", "29:9"], read.Problems.Select(problem => $"{problem.Where!.Line}:{problem.Where.Column}"));
        Assert.Contains("Windows-1258", read.Problems[0].What.Vi, StringComparison.Ordinal);
        Assert.Contains("Windows-1258", read.Problems[0].What.En, StringComparison.Ordinal);
    }

    /// <summary>Fonts over Windows-1252: "Tin nhắn cho người dân" as their keyboards wrote it.</summary>
    [Theory]
    [InlineData("title: Tin nh¾n cho ng\u00ADêi d©n\n", "TCVN3")]
    [InlineData("title: Tin nhaén cho ngöôøi daân\n", "VNI")]
    public void The_old_Vietnamese_fonts_are_named(string text, string name)
    {
        var read = _folder.Read(Encoding.Latin1.GetBytes(text));

        Assert.Null(read.Campaign);
        var problem = Assert.Single(read.Problems);
        Assert.Equal(1, problem.Where!.Line);
        Assert.Contains(name, problem.What.Vi, StringComparison.Ordinal);
        Assert.Contains("UniKey", problem.What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_encoding_is_guessed_at_by_name()
    {
        // Russian, in the encoding of Windows.
        const string text = "title: Граждане, сообщайте о торговле людьми в ближайшее отделение полиции\n";

        var read = _folder.Read(Encoding.GetEncoding(1251).GetBytes(text));

        Assert.Contains("windows-1251", Assert.Single(read.Problems).What.En, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_byte_that_fits_nothing_is_shown_with_its_place()
    {
        var read = _folder.Read([.. "id: a\ntitle: "u8, 0xFF]);

        var problem = Assert.Single(read.Problems);
        Assert.Equal((2, 8), (problem.Where!.Line, problem.Where.Column));
        Assert.Contains("0xFF", problem.What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void Letters_broken_by_saving_twice_are_said_to_be()
    {
        var broken = Encoding.GetEncoding(1252).GetString(Encoding.UTF8.GetBytes("title: Tin thử\n"));

        var read = _folder.Read(CampaignFolder.Valid.Split('\n')[0] + "\n" + broken);

        Assert.Contains(read.Problems, problem => problem.Where is { Line: 2, Key: null }
            && problem.What.En.Contains("Windows-1252", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 20, 0 }, ".xlsx")]
    [InlineData(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1 }, ".xls")]
    [InlineData(new byte[] { (byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-' }, "PDF")]
    public void A_file_of_another_kind_is_named(byte[] bytes, string kind)
    {
        var read = _folder.Read(bytes);

        Assert.Contains(kind, Assert.Single(read.Problems).What.Vi, StringComparison.Ordinal);
    }

    // Windows-1258 has the letters â ê ô ă ơ ư đ and the five tones as characters of their own after the letter.
    static byte[] Windows1258(string text)
    {
        var written = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormC))
        {
            var parts = letter.ToString().Normalize(NormalizationForm.FormD);
            var tone = parts.FirstOrDefault(part => part is '\u0300' or '\u0301' or '\u0303' or '\u0309' or '\u0323');
            written.Append(
                tone == 0 ? letter.ToString() : string.Concat(parts.Where(part => part != tone)).Normalize() + tone);
        }

        return Encoding.GetEncoding(1258, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
            .GetBytes(written.ToString());
    }
}
