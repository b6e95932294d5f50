using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using SmsCampaign.Office;
using SmsCampaign.Orders;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Orders;

namespace SmsCampaign.Tests.Office;

/// <summary>What carriers report, taken and refused.</summary>
public sealed class ResultDeskTests : IDisposable
{
    const string Heading =
        "Địa bàn,Thuộc phạm vi,Loại trừ,Chưa gửi,Đã gửi,Thành công,Không thành công,Chưa rõ,Bản tin quy đổi\n";
    const string Even = Heading + "Đắk Lắk,612,10,2,600,550,40,10,600\nLâm Đồng,303,1,1,301,300,1,0,301\n";

    readonly HeldFolder _held = new();

    public void Dispose() => _held.Dispose();

    [Fact]
    public void A_table_of_the_carriers_own_is_taken_as_it_claims()
    {
        _held.Agree();
        _held.PassTheDay();

        var taken = Assert.IsType<ResultImport.Taken>(_held.Import(Even));

        var balance = taken.Order.Balance!;
        Assert.Equal(
            (1000, 901, 850, 41, 10, 99, 0),
            (balance.Estimate, balance.Sent, balance.Succeeded, balance.Failed, balance.Unknown, balance.Difference,
                balance.Untold));
        Assert.Equal(("bao-cao.csv", "Trần Thị B"), (taken.Order.Reported!.FileName, taken.Order.Reported.RecordedBy));
        Assert.Empty(_held.Registry.Audit.Verify(ledgers: true).Findings);
    }

    [Fact]
    public void The_form_that_went_with_the_letter_is_taken_as_the_carrier_fills_it_in()
    {
        _held.Agree();
        var form = Path.Combine(
            _held.Data.Orders(HeldFolder.Key, yearly: false), "bieu-bao-cao-thue-bao-viettel.xlsx");
        _held.PassTheDay();
        Fill(form, (sheet, put) =>
        {
            if (sheet == ReplyForm.About)
            {
                put("B7", "CHINH PHU");
                put("B8", "Toàn dân phòng, chống mua bán người");
            }
            else if (sheet == ReplyForm.Results)
            {
                string[] figures = ["610", "10", "0", "600", "550", "50", "0", "600"];
                for (var at = 0; at < figures.Length; at++)
                {
                    put($"{(char)('D' + at)}3", figures[at]);
                    put($"{(char)('D' + at)}4", "0");
                    put($"{(char)('D' + at)}5", figures[at]);
                }

                put("L3", "0.917");
                put("M3", "45868.34375"); // 30/07/2025 08:15
                put("N3", "45868.5");
            }
            else if (sheet == ReplyForm.ByHour)
            {
                put("C2", "400");
                put("C3", "200");
            }
            else if (sheet == ReplyForm.Failures)
            {
                put("B2", "45");
                put("B3", "5");
            }
        });

        var taken = Assert.IsType<ResultImport.Taken>(_held.ImportFile(form));

        var result = taken.Order.Result!;
        Assert.Equal(("thu-nghiem-2025-07-30-thue-bao-viettel", 1), (result.OrderId, result.Revision));
        Assert.Equal((600, 550), (result.Sum(row => row.Sent), result.Sum(row => row.Succeeded)));
        Assert.Equal(50, result.Failures.Sum(each => each.Count));
        Assert.Equal(new DateTime(2025, 7, 30, 8, 15, 0), result.Rows[0].Begin);
        Assert.Equal((8, 400L), (result.Hours[0].Hour, result.Hours[0].Sent));
        Assert.Equal(result.Total!.Sent, result.Sum(row => row.Sent));
    }

