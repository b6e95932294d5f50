using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SmsCampaign.Messages;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Receipts;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Run;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Reports;

public sealed partial class RunReportTests : IDisposable
{
    static readonly string[] Names =
    [
        "bao-cao.docx", "bao-cao.html", "bao-cao.xlsx", "chi-tiet.csv", "chua-ro.csv", "kiem-tra.txt", "loai-tru.csv",
        "loi.csv", "theo-dia-ban-nha-mang.csv", "theo-dia-ban.csv", "theo-gio.csv",
        "theo-kenh.csv", "theo-nha-mang.csv", "theo-nhom-nhan-tin.csv", "tong-hop.csv",
    ];

    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static string CaseOf(string file, string cases) =>
        Path.Combine(AppContext.BaseDirectory, "Reports", "Cases", cases, Path.GetFileName(file));

    /// <returns>Null where it is as its case.</returns>
    static string? DifferenceFromCase(string file, string cases)
    {
        var (expected, actual) = (File.ReadAllBytes(CaseOf(file, cases)), File.ReadAllBytes(file));
        return WrittenFile.DifferenceOf(
            Encoding.UTF8.GetString(expected), Encoding.UTF8.GetString(actual)) is { } difference
            ? $"tests/SmsCampaign.Tests/Reports/Cases/{cases}/{Path.GetFileName(file)}, {difference}"
            : null;
    }

    [Theory]
    [InlineData(Language.Vietnamese, "vi")]
    [InlineData(Language.English, "en")]
    public void Every_file_of_a_small_run_is_as_worked_out_by_hand(Language language, string cases)
    {
        var approval = new Approval
        {
            Campaign = "mau",
            Hash = "e9e73dbaa1970123456789",
            ApprovedBy = "=Nguyễn Văn A",
            Document = "12/KH-UBND",
            At = new DateTimeOffset(2025, 7, 29, 17, 5, 9, 999, TimeSpan.Zero).ToSql(),
            ByOs = "sms-campaign@may-chu (sudo: an)",
        };

        var fired = new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero);
        var options = new ReportOptions(language)
        {
            Approval = approval,
            Decisions =
            [
                new Decision(
                    new RunKey("mau", new DateOnly(2025, 7, 30), false),
                    fired,
                    fired.AddSeconds(1),
                    DecisionKind.Fired,
                    new Wording("Khung giờ gửi mở.", "The window opens."))
                {
                    ByOs = "sms-campaign@may-chu",
                },
            ],
        };
        var run = RunAddress.OfFile(SmallLedger.Make(_folder.Path));
        var result = RunReport.Write(run, _folder.File("report"), options);

        Assert.Equal(Names, result.Files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        // kiem-tra.txt: ReportVerifyTests; the documents: ReportDocumentsTests.
        var files = result.Files.Where(file => file.EndsWith(".csv", StringComparison.Ordinal)).ToList();
        var differ = files.Select(file => DifferenceFromCase(file, cases)).OfType<string>().ToList();
        Assert.True(
            differ.Count == 0,
            $"Where a file is meant to be another, work out its case by hand.\n{string.Join('\n', differ)}");
        foreach (var file in files)
            Assert.Equal(File.ReadAllBytes(CaseOf(file, cases)), File.ReadAllBytes(file));
    }

    [Fact]
    public void Rule_7_every_row_of_the_audience_is_accounted_for()
    {
        var balance = Write(SmallLedger.Make(_folder.Path)).Balance;

        Assert.True(balance.Holds);
        Assert.Equal(15, balance.Audience);
        Assert.Equal(
            [
                ("Excluded", 4), ("Leftover", 1), ("Planned", 2), ("Submitting", 1), ("Uncertain", 1),
                ("Accepted", 2), ("Sent", 2), ("Delivered", 1), ("Failed", 1),
            ],
            balance.Terms.Select(term => (term.Status?.ToString() ?? "Excluded", term.Count)));
    }

