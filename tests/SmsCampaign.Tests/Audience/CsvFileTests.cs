using System.Text;
using SmsCampaign.Audience;

namespace SmsCampaign.Tests.Audience;

/// <summary>CSV files as they come from Excel, LibreOffice, web pages and old systems.</summary>
public sealed class CsvFileTests : IDisposable
{
    const string Table = "Số điện thoại,Xã/Phường\r\n0912345678,Xã Ea Bung\r\n0962345678,Phường Tân An\r\n";

    readonly ImportBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)] // Excel's "Unicode Text"
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    public void Unicode_is_read_with_and_without_mark(string encoding, bool mark)
    {
        var chosen = Encoding.GetEncoding(encoding);
        WriteBytes([.. mark ? chosen.GetPreamble() : [], .. chosen.GetBytes(Table)]);

        var (reading, rows) = _bench.Import();

        Assert.Empty(reading.Problems);
        Assert.Equal(["2:84912345678", "3:84962345678"], rows.Numbers);
        Assert.Equal(["Xã Ea Bung", "Phường Tân An"], reading.Audience!.Areas);
    }

    [Theory]
    [InlineData(
        "windows-1258",
        "S\u00F4\u0301 \u0111i\u00EA\u0323n thoa\u0323i;Xa\u0303\n0912345678;Ea Bung\n",
        "Windows-1258")]
    [InlineData("iso-8859-1", "S\u00E8 \u00AEi\u00D6n tho\u00B9i;X\u00B7\n0912345678;Ea Bung\n", "TCVN3")] // .VnTime
    // VNI-Times
    [InlineData("iso-8859-1", "So\u00E1 \u00F1ie\u00E4n thoa\u00EFi;Xa\u00F5\n0912345678;Ea Bung\n", "VNI")]
    [InlineData("iso-8859-1", "phone;r\u00E9gion\n0912345678;Vall\u00E9e de la Loire\n", "Latin-1")]
    [InlineData("utf-32", "SĐT\n0912345678\n", "UTF-32")]
    public void Any_other_encoding_is_refused_by_name_with_what_to_do(string encoding, string content, string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var chosen = Encoding.GetEncoding(encoding);
        WriteBytes([.. chosen.GetPreamble(), .. chosen.GetBytes(content)]);

        var (reading, _) = _bench.Import();

        Assert.Null(reading.Audience);
        var problem = Assert.Single(reading.Problems).ToString();
        Assert.StartsWith("a.csv: error: The file's encoding is ", problem, StringComparison.Ordinal);
        Assert.Contains(name, problem, StringComparison.Ordinal);
        Assert.Contains("CSV UTF-8", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SĐT,Xã\n0912345678,\"Ea Bung\n0983111222,Ea Bung\n0983111223,Ea Bung\"\n0983111224,Ea Bung\n", 2, 4)]
    [InlineData("SĐT,Xã\r\n0983111224,Ea Bung\r\n0912345678,\"Ea Bung\r\n0983111222,Ea Bung\"", 3, 4)]
    [InlineData("SĐT,\"Xã\n0912345678,Ea Bung\n0983111222,Ea Bung\"\n0983111224,Ea Bung\n", 1, 3)]
    public void A_quotation_mark_that_takes_in_the_next_rows_is_an_error(string table, int from, int to)
    {
        _bench.Folder.Write("a.csv", table);

        var (reading, _) = _bench.Segment("a.csv").Import();

        Assert.Null(reading.Audience);
        Assert.StartsWith(
            $"a.csv:{from}: error: Cell 2 goes on to line {to} and has telephone numbers in it",
            Assert.Single(reading.Problems, problem => problem.Severity == Severity.Error).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_of_several_lines_is_one()
    {
        _bench.Folder.Write("a.csv", "SĐT,Ghi chú\n0912345678,\"xã Ea Bung, thôn 1\ngọi 0983111222\"\n");

        var (reading, rows) = _bench.Segment("a.csv").Import();

        Assert.Equal(["2:84912345678"], rows.Numbers);
        Assert.DoesNotContain(reading.Problems, problem => problem.Severity == Severity.Error);
    }

    [Fact]
    public void Column_names_in_an_old_font_within_a_unicode_file_are_named_too()
    {
        _bench.Folder.Write("a.csv", "S\u00E8 \u00AEi\u00D6n tho\u00B9i\n0912345678\n");

        Assert.Contains(
            "typed in TCVN3",
            Assert.Single(_bench.Segment("a.csv").Import().Reading.Problems).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_of_an_optional_column_in_an_old_font_is_named_too()
    {
        _bench.Folder.Write("a.csv", "SĐT;X\u00B7\n0912345678;X\u00B7 Ea Bung\n");

        Assert.Contains(
            "The names look typed in TCVN3",
            Assert.Single(_bench.Segment("a.csv").Import().Reading.Problems).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_terminal_obeys_is_never_shown()
    {
        _bench.Folder.Write("a.csv", "SĐT\u001b[2J;X\u202Eã\n0912345678;Ea\n");
        _bench.Folder.Write("b.csv", "SĐT;Mạng;\u001b[2J\n0912345678;Viettel\u001b[2J\u0007\n");

        var problems = _bench
            .Segment("a.csv")
            .Segment("b.csv", "b")
            .With(segment => segment with { Columns = new Dictionary<string, string> { ["commune"] = "2J" } })
            .Import().Reading.Problems;

        Assert.NotEmpty(problems);
        Assert.DoesNotContain(string.Concat(problems), letter => letter is '\u001b' or '\u0007' or '\u202E');
    }

    [Fact]
    public void One_broken_byte_in_the_first_rows_of_a_utf_8_file_is_told_by_line_and_offset()
    {
        var before = Encoding.UTF8.GetBytes("Số điện thoại,Xã\n0912345678,Xã Ea Bung\n0912345679,Bu");
        WriteBytes([.. before, 0xE1, .. "n\n"u8, .. Encoding.UTF8.GetBytes("0912345670,Phường Tân An\n")]);

        var (reading, _) = _bench.Import();

        Assert.StartsWith(
            $"a.csv:3: error: byte {before.Length} of the file",
            Assert.Single(reading.Problems).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_byte_far_into_the_file_is_told_by_line_and_offset()
    {
        // Beyond what is looked at to tell the encoding, and beyond one block of 64 KB.
        var before = Encoding.UTF8.GetBytes("SĐT\n" + string.Concat(Enumerable.Repeat("0912345678\n", 10_000)));
        WriteBytes([.. before, .. "096"u8, 0xE2, (byte)'\n']);

        var (reading, _) = _bench.Import();

        Assert.Null(reading.Audience);
        Assert.StartsWith(
            $"a.csv:10002: error: byte {before.Length + 3} of the file (counted from 0) is not UTF-8",
            Assert.Single(reading.Problems).ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    public void Characters_across_blocks_survive(string encoding)
    {
        // Four bytes in UTF-8 and a surrogate pair in UTF-16, at every position within a block,
        // and beside it what is read.
        var chosen = Encoding.GetEncoding(encoding);
        var names = string.Concat(
            Enumerable.Range(0, 4000).Select(row => $"{new string('x', row % 97)}𠀋,Bệ,{912_000_000 + row}\n"));
        WriteBytes([.. chosen.GetPreamble(), .. chosen.GetBytes("Họ tên,Xã,SĐT\n" + names)]);

        var (reading, rows) = _bench.Import();

        Assert.Empty(reading.Problems);
        Assert.Equal(Enumerable.Range(0, 4000).Select(row => $"{row + 2}:{84_912_000_000 + row}"), rows.Numbers);
        Assert.Equal(["Bệ"], reading.Audience!.Areas);
    }

    [Fact]
    public void Half_a_character_at_the_end_of_a_utf_16_file_is_an_error()
    {
        WriteBytes([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("SĐT\n0912345678\n"), (byte)'0']);

        Assert.Contains(
            ":3: error: byte 32 of the file",
            Assert.Single(_bench.Import().Reading.Problems).ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("STT,SĐT\n1,0912345678\n")]
    [InlineData("STT;SĐT\n1;0912345678\n")] // Excel with Vietnamese regional settings
    [InlineData("STT\tSĐT\n1\t0912345678\n")]
    [InlineData("STT|SĐT\n1|0912345678\n")]
    [InlineData("\"Họ, tên, ; ,\";SĐT\nx;0912345678\n")] // quoted ones do not count
    [InlineData("sep=;\nSĐT;\"T,T,,\"\n0912345678;1\n", 3)] // Excel's own mark
    [InlineData("SĐT\n0912345678\n")]
    [InlineData("SĐT\r\n0912345678")] // no end of the last line
    [InlineData("SĐT\r0912345678\r")] // old Macintosh
    [InlineData("\n\n STT,SĐT\n1,\"0912345678\"\n", 4)]
    [InlineData("SĐT,,,\n0912345678,,,\n,,,\n\n")] // empty columns and rows, as spreadsheets save them
    [InlineData("STT,SĐT,Ghi chú\n1,0912345678\n")] // a cell missing at the end
    [InlineData("STT,SĐT\n#1,0912345678\n")] // # is no comment
    public void The_shape_is_found_by_itself(string csv, int line = 2)
    {
        var (reading, rows) = ImportBench.Import(csv);

        Assert.Empty(reading.Problems);
        Assert.Equal([$"{line}:84912345678"], rows.Numbers);
        Assert.Equal(1, reading.Audience!.Total);
    }

    [Fact]
    public void Lines_are_the_files_own_where_a_quoted_cell_goes_over_several()
    {
        var (reading, rows) = ImportBench.Import(
            "Tên,SĐT\r\n\"Lê\r\nVăn\r\nAn\",0912345678\r\n\"Lê \"\"A\"\"\",x\r\nB,0912345679\r\n");

        Assert.Empty(reading.Problems);
        Assert.Equal(["2:84912345678", "6:84912345679"], rows.Numbers);
        Assert.Equal(["5:NotANumber"], rows.Reasons);
    }

    [Theory]
    [InlineData(
        "Tên,SĐT\nA,0912345678\n\"B,0912345679\nC,0912345670\n",
        3,
        "The quotation mark (\") opened on this line is never closed")]
    [InlineData("Tên,SĐT\nA,0912345678\n\"B\"x,0912345679\n", 3, "After a closing quotation mark")]
    [InlineData("Tên,SĐT\nA,0912345678,thừa\n", 2, "3 cells, but the table has 2 columns")]
    public void A_row_whose_cells_cannot_be_told_apart_stops_the_import(string csv, int line, string expected)
    {
        var (reading, _) = ImportBench.Import(csv);

        Assert.Null(reading.Audience);
        Assert.StartsWith(
            $"a.csv:{line}: error: {expected}", Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_quotation_mark_never_closed_does_not_take_in_the_whole_file()
    {
        var (reading, _) = ImportBench.Import(
            "Tên,SĐT\nA,0912345678\n\"B,0912345679\n" + string.Concat(Enumerable.Repeat("C,0912345670\n", 20_000)));

        Assert.StartsWith(
            "a.csv:3: error: The row is longer than 65,536 characters: a quotation mark",
            Assert.Single(reading.Problems).ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tên,SĐT\nA,0912345678\nB,", 3)]
    [InlineData("", 1)] // one endless line
    public void A_row_longer_than_any_real_one_is_not_taken_for_an_open_quotation_mark(string before, int line)
    {
        var (reading, _) = ImportBench.Import(before + new string('x', 200_000) + "\nC,0912345670\n");

        Assert.StartsWith(
            $"a.csv:{line}: error: The row is longer than 65,536 characters",
            Assert.Single(reading.Problems).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_with_too_many_cells_are_all_listed_up_to_a_limit()
    {
        var (reading, _) = ImportBench.Import("SĐT\n" + string.Concat(Enumerable.Repeat("1\t2\n", 60)));

        Assert.Equal(51, reading.Problems.Count);
        Assert.Equal("a.csv: error: 10 more like these are not listed.", reading.Problems[^1].ToString());
    }

    [Fact]
    public void The_heading_again_within_the_table_is_excluded_with_a_warning()
    {
        var (reading, rows) = ImportBench.Import("SĐT\n0912345678\nSĐT\n0912345679\n");

        Assert.Equal(["3:NotANumber"], rows.Reasons);
        Assert.Equal(2, rows.Messages.Count);
        Assert.StartsWith(
            "a.csv:3: warning: The column names stand again",
            Assert.Single(reading.Problems).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_repeated_of_a_file_without_a_phone_column()
    {
        var problem =
            Assert.Single(ImportBench.Import("VIETTEL_TOKEN=s3cret,VT\nOTHER=s3cret,\n").Reading.Problems).ToString();

        Assert.Contains("The first row has 2 cells, none of them", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("VIETTEL", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_phone_column_is_told_by_its_place()
    {
        var problem =
            Assert.Single(ImportBench.Import("Tên,Số địen thaoi\nA,0912345678\n").Reading.Problems).ToString();

        Assert.Contains("Is column 2 meant to be 'số điện thoại'?", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_addresses_is_no_column_of_communes()
    {
        var rows = string.Concat(
            Enumerable.Range(0, AreaList.Most + 1).Select(row => $"{912_000_000 + row},Thôn {row}\n"));

        var problem = Assert.Single(ImportBench.Import("SĐT,Xã\n" + rows).Reading.Problems).ToString();

        Assert.StartsWith(
            "a.csv:12002: error: The commune column holds more than 12000 different values",
            problem,
            StringComparison.Ordinal);
    }

    void WriteBytes(byte[] content)
    {
        File.WriteAllBytes(_bench.Folder.File("a.csv"), content);
        _bench.Segment("a.csv");
    }
}