    [Theory]
    [InlineData("612,10,2,600", "613,10,2,600", "(1) = (2) + (3) + (4)")]
    [InlineData("600,550,40,10", "600,551,40,10", "(4) = (5) + (6) + (7)")]
    [InlineData("600,550,40,10", ",550,40,10", "(4)")]
    [InlineData("600,550,40,10", "sáu trăm,550,40,10", "không phải số nguyên")]
    [InlineData("600,550,40,10", "-600,550,40,10", "không phải số nguyên")]
    [InlineData("600,550,40,10", "600.5,550,40,10", "không phải số nguyên")]
    [InlineData("600,550,40,10", "9223372036854775807,550,40,10", "không phải số nguyên")]
    [InlineData("Lâm Đồng,303", ",303", "không ghi địa bàn")]
    [InlineData("Lâm Đồng,303,1,1,301,300,1,0,301", ",,,,,,1,,", "không ghi địa bàn")]
    [InlineData("Lâm Đồng,", "Lâm Đồng,,,,,,,,\nKon Tum,", "không có số liệu")]
    [InlineData("Lâm Đồng,303", "Cộng cụm 1,303", "Hàng Tổng ghi")]
    [InlineData("Đắk Lắk,612", "0912345678,612", "danh sách thuê bao")]
    [InlineData("Đã gửi", "Da gui di", "Đã gửi")]
    [InlineData("612,10,2,600,550", "1,612,10,2,1,600,550", "mà bảng chỉ có")] // thousands, not in quotes
    [InlineData("Đắk Lắk,612", "\"Đắk Lắk,612", "ngoặc kép")]
    [InlineData("Thuộc phạm vi", "Số tin đã gửi", "đều có thể là '(4) Đã gửi'")]
    [InlineData("Đắk Lắk,612,10,2,600,550,40,10,600\n", "\"A\nĐắk Lắk,612,10,2\",600,1,1,1,0,0\n", "kéo dài")]
    [InlineData("600,550,40,10", "1e6,550,40,10", "không phải số nguyên")]
    [InlineData("600,550,40,10", "=500+100,550,40,10", "không phải số nguyên")]
    [InlineData("600,550,40,10", "30/07/2025,550,40,10", "không phải số nguyên")]
    [InlineData("600,550,40,10", "600,700,40,10", "(5) Thành công (700) lớn hơn (4) Đã gửi (600)")]
    public void What_does_not_come_out_is_refused_with_its_place(string before, string after, string said)
    {
        _held.Agree();
        _held.PassTheDay();

        var refused = Assert.IsType<ResultImport.Refused>(
            _held.Import(Even.Replace(before, after, StringComparison.Ordinal)));

        AssertSaid(said, refused.Problems.Select(problem => problem.In(Language.Vietnamese)));
        Assert.Null(_held.Read("thue-bao-viettel").Reported);
    }

    /// <summary>Xã Tổng Cọt, phường Cộng Hòa, and what people do with an asterisk.</summary>
    [Theory]
    [InlineData("Tổng Cọt")]
    [InlineData("Cộng Hòa")]
    [InlineData("Đắk Lắk (*)")]
    public void An_area_is_an_area_whatever_its_name_is_like(string area)
    {
        _held.Agree();
        _held.PassTheDay();

        var taken = Assert.IsType<ResultImport.Taken>(
            _held.Import(Even.Replace("Đắk Lắk", area, StringComparison.Ordinal)));

        Assert.Equal([area, "Lâm Đồng"], taken.Order.Result!.Rows.Select(row => row.Area));
        Assert.Equal(901, taken.Order.Balance!.Sent);
    }

    [Theory]
    [InlineData("Tổng")]
    [InlineData("TỔNG CỘNG (I+II)")]
    [InlineData("Toàn tỉnh")]
    public void A_row_of_sums_is_held_to_the_rows_and_not_summed(string name)
    {
        _held.Agree();
        _held.PassTheDay();

        var taken = Assert.IsType<ResultImport.Taken>(_held.Import(Even + $"{name},915,11,3,901,850,41,10,901\n"));

        Assert.Equal((901, 901), (taken.Order.Result!.Total!.Sent, taken.Order.Balance!.Sent));
    }

