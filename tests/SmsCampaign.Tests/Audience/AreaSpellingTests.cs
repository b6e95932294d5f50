namespace SmsCampaign.Tests.Audience;

public class AreaSpellingTests
{
    [Fact]
    public void Names_typed_in_an_old_font_are_refused_with_what_they_say()
    {
        var problem = Assert.Single(Problems("X· Ea Bung", "X· Bu«n §«n", "Phã Linh", "Ph\u00ADêng B¾c K¹n"));

        Assert.Equal((Severity.Error, 2), (problem.Severity, problem.Where!.Line));
        Assert.Contains("TCVN3", problem.What.Vi, StringComparison.Ordinal);
        Assert.Contains("“X· Ea Bung” → “Xã Ea Bung”", problem.What.Vi, StringComparison.Ordinal);
        // a name by itself, and one column has one encoding
        Assert.Contains("“Phã Linh” → “Phó Linh”", problem.What.Vi, StringComparison.Ordinal);
        Assert.Contains("“Phường Bắc Kạn”", problem.What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_among_others_that_are_right_is_found()
    {
        var problem = Assert.Single(Problems("Xã Ea Bung", "Phường Tân Lợi", "Phöôøng Taân An"));

        Assert.Equal(4, problem.Where!.Line);
        Assert.Contains("“Phường Tân An”", problem.What.Vi, StringComparison.Ordinal);
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
    [InlineData("Phƣờng Tân Lợi", "'ƣ' is no letter of Vietnamese or any language of a people of the country; "
        + "probably 'ư' is meant. Type this word again on a Unicode keyboard. Until then")]
    [InlineData("XÃ£ Ea Bung", "probably 'Xã Ea Bung'. Export the list as UTF-8, or type the name again. Until then")]
    public void A_slip_in_one_row_among_many_holds_nobody_and_is_said(string name, string expected)
    {
        var problem = Assert.Single(Problems("Xã Ea Súp", "Xã Ea Bung", name));

        Assert.Equal((Severity.Warning, 4), (problem.Severity, problem.Where!.Line));
        Assert.Contains(expected, problem.What.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ea \u001b[2JBung")]
    [InlineData("Ea \u202ETir")]
    [InlineData("Ea\u200BBung")]
    public void What_a_screen_obeys_is_no_slip_and_never_gets_there(string name)
    {
        var problem = Assert.Single(Problems("Xã Ea Súp", "Xã Ea Bung", name));

        Assert.Equal((Severity.Error, 4), (problem.Severity, problem.Where!.Line));
        Assert.DoesNotContain(problem.ToString(), letter =>
            char.IsControl(letter) || char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.Format);
    }

    [Fact]
    public void A_name_over_two_lines_is_one_on_one()
    {
        var (reading, _) = ImportBench.Import("SĐT,Xã\n0912345678,\"Xã\nEa  Bung\"\n");

        Assert.Equal(["Xã Ea Bung"], reading.Audience!.Areas);
    }

    [Fact]
    public void Slips_in_many_names_are_no_slips() =>
        Assert.Equal(4, Problems("Xã 1", "Xã 2", "Xã 3", "Xã 4", "Xã 5", "Phƣờng 1", "Phƣờng 2", "Phƣờng 3", "Phƣờng 4")
            .Count(problem => problem.Severity == Severity.Error));

    [Fact]
    public void What_Excel_writes_for_a_name_it_could_not_find_is_told_of()
    {
        var problem = Assert.Single(Problems("Xã Ea Súp", "#N/A", "Xã Ea Bung"));

        Assert.Equal((Severity.Warning, 3), (problem.Severity, problem.Where!.Line));
        Assert.StartsWith("The commune here is an error of Excel (#N/A)", problem.What.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "Xã Ea H'leo", "Cư M'gar", "Pleiku", "Đắk Lắk", "Krông Pắc", "Đak Pơ", "Chư Păh", "Ia Rvê", "Đưng K'Nớ",
        "La Êê")]
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