    /// <summary>Of a number this program does not know too, and above the balance, whose rows add up.</summary>
    [Fact]
    public void What_is_left_over_stands_by_its_reason_and_adds_up_to_its_row_of_the_balance()
    {
        var ledger = SmallLedger.Make(_folder.Path);
        (int Carrier, int Position, int Reason)[] left =
            [(1, 1, 22), (1, 2, 22), (1, 3, 23), (2, 1, 24), (2, 2, 25), (3, 1, 21), (4, 1, 99)];
        foreach (var (carrier, position, reason) in left)
            SmallLedger.Change(
                ledger,
                $"update state set status = 7, reason = {reason}, code = null, attempt = null "
                    + $"where seq = {MessageSeq.Of(carrier, position)}");
        SmallLedger.Change(ledger, "delete from attempt"); // else they say that some of it was handed over

        var rows = Read(Write(ledger), "tong-hop.csv").Split("\r\n");

        Assert.Equal(
            [
                "hết khung giờ gửi,1", "lỡ giờ bắt đầu gửi,1", "đã hủy theo quyết định,2",
                "kết thúc sớm theo quyết định,1", "kênh gửi còn bị dừng khi hết khung giờ,1",
                "còn tạm dừng theo quyết định khi hết khung giờ,1", "lý do lạ 99,1",
            ],
            rows.Where(row => row.StartsWith("Chưa gửi vì: ", StringComparison.Ordinal))
                .Select(row => row["Chưa gửi vì: ".Length..row.LastIndexOf(',')]));
        Assert.Contains("Chưa gửi (còn lại),8,", rows);
        Assert.StartsWith("Cân đối,đúng,", rows[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_outside_all_segments_are_excluded_in_a_row_of_their_own()
    {
        var ledger = SmallLedger.Make(_folder.Path);
        SmallLedger.Change(ledger, "insert into segment values (0, '', '', 0, 1); insert into exclusion (source, line, "
            + "segment, reason, number) values (1, 13, 0, 12, 84961000555)");

        var result = Write(ledger);

        Assert.True(result.Balance.Holds);
        Assert.Equal((16, 5), (result.Balance.Audience, result.Balance.Terms[0].Count));
        Assert.Contains(
            "1,(ngoài mọi nhóm nhận tin),1,1,0",
            File.ReadAllText(_folder.File("report/theo-nhom-nhan-tin.csv")),
            StringComparison.Ordinal);
        Assert.Contains(
            ",13,,ngoài mọi nhóm nhận tin,84961***555,",
            File.ReadAllText(_folder.File("report/loai-tru.csv")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delete from message where seq = 1 << 28 | 4", 1)] // a planned message lost
    [InlineData("delete from exclusion where id = 1", 1)]
    [InlineData("update segment set matched = matched - 2 where id = 2", -2)]
    [InlineData("delete from message where seq = 1 << 28 | 1", 1)] // its state is left behind
    [InlineData("insert into state (seq, status, settled_us) values (5 << 28, 5, 0)", 0)] // a result of nothing we sent
    [InlineData("update state set status = 9 where seq = 1 << 28 | 1", 1)] // no status we know
    [InlineData("update message set segment = 2 where seq = 1 << 28 | 1", 0)] // right in sum, wrong in both segments
    [InlineData("update message set segment = 7 where seq = 1 << 28 | 1", 0)] // a segment that is not there
    public void Rule_7_a_ledger_with_rows_too_many_or_too_few_is_said_to_be_wrong(string damage, long difference)
    {
        var run = SmallLedger.Make(_folder.Path);
        SmallLedger.Change(run, damage);

        var result = Write(run);

        Assert.False(result.Balance.Holds);
        Assert.Equal(difference, result.Balance.Difference);
        var last = Read(result, "tong-hop.csv").TrimEnd().Split("\r\n")[^1];
        Assert.StartsWith($"Cân đối,SAI,\"Chênh lệch {difference}.", last, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("binh", "Khác tài khoản đã phê duyệt")]
    [InlineData("an", "\"Cùng tài khoản đã phê duyệt, hoặc không rõ\"")]
    public void Who_submitted_what_was_approved_stands_beside_who_approved_it(string submitter, string said)
    {
        var submission = new Submission
        {
            Campaign = "mau",
            Date = "2025-07-30",
            EveryYear = true,
            Hash = "e9e7",
            Definition = "",
            DefinitionHash = "",
            AudienceHash = "",
            PlanHash = "",
            Seal = "",
            SubmittedBy = "Trần Thị B",
            Identity = new Identity(IdentityKind.Os, submitter),
            ByOs = $"sms-campaign@may-chu (sudo: {submitter})",
            At = new DateTimeOffset(2025, 7, 29, 9, 0, 0, TimeSpan.Zero).ToSql(),
            IsWitnessed = true,
        };
        var options = new ReportOptions(Language.Vietnamese)
        {
            Approval = new Approval
            {
                Campaign = "mau",
                Hash = "e9e7",
                ApprovedBy = "Nguyễn Văn A",
                At = new DateTimeOffset(2025, 7, 29, 10, 0, 0, TimeSpan.Zero).ToSql(),
                Identity = new Identity(IdentityKind.Os, "an"),
                Submission = submission,
            },
        };

        var result = RunReport.Write(
            RunAddress.OfFile(SmallLedger.Make(_folder.Path)), _folder.File("report"), options);

        var summary = Read(result, "tong-hop.csv");
        Assert.Contains("\r\nNgười trình,Trần Thị B,", summary, StringComparison.Ordinal);
        Assert.Contains(
            $"\r\nTài khoản máy tính đã trình,sms-campaign@may-chu (sudo: {submitter}),{said}\r\n",
            summary,
            StringComparison.Ordinal);
        Assert.Contains("\r\nGiờ trình,29/07/2025 16:00:00", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_9_no_number_stands_in_full_in_any_file_unless_asked_for()
    {
        var result = Write(SmallLedger.Make(_folder.Path));

        foreach (var file in result.Files)
            Assert.DoesNotMatch("(84|0)(96|91|90|99)1000[0-9]{3}", File.ReadAllText(file));
    }

    [Fact]
    public void Numbers_in_full_go_into_a_folder_of_their_own()
    {
        var result = RunReport.Write(
            RunAddress.OfFile(SmallLedger.Make(_folder.Path)),
            _folder.File("report"),
            new ReportOptions(Language.Vietnamese, new UnmaskedExport(_folder.File("full"))));

        Assert.Equal(
            ["full/chi-tiet.csv", "full/chua-ro.csv", "full/loai-tru.csv"],
            result.Files
                .Where(file => File.ReadAllText(file).Contains("849610001", StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(_folder.Path, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal));
        Assert.Equal(Names.Length + 3, result.Files.Count);
        Assert.Contains(
            "\r\n1,84961000101,Viettel,",
            File.ReadAllText(_folder.File("full/chi-tiet.csv")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_in_full_are_packed_behind_a_password_and_lie_nowhere_else()
    {
        const string password = "mật khẩu đủ dài";
        var archive = _folder.File("full.zip");

        var result = RunReport.Write(
            RunAddress.OfFile(SmallLedger.Make(_folder.Path)), _folder.File("report"),
            new ReportOptions(Language.Vietnamese, new UnmaskedExport(_folder.File("full"), (archive, password))));

        Assert.Equal(archive, result.Files[^1]);
        Assert.False(Directory.Exists(_folder.File("full")));
        Assert.Empty(Directory.GetDirectories(_folder.Path, "*.unfinished*"));
        Assert.DoesNotContain(
            "849610001", Encoding.Latin1.GetString(File.ReadAllBytes(archive)), StringComparison.Ordinal);

        using var zip = new ICSharpCode.SharpZipLib.Zip.ZipFile(archive) { Password = password };
        var entry = zip.GetEntry("chi-tiet.csv");
        Assert.Equal(256, entry.AESKeySize);
        using var reader = new StreamReader(zip.GetInputStream(entry));
        Assert.Contains("\r\n1,84961000101,Viettel,", reader.ReadToEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vnpt")] // trusted as far as the network
    [InlineData("mobifone")] // sends no receipts
    [InlineData("gmobile")] // trusted as far as the gateway
    public void A_lane_never_says_more_than_its_receipts_can(string lane)
    {
        var run = SmallLedger.Make(_folder.Path);
        SmallLedger.Change(run, "update state set status = 5 where status in (3, 4)");

        var result = Write(run);

        var rows = Read(result, "chi-tiet.csv")
            .Split("\r\n")
            .Where(row => row.Contains($",{lane},", StringComparison.Ordinal));
        Assert.DoesNotContain(rows, row => row.Contains("đã tới máy", StringComparison.Ordinal));
        var counts = Read(result, "theo-kenh.csv")
            .Split("\r\n")
            .Single(row => row.Contains($",{lane},", StringComparison.Ordinal));
        Assert.DoesNotContain("đã tới máy", counts, StringComparison.Ordinal);
        Assert.Contains("không xác nhận", counts, StringComparison.Ordinal);
        Assert.Equal(1, result.Balance.Terms.Single(term => term.Status == MessageStatus.Delivered).Count);
    }

    [Fact]
    public void The_same_ledger_gives_the_same_bytes_and_replaces_what_was_there()
    {
        var run = SmallLedger.Make(_folder.Path);
        var before = Write(run).Files.ToDictionary(file => file, File.ReadAllBytes);
        File.WriteAllText(before.Keys.First(), "an older report");
        File.WriteAllText(_folder.File("report/ghi-chu.txt"), "an officer's own");

        var again = Write(run);

        Assert.All(again.Files, file => Assert.Equal(before[file], File.ReadAllBytes(file)));
        Assert.Equal(before.Count + 1, Directory.GetFiles(_folder.File("report")).Length);
        Assert.DoesNotContain(
            Directory.GetFileSystemEntries(_folder.Path), entry => entry.Contains("report.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_report_that_cannot_be_finished_leaves_the_old_one_and_nothing_half_done()
    {
        var run = SmallLedger.Make(_folder.Path);
        var before = Write(run).Files.ToDictionary(file => file, File.ReadAllBytes);
        SmallLedger.Change(run, "alter table exclusion rename to gone");

        Assert.Throws<SmsCampaign.Storage.LedgerException>(() => Write(run));

        Assert.All(before, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
        Assert.DoesNotContain(
            Directory.GetFileSystemEntries(_folder.Path), entry => entry.Contains("report.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_report_into_the_same_folder_is_refused_while_the_first_is_written()
    {
        var run = SmallLedger.Make(_folder.Path);
        using var first = new ReportFolder(_folder.File("report"));
        first.Create("chi-tiet.csv").Dispose();

        Assert.Throws<IOException>(() => Write(run));

        Assert.Equal(_folder.File("report/chi-tiet.csv"), Assert.Single(first.Publish()));
    }

    [Fact]
    public void A_ledger_that_is_being_written_is_read_as_it_last_stood()
    {
        var run = SmallLedger.Make(_folder.Path);
        using var writer = SmsCampaign.Storage.Sqlite.SqliteDb.Open(run);
        writer.Execute("pragma journal_mode = wal");
        var before = Read(Write(run), "tong-hop.csv");
        writer.Execute(
            $"begin; insert into state (seq, status, handed_us, settled_us) values ({MessageSeq.Of(1, 4)}, 3, 0, 0)");

        var during = Read(Write(run), "tong-hop.csv");
        writer.Execute("commit");
        var after = Read(Write(run), "tong-hop.csv");

        Assert.Equal(before, during);
        Assert.NotEqual(before, after);
    }

    /// <summary>A4 across at 11 points takes some 130 characters a line and 35 lines; eight carriers, each with a
    /// fallback, are 16 rows.</summary>
    [Fact]
    public void The_table_of_carriers_prints_on_one_page()
    {
        const int mostWide = 130;

        var rows = Read(Write(SmallLedger.Make(_folder.Path)), "theo-nha-mang.csv")
            .TrimEnd()
            .Split("\r\n")
            .Select(row => Cells(row))
            .ToList();

        // Headings break their lines; what must fit is the widest cell below and the longest word above.
        var widths = Enumerable.Range(0, rows[0].Count).Select(column =>
            rows.Skip(1)
                .Select(row => row[column].Length)
                .Append(rows[0][column].Split(' ').Max(word => word.Length))
                .Max() + 1);
        Assert.InRange(widths.Sum(), 1, mostWide);
    }

    [Fact]
    public void What_became_of_the_recipients_of_a_carrier_adds_up_to_them()
    {
        var rows = Read(Write(SmallLedger.Make(_folder.Path)), "theo-nha-mang.csv")
            .TrimEnd()
            .Split("\r\n")
            .Skip(1)
            .Select(row => Cells(row))
            .ToList();

        Assert.Equal(5, rows.Count);
        Assert.All(rows, cells => Assert.Equal(NumberIn(cells[2]), cells.Skip(3).Take(5).Sum(NumberIn)));
    }

    [Fact]
    public void What_was_sent_stands_in_the_summary_with_a_hash_that_anybody_can_make_of_it()
    {
        var run = SmallLedger.Make(_folder.Path);
        SmallLedger.Change(run, "insert into run_info values ('text:thong-diep', 'Toàn dân, hãy báo 111')");

        var summary = Read(Write(run), "tong-hop.csv");

        Assert.Contains(
            "\r\nNội dung đã gửi: thong-diep,\"Toàn dân, hãy báo 111\",", summary, StringComparison.Ordinal);
        Assert.Contains(
            $"\r\n"
                + $"Mã băm nội dung: "
                + $"thong-diep,"
                + $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("Toàn dân, hãy báo 111")))},",
            summary,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_a_cell_shows_with_signs_that_were_not_sent_says_so()
    {
        const string text = "Toàn dân:\n- báo 111\n- báo công an";
        var run = SmallLedger.Make(_folder.Path);
        SmallLedger.Change(run, $"insert into run_info values ('text:thong-diep', '{text}')");

        var summary = Read(Write(run), "tong-hop.csv");

        Assert.Contains(
            "\"Toàn dân:\n'- báo 111\n'- báo công an\",\"Trong tệp CSV, dấu ' ở đầu dòng hoặc sau dấu ; do chương "
                + "trình thêm",
            summary,
            StringComparison.Ordinal);
        Assert.Contains(
            $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))},\"SHA-256 của nội dung đã gửi, "
                + $"không có các dấu ' mà tệp CSV thêm ở dòng trên",
            summary,
            StringComparison.Ordinal);
    }

    /// <summary>A decimal of either kind is read as a hundred times as much by a spreadsheet set to
    /// another country.</summary>
    [Theory]
    [InlineData(Language.Vietnamese)]
    [InlineData(Language.English)]
    public void Every_number_of_the_report_means_the_same_in_every_country(Language language)
    {
        foreach (var file in Write(SmallLedger.Make(_folder.Path), language).Files.Where(file =>
            file.EndsWith(".csv", StringComparison.Ordinal)))
        {
            var cells = File.ReadAllText(file).Split("\r\n").SelectMany(row => Cells(row));
            Assert.DoesNotContain(cells, cell => Decimal().IsMatch(cell));
        }
    }

    [Fact]
    public void Odd_receipts_are_told_where_the_caller_knows_of_them()
    {
        var options = new ReportOptions(Language.Vietnamese)
        {
            Oddities = [new OddReceipts(ReceiptOddity.Contradicting, 3)],
        };

        var run = RunAddress.OfFile(SmallLedger.Make(_folder.Path));
        var result = RunReport.Write(run, _folder.File("report"), options);

        Assert.Contains(
            "\r\nBiên nhận trái với kết quả đã có,3,", Read(result, "tong-hop.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Receipts_of_no_run_are_told_lane_by_lane_of_the_runs_own_lanes()
    {
        var run = SmallLedger.Make(_folder.Path);
        var lane = RunStatus.Read(RunAddress.OfFile(run)).Lanes[0].Name;
        var options = new ReportOptions(Language.Vietnamese)
        {
            Strays =
            [
                new OddReceipts(ReceiptOddity.Unreadable, 3, lane),
                new OddReceipts(ReceiptOddity.Unknown, 4, "another"),
            ],
        };

        var summary = Read(RunReport.Write(RunAddress.OfFile(run), _folder.File("report"), options), "tong-hop.csv");

        Assert.Contains($"\r\n\"Biên nhận không đọc được, kênh {lane}\",3,", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("another", summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MessageStatus.Accepted, true)]
    [InlineData(MessageStatus.Sent, true)] // at a lane whose receipts reach the phone
    [InlineData(MessageStatus.Delivered, false)]
    public void Of_which_messages_no_last_receipt_came_is_said_and_until_when_it_is_waited_for(
        MessageStatus status,
        bool isSaid)
    {
        var run = SmallLedger.Make(_folder.Path);
        SmallLedger.Change(run, $"update state set status = {(int)status} where seq = {MessageSeq.Of(1, 1)}");

        var result = Write(run);

        Assert.Equal(
            isSaid,
            Read(result, "tong-hop.csv").Contains(
                "\"Chưa có biên nhận cuối, kênh viettel-cskh\",1,Chờ tới 02/08/2025 08:00:02; "
                    + "không có thì giữ kết quả đã biết",
                StringComparison.Ordinal));
        Assert.Contains(
            isSaid ? ",30/07/2025 08:00:09,02/08/2025 08:00:02,thue-bao" : ",30/07/2025 08:00:09,,thue-bao",
            FirstRow("viettel-cskh"),
            StringComparison.Ordinal);
        // sends no receipts
        Assert.Contains(",30/07/2025 08:00:01,,thue-bao", FirstRow("mobifone"), StringComparison.Ordinal);

        string FirstRow(string lane) => Read(result, "chi-tiet.csv")
            .Split("\r\n")
            .First(row => row.Contains($",{lane},", StringComparison.Ordinal));
    }

    [Fact]
    public void Answers_that_nobody_knows_are_counted_by_their_name()
    {
        var run = SmallLedger.Make(_folder.Path);
        SmallLedger.Change(
            run,
            $"insert into message (seq, number, segment, area, rule, source, line) values ({MessageSeq.Of(4, 100)}, "
                + $"84990000001, 1, 1, 3, 1, 0), ({MessageSeq.Of(4, 101)}, 84990000002, 1, 1, 3, 1, 0)");
        SmallLedger.Change(run, $"insert into state (seq, status, reason, code, settled_us) select seq, 2, "
            + $"{(int)Reason.UnknownCode}, 'code 77', 0 from message where seq >= {MessageSeq.Of(4, 100)}");

        Assert.Contains(
            "chưa rõ,mã 77,\"nhà mạng trả lời mã chưa biết, chưa rõ có nhận tin hay không\",Gmobile,2,",
            Read(Write(run), "loi.csv"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Endless_kinds_of_failure_are_counted_together_past_a_limit()
    {
        var run = SmallLedger.Make(_folder.Path);
        SmallLedger.Change(run, $"""
            with recursive count (value) as (values (1) union all select value + 1 from count where value < {RunTallies.MostFailures + 5})
            insert into message (seq, number, segment, area, rule, source, line)
            select {MessageSeq.Of(4, 100)} + value, 84990000000 + value, 1, 1, 3, 1, 0 from count
            """);
        SmallLedger.Change(run, $"insert into state (seq, status, failure, code, settled_us) select seq, 6, 8, "
            + $"'free text ' || (seq & 65535), 0 from message where seq > {MessageSeq.Of(4, 100)}");

        var rows = Read(Write(run), "loi.csv").TrimEnd().Split("\r\n");

        Assert.Equal(1 + RunTallies.MostFailures + 1, rows.Length);
        Assert.Single(rows, row => row.Contains("mã lỗi chưa biết,,,Gmobile,7,", StringComparison.Ordinal));
    }

    ReportResult Write(string run, Language language = Language.Vietnamese) =>
        RunReport.Write(RunAddress.OfFile(run), _folder.File("report"), new ReportOptions(language));

    static string Read(ReportResult result, string name) =>
        File.ReadAllText(
            result.Files.Single(file => file.Replace('\\', '/').EndsWith("/report/" + name, StringComparison.Ordinal)));

    static long NumberIn(string cell) => long.Parse(cell, CultureInfo.InvariantCulture);

    static List<string> Cells(string row) => [.. Cell().Matches(row).Select(match => match.Groups["cell"].Value)];

    [GeneratedRegex("(?:^|,)(?:\"(?<cell>(?:[^\"]|\"\")*)\"|(?<cell>[^,\"]*))")]
    private static partial Regex Cell();

    [GeneratedRegex(@"\A-?[0-9]+[.,][0-9]+%?\z")]
    private static partial Regex Decimal();
}
