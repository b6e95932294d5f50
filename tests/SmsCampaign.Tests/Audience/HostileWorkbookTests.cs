using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using static SmsCampaign.Tests.Audience.WorkbookFile;

namespace SmsCampaign.Tests.Audience;

/// <summary>A workbook made to fill the machine, or to have something read as something else,
/// is refused soon.</summary>
public sealed class HostileWorkbookTests : IDisposable
{
    const string Damaged = "error: The workbook is damaged here";

    static readonly string[] Headings = ["SĐT", "Xã"];
    static readonly string List = Rows(Headings, ["0912345678", "Ea Bung"]);

    readonly ImportBench _bench = new();

    public void Dispose() => _bench.Dispose();

    public static TheoryData<string> Nodes => new()
    {
        $"<row r=\"{new string('1', 15_000_000)}\"/>", // an attribute
        string.Concat(Enumerable.Repeat("<x>", 3_000_000)), // elements within each other
        $"<row r=\"2\"><c t=\"inlineStr\"><is><t>{new string('a', 15_000_000)}</t></is></c></row>",
        $"<row r=\"2\"><c><f>{new string('a', 15_000_000)}</f><v>1</v></c></row>",
        string.Concat(Enumerable.Range(0, 1_000_000).Select(at => $"<n{at}/>")), // names
        $"<!--{new string('a', 15_000_000)}--><row r=\"2\"/>",
    };

