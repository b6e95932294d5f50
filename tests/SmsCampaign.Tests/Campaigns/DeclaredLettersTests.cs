namespace SmsCampaign.Tests.Campaigns;

/// <summary>The alphabet that a message declares (<c>letters</c>).</summary>
public sealed class DeclaredLettersTests : IDisposable
{
    readonly CampaignFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cma", "[ƀ, ê̆]", "ƀar kê̆, Ƀar")] // no table of its own
    [InlineData("cma", "[vi, ĭ]", "Phòng ĭ")]
    [InlineData("nut", "[vi]", "Pỉ noọng")]
    public void Letters_that_are_declared_are_taken_and_nothing_is_left_unchecked(
        string language, string letters, string text) => Assert.Empty(Read(language, letters, text).Problems);

    [Theory]
    [InlineData("cma", "[ƀ]", "ƀar kĭ", "“ĭ” không phải chữ của bảng chữ cái khai ở 'letters'")]
    [InlineData("rad", "[ƀ]", "kĭ", "“ĭ” không phải chữ của bảng chữ cái khai ở 'letters'")] // in place of its table
    [InlineData("cma", "[vi]", "kê̆", "dấu rời không ghép được")]
    [InlineData("cma", "[ƀ, abc]", "ƀar", "'abc' không phải một chữ")]
    [InlineData("vi", "[ĭ]", "kĭ", "Tin tiếng Việt không ghi 'letters'")]
    public void What_is_not_declared_is_an_error(string language, string letters, string text, string expected)
    {
        var read = Read(language, letters, text);

        Assert.Null(read.Campaign);
        Assert.Contains(
            read.Problems,
            problem => problem.Severity == Severity.Error
                && problem.What.Vi.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_them_a_language_that_has_no_table_is_told_not_to_be_checked() => Assert.Contains(
        Read("cma", null, "ƀar").Problems,
        problem => problem.What.Vi.Contains("Chưa có bảng chữ cái của tiếng Mạ", StringComparison.Ordinal));

    SmsCampaign.Campaigns.CampaignReading Read(string language, string? letters, string text) =>
        _folder.Read(CampaignFolder.Valid
            .Replace(
                "    language: vi\n",
                $"    language: {language}\n" + (letters is null ? "" : $"    letters: {letters}\n"),
                StringComparison.Ordinal)
            .Replace(
                "    text: Toàn dân phòng, chống mua bán người\nschedule",
                $"    text: \"{text}\"\nschedule",
                StringComparison.Ordinal));
}