    [Fact]
    public void A_report_of_another_sender_is_refused()
    {
        _held.Agree();
        var form = Path.Combine(
            _held.Data.Orders(HeldFolder.Key, yearly: false), "bieu-bao-cao-thue-bao-viettel.xlsx");
        _held.PassTheDay();
        Fill(form, (sheet, put) =>
        {
            if (sheet == ReplyForm.About)
                put("B7", "QUANG CAO");
            if (sheet == ReplyForm.Results)
                put("G3", "600");
        });

        AssertSaid(
            "QUANG CAO",
            Assert.IsType<ResultImport.Refused>(_held.ImportFile(form))
                .Problems.Select(problem => problem.In(Language.Vietnamese)));
    }

    /// <summary>A letter printed again takes nothing from the one that left.</summary>
    [Fact]
    public void A_report_is_of_the_letter_that_left_whatever_was_written_since()
    {
        _held.Agree();
        _held.Edit("campaign.yaml", "estimate: 1000", "estimate: 1200");
        _held.Write();
        _held.PassTheDay();

        var taken = Assert.IsType<ResultImport.Taken>(_held.Import(Even));

        Assert.Equal((1, 901), (taken.Order.Order.Revision, taken.Order.Balance!.Sent));
        Assert.Equal(901, _held.Read("thue-bao-viettel").Balance!.Sent);
    }

    [Fact]
    public void A_column_that_some_areas_leave_open_is_no_sum_and_is_asked_about()
    {
        _held.Agree();
        _held.PassTheDay();

        var taken = Assert.IsType<ResultImport.Taken>(
            _held.Import("Địa bàn,Đã gửi,Thành công\nĐắk Lắk,600,550\nLâm Đồng,301,\n"));

        Assert.Null(taken.Order.Balance!.Succeeded);
        AssertSaid("chỉ ghi ở một số địa bàn", taken.Questions.Select(question => question.In(Language.Vietnamese)));
    }

    [Fact]
    public void Where_the_draft_of_questions_cannot_be_written_the_report_is_taken_all_the_same()
    {
        _held.Agree();
        _held.PassTheDay();
        var folder = _held.Data.Orders(HeldFolder.Key, yearly: false);
        Directory.Delete(folder, recursive: true);
        File.WriteAllText(folder, "x");

        var taken = Assert.IsType<ResultImport.Taken>(_held.Import(Even));

        Assert.Null(taken.Letter);
        Assert.NotNull(_held.Read("thue-bao-viettel").Reported);
    }

    [Fact]
    public void A_total_that_is_not_the_sum_is_refused_and_asked_about()
    {
        _held.Agree();
        _held.PassTheDay();

        var refused = Assert.IsType<ResultImport.Refused>(
            _held.Import(Even + "Tổng,915,11,3,902,850,41,11,902\n"));

        AssertSaid("(4) là 902", refused.Problems.Select(problem => problem.In(Language.Vietnamese)));
        using var letter = WordprocessingDocument.Open(refused.Letter!, isEditable: false);
        Assert.Contains("Số đúng là bao nhiêu?", letter.MainDocumentPart!.Document!.InnerText);
        Assert.DoesNotContain("--holder", letter.MainDocumentPart.Document.InnerText);
    }

    [Fact]
    public void A_file_is_taken_once_and_a_correction_says_why_and_keeps_what_it_corrects()
    {
        _held.Agree();
        _held.PassTheDay();
        _held.Import(Even);

        Assert.IsType<ResultImport.Refused>(_held.Import(Even, corrects: "nhầm", name: "khac-ten.csv"));
        var other = Even.Replace("300,1,0", "299,2,0", StringComparison.Ordinal);
        Assert.IsType<ResultImport.Refused>(_held.Import(other));
        var taken = Assert.IsType<ResultImport.Taken>(_held.Import(other, corrects: "nhà mạng đếm lại"));

        Assert.Equal(849, taken.Order.Balance!.Succeeded);
        Assert.Equal(2, taken.Order.Kept.Results.Count);
        Assert.Equal(
            (taken.Order.Kept.Results[0].Id, "nhà mạng đếm lại"),
            (taken.Order.Reported!.Corrects, taken.Order.Reported.Reason));
    }

