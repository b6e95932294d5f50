namespace SmsCampaign.Tests.Audience;

public class AreaSpellingTests
{
    [Fact]
    public void Names_typed_in_an_old_font_are_refused_with_what_they_say()
    {
        var problem = Assert.Single(Problems("X· Ea Bung", "X· Bu«n §«n", "Phã Linh", "Ph\u00ADêng B¾c K¹n"));

        Assert.Equal((Severity.Error, 2), (problem.Severity, problem.Where!.Line));
        Assert.Contains("TCVN3", problem.What.Vi, StringComparison.Ordinal);
        Assert.Contains("«X· Ea Bung» → «Xã Ea Bung»", problem.What.Vi, StringComparison.Ordinal);
        Assert.Contains("«Phường Bắc Kạn»", problem.What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_among_others_that_are_right_is_found()
    {
        var problem = Assert.Single(Problems("Xã Ea Bung", "Phường Tân Lợi", "Phöôøng Taân An"));

        Assert.Equal(4, problem.Where!.Line);
        Assert.Contains("«Phường Tân An»", problem.What.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("XÃ£ Ea Bung", "Xã Ea Bung")]
    [InlineData("PhÆ°á»\u009Dng TÃ¢n Lá»£i", "Phường Tân Lợi")]
    [InlineData("Phƣờng Tân Lợi", "ư")]
    [InlineData("X\uFFFD Ea Bung", "")]
    public void A_name_with_other_letters_is_refused(string name, string meant)
    {
        var problem = Assert.Single(Problems("Xã Ea Súp", name));

        Assert.Equal((Severity.Error, 3), (problem.Severity, problem.Where!.Line));
        Assert.Contains(meant, problem.What.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Xã Ea H'leo", "Cư M'gar", "Pleiku", "Đắk Lắk", "Krông Pắc", "Đak Pơ", "Chư Păh", "Ia Rvê", "Đưng K'Nớ", "La Êê")]
    [InlineData("Ƀuôn Ama Thuột", "Êa Čư̆r", "Ea Ô")]
    [InlineData("Phó Linh", "Xã An Phú", "PHƯỜNG 1", "TT. Ea Súp", "Đặc khu Phú Quốc")]
    public void Names_of_the_country_pass(params string[] names) => Assert.Empty(Problems(names));

    static IReadOnlyList<Problem> Problems(params string[] names)
    {
        var rows = names.Select((name, at) => $"09123456{at + 10},{name}\n");
        var (reading, _) = ImportBench.Import("SĐT,Xã\n" + string.Concat(rows));
        return reading.Problems;
    }
}
