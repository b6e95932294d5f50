using System.Text;
using SmsCampaign.Letters;
using SmsCampaign.Office;
using SmsCampaign.Orders;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Orders;

namespace SmsCampaign.Tests.Office;

/// <summary>Lists with a number a row that carriers bring, taken and refused.</summary>
public sealed class ListImportTests : IDisposable
{
    const string Heading = "Số điện thoại,Trạng thái,Địa bàn\n";

    /// <summary>Three subscribers, one of them twice, one of VinaPhone, and no number.</summary>
    const string Mixed = Heading + """
        0981111111,Thành công,Đắk Lắk
        84982222222,Thất bại,Đắk Lắk
        982222222,Thành công,ĐẮK LẮK
        +84 983 333 333,Chưa rõ,Lâm Đồng
        0911444444,DELIVRD,Lâm Đồng
        không rõ số,Thất bại,Lâm Đồng

        """;

    readonly HeldFolder _held = new();

    public void Dispose() => _held.Dispose();

    [Fact]
    public void Every_row_is_a_subscriber_a_repeated_one_or_no_number()
    {
        var taken = Taken(Mixed);

        var numbers = taken.Order.Result!.Numbers!;
        Assert.Equal(
            (6, 4, 1, 1, 1),
            (numbers.Rows, numbers.Subscribers, numbers.Repeated, numbers.Invalid, numbers.Contradicted));
        Assert.Equal((3, 0, 1, 0, 0), (
            numbers.Succeeded, numbers.Failed, numbers.Unknown, numbers.NotSent, numbers.Excluded));
        Assert.Equal((1L, 0L, 0L, null), (
            numbers.OtherCarrier, numbers.Suppressed, numbers.AlsoOurs, numbers.AlsoHeld));
        Assert.True(numbers.Balances);
        Assert.Equal((4, 3, 0, 1), (
            taken.Order.Balance!.Sent, taken.Order.Balance.Succeeded, taken.Order.Balance.Failed,
            taken.Order.Balance.Unknown));
        Assert.Equal(
            ["Đắk Lắk 2", "Lâm Đồng 2"], taken.Order.Result.Rows.Select(row => $"{row.Area} {row.Sent}"));
        foreach (var asked in new[] { "lặp lại", "kết quả khác nhau", "không phải số di động", "mạng khác" })
            AssertSaid(asked, taken.Questions);
        Assert.Empty(_held.Registry.Audit.Verify(ledgers: true).Findings);
    }

