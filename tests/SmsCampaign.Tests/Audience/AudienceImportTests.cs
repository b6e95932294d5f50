using SmsCampaign.Audience;
using SmsCampaign.Campaigns;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Audience;

public sealed class AudienceImportTests : IDisposable
{
    readonly ImportBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("Số điện thoại,Nhà mạng,Xã/Phường")]
    [InlineData("SĐT,Mạng,Xã")]
    [InlineData("sdt,mang,dia ban")] // typed without diacritics
    [InlineData("SO DIEN THOAI,NHA MANG,PHUONG")]
    [InlineData("So\u0302\u0301 đie\u0323\u0302n thoại,carrier,Địa bàn")] // NFD, as from a Mac
    [InlineData("Phone Number,Network,Ward")]
    [InlineData("phone_number,carrier,commune")]
    [InlineData(" msisdn , Carrier , Xã / Phường ")]
    [InlineData("Số ĐT,Nhà mạng,\"Xã, phường, đặc khu\"")]
    [InlineData("ĐTDĐ,Tên nhà mạng,\"Phường, xã, đặc khu\"")]
    [InlineData("Di động,Mạng,Xã - Phường - Thị trấn")]
    [InlineData("Điện thoại di động,Mạng,Tên xã/phường")]
    [InlineData("Số máy,Mạng,Đơn vị hành chính cấp xã")]
    [InlineData("Tel,Operator,\"Phường, thị trấn, xã, đặc khu\"")]
    public void Columns_are_known_by_either_language_however_written(string heading)
    {
        var (reading, rows) = ImportBench.Import($"{heading}\n0912345678,MobiFone,Xã Ea Bung\n");

        Assert.Empty(reading.Problems);
        var (carrier, row) = Assert.Single(rows.Messages);
        Assert.Equal("mobifone", reading.Audience!.Carriers[carrier - 1].Name);
        Assert.Equal(CarrierRule.FileColumn, row.Rule);
        Assert.Equal("Xã Ea Bung", reading.Audience.Areas[row.Area - 1]);
    }

    [Theory]
    [InlineData("SĐT,,Xã\n0912345678,,Ea Bung\n0912345679,0912345670,Ea Bung\n0912345671,0912345672,Ea Bung\n", "B", 3)]
    [InlineData(",SĐT\n0912345670,0912345678\n", "A", 2)]
    public void A_phone_number_under_no_name_is_told_once_with_its_column_and_first_row(
        string file, string letter, int line)
    {
        var (reading, _) = ImportBench.Import(file);

        var problem = Assert.Single(reading.Problems);
        Assert.Equal((Severity.Warning, line), (problem.Severity, problem.Where!.Line));
        Assert.StartsWith(
            $"Cột {letter} không có tên nhưng có số điện thoại", problem.What.Vi, StringComparison.Ordinal);
        Assert.DoesNotContain("0912345670", problem.What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void What_else_stands_under_no_name_is_nobodys_number() =>
        Assert.Empty(
            ImportBench.Import(",SĐT,,Xã\n1,0912345678,x,Ea Bung\n2,0912345679,20250730,Ea Bung\n").Reading.Problems);

    [Fact]
    public void Every_row_becomes_a_message_or_an_exclusion_with_its_reason()
    {
        _bench.Folder.Write("a.csv", """
            SĐT,Mạng
            0912345678,
            +84 912.345.678,
            912345679,
            9.12E+08,
            0262 3812345,
            +1 202 555 0143,
            ,VT
            không có,
            0999123456,
            0912345670,
            01681234567,
            """.ReplaceLineEndings("\n"));
        _bench.Folder.Write("tu-choi.txt", "84912345670\n");

        var (reading, rows) = _bench.Segment("a.csv").Suppress("tu-choi.txt").Import();

        Assert.Equal(["2:84912345678", "4:84912345679", "12:84381234567"], rows.Numbers);
        Assert.Equal(
            [
                "3:Duplicate", "5:Scientific", "6:Landline", "7:Foreign", "8:Empty", "9:NotANumber", "10:NoLane",
                "11:Suppressed",
            ],
            rows.Reasons);
        Assert.Equal(11, reading.Audience!.Total);
        Assert.Equal(3, reading.Audience.RecipientTotal);
        Assert.Equal(8, reading.Audience.ExcludedTotal);
        Assert.Equal(1, reading.Audience.Repaired["OldFormMapped"]);
        Assert.Equal(1, reading.Audience.Repaired["LeadingZeroRestored"]);
    }

    [Fact]
    public void A_number_with_a_control_character_is_excluded_and_the_character_named()
    {
        _bench.Folder.Write("a.csv", "SĐT\n0912345\u0000678\n0912345679\n");

        var (reading, rows) = _bench.Segment("a.csv").Import();

        Assert.Equal(["2:NotANumber"], rows.Reasons);
        Assert.Contains(reading.Problems, problem => problem.ToString().StartsWith(
            "a.csv:2: warning: The telephone number: it has a control character that is not seen, <U+0000>",
            StringComparison.Ordinal));
    }

    [Fact]
    public void An_exclusion_keeps_the_number_where_there_is_one_and_else_what_was_written_masked()
    {
        var (_, rows) = ImportBench.Import("SĐT\n0912345678\n0912.345.678\n0262 3812345\nkhông có\n");

        Assert.Equal(
            [(84912345678L, null), (null, "0262 3***345"), (null, "không có")],
            rows.Exclusions.Select(row => (row.Number, row.Written)));
    }

    [Fact]
    public void Of_a_number_in_two_segments_the_first_by_priority_wins_whatever_the_order_in_the_file()
    {
        _bench.Folder.Write("a.csv", "SĐT,Xã\n0912345678,Ea Bung\n0912345679,Tân An\n");
        _bench.Folder.Write("b.csv", "SĐT\n84912345679\n");

        var (reading, rows) = _bench
            .Segment("a.csv", "everyone", priority: 3)
            .Segment("a.csv", "border", priority: 1, new ColumnFilter("Xã", ["EA BUNG"]))
            .Segment("b.csv", "other", priority: 2)
            .Import();

        var audience = reading.Audience!;
        Assert.Equal(["border", "other", "everyone"], audience.Segments.Select(segment => segment.Name));
        Assert.Equal([1L, 1L, 1L], audience.Segments.Select(segment => segment.Matched));
        Assert.Equal(
            [(1, 84912345678L), (2, 84912345679L)],
            rows.Messages.Select(message => (message.Row.Segment, message.Row.Number)));
        // line 2 of a.csv is the border's: "everyone" does not count it again
        Assert.Equal(["3:Duplicate"], rows.Reasons);
        Assert.Equal(["a.csv", "b.csv"], audience.Sources.Select(source => source.File));
        Assert.Equal([2L, 1L], audience.Sources.Select(source => source.Rows));
    }

    [Theory]
    [InlineData("Xã", "Ea Bung", 1)]
    [InlineData("xa", "  xã EA bung ", 1)] // case and space
    [InlineData("commune", "Ea Bung", 1)] // by what the column means
    [InlineData("Xã", "Tân An", 2)] // NFC in the campaign, NFD in the file
    [InlineData("Xã", "Ea B", 0)] // a part is not the whole
    [InlineData("Họ tên", "Lê Văn An", 1)] // any column
    [InlineData("Họ tên", "Ea Bung", 0)] // Ea Bung for Xã Ea Bung only among communes
    public void A_filter_compares_without_case_composition_and_space(string column, string value, int expected)
    {
        _bench.Folder.Write("a.csv", "SĐT,Xã,Họ tên\n0912345678,Xã Ea Bung,Lê Văn An\n"
            + "0912345679,Phường Ta\u0302n An,xã Ea Bung\n0912345670,ta\u0302n an,\n");

        var (reading, rows) = _bench.Segment("a.csv", filter: new ColumnFilter(column, [value])).Import();

        Assert.Equal(expected, rows.Messages.Count);
        Assert.Equal(3 - expected, reading.Audience!.Excluded.GetValueOrDefault(ExclusionReason.OutsideSegments));
        Assert.Equal(3, reading.Audience.Total);
    }

    [Fact]
    public void The_carrier_is_of_the_ported_list_else_the_column_else_the_prefix()
    {
        var list = _bench.Folder.Write("ported.csv", "number,carrier\n0912345678,viettel\n");
        _bench.Ported = PortedList.Load([list], new NumberReader(ImportBench.Prefixes), ImportBench.Prefixes.Names, []);
        _bench.Folder.Write(
            "a.csv", "SĐT,Mạng\n0912345678,MobiFone\n0912345679,MobiFone\n0912345670,\n0912345671,Mạng lạ\n");

        var (reading, rows) = _bench.Segment("a.csv").Import();

        Assert.Equal(
            ["viettel PortedList", "mobifone FileColumn", "vinaphone Prefix", "vinaphone Prefix"],
            rows.Messages.Select(
                message => $"{reading.Audience!.Carriers[message.Carrier - 1].Name} {message.Row.Rule}"));
        Assert.Equal(
            "a.csv:5: warning: No carrier is called 'Mạng lạ' (1 row, this is the first): the ported list or the "
                + "prefix decided. If it is another spelling of a carrier, add it to carriers.csv.",
            Assert.Single(reading.Problems).ToString());
    }

    [Fact]
    public void A_carrier_that_no_lane_serves_gets_nothing()
    {
        _bench.Lanes.Remove("vinaphone");
        _bench.Folder.Write("a.csv", "SĐT\n0912345678\n0962345678\n");

        var (reading, rows) = _bench.Segment("a.csv").Import();

        Assert.Equal(["2:NoLane"], rows.Reasons);
        Assert.Equal(["3:84962345678"], rows.Numbers);
        Assert.Equal([null, "viettel"], reading.Audience!.Carriers
            .Where(carrier => carrier.Name is "vinaphone" or "viettel")
            .OrderBy(carrier => carrier.Lane)
            .Select(carrier => carrier.Lane));
    }

    [Fact]
    public void Recipients_are_counted_by_carrier_and_segment_in_sending_order()
    {
        _bench.Folder.Write("a.csv", "SĐT\n0912345678\n0962345678\n0962345679\n");
        _bench.Folder.Write("b.csv", "SĐT\n0912345679\n");

        var audience = _bench.Segment("a.csv", "a").Segment("b.csv", "b", 2).Import().Reading.Audience!;

        Assert.Equal(
            [new AudienceCount(1, 1, 2), new AudienceCount(2, 1, 1), new AudienceCount(2, 2, 1)], audience.Recipients);
    }

    [Fact]
    public void The_hash_follows_what_shapes_the_audience_and_not_where_it_lies()
    {
        string Hash(string csv, string file, string suppressed = "", Action<ImportBench>? change = null)
        {
            using var bench = new ImportBench();
            bench.Folder.Write(file, csv);
            bench.Folder.Write("no.txt", suppressed + "\n0999999999\n");
            change?.Invoke(bench);
            return bench.Segment(file).Suppress("no.txt").Import().Reading.Audience!.Hash;
        }

        const string csv = "SĐT\n0912345678\n0962345678\n";
        var hash = Hash(csv, "a.csv");

        Assert.Equal(hash, Hash(csv, "elsewhere/b.csv"));
        Assert.NotEqual(hash, Hash(csv + "\n", "a.csv"));
        Assert.NotEqual(hash, Hash(csv, "a.csv", suppressed: "0912345678"));
        Assert.NotEqual(hash, Hash(csv, "a.csv", change: bench => bench.Lanes.Remove("vinaphone")));
        Assert.NotEqual(hash, Hash(csv, "a.csv", change: bench => bench.Lanes["vinaphone"] = "other"));
        Assert.NotEqual(hash, Hash(csv, "a.csv", change: bench => bench.Ported = PortedList.Load(
            [bench.Folder.Write("p.csv", "number,carrier\n0912345678,viettel\n")],
            new NumberReader(ImportBench.Prefixes),
            ImportBench.Prefixes.Names,
            [])));
    }

    [Fact]
    public void All_problems_of_all_files_are_told_at_once()
    {
        _bench.Folder.Write("a.csv", "Tên,Xã,Phường\nAn,Ea Bung,\n");
        _bench.Folder.Write("b.csv", "SĐT,Xa phuong,SDT\n");
        _bench.Folder.Write("empty.csv", "");

        var (reading, rows) = _bench
            .Segment("a.csv")
            .Segment("b.csv", filter: new ColumnFilter("Xóm phường", ["x"]))
            .Segment("empty.csv")
            .Segment("absent.csv")
            .Suppress("gone.txt")
            .Import();

        Assert.Null(reading.Audience);
        Assert.Empty(rows.Messages);
        string[] expected =
        [
            "a.csv:1: error: There is no phone number column. The first row has 3 cells, none of them an accepted "
                + "name. Accepted names: số điện thoại, SĐT",
            "a.csv:1 [Phường]: error: Two columns both mean commune: Xã, Phường.",
            "b.csv:1 [SDT]: error: Two columns both mean phone number: SĐT, SDT.",
            "b.csv:1 [Xóm phường]: error: There is no column 'Xóm phường', which the campaign filters by. "
                + "Did you mean 'Xa phuong'?",
            "empty.csv: error: The file is empty: it has no rows.",
            "absent.csv: error: The file is not there.",
            "gone.txt: error: The file is not there.",
        ];
        Assert.Equal(expected.Length, reading.Problems.Count);
        Assert.All(
            expected.Zip(reading.Problems),
            pair => Assert.StartsWith(pair.First, pair.Second.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void A_segment_with_nobody_in_it_is_a_warning()
    {
        _bench.Folder.Write("a.csv", "SĐT,Xã\n0912345678,Ea Bung\n");

        var (reading, _) = _bench.Segment("a.csv", "border", 1, new ColumnFilter("Xã", ["Ea Bông"])).Import();

        Assert.NotNull(reading.Audience);
        Assert.Equal(
            "a.csv: warning: Nobody is in segment 'border': no row of 1 matches the filter.",
            reading.Problems[1].ToString());
    }

    [Theory]
    [InlineData("Ea Bung", "Xã Ea Bung")]
    [InlineData("Xã Ea Bung", "Ea  Bung")]
    [InlineData("Xã Ea Bung", "xã Ea\u00A0Bung.")]
    [InlineData("Xã Ea Bung", "X. Ea Bung")]
    [InlineData("xã Ea Bung", "X.Ea Bung")]
    [InlineData("Phường 4", "P4")]
    [InlineData("P. Tân An", "phường Tân An,")]
    [InlineData("Ea Súp", "TT. Ea Súp")]
    [InlineData("Phú Quốc", "Đặc khu Phú Quốc")]
    public void A_commune_is_itself_however_it_is_written(string wanted, string written)
    {
        _bench.Folder.Write("a.csv", $"SĐT;Xã\n0912345678;{written}\n0912345679;{wanted}\n");

        var (reading, rows) = _bench.Segment("a.csv", "border", 1, new ColumnFilter("Xã", [wanted])).Import();

        Assert.Equal(2, rows.Messages.Count);
        Assert.Single(reading.Audience!.Areas);
        Assert.Empty(reading.Problems);
    }

    [Theory]
    [InlineData("Xã Tân An", "Phường Tân An")]
    [InlineData("Tân An", "Tân Ân")]
    [InlineData("Xuân Phú", "X. uân Phú")]
    [InlineData("An Phú", "Xã P")]
    public void Communes_of_other_names_or_kinds_are_others(string wanted, string written)
    {
        _bench.Folder.Write("a.csv", $"SĐT;Xã\n0912345678;{written}\n");

        var (_, rows) = _bench.Segment("a.csv", "border", 1, new ColumnFilter("Xã", [wanted])).Import();

        Assert.Equal(["2:OutsideSegments"], rows.Reasons);
    }

    [Fact]
    public void Rows_that_no_segment_takes_are_excluded_by_name_and_the_nearest_values_asked_for()
    {
        _bench.Folder.Write("a.csv", "SĐT,Xã\n0912345678,Ea Bung\n0912345679,Ea Bưng\n0912345670,\nx,Ea Bưng\n"
            + "0912345671,Tân An\n0912345672,Krông Ana\n");

        var (reading, rows) = _bench
            .Segment("a.csv", "border", 1, new ColumnFilter("Xã", ["Ea Bung"]))
            .Segment("a.csv", "town", 2, new ColumnFilter("Xã", ["Phường Tân An"]))
            .Import();

        var audience = reading.Audience!;
        Assert.Equal(
            ["3:OutsideSegments", "4:OutsideSegments", "5:OutsideSegments", "7:OutsideSegments"], rows.Reasons);
        Assert.All(rows.Exclusions, row => Assert.Equal(0, row.Segment));
        Assert.Equal([84912345679, 84912345670, null, 84912345672], rows.Exclusions.Select(row => row.Number));
        Assert.Equal((6, 2, 4, 4), (audience.Total, audience.RecipientTotal, audience.ExcludedTotal, audience.Outside));
        Assert.Equal(
            "a.csv: warning: 4 lines of the file are in no segment and get nothing: 2 with 'Ea Bưng' (the first at "
                + "line 3), meant as 'Ea Bung'? Most of the rest have blank cells (1), 'Krông Ana' (1). "
                + "If they should, mend the file or add the values to the filter.",
            Assert.Single(reading.Problems).ToString());
    }

    [Fact]
    public void One_column_is_not_two_things()
    {
        _bench.Folder.Write("a.csv", "SĐT,Nơi ở\n0912345678,Ea Bung\n");

        var (reading, _) = _bench
            .Segment("a.csv")
            .With(segment => segment with { Columns = new Dictionary<string, string> { ["commune"] = "SĐT" } })
            .Import();

        Assert.Null(reading.Audience);
        Assert.StartsWith(
            "a.csv:1 [SĐT]: error: One column cannot be phone number, commune at once.",
            Assert.Single(reading.Problems, problem => problem.Severity == Severity.Error).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_is_near_the_most_frequent_values_outside_are_told()
    {
        _bench.Folder.Write(
            "a.csv", "SĐT,Xã\n0912345678,Ea Bung\n0912345679,Cư Jút\n0912345670,Krông Ana\n0912345671,Krông Ana\n");

        var (reading, _) = _bench.Segment("a.csv", "border", 1, new ColumnFilter("Xã", ["Ea Bung"])).Import();

        Assert.StartsWith(
            "a.csv: warning: 3 lines of the file are in no segment and get nothing, most of them with "
                + "'Krông Ana' (2), 'Cư Jút' (1).",
            Assert.Single(reading.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_import_can_be_stopped()
    {
        _bench.Folder.Write("a.csv", "SĐT\n0912345678\n");
        _bench.Stopped = new CancellationToken(canceled: true);

        Assert.Throws<OperationCanceledException>(() => _bench.Segment("a.csv").Import());
    }
}