    [Fact]
    public void Much_more_than_was_asked_for_is_refused_a_little_more_is_asked_about()
    {
        _held.Agree();
        _held.PassTheDay();

        Assert.IsType<ResultImport.Refused>(_held.Import("Địa bàn,Đã gửi,Thành công\nĐắk Lắk,1101,1000\n"));
        var taken = Assert.IsType<ResultImport.Taken>(_held.Import("Địa bàn,Đã gửi,Thành công\nĐắk Lắk,1100,1000\n"));

        AssertSaid("vượt ước tính 10 %", taken.Questions.Select(question => question.In(Language.Vietnamese)));
        Assert.Equal(100, taken.Order.Balance!.Untold);
    }

    [Fact]
    public void Before_the_window_has_closed_nothing_final_can_be_reported()
    {
        _held.Agree();
        _held.Time.SetUtcNow(new DateTimeOffset(2025, 7, 30, 19, 59, 0, TimeSpan.FromHours(7)));

        Assert.IsType<ResultImport.Refused>(_held.Import(Even));
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void No_report_is_dated_before_the_day_of_sending(int day, bool isTaken)
    {
        _held.Agree();
        _held.PassTheDay();
        var file = Path.Combine(Path.GetDirectoryName(_held.Files.CampaignFile)!, "bao-cao.csv");
        File.WriteAllText(file, Even);

        var import = _held.Results.Import(
            HeldFolder.Officer,
            HeldFolder.Key,
            new ResultDelivery(file, "viettel", null, new DateOnly(2025, 7, day)),
            _held.Files.Installation,
            CancellationToken.None);

        Assert.Equal(isTaken, import is ResultImport.Taken);
        if (import is ResultImport.Refused refused)
            AssertSaid("trước ngày nhắn tin (30/07/2025)", refused.Problems.Select(each => each.What.Vi));
    }

    [Fact]
    public void A_carrier_that_the_installation_file_does_not_have_is_said_to_be_none()
    {
        _held.Agree();
        _held.PassTheDay();
        var file = Path.Combine(Path.GetDirectoryName(_held.Files.CampaignFile)!, "bao-cao.csv");
        File.WriteAllText(file, Even);

        var refused = Assert.IsType<ResultImport.Refused>(_held.Results.Import(
            HeldFolder.Officer,
            HeldFolder.Key,
            new ResultDelivery(file, "vietel", null, null),
            _held.Files.Installation,
            CancellationToken.None));

        AssertSaid("không có nhà mạng 'vietel' (mục holders).", refused.Problems.Select(each => each.What.Vi));
        AssertSaid("'viettel'", refused.Problems.Select(each => each.What.Vi));
    }

    [Fact]
    public void Areas_that_were_never_ordered_or_are_not_there_are_asked_about()
    {
        _held.Agree();
        _held.PassTheDay();

        var taken = Assert.IsType<ResultImport.Taken>(
            _held.Import(Even.Replace("Lâm Đồng", "Kon Tum", StringComparison.Ordinal)));

        AssertSaid("không thuộc công văn: 'Kon Tum'", taken.Questions.Select(question => question.Vi));
        AssertSaid("công văn: 'tỉnh Lâm Đồng'", taken.Questions.Select(question => question.Vi));
    }

    [Fact]
    public void Of_a_letter_that_has_not_left_nothing_is_taken()
    {
        _held.Approve();
        _held.Write();
        _held.PassTheDay();

        var refused = Assert.IsType<ResultImport.Refused>(_held.Import(Even));

        AssertSaid("order sent", refused.Problems.Select(problem => problem.In(Language.Vietnamese)));
    }

    [Fact]
    public void A_report_of_a_revision_that_was_replaced_is_refused()
    {
        _held.Agree();
        var form = Path.Combine(
            _held.Data.Orders(HeldFolder.Key, yearly: false), "bieu-bao-cao-thue-bao-viettel.xlsx");
        var kept = form + ".cu.xlsx";
        File.Copy(form, kept);
        Fill(kept, (sheet, put) =>
        {
            if (sheet == ReplyForm.Results)
                put("G3", "600");
        });
        _held.Edit("campaign.yaml", "estimate: 1000", "estimate: 1200");
        _held.Approve("đổi ước tính");
        _held.Write();
        _held.Record(OrderStepKind.Sent);
        _held.PassTheDay();

        var refused = Assert.IsType<ResultImport.Refused>(_held.ImportFile(kept));

        AssertSaid("lần 1", refused.Problems.Select(problem => problem.In(Language.Vietnamese)));
    }

    [Fact]
    public void What_was_written_past_the_program_does_not_count()
    {
        _held.Agree();
        _held.PassTheDay();
        _held.Import(Even);
        using (var db = SqliteDb.Open(_held.Data.Ledger))
            db.Execute("update carrier_result set content = replace(content, '550', '551')");

        var unreadable = new List<Wording>();
        var order = _held.Orders.Read(HeldFolder.Key, unreadable)
            .Single(each => each.Kept.Segment == "thue-bao-viettel");
        Assert.Equal((OrderState.Unknown, null), (order.State, order.Reported));
        Assert.Single(unreadable);
        Assert.NotEmpty(_held.Registry.Audit.Verify(ledgers: true).Findings);
    }

    [Fact]
    public void Columns_that_are_not_read_are_named()
    {
        _held.Agree();
        _held.PassTheDay();

        var taken = Assert.IsType<ResultImport.Taken>(
            _held.Import("STT,Địa bàn,Đã gửi,Thành công,Doanh thu\n1,Đắk Lắk,600,550,9\n"));

        var warning = Assert.Single(taken.Warnings).In(Language.Vietnamese);
        Assert.Contains("Doanh thu", warning);
        Assert.DoesNotContain("STT", warning);
    }

    /// <summary>A terminal would obey it, or show it in another order.</summary>
    [Fact]
    public void What_is_not_seen_in_a_name_is_shown()
    {
        _held.Agree();
        _held.PassTheDay();

        var taken = Assert.IsType<ResultImport.Taken>(
            _held.Import(Even.Replace("Đắk Lắk", "Đắk\u001b[31m\u202eLắk", StringComparison.Ordinal)));

        Assert.DoesNotContain(taken.Order.Result!.Rows[0].Area, letter => letter is '\u001b' or '\u202e');
    }

    [Fact]
    public void Columns_are_found_by_the_names_of_the_installation_file()
    {
        _held.Edit("smscampaign.json", "\"display\": \"Viettel\"", """
            "display": "Viettel", "columns": { "sent": "Tổng MT ra", "succeeded": "MT OK", "area": "Vùng" }
            """);
        _held.Agree();
        _held.PassTheDay();

        var taken = Assert.IsType<ResultImport.Taken>(_held.Import("Vùng,Tổng MT ra,MT OK\nĐắk Lắk,600,550\n"));

        Assert.Equal(550, taken.Order.Balance!.Succeeded);
    }

    static void AssertSaid(string words, IEnumerable<string> said) =>
        Assert.Contains(said, each => each.Contains(words, StringComparison.Ordinal));

    static void Fill(string file, Action<string, Action<string, string>> fill)
    {
        using var document = SpreadsheetDocument.Open(file, isEditable: true);
        var workbook = document.WorkbookPart!;
        foreach (var sheet in workbook.Workbook!.Descendants<Sheet>())
        {
            var part = (WorksheetPart)workbook.GetPartById(sheet.Id!);
            fill(sheet.Name!, (name, value) =>
            {
                var cell = part.Worksheet!.Descendants<Cell>().Single(each => each.CellReference == name);
                cell.CellValue = new CellValue(value);
                if (!char.IsAsciiDigit(value[0]))
                    cell.DataType = CellValues.String;
            });
        }
    }
}