    [Fact]
    public void Rows_to_look_at_are_listed_and_no_number_is_shown_or_kept()
    {
        var taken = Taken(Mixed);

        var notes = File.ReadAllText(taken.Notes!);
        Assert.Contains("84911***444", notes, StringComparison.Ordinal);
        Assert.Contains("lặp lại", notes, StringComparison.Ordinal);
        Assert.Equal(4, notes.TrimEnd().Split('\n').Length); // headings, the repeated one, the other's, no number
        foreach (var file in Directory.GetFiles(_held.Data.Root, "ledger.db*").Append(taken.Notes!))
        {
            var bytes = Encoding.Latin1.GetString(File.ReadAllBytes(file));
            foreach (var number in new[] { "981111111", "982222222", "983333333", "911444444" })
                Assert.DoesNotContain(number, bytes, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rows_of_a_list_that_is_refused_are_listed_apart_from_those_of_the_one_that_counts()
    {
        var counts = Taken(Mixed).Notes!;
        var before = File.ReadAllBytes(counts);

        var refused = Assert.IsType<ResultImport.Refused>(_held.Import(Mixed + "0981111111,Thành công,Đắk Lắk\n"));
        Assert.NotEqual(counts, refused.Notes);
        Assert.Equal(5, File.ReadAllLines(refused.Notes!).Length);
        Assert.Equal(before, File.ReadAllBytes(counts));

        // A table that is refused is no list.
        _held.Import("Địa bàn,Đã gửi,Thành công\nĐắk Lắk,3,4\n");
        Assert.Equal(before, File.ReadAllBytes(counts));
    }

    [Theory]
    [InlineData("", "hashed", false)]
    [InlineData("    resultNumbers: full\n", "full", true)]
    public void Numbers_are_hashed_unless_the_campaign_says_otherwise(string key, string kept, bool isFull)
    {
        _held.Edit("campaign.yaml", "    estimate: 1000\n", $"    estimate: 1000\n{key}");
        var taken = Taken(Heading + "0981111111,Thành công,Đắk Lắk\n");

        var numbers = taken.Order.Result!.Numbers!;
        Assert.Equal((kept, isFull), (numbers.Kept, numbers.Key is null));
        var record = Assert.Single(NumberParts.Read(_held.Registry.WorkOrders.ReadNumbers(taken.Order.Reported!.Id)));
        Assert.Equal(NumberClaim.Succeeded, record.Claim);
        Assert.Equal(isFull, record.Number == (UInt128)84981111111);
        Assert.Equal(!isFull, File.Exists(_held.Data.NumberKey));
    }

    [Fact]
    public void Who_has_refused_and_was_texted_is_told()
    {
        var taken = Taken(Heading + "0981234564,Thất bại,Đắk Lắk\n0981111111,Thành công,Đắk Lắk\n");

        Assert.Equal(1, taken.Order.Result!.Numbers!.Suppressed);
        AssertSaid("từ chối nhận tin", taken.Warnings.Select(warning => warning.What));
        AssertSaid("đã từ chối nhận tin vẫn được nhắn", taken.Questions);
        Assert.Contains("84981***564", File.ReadAllText(taken.Notes!), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_has_refused_and_was_left_out_is_nothing_to_tell()
    {
        var taken = Taken(Heading + "0981234564,Loại trừ,Đắk Lắk\n0981111111,Thành công,Đắk Lắk\n");

        Assert.Equal(0, taken.Order.Result!.Numbers!.Suppressed);
        Assert.Equal((1, 1, 2), (
            taken.Order.Balance!.Sent, taken.Order.Balance.Excluded, taken.Order.Balance.InScope));
        Assert.Null(taken.Notes);
    }

    [Fact]
    public async Task Whom_the_department_has_texted_as_well_is_told()
    {
        _held.Agree();
        await _held.Files.SendAsync(HeldFolder.Key, 1, [null]); // 0981234561
        _held.PassTheDay();

        var taken = Assert.IsType<ResultImport.Taken>(
            _held.Import(Heading + "0981234561,Thành công,Đắk Lắk\n0981234562,Thành công,Đắk Lắk\n"));

        Assert.Equal(1, taken.Order.Result!.Numbers!.AlsoOurs);
        AssertSaid("cả Sở và nhà mạng", taken.Warnings.Select(warning => warning.What));
        Assert.Contains("Sở cũng đã nhắn", File.ReadAllText(taken.Notes!), StringComparison.Ordinal);
    }

    /// <summary>What cannot be read is not "nobody".</summary>
    [Fact]
    public void What_cannot_be_matched_is_said_and_not_counted_as_none()
    {
        _held.Agree();
        _held.PassTheDay();
        File.Delete(Path.Combine(Path.GetDirectoryName(_held.Files.CampaignFile)!, "tu-choi.csv"));
        File.WriteAllText(_held.Files.Ledger(), "hỏng");

        var taken = Assert.IsType<ResultImport.Taken>(_held.Import(Heading + "0981111111,Thành công,Đắk Lắk\n"));

        Assert.Equal((null, null), (taken.Order.Result!.Numbers!.Suppressed, taken.Order.Result.Numbers.AlsoOurs));
        AssertSaid("KHÔNG đối chiếu số nào", taken.Warnings.Select(warning => warning.What));
        AssertSaid("KHÔNG đối chiếu với các số Sở đã gửi", taken.Warnings.Select(warning => warning.What));
    }

    [Fact]
    public void A_lost_key_is_told_and_never_made_anew()
    {
        Taken(Mixed);
        File.Delete(_held.Data.NumberKey);

        var refused = Assert.IsType<ResultImport.Refused>(_held.Import(
            Heading + "0981111111,Thành công,Đắk Lắk\n", corrects: "đếm lại"));

        AssertSaid("đặt lại đúng tệp khóa", refused.Problems.Select(problem => problem.What));
        Assert.False(File.Exists(_held.Data.NumberKey));
        Assert.Equal(4, _held.Read("thue-bao-viettel").Balance!.Sent);

        File.WriteAllText(_held.Data.NumberKey, new string('x', 40));
        AssertSaid("là khóa khác (", Assert.IsType<ResultImport.Refused>(_held.Import(
            Heading + "0981111111,Thành công,Đắk Lắk\n", corrects: "đếm lại")).Problems.Select(each => each.What));

        // A table has no numbers to hash.
        Assert.IsType<ResultImport.Taken>(_held.Import("Địa bàn,Đã gửi,Thành công\nĐắk Lắk,4,3\n", corrects: "bảng"));
    }

    [Fact]
    public void A_list_beside_a_table_that_was_imported_is_held_to_it()
    {
        Taken("Địa bàn,Đã gửi,Thành công,Không thành công,Chưa rõ\nĐắk Lắk,2,2,0,0\nLâm Đồng,2,1,0,1\n");

        var uneven = Assert.IsType<ResultImport.Refused>(_held.Import(
            Mixed.Replace("0981111111,Thành công", "0981111111,Thất bại", StringComparison.Ordinal)));
        AssertSaid("(5) Thành công: danh sách có 2, bảng ghi 3, lệch 1", uneven.Problems.Select(each => each.What));
        AssertSaid("Số đúng là bao nhiêu?", uneven.Questions);
        Assert.Null(_held.Read("thue-bao-viettel").Result!.Numbers);

        var elsewhere = Assert.IsType<ResultImport.Refused>(_held.Import(
            Mixed.Replace("Thành công,Đắk Lắk", "Thành công,Kon Tum", StringComparison.Ordinal)));
        AssertSaid("bảng không có địa bàn này", elsewhere.Problems.Select(each => each.What));

        var taken = Assert.IsType<ResultImport.Taken>(_held.Import(Mixed));
        Assert.Equal((4, 4), (taken.Order.Result!.Numbers!.Sent, taken.Order.Balance!.Sent));
        Assert.Equal(
            ("thêm danh sách từng số", 2), (taken.Order.Reported!.Reason, taken.Order.Kept.Results.Count));
    }

    [Fact]
    public void A_table_that_corrects_keeps_a_list_that_comes_to_it_and_no_other()
    {
        Taken(Mixed);

        var same = Assert.IsType<ResultImport.Taken>(_held.Import(
            "Địa bàn,Đã gửi,Thành công\nĐắk Lắk,2,2\nLâm Đồng,2,1\n", corrects: "bản ký"));
        Assert.Equal(4, same.Order.Result!.Numbers!.Subscribers);
        Assert.Equal(
            4, NumberParts.Read(_held.Registry.WorkOrders.ReadNumbers(same.Order.Reported!.Id)).Count());

        var other = Assert.IsType<ResultImport.Taken>(_held.Import(
            "Địa bàn,Đã gửi,Thành công\nĐắk Lắk,3,2\nLâm Đồng,2,1\n", corrects: "đếm lại"));
        Assert.Null(other.Order.Result!.Numbers);
        AssertSaid("không còn được tính", other.Warnings.Select(warning => warning.What));
    }

    [Fact]
    public void A_corrected_list_says_what_it_changes()
    {
        Taken(Mixed);

        var taken = Assert.IsType<ResultImport.Taken>(_held.Import(
            Heading + "0981111111,Thất bại,Đắk Lắk\n0982222222,Thành công,Đắk Lắk\n0985555555,Thành công,Đắk Lắk\n",
            corrects: "nhà mạng đếm lại"));

        Assert.Equal(new NumberChanges(Added: 1, Removed: 2, Changed: 1), taken.Order.Result!.Numbers!.Changes);
        Assert.Equal(2, taken.Order.Kept.Results.Count);
        Assert.Equal("nhà mạng đếm lại", taken.Order.Reported!.Reason);
    }

    [Fact]
    public void A_subscriber_on_the_lists_of_two_carriers_is_told()
    {
        _held.Agree();
        Assert.IsType<OrderRecording.Recorded>(_held.Record(OrderStepKind.Sent, "vinaphone"));
        _held.PassTheDay();
        Assert.IsType<ResultImport.Taken>(_held.Import(Mixed));

        var file = Path.Combine(Path.GetDirectoryName(_held.Files.CampaignFile)!, "vnpt.csv");
        File.WriteAllText(file, Heading + "0911444444,Thành công,Đắk Lắk\n0912345678,Thành công,Đắk Lắk\n");
        var taken = Assert.IsType<ResultImport.Taken>(_held.Results.Import(
            HeldFolder.Officer,
            HeldFolder.Key,
            new ResultDelivery(file, "vinaphone", null, null),
            _held.Files.Installation,
            CancellationToken.None));

        Assert.Equal((1L, 0L), (taken.Order.Result!.Numbers!.AlsoHeld, taken.Order.Result.Numbers.OtherCarrier));
        AssertSaid("cả hai nhà mạng", taken.Warnings.Select(warning => warning.What));
    }

    [Fact]
    public void A_list_that_was_changed_past_the_program_is_not_matched_with()
    {
        Taken(Mixed);
        using (var db = SqliteDb.Open(_held.Data.Ledger))
            db.Execute("update carrier_number set content = zeroblob(64)");

        var taken = Assert.IsType<ResultImport.Taken>(
            _held.Import(Heading + "0981111111,Thất bại,Đắk Lắk\n", corrects: "đếm lại"));

        Assert.Null(taken.Order.Result!.Numbers!.Changes);
        AssertSaid("carrier_number", taken.Warnings.Select(warning => warning.What));
    }

    [Theory]
    [InlineData("Thành côngg", "Có phải")]
    [InlineData("1", "chưa rõ nghĩa")]
    [InlineData("", "không ghi trạng thái")]
    public void A_status_that_nobody_has_explained_is_not_guessed_at(string status, string said)
    {
        _held.Agree();
        _held.PassTheDay();

        var refused = Assert.IsType<ResultImport.Refused>(
            _held.Import(Heading + $"0981111111,{status},Đắk Lắk\n0982222222,Thành công,Đắk Lắk\n"));

        AssertSaid(said, refused.Problems.Select(problem => problem.What));
        Assert.Null(_held.Read("thue-bao-viettel").Reported);
    }

    [Fact]
    public void Columns_and_statuses_of_a_carriers_own_are_named_in_the_installation_file()
    {
        _held.Edit("smscampaign.json", "\"display\": \"Viettel\"", """
            "display": "Viettel", "numberColumns": { "phone": "ISDN", "status": "MT_RC" },
            "statuses": { "1": "succeeded", "99": "failed" }
            """);

        var taken = Taken("ISDN,MT_RC,Gói cước\n0981111111,1,V90\n0982222222,99,V90\n");

        Assert.Equal((1, 1), (taken.Order.Balance!.Succeeded, taken.Order.Balance.Failed));
        AssertSaid("Gói cước", taken.Warnings.Select(warning => warning.What));
    }

    [Fact]
    public void A_list_may_go_over_sheets_and_have_its_table_beside_it()
    {
        _held.Agree();
        _held.PassTheDay();
        var file = Path.Combine(Path.GetDirectoryName(_held.Files.CampaignFile)!, "danh-sach.xlsx");

        WriteWorkbook(file, sent: "3");
        AssertSaid(
            "danh sách có 2, bảng ghi 3",
            Assert.IsType<ResultImport.Refused>(_held.ImportFile(file)).Problems.Select(problem => problem.What));

        WriteWorkbook(file, sent: "2");
        var taken = Assert.IsType<ResultImport.Taken>(_held.ImportFile(file));
        Assert.Equal((3, 2, 1), (
            taken.Order.Result!.Numbers!.Rows, taken.Order.Result.Numbers.Subscribers,
            taken.Order.Result.Numbers.Repeated));
    }

    [Theory]
    [InlineData("0981111111,Thành công,Đắk Lắk,9\n", "chỉ có 3 cột")]
    [InlineData("0981111111,\"Thành công\n0982222222,Thành công,\",Đắk Lắk\n", "dấu ngoặc kép")]
    [InlineData("", "không có số nào")]
    [InlineData("+1 212 555 0100,Thành công,A\n0262 3850 123,Thành công,A\n", "Không hàng nào là số di động")]
    public void Rows_that_would_be_read_wrong_are_refused(string rows, string said)
    {
        _held.Agree();
        _held.PassTheDay();

        AssertSaid(said, Assert.IsType<ResultImport.Refused>(_held.Import(Heading + rows))
            .Problems.Select(problem => problem.What));
    }

    [Theory]
    [InlineData("Số điện thoại,Địa bàn,Đã gửi,Trạng thái\n0981111111,Đắk Lắk,1,Thành công\n", "vừa có cột")]
    [InlineData("Số điện thoại,Số liên hệ,Trạng thái\n0981111111,0982222222,Thành công\n", "nhiều cột số")]
    [InlineData("Số điện thoại,Trạng thái,Kết quả\n0981111111,Thành công,x\n", "nhiều cột trạng thái")]
    [InlineData("Số điện thoạj,Trạng thái\n0981111111,Thành công\n", "có phải là 'Số điện thoại' không")]
    public void Headings_that_may_mean_two_things_are_asked_about(string file, string said)
    {
        _held.Agree();
        _held.PassTheDay();

        AssertSaid(
            said, Assert.IsType<ResultImport.Refused>(_held.Import(file)).Problems.Select(problem => problem.What));
    }

    [Fact]
    public void The_foot_is_no_row_and_is_said()
    {
        var taken = Taken(Heading + "0981111111,Thành công,Đắk Lắk\nTổng cộng: 1,,\n,,NGƯỜI LẬP BIỂU\n");

        Assert.Equal(1, taken.Order.Result!.Numbers!.Rows);
        AssertSaid("Không đọc 2 hàng", taken.Warnings.Select(warning => warning.What));
        Assert.DoesNotContain(
            taken.Questions.Select(question => question.In(Language.Vietnamese)),
            question => question.Contains("ước tính", StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_is_held_to_the_bounds_of_a_table()
    {
        _held.Agree();
        _held.PassTheDay();
        var rows = string.Concat(Enumerable.Range(0, 1101).Select(at => $"098{1_000_000 + at},Thành công,Đắk Lắk\n"));

        AssertSaid("nhận tới 1.100", Assert.IsType<ResultImport.Refused>(_held.Import(Heading + rows))
            .Problems.Select(problem => problem.What));
    }

    static void WriteWorkbook(string file, string sent)
    {
        using var workbook = new WrittenWorkbook();
        workbook.Sheet("Tổng hợp", [], 0, rows =>
        {
            rows.Row(CellLook.Plain, "Địa bàn", "Đã gửi");
            rows.Row(CellLook.Plain, "Đắk Lắk", sent);
        });
        workbook.Sheet("Số 1", [], 0, rows =>
        {
            rows.Row(CellLook.Plain, "DANH SÁCH THUÊ BAO");
            rows.Row(CellLook.Plain, "SĐT", "Trạng thái");
            rows.Row(CellLook.Plain, "0981111111", "Thành công");
            rows.Row(CellLook.Plain, "0982222222", "Thất bại");
        });
        workbook.Sheet("Số 2", [], 0, rows =>
        {
            rows.Row(CellLook.Plain, "SĐT", "Trạng thái");
            rows.Row(CellLook.Plain, "0982222222", "Thất bại");
        });
        File.WriteAllBytes(file, workbook.ToBytes());
    }

    ResultImport.Taken Taken(string content)
    {
        _held.Agree();
        _held.PassTheDay();
        var import = _held.Import(content);
        return import is ResultImport.Taken taken ? taken : throw new Xunit.Sdk.XunitException(string.Join(
            '\n', ((ResultImport.Refused)import).Problems.Select(problem => problem.In(Language.Vietnamese))));
    }

    static void AssertSaid(string words, IEnumerable<Wording> said) => Assert.Contains(
        said.Select(each => each.In(Language.Vietnamese)), each => each.Contains(words, StringComparison.Ordinal));
}
