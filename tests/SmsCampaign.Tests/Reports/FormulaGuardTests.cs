using System.Globalization;
using System.Text;
using CsCheck;
using SmsCampaign.Reports;

namespace SmsCampaign.Tests.Reports;

/// <summary>Whatever separator a spreadsheet goes by, and whether or not it knows quotes, no cell of a text
/// becomes a formula.</summary>
public class FormulaGuardTests
{
    /// <summary>Signs of formulas in all their forms, separators, quotes, spaces, what is not
    /// seen, and letters.</summary>
    static readonly string[] Pieces =
    [
        "=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "﹣", "﹦", "﹫", "−", "⁺", "₌",
        ";", ",", "\t", "|", "\n", "\r\n", "\r", "\"", "'", " ", "\u00A0", "\u3000", "\u200B", "\u200E", "\u202E",
        "\uFEFF", "\u2060", "\u180E", "\u0301", "\u2028", "\u0085", "\u0000", "\u001B", "\uE000", "\U0001F600", "a",
        "ệ", "1", "HYPERLINK(\"x\")",
    ];

    static readonly char[] LineBreaks = ['\n', '\r', '\u2028', '\u2029', '\u0085'];

    static readonly Gen<string> Texts =
        Gen.Int[0, Pieces.Length - 1].Select(at => Pieces[at]).Array[1, 10].Select(string.Concat);

    [Fact]
    public void No_cell_becomes_a_formula_by_any_separator() => Texts.Sample(
        text =>
        {
            var written = Written(text);
            foreach (var separator in ";\t|")
            {
                foreach (var cell in written.Split([separator, .. LineBreaks]))
                    Assert.False(
                        IsFormula(cell),
                        $"{Shown(text)} has become {Shown(written)}, of which {Shown(cell)} is a formula");
            }
        },
        iter: 20_000);

    [Fact]
    public void What_the_quick_look_passes_over_needs_no_guard() => Texts.Sample(
        text =>
        {
            if (!FormulaGuard.MayNeed(Encoding.UTF8.GetBytes(text)))
                Assert.Equal(text, CsvBytes.Guard(text));
        },
        iter: 20_000);

    [Theory]
    [InlineData("Xã Ea Bung")]
    [InlineData("Đặc khu Phú Quốc (An Giang)")]
    [InlineData("16/07/2023")]
    [InlineData("viettel-chính")]
    public void Ordinary_words_stay_as_they_are(string text) => Assert.Equal(text, CsvBytes.Guard(text));

    /// <summary>As it stands in the file between its neighbours.</summary>
    static string Written(string text) => $"x,{Encoding.UTF8.GetString(CsvBytes.Cell(text))},x";

    /// <summary>Whether what a spreadsheet looks at first, once quotes, spaces and what is not seen are dropped,
    /// begins a formula.</summary>
    static bool IsFormula(string cell)
    {
        foreach (var rune in cell.EnumerateRunes())
        {
            if (rune.Value is '"' || Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.PrivateUse
                    or UnicodeCategory.NonSpacingMark)
                continue;

            return "=+-@−".Contains(rune.ToString().Normalize(NormalizationForm.FormKC)[0], StringComparison.Ordinal);
        }

        return false;
    }

    static string Shown(string text) => string.Concat(
        text.EnumerateRunes().Select(rune => rune.Value is > 0x20 and < 0x7F ? $"{rune}" : $"<{rune.Value:X}>"));
}
