using CsCheck;
using SmsCampaign.Reports;
using SmsCampaign.Tests.Support;
using Sylvan.Data.Csv;

namespace SmsCampaign.Tests.Reports;

public sealed class CsvBytesTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+84", "'+84")]
    [InlineData("-2", "'-2")] // a text; numbers of ours are written by Number
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("\t=1", "'\t'=1")]
    [InlineData("\r=1", "<U+000D>=1")] // alone it would overwrite its line
    [InlineData("\n=1", "\"'\n'=1\"")]
    [InlineData("abc;=1+1", "abc;'=1+1")] // two cells where lists are separated by semicolons
    [InlineData("abc; \u200B＝1", "abc;' \u200B＝1")]
    [InlineData("abc,=1", "\"abc,'=1\"")]
    [InlineData("ấp 1, - 2", "\"ấp 1, - 2\"")] // words go on
    [InlineData("\u200B=1", "'\u200B=1")]
    [InlineData("\u202E=1", "<U+202E>=1")]
    [InlineData("−1", "'−1")] // U+2212
    [InlineData("\u001B[2Ja", "<U+001B>[2Ja")]
    [InlineData("＝1", "'＝1")] // U+FF1D: East Asian settings read it as =
    [InlineData("＋1", "'＋1")]
    [InlineData("－1", "'－1")]
    [InlineData("＠a", "'＠a")]
    [InlineData("！a", "！a")] // U+FF01, their neighbour
    [InlineData("=\"a\",b", "\"'=\"\"a\"\",b\"")]
    [InlineData("a=b", "a=b")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("84912***678", "84912***678")]
    [InlineData("", "")]
    public void A_text_cannot_become_a_formula_and_is_quoted_where_it_must_be(string text, string expected)
    {
        Assert.Equal($"{expected},{expected}\r\n", Write(file =>
        {
            file.Text(text);
            file.Ready(CsvBytes.Cell(text));
            file.EndRow();
        }));
    }

    [Fact]
    public void A_number_stays_a_number_below_0_too() =>
        Assert.Equal("-12,0,1201.5,9223372036854775807\r\n", Write(file =>
        {
            file.Number(-12);
            file.Number(0);
            file.Number(1201.5m);
            file.Number(long.MaxValue);
            file.EndRow();
        }));

    [Fact]
    public void A_spreadsheet_is_told_that_it_is_UTF_8()
    {
        Write(file => file.Row("a", "b"));

        Assert.Equal([0xEF, 0xBB, 0xBF, (byte)'a'], File.ReadAllBytes(_folder.File("0.csv"))[..4]);
    }

    [Fact]
    public void A_cell_longer_than_the_buffer_is_written_whole()
    {
        var text = new string('đ', 300_000);

        Assert.Equal($"a,{text}\r\n", Write(file => file.Row("a", text)));
    }

    [Fact]
    public void Whatever_is_written_is_read_back_by_another_reader()
    {
        // CR only with its LF: after one alone, even within quotes, Sylvan 1.4.4 sees an empty row in every CRLF.
        var text = Gen.OneOf(
            Gen.String,
            Gen.String[Gen.Char[",\"\r\n\t=-' aệ"], 0, 12])
            .Select(
                any => new string([.. any.Select(letter => char.IsSurrogate(letter) || letter == '\0' ? 'x' : letter)])
                    .Replace("\r\n", "\n", StringComparison.Ordinal)
                    .Replace('\r', '\n')
                    .Replace("\n", "\r\n", StringComparison.Ordinal));
        var files = 0;

        Gen.Select(text, text, text).Array[1, 20].Sample(
            rows =>
            {
                // Sylvan skips rows that start with #, which RFC 4180 does not know, unless told another character.
                var options = new CsvDataReaderOptions { HasHeaders = false, Delimiter = ',', Comment = '\0' };
                var name = $"{Interlocked.Increment(ref files)}.csv";
                Write(file => Array.ForEach(rows, row => file.Row(row.Item1, row.Item2, row.Item3)), name);

                using var reader = CsvDataReader.Create(_folder.File(name), options);
                foreach (var (first, second, third) in rows)
                {
                    Assert.True(reader.Read());
                    Assert.Equal(
                        [Guarded(first), Guarded(second), Guarded(third)],
                        Enumerable.Range(0, 3).Select(reader.GetString));
                }

                Assert.False(reader.Read());
            },
            iter: 200);
    }

    static string Guarded(string text) => CsvBytes.Guard(text);

    /// <returns>What the file holds after its byte-order mark.</returns>
    string Write(Action<CsvBytes> write, string name = "0.csv")
    {
        using (var file = new CsvBytes(_folder.File(name)))
            write(file);
        return File.ReadAllText(_folder.File(name));
    }
}