    [Theory]
    [MemberData(nameof(Nodes), DisableDiscoveryEnumeration = true)]
    public void A_node_that_would_fill_the_machine_is_not_read_to_its_end(string rows)
    {
        new WorkbookFile().Sheet("S", Row(1, Headings) + rows).Write(_bench.Folder.File("a.xlsx"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains(Damaged, Problem(), StringComparison.Ordinal);

        // The reader's buffers grow by doubling to what one node may have: 8 MB of the 15, as UTF-16.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 150_000_000);
    }

    [Fact]
    public void Shared_texts_beyond_any_sheets_are_a_bomb()
    {
        new WorkbookFile { Shared = [.. Enumerable.Repeat($"<t>{new string('a', 200_000)}</t>", 3)] }
            .Sheet("S", List)
            .Write(_bench.Folder.File("a.xlsx"));
        using var file = File.OpenRead(_bench.Folder.File("a.xlsx"));
        using var parts = new WorkbookParts(file);
        using var strings = new SharedStrings(parts, "xl/sharedStrings.xml", mostBlocks: 2); // of 262,144 bytes

        strings.Append(1, new CharBuffer());

        var bomb = Assert.Throws<BrokenTableException>(() => strings.Append(2, new CharBuffer()));
        Assert.StartsWith("This workbook unfolds to an abnormal size", bomb.What.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Characters_that_XML_cannot_hold_cost_no_more_than_others()
    {
        new WorkbookFile
        {
            Shared =
            [
                "<t>SĐT</t>",
                .. Enumerable.Repeat($"<t>{string.Concat(Enumerable.Repeat("_x0041_", 30_000))}</t>", 20),
            ],
        }
            .Sheet("S", "<row><c t=\"s\"><v>0</v></c></row><row><c t=\"s\"><v>20</v></c></row>").Write(
                _bench.Folder.File("a.xlsx"));

        var (_, rows) = _bench.Segment("a.xlsx").Import();

        Assert.Equal(new string('A', 40) + "…", Assert.Single(rows.Exclusions).Written);
    }

    [Theory]
    // more than columns
    [InlineData("<mergeCell ref=\"A2:A9\"/><mergeCell ref=\"A2:A9\"/><mergeCell ref=\"A2:B9\"/>", Damaged)]
    [InlineData("<mergeCell ref=\"A2:9\"/>", Damaged)]
    public void Merged_ranges_that_cannot_be_are_damage(string ranges, string expected)
    {
        new WorkbookFile()
            .Sheet("S", List, behind: $"<mergeCells>{ranges}</mergeCells>")
            .Write(_bench.Folder.File("a.xlsx"));

        Assert.Contains(expected, Problem(), StringComparison.Ordinal);
    }

    [Fact]
    public void Merged_ranges_beside_the_table_are_passed_over()
    {
        var beside = string.Concat(Enumerable.Range(3, 3_000).Select(
            column => $"<mergeCell ref=\"{SheetPlace.Letters(column)}2:{SheetPlace.Letters(column)}9\"/>"));
        new WorkbookFile().Sheet(
            "S",
            Rows(Headings, ["0912345678", "Ea Bung"], ["0912345679"]),
            behind: $"<mergeCells>{beside}<mergeCell ref=\"B2:D3\"/></mergeCells>")
            .Write(_bench.Folder.File("a.xlsx"));

        var (reading, rows) = _bench.Segment("a.xlsx").Import();

        Assert.Empty(reading.Problems);
        Assert.Equal([1, 1], rows.Messages.Select(message => message.Row.Area));
    }

    [Theory]
    // one of them would be lost
    [InlineData("<row r=\"2\"><c r=\"A2\"><v>912345678</v></c><c r=\"A2\"><v>912345679</v></c></row>")]
    [InlineData("<row r=\"3\"/><row r=\"2\"><c r=\"A2\"><v>912345678</v></c></row>")]
    [InlineData("<row r=\"2\"><c r=\"2\"><v>912345678</v></c></row>")]
    public void Cells_of_which_one_would_be_lost_are_damage(string rows)
    {
        new WorkbookFile().Sheet("S", Row(1, Headings) + rows).Write(_bench.Folder.File("a.xlsx"));

        Assert.Contains(Damaged, Problem(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S", "S", "")]
    [InlineData("S", "S", "hidden")]
    public void Sheets_that_no_name_tells_apart_are_damage(string one, string other, string state)
    {
        new WorkbookFile().Sheet(one, List).Sheet(other, List, state).Write(_bench.Folder.File("a.xlsx"));

        Assert.Contains(Damaged, Problem(), StringComparison.Ordinal);
    }

    [Fact]
    public void Sheets_whose_names_differ_in_space_alone_are_told_apart_as_written()
    {
        new WorkbookFile().Sheet("Đợt 1", List).Sheet("Đợt  1", Rows(Headings, ["0912345679", "Ea Bung"])).Write(
            _bench.Folder.File("a.xlsx"));

        var (_, rows) = _bench.Segment("a.xlsx").With(segment => segment with { Sheets = ["Đợt  1"] }).Import();

        Assert.Equal(["2:84912345679"], rows.Numbers);
    }

    [Theory]
    [InlineData("xlMacrosheet", "2:Suppressed")] // of Excel 4
    [InlineData("chartsheet", "")]
    public void Of_a_suppression_list_every_kind_of_sheet_with_cells_is_read(string kind, string reasons)
    {
        new WorkbookFile { Kinds = new Dictionary<string, string> { ["B"] = kind } }
            .Sheet("A", Rows(["SĐT"], ["0912345670"]))
            .Sheet("B", Rows(["SĐT"], ["0912345678"]))
            .Write(_bench.Folder.File("no.xlsx"));
        _bench.Folder.Write("a.csv", "SĐT\n0912345678\n");

        var (_, rows) = _bench.Segment("a.csv").Suppress("no.xlsx").Import();

        Assert.Equal(reasons, string.Concat(rows.Reasons));
    }

    [Fact]
    public void A_sheet_that_the_workbook_names_and_has_not_is_damage()
    {
        new WorkbookFile { Kinds = new Dictionary<string, string> { ["B"] = "" } }
            .Sheet("A", List)
            .Sheet("B", List)
            .Write(_bench.Folder.File("a.xlsx"));

        Assert.Contains(Damaged, Problem(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_format_whatever_breaks_the_reading()
    {
        string[] tokens =
        [
            "0", "#", "?", ".", ",", "%", "E+", "E-", "/", "d", "m", "y", "h", "s", "AM/PM", "[h]", "[mm]", "[Red]",
            "[&gt;100]", "[$-42A]", "&quot;x&quot;", "\\", "_", "*", "@", "General", ";", " ", "e", "g", "[", "&quot;",
            ".000",
        ];
        string[] values = ["1.7", "-3", "0", "45000", "1e300", "2958466", "60"];
        var random = new Random(5);
        var formats = Enumerable.Range(0, 600)
            .Select(_ =>
                string.Concat(Enumerable.Range(0, random.Next(1, 11)).Select(_ => tokens[random.Next(tokens.Length)])))
            .ToList();
        var cells = formats.SelectMany((_, style) =>
            values.Select(value => $"<row><c><v>912345678</v></c><c s=\"{style}\"><v>{value}</v></c></row>"));
        new WorkbookFile { Formats = formats }
            .Sheet("S", $"<row>{Text("A1", "SĐT")}{Text("B1", "Ngày")}</row>{string.Concat(cells)}")
            .Write(_bench.Folder.File("a.xlsx"));

        var (_, rows) = _bench.Segment("a.xlsx", "a", 1, new ColumnFilter("Ngày", ["x"])).Import();

        Assert.Equal(formats.Count * values.Length, rows.Messages.Count + rows.Exclusions.Count);
    }

    [Fact]
    public void Formats_that_cannot_be_read_are_damage()
    {
        new WorkbookFile { Formats = ["<"] }.Sheet("S", Row(1, Headings)
            + "<row r=\"2\"><c r=\"A2\" s=\"0\"><v>912345678</v></c><c r=\"B2\" s=\"0\"><v>1</v></c></row>")
            .Write(_bench.Folder.File("a.xlsx"));

        Assert.Contains(Damaged, Problem(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_as_long_as_a_cell_can_be_is_no_commune()
    {
        new WorkbookFile()
            .Sheet("S", Rows(Headings, ["0912345678", new string('a', 32_767)]))
            .Write(_bench.Folder.File("a.xlsx"));

        Assert.StartsWith(
            "a.xlsx:2: error: The commune is longer than 200 characters", Problem(), StringComparison.Ordinal);
    }

    string Problem() => Assert.Single(_bench.Segment("a.xlsx").Import().Reading.Problems).ToString();
}
