using System.IO.Compression;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using SmsCampaign.Letters;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Reports.Documents;

/// <summary>The documents of a report: the workbook, the page and the letter beside the CSV files.</summary>
public sealed class ReportDocumentsTests : IDisposable
{
    /// <summary>Which sheet of the workbook, and which table of the page by its caption, has what which CSV file
    /// has.</summary>
    static readonly (string File, Wording Sheet, Wording? Caption)[] Same =
    [
        ("tong-hop.csv", new("Tổng hợp", "Summary"), new("Như tong-hop.csv", "As tong-hop.csv")),
        ("theo-nha-mang.csv", new("Theo nhà mạng", "By carrier"),
            new("Kết quả theo nhà mạng và kênh gửi (thuê bao)", "Results by carrier and lane (subscribers)")),
        ("theo-kenh.csv", new("Theo kênh", "By lane"),
            new("Đủ mọi trạng thái, bản tin quy đổi, giờ chuyển", "All states, parts, and when handed over")),
        ("theo-dia-ban.csv", new("Theo địa bàn", "By area"),
            new("Đủ mọi trạng thái theo địa bàn", "All states by area")),
        ("theo-dia-ban-nha-mang.csv", new("Địa bàn và nhà mạng", "By area and carrier"),
            new("Thuê bao nhận tin và thành công theo địa bàn, nhà mạng",
                "Recipients and successes by area and carrier")),
        ("theo-nhom-nhan-tin.csv", new("Theo nhóm", "By segment"),
            new("Kết quả theo nhóm nhận tin", "Results by segment")),
        ("loi.csv", new("Lỗi", "Failures"),
            new("Nguyên nhân thất bại và tin chưa rõ kết quả", "Why messages failed, and those that are uncertain")),
        ("theo-gio.csv", new("Theo giờ", "By hour"),
            new("Tin đã chuyển theo giờ", "Messages handed over by hour")),
        ("chi-tiet.csv", new("Chi tiết", "Messages"), null),
        ("chua-ro.csv", new("Chưa rõ", "Uncertain"), null),
        ("loai-tru.csv", new("Loại trừ", "Excluded"), null),
    ];

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Language.Vietnamese)]
    [InlineData(Language.English)]
    public void Every_figure_is_the_same_in_every_file(Language language)
    {
        Write(SmallLedger.Make(_folder.Path), language);

        var sheets = ReadSheets();
        var tables = WrittenDocuments.ReadPage(FileOf("bao-cao.html"))
            .ToDictionary(each => each.Caption, each => each.Rows);
        foreach (var (file, sheet, caption) in Same)
        {
            var csv = ReadCsv(file);
            Assert.Equal(csv, Trimmed(sheets[sheet.In(language)]));
            if (caption is { } words)
                Assert.Equal(csv, Trimmed(tables[words.In(language)]));
        }
    }

    [Fact]
    public void Every_figure_of_the_letter_is_that_of_the_csv_files()
    {
        Write(SmallLedger.Make(_folder.Path));

        var tables = WrittenDocuments.ReadLetter(FileOf("bao-cao.docx"));
        AssertColumns("theo-nha-mang.csv", "Nhà mạng");
        AssertColumns("theo-dia-ban-nha-mang.csv", "Tổng cộng: thành công");
        AssertColumns("theo-nhom-nhan-tin.csv", "Nhóm nhận tin");
        AssertColumns("theo-gio.csv", "Từ giờ");
        AssertColumns("loi.csv", "Nhóm nguyên nhân");
        var text = WrittenDocuments.ReadLetterText(FileOf("bao-cao.docx"));
        Assert.Contains(
            "1. Chung: 15 thuê bao trong danh sách; loại trừ 4; thuê bao nhận tin 11: chưa gửi 4, đã gửi 7, trong đó "
                + "thành công 5, không thành công 1, chưa rõ 1, chờ biên nhận 0.", text);
        Assert.Contains("Bản tin quy đổi đã chuyển: 28. Kinh phí tạm tính, chưa thuế: 9.124 đồng.", text);
        Assert.Contains("1 tin chưa rõ nhà mạng có nhận hay không", text);
        Assert.Contains("III. KHÓ KHĂN, HẠN CHẾ…………", text); // for a person to fill in

        void AssertColumns(string file, string heading)
        {
            var csv = ReadCsv(file);
            var table = tables.First(rows => rows[0].Contains(heading));
            foreach (var (name, at) in table[0].Select((name, at) => (name, at)))
            {
                var column = csv[0].IndexOf(name);
                Assert.True(column >= 0, $"{file} has no {name}");
                Assert.Equal(
                    csv.Skip(1).Select(row => column < row.Count ? row[column] : ""),
                    table.Skip(1).Select(row => IsFigure(row[at])
                        ? row[at].Replace(".", "", StringComparison.Ordinal)
                        : row[at]));
            }
        }
    }

    [Theory]
    [InlineData(Language.Vietnamese)]
    [InlineData(Language.English)]
    public void The_workbook_and_the_letter_are_sound(Language language)
    {
        Write(SmallLedger.Make(_folder.Path), language);

        using var workbook = SpreadsheetDocument.Open(FileOf("bao-cao.xlsx"), isEditable: false);
        using var letter = WordprocessingDocument.Open(FileOf("bao-cao.docx"), isEditable: false);
        Assert.Empty(FaultsOf(workbook));
        Assert.Empty(FaultsOf(letter));
    }

    [Fact]
    public void Sheets_can_be_filtered_and_printed_and_charts_draw_their_cells()
    {
        Write(SmallLedger.Make(_folder.Path));

        using var document = SpreadsheetDocument.Open(FileOf("bao-cao.xlsx"), isEditable: false);
        var workbook = document.WorkbookPart!;
        var names = workbook.Workbook!.DefinedNames!.Elements<DefinedName>().Select(name => name.Text).ToList();
        foreach (var sheet in workbook.Workbook.Sheets!.Elements<Sheet>().Skip(1))
        {
            var part = (WorksheetPart)workbook.GetPartById(sheet.Id!.Value!);
            Assert.Equal("A2", Assert.Single(part.Worksheet!.Descendants<Pane>()).TopLeftCell!.Value);
            Assert.Single(part.Worksheet.Elements<AutoFilter>());
            Assert.Equal(9u, part.Worksheet.GetFirstChild<PageSetup>()!.PaperSize!.Value);
            Assert.Equal(1u, part.Worksheet.GetFirstChild<PageSetup>()!.FitToWidth!.Value);
            Assert.Contains($"'{sheet.Name}'!$1:$1", names);
            Assert.Empty(part.Worksheet.Descendants<CellFormula>());
        }

        var charts = workbook.WorksheetParts.Where(part => part.DrawingsPart is not null)
            .SelectMany(part => part.DrawingsPart!.ChartParts).Select(part => part.ChartSpace!.InnerXml).ToList();
        Assert.Equal(3, charts.Count);
        Assert.Contains(charts, chart => chart.Contains("'Theo nhà mạng'!$D$2:$D$5", StringComparison.Ordinal));
    }

    [Fact]
    public void What_one_sheet_cannot_hold_goes_on_the_next_with_the_headings_and_that_is_said()
    {
        Write(SmallLedger.Make(_folder.Path), most: 5);

        var sheets = WrittenDocuments.ReadWorkbook(FileOf("bao-cao.xlsx"));
        var all = sheets.Where(sheet => sheet.Name.StartsWith("Chi tiết", StringComparison.Ordinal)).ToList();
        Assert.Equal(["Chi tiết 1", "Chi tiết 2", "Chi tiết 3"], all.Select(sheet => sheet.Name));
        Assert.All(all, sheet => Assert.Equal("STT", sheet.Rows[0][0]));
        Assert.Equal([5, 5, 4], all.Select(sheet => sheet.Rows.Count));
        Assert.Equal(
            Enumerable.Range(1, 11).Select(row => $"{row}"),
            all.SelectMany(sheet => sheet.Rows.Skip(1)).Select(row => row[0]));
        Assert.Contains(sheets[0].Rows, row =>
            row is ["Chi tiết: 11 dòng, chia thành 3 trang tính vì một trang tính không chứa hết"]);
        using var workbook = SpreadsheetDocument.Open(FileOf("bao-cao.xlsx"), isEditable: false);
        Assert.Empty(FaultsOf(workbook));
    }

    [Fact]
    public void Names_that_no_document_can_hold_are_shown_and_none_becomes_a_formula()
    {
        var run = SmallLedger.Make(_folder.Path);
        var name = "=1+1 _x0041_ \u0001 \uFFFE " + new string('x', 40_000) + " <b>&\"'";
        SmallLedger.Change(
            run, $"update area set name = '{name.Replace("'", "''", StringComparison.Ordinal)}' where id = 1");

        Write(run);

        var sheets = ReadSheets();
        Assert.StartsWith("=1+1 _x0041_ <U+0001> <U+FFFE> xxx", sheets["Theo địa bàn"][1][1]);
        Assert.EndsWith(")", sheets["Theo địa bàn"][1][1]); // how much is left out
        Assert.True(sheets["Chi tiết"][1][5].Length < 32_767);
        Assert.StartsWith("=1+1 _x0041_ <U+0001> <U+FFFE> xxx", sheets["Chi tiết"][1][5]);
        Assert.Contains(
            "&lt;b&gt;&amp;&quot;'", File.ReadAllText(FileOf("bao-cao.html")), StringComparison.Ordinal);
        using var workbook = SpreadsheetDocument.Open(FileOf("bao-cao.xlsx"), isEditable: false);
        using var letter = WordprocessingDocument.Open(FileOf("bao-cao.docx"), isEditable: false);
        Assert.Empty(FaultsOf(workbook));
        Assert.Empty(FaultsOf(letter));
    }

    [Fact]
    public void A_run_without_a_message_has_sound_documents()
    {
        var run = SmallLedger.Make(_folder.Path);
        SmallLedger.Change(
            run,
            "delete from state; delete from message; delete from exclusion; delete from attempt; "
                + "delete from batch; update segment set matched = 0");

        Assert.True(Write(run).Balance.Holds);

        using var workbook = SpreadsheetDocument.Open(FileOf("bao-cao.xlsx"), isEditable: false);
        using var letter = WordprocessingDocument.Open(FileOf("bao-cao.docx"), isEditable: false);
        Assert.Empty(FaultsOf(workbook));
        Assert.Empty(FaultsOf(letter));
        Assert.Contains("không có thuê bao nào", WrittenDocuments.ReadLetterText(FileOf("bao-cao.docx")));
        Assert.Contains("Chưa có tin nào được chuyển", File.ReadAllText(FileOf("bao-cao.html")));

        // The ledger lacks the text that its segments name: the rates cannot be read of it.
        Assert.Contains("Không kiểm chứng được tốc độ: ", File.ReadAllText(FileOf("bao-cao.html")));
        var sheets = WrittenDocuments.ReadWorkbook(FileOf("bao-cao.xlsx"));
        Assert.Single(sheets.Single(sheet => sheet.Name == "Chi tiết").Rows);
    }

    [Fact]
    public void What_is_not_real_or_not_over_is_marked_on_every_document()
    {
        var run = SmallLedger.Make(_folder.Path);
        Write(run);

        foreach (var mark in new[] { "DIỄN TẬP, MÔ PHỎNG", "SỐ LIỆU TẠM THỜI" })
        {
            Assert.Contains(mark, File.ReadAllText(FileOf("bao-cao.html")));
            Assert.Contains(mark, WrittenDocuments.ReadLetterText(FileOf("bao-cao.docx")));
        }

        using (var workbook = SpreadsheetDocument.Open(FileOf("bao-cao.xlsx"), isEditable: false))
        {
            var headers = workbook.WorkbookPart!.WorksheetParts
                .Select(part => Assert.Single(part.Worksheet!.Descendants<OddHeader>()).Text)
                .ToList();
            Assert.All(headers, header => Assert.Contains("DIỄN TẬP, MÔ PHỎNG", header));

            // Whether it is over is not known while the rows of the last three are written.
            Assert.Equal(
                headers.Count - 3,
                headers.Count(header => header.Contains("SỐ LIỆU TẠM THỜI", StringComparison.Ordinal)));
        }

        SmallLedger.Change(
            run,
            "update run_info set value = '0' where name = 'simulated'; "
                + "update run_info set value = 'live' where name = 'mode'; "
                + "delete from attempt where answered_us is null; delete from state; "
                + "insert into state (seq, status, settled_us, handed_us) select seq, 3, 1, 1 from message");
        Write(run);

        // All is handed over, and receipts may still come.
        const string Awaited = "SỐ LIỆU TẠM THỜI: còn chờ biên nhận";
        Assert.Contains(Awaited, File.ReadAllText(FileOf("bao-cao.html")));
        Assert.Contains(Awaited, WrittenDocuments.ReadLetterText(FileOf("bao-cao.docx")));
        Assert.Contains("Tình trạng số liệu,tạm thời,", File.ReadAllText(FileOf("tong-hop.csv")));
        Write(run, isOver: true);

        Assert.Contains("Tình trạng số liệu,đã chốt,", File.ReadAllText(FileOf("tong-hop.csv")));
        Assert.DoesNotContain("MÔ PHỎNG", File.ReadAllText(FileOf("bao-cao.html")));
        Assert.DoesNotContain("TẠM THỜI", WrittenDocuments.ReadLetterText(FileOf("bao-cao.docx")));
    }

    [Fact]
    public void Rule_9_no_number_stands_in_full_in_any_part_of_them()
    {
        Write(SmallLedger.Make(_folder.Path));

        foreach (var name in new[] { "bao-cao.xlsx", "bao-cao.docx" })
        {
            using var package = ZipFile.OpenRead(FileOf(name));
            foreach (var part in package.Entries)
            {
                using var text = new StreamReader(part.Open());
                Assert.DoesNotMatch("(84|0)(96|91|90|99)1000[0-9]{3}", text.ReadToEnd());
            }
        }
    }

    [Fact]
    public void The_letter_is_headed_and_signed_as_the_installation_had_it_when_the_run_was_planned()
    {
        var run = SmallLedger.Make(_folder.Path);
        var letters = new LetterSettings { Superior = "UBND tỉnh Đắk Lắk", SignerName = "Nguyễn Văn A" };
        var rows = new RunDescription
        {
            Key = RunKey.Parse("mau/2025-07-30"),
            Code = "m",
            Sender = "X",
            Letters = letters,
        }.ToRows();
        SmallLedger.Change(run, $"insert into run_info values ('letters', '{rows["letters"]}')");

        Write(run);

        var text = WrittenDocuments.ReadLetterText(FileOf("bao-cao.docx"));
        Assert.StartsWith("UBND TỈNH ĐẮK LẮKSỞ KHOA HỌC VÀ CÔNG NGHỆ", text);
        Assert.Contains("GIÁM ĐỐCNguyễn Văn A", text);
    }

    [Fact]
    public void The_page_needs_nothing_beside_it_and_can_be_read_aloud()
    {
        Write(SmallLedger.Make(_folder.Path));
        var page = File.ReadAllText(FileOf("bao-cao.html"));

        Assert.DoesNotMatch("(?i)<script|<link|<img|<iframe|src=|url\\((?!#)|@import", page);
        Assert.DoesNotMatch("https?://(?!www\\.w3\\.org/2000/svg)", page);
        Assert.Contains("<html lang=\"vi\">", page);
        Assert.Equal(Regex.Count(page, "<table>"), Regex.Count(page, "<caption"));
        Assert.DoesNotMatch("<th(?! scope=)(>| )", page);
        Assert.Equal(2, Regex.Count(page, "<svg [^>]*role=\"img\" aria-labelledby"));
        Assert.Equal(2, Regex.Count(page, "</title><desc id="));
        var ids = Regex.Matches(page, " id=\"([^\"]+)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Contains("QCVN 82:2014/BTTTT", page);
    }

    [Fact]
    public void Packed_again_a_document_is_the_same_and_with_another_cell_it_is_not()
    {
        Write(SmallLedger.Make(_folder.Path));
        var (copy, now) = (_folder.File("copy.xlsx"), FileOf("bao-cao.xlsx"));
        File.Copy(now, copy);

        DocumentEdit.Replace(copy, "xl/worksheets", "", "");
        Assert.NotEqual(File.ReadAllBytes(now), File.ReadAllBytes(copy));
        Assert.Null(PackageCheck.Compare(copy, now));

        DocumentEdit.Replace(copy, "xl/worksheets", "<x:v>9124</x:v>", "<x:v>9125</x:v>");
        var difference = PackageCheck.Compare(copy, now)!;
        Assert.StartsWith("xl/worksheets/", difference.Part);
        Assert.Contains("9125", difference.Stands);
        Assert.Contains("9124", difference.Ledger);
    }

    static bool IsFigure(string text) => Regex.IsMatch(text, "^[0-9]{1,3}(\\.[0-9]{3})*$");

    static IEnumerable<string> FaultsOf(OpenXmlPackage document) => new OpenXmlValidator(FileFormatVersions.Office2013)
        .Validate(document)
        .Select(error => $"{error.Part?.Uri} {error.Path?.XPath}: {error.Description}");

    /// <summary>Cells that are empty at the end of a row are no difference.</summary>
    static List<List<string>> Trimmed(List<List<string>> rows) =>
        [.. rows.Select(row => row.Take(row.FindLastIndex(cell => cell.Length > 0) + 1).ToList())];

    /// <summary>Without the apostrophes that keep a spreadsheet from computing a CSV file's texts.</summary>
    List<List<string>> ReadCsv(string name)
    {
        var table = ReportTable.Read(FileOf(name));
        return Trimmed([.. table.Rows.Prepend(table.Headings).Select(row =>
            row.Select(cell => cell.StartsWith('\'') ? cell[1..] : cell).ToList())]);
    }

    Dictionary<string, List<List<string>>> ReadSheets() => WrittenDocuments.ReadWorkbook(FileOf("bao-cao.xlsx"))
        .ToDictionary(each => each.Name, each => each.Rows);

    string FileOf(string name) => _folder.File($"report/{name}");

    ReportResult Write(
        string run, Language language = Language.Vietnamese, int most = 1_048_576, bool isOver = false) =>
        RunReport.Write(RunAddress.OfFile(run), _folder.File("report"), new ReportOptions(language)
        {
            MostSheetRows = most,
            IsOver = isOver,
        });
}
