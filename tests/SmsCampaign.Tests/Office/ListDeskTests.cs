using System.Text;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Audience;
using SmsCampaign.Tests.Campaigns;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

/// <summary>Lists of a campaign: what is understood of them, and new ones.</summary>
public sealed class ListDeskTests : IDisposable
{
    const string Campaign = "thu-nghiem";

    const string List = "Họ tên,SĐT,Xã/Phường,CCCD\nNguyễn Văn A,0961234567,Ea Bung,012345678901\n"
        + "Trần B,0961234567,Ea Bung,\nLê C,0912345678,Buôn Đôn,\nD,0971234567,Buôn Đôn,\nE,12,Buôn Đôn,\n";

    readonly TempFolder _folder = new();
    readonly Who _who = Who.OnTheWeb("Trần Thị B", "b", null);

    public ListDeskTests()
    {
        Write("campaign.yaml", CampaignFolder.Valid);
        Write("subscribers.csv", List);
        Write("tu-choi.csv", "Số điện thoại\n0971234567\n");
    }

    string Folder => _folder.File($"campaigns/{Campaign}");

    string File => Path.Combine(Folder, "campaign.yaml");

    ListDesk Desk => NewDesk(_ => long.MaxValue);

    CampaignLists Lists => Desk.Find(Campaign)!;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    [Fact]
    public void A_list_that_is_brought_lies_in_the_folder_by_its_content_and_the_file_names_it()
    {
        var brought = Bring(List + "F,0981234567,Ea Bung,\n");

        var taken = Assert.IsType<ListResult.Taken>(Take("nhom-1", brought));

        Assert.Matches("^[0-9a-f]{16}\\.csv$", taken.File);
        Assert.Equal(VersionCause.Lists, taken.Saved!.Version.Cause);
        Assert.Equal(
            CampaignFolder.Valid.Replace("file: subscribers.csv", $"file: {taken.File}", StringComparison.Ordinal),
            System.IO.File.ReadAllText(File));
        Assert.EndsWith(
            "F,0981234567,Ea Bung,\n", System.IO.File.ReadAllText(Path.Combine(Folder, taken.File)),
            StringComparison.Ordinal);
        Assert.True(System.IO.File.Exists(Path.Combine(Folder, "subscribers.csv")));
        Assert.False(System.IO.File.Exists(brought));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(
                (UnixFileMode)0,
                System.IO.File.GetUnixFileMode(Path.Combine(Folder, taken.File)) & (UnixFileMode)0b1_111);

        var again = Assert.IsType<ListResult.Taken>(Take("nhom-1", Bring(List + "F,0981234567,Ea Bung,\n")));
        Assert.Equal((taken.File, null), (again.File, again.Saved));
    }

    [Fact]
    public void A_list_that_is_sent_again_as_the_answer_was_lost_is_there_already()
    {
        var seen = Seen(Lists);
        foreach (var (use, text) in new[] { ("nhom-1", List + "x\n"), (ListDesk.NewSuppression, "0961234567\n") })
        {
            var first = Assert.IsType<ListResult.Taken>(Take(use, Bring(text)));

            var again = Assert.IsType<ListResult.Taken>(
                Desk.Take(_who, Campaign, seen, use, Bring(text), "brought.csv"));

            Assert.Equal((first.File, null), (again.File, again.Saved));
        }

        Assert.IsType<EditResult.Stale>(Assert.IsType<ListResult.Unnamed>(
            Desk.Take(_who, Campaign, seen, "nhom-1", Bring(List + "y\n"), "brought.csv")).Why);
    }

    [Fact]
    public void A_suppression_list_is_added_beside_the_others_or_takes_the_place_of_one()
    {
        var first = Assert.IsType<ListResult.Taken>(Take(ListDesk.NewSuppression, Bring("0961234567\n")));
        Assert.Contains(
            $"suppression: [tu-choi.csv, {first.File}]", System.IO.File.ReadAllText(File), StringComparison.Ordinal);

        var second = Assert.IsType<ListResult.Taken>(Take("tu-choi-1", Bring("SĐT\n0987654321\n")));
        Assert.Contains(
            $"suppression: [{second.File}, {first.File}]", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_does_not_name_any_gets_its_first_suppression_list()
    {
        Write("campaign.yaml", CampaignFolder.With("suppression: [tu-choi.csv]\n", ""));

        var taken = Assert.IsType<ListResult.Taken>(Take(ListDesk.NewSuppression, Bring("0961234567\n")));

        Assert.Contains(
            $"suppression: [{taken.File}]", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[]> NoLists => new()
    {
        { "a program", [(byte)'M', (byte)'Z', 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0xB8, 0, 0, 0] },
        { "a program of Linux", [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0xC3, 0x28, 0xFF, 0] },
        { "a picture", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0] },
        { "an old workbook", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0] },
        { "a zip of nothing", [(byte)'P', (byte)'K', 3, 4, 0, 0, 0, 0, 0, 0] },
        { "an old font", [.. Enumerable.Repeat((byte)0xB8, 40), 10] },
        { "nothing", [] },
    };

    [Theory]
    [MemberData(nameof(NoLists))]
    public void What_is_no_list_is_refused_by_what_it_is_and_leaves_nothing(string what, byte[] content)
    {
        var before = Directory.GetFileSystemEntries(Folder).Order().ToList();
        foreach (var use in new[] { "nhom-1", "tu-choi-1", ListDesk.NewSuppression })
        {
            var refused = Assert.IsType<ListResult.Refused>(Take(use, Bring(content)));
            Assert.True(refused.Problems.Any(problem => problem.Severity == Severity.Error), what);
            Assert.All(refused.Problems, problem => Assert.Equal("brought.csv", problem.Where?.File));
        }

        Assert.Equal(before, Directory.GetFileSystemEntries(Folder).Order());
        Assert.Equal(CampaignFolder.Valid, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_workbook_made_to_fill_the_machine_is_refused()
    {
        new WorkbookFile()
            .Sheet("S", WorkbookFile.Row(1, "SĐT", "Xã/Phường") + $"<row r=\"{new string('1', 15_000_000)}\"/>")
            .Write(_folder.File("brought.csv"));

        var refused = Assert.IsType<ListResult.Refused>(Take("nhom-1", _folder.File("brought.csv")));

        Assert.Contains(refused.Problems, problem => problem.Severity == Severity.Error);
        Assert.Equal(CampaignFolder.Valid, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Nothing_of_a_list_stays_where_the_file_has_changed_or_cannot_be_changed()
    {
        var seen = Seen(Lists);
        Write("campaign.yaml", CampaignFolder.Valid + "# khác\n");
        var stale = Assert.IsType<ListResult.Unnamed>(
            Desk.Take(_who, Campaign, seen, "nhom-1", Bring(List), "brought.csv"));
        Assert.IsType<EditResult.Stale>(stale.Why);
        Assert.IsType<EditResult.Stale>(Assert.IsType<ListResult.Unnamed>(Take("nhom-9", Bring(List))).Why);

        Write("campaign.yaml", CampaignFolder.With(
            "suppression: [tu-choi.csv]", "suppression: [ # hai\n  tu-choi.csv ]"));
        var outOfPlace = Assert.IsType<ListResult.Unnamed>(Take(ListDesk.NewSuppression, Bring("0961234567\n")));
        Assert.IsType<EditResult.OutOfPlace>(outOfPlace.Why);

        Assert.Equal(
            ["campaign.yaml", "subscribers.csv", "tu-choi.csv"],
            Directory.GetFiles(Folder, "*.*").Select(Path.GetFileName).Where(name => name![0] != '.').Order());
    }

    [Fact]
    public void A_list_that_the_file_names_by_now_is_not_taken_away_where_saving_fails()
    {
        var named = Assert.IsType<ListResult.Taken>(Take("nhom-1", Bring(List))).File;
        System.IO.File.Delete(Path.Combine(Folder, named));
        using var held = new FileStream(
            Path.Combine(Folder, ".ban.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

        Assert.IsType<EditResult.Busy>(Assert.IsType<ListResult.Unnamed>(Take("nhom-1", Bring(List))).Why);
        Assert.True(System.IO.File.Exists(Path.Combine(Folder, named)));

        Assert.IsType<EditResult.Busy>(Assert.IsType<ListResult.Unnamed>(Take("nhom-1", Bring(List + "x\n"))).Why);
        Assert.Equal(
            ["campaign.yaml", named, "subscribers.csv", "tu-choi.csv"],
            Directory.GetFiles(Folder)
                .Select(Path.GetFileName)
                .OfType<string>()
                .Where(name => name[0] != '.')
                .Order(StringComparer.Ordinal)
                .OrderBy(name => name != "campaign.yaml"));
    }

    [Fact]
    public void What_lies_there_by_the_same_name_is_neither_changed_nor_followed()
    {
        var name = Assert.IsType<ListResult.Taken>(Take("nhom-1", Bring(List))).File;
        Write("campaign.yaml", CampaignFolder.Valid);
        System.IO.File.Delete(Path.Combine(Folder, name));
        _folder.Write("elsewhere.txt", "secret");
        System.IO.File.CreateSymbolicLink(Path.Combine(Folder, name), _folder.File("elsewhere.txt"));

        var taken = Assert.IsType<ListResult.Taken>(Take("nhom-1", Bring(List)));

        Assert.Matches("^[0-9a-f]{64}\\.csv$", taken.File);
        Assert.Equal("secret", System.IO.File.ReadAllText(_folder.File("elsewhere.txt")));
    }

    [Fact]
    public void What_a_killed_process_left_is_no_list_and_goes_with_the_next()
    {
        var left = Path.Combine(Folder, "danh-sach.unfinished-0011223344556677");
        Directory.CreateDirectory(left);
        System.IO.File.WriteAllText(Path.Combine(left, "0123456789abcdef.csv"), List);
        var edits = new EditDesk(
            new CampaignFolders(_folder.File("campaigns")),
            Repository.PathOf("config/smscampaign.json"),
            new DataFolder(_folder.File("data")),
            TimeProvider.System);
        Assert.DoesNotContain(edits.ReadLists(Campaign), name => name.StartsWith('0'));

        Assert.IsType<ListResult.Taken>(Take("nhom-1", Bring(List)));

        Assert.False(Directory.Exists(left));
    }

    [Fact]
    public void A_list_that_is_too_large_or_finds_no_room_is_refused_before_it_comes()
    {
        Assert.Null(Desk.Refuse(ListDesk.Most));
        Assert.Contains("lớn hơn 500 MB", Desk.Refuse(ListDesk.Most + 1)!.Value.Vi, StringComparison.Ordinal);
        Assert.Contains(
            "không đủ chỗ: còn trống 600 MB, cần 701 MB",
            NewDesk(_ => 600_000_000).Refuse(200_000_000)!.Value.Vi,
            StringComparison.Ordinal);
        Assert.Null(NewDesk(_ => 600_000_000).Refuse(100_000_000));
        Assert.Null(NewDesk(_ => null).Refuse(100_000_000));
    }

    [Fact]
    public void The_first_rows_show_what_is_read_masked_and_of_the_rest_no_more_than_its_look()
    {
        var sight = ListDesk.Look(Lists.Find("nhom-1")!)!;

        Assert.Equal(("UTF-8", ','), (sight.Encoding!.Value.Vi, sight.Delimiter!.Value));
        var table = Assert.Single(sight.Tables);
        Assert.Equal((null, 1), (table.Sheet, table.Line));
        Assert.Equal([null, "phone", "commune", null], table.Columns.Select(column => column.Key));
        Assert.Equal(["xxxxxx xxx x", "0961***567", "Ea Bung", "000000000000"], table.Rows[0]);
        Assert.Equal(5, table.Rows.Count);

        var suppression = ListDesk.Look(Lists.Find("tu-choi-1")!)!;
        Assert.Equal(["0971***567"], Assert.Single(suppression.Tables).Rows[0]);
    }

    [Fact]
    public void Of_a_first_row_that_may_be_a_subscriber_no_more_than_its_look_is_shown()
    {
        Write("subscribers.csv", "Nguyễn Văn A,0961234567,Ea Bung\nPhương,0961234568,Buôn Đôn\n");

        var table = Assert.Single(ListDesk.Look(Lists.Find("nhom-1")!)!.Tables);

        Assert.Equal(
            [("xxxxxx xxx x", true), ("0000000000", true), ("xx xxxx", true)],
            table.Columns.Select(column => (column.Heading, column.IsLook)));

        Write("subscribers.csv", "Họ tên,Liên lạc,Xã/Phường\nPhương,0961234568,Buôn Đôn\n");
        Assert.Equal(
            ["Họ tên", "xxxx xxx", "Xã/Phường"],
            ListDesk.Look(Lists.Find("nhom-1")!)!.Tables[0].Columns.Select(column => column.Heading));
    }

    [Fact]
    public void Columns_and_sheets_are_named_in_the_file_by_their_places()
    {
        new WorkbookFile()
            .Sheet("Năm 2024", WorkbookFile.Rows(["SĐT", "Xã"], ["0961234567", "Ea Bung"]))
            .Sheet("Năm 2025", WorkbookFile.Rows(["Liên lạc", "Nơi ở"], ["0961234567", "Ea Bung"]))
            .Write(Path.Combine(Folder, "hai.xlsx"));
        Write("campaign.yaml", CampaignFolder.Valid
            .Replace("file: subscribers.csv", "file: hai.xlsx", StringComparison.Ordinal)
            .Replace("    filter: { Xã/Phường: [Ea Bung, Buôn Đôn] }\n", "", StringComparison.Ordinal));
        Assert.Equal(
            [("Năm 2024", true), ("Năm 2025", false)],
            ListDesk.Look(Lists.Find("nhom-1")!)!.Sheets.Select(sheet => (sheet.Name, sheet.IsRead)));

        Assert.IsType<EditResult.Saved>(Map(sheets: [1], []));
        Assert.Equal("xxxx xxx", ListDesk.Look(Lists.Find("nhom-1")!)!.Tables[0].Columns[0].Heading);
        Assert.IsType<EditResult.Saved>(Map(
            sheets: [1], new() { ["phone"] = 0, ["commune"] = 1, ["carrier"] = null }));

        Assert.Contains("    sheet: [Năm 2025]\n", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
        Assert.Contains(
            "    columns:\n      phone: Liên lạc\n      commune: Nơi ở\n",
            System.IO.File.ReadAllText(File),
            StringComparison.Ordinal);
        Assert.Equal(
            ["phone", "commune"],
            ListDesk.Look(Lists.Find("nhom-1")!)!.Tables[0].Columns.Select(column => column.Key));
        Assert.IsType<EditResult.Unchanged>(Map(
            sheets: [1], new() { ["phone"] = 0, ["commune"] = 1, ["carrier"] = null }));
    }

    [Fact]
    public void A_number_in_the_place_of_a_name_is_not_written_into_the_file()
    {
        Write("subscribers.csv", "0961234567,Ea Bung\n0971234567,Ea Bung\n");

        var refused = Assert.IsType<EditResult.Refused>(Map(sheets: null, new() { ["phone"] = 0, ["commune"] = 7 }));

        Assert.Equal(2, refused.Problems.Count);
        Assert.Contains("trông như số điện thoại", refused.Problems[0].What.Vi, StringComparison.Ordinal);
        Assert.Contains("không có cột thứ 8", refused.Problems[1].What.Vi, StringComparison.Ordinal);
        Assert.Equal(CampaignFolder.Valid, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_sheet_that_is_not_there_or_called_by_a_number_is_refused()
    {
        new WorkbookFile()
            .Sheet("0961234567", WorkbookFile.Rows(["SĐT", "Xã/Phường"], ["0961234567", "Ea Bung"]))
            .Sheet("Ghi chú", WorkbookFile.Rows(["a", "b"], ["1", "2"]))
            .Write(Path.Combine(Folder, "so.xlsx"));
        Write("campaign.yaml", CampaignFolder.With("file: subscribers.csv", "file: so.xlsx"));
        var before = System.IO.File.ReadAllText(File);

        var refused = Assert.IsType<EditResult.Refused>(Map(sheets: [0, 5], []));

        Assert.Equal(2, refused.Problems.Count);
        Assert.All(refused.Problems, problem =>
            Assert.DoesNotContain("0961234567", problem.What.Vi, StringComparison.Ordinal));
        Assert.Equal(before, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Places_in_a_list_that_has_changed_since_it_was_looked_at_name_nothing()
    {
        var seen = Lists;
        Write("subscribers.csv", "CCCD,SĐT,Xã/Phường\n012345678901,0961234567,Ea Bung\n");

        var refused = Assert.IsType<EditResult.Refused>(Map(sheets: null, new() { ["phone"] = 1 }, seen));

        Assert.Contains(
            "đã đổi từ khi mở trang này", Assert.Single(refused.Problems).What.Vi, StringComparison.Ordinal);
        Assert.Equal(CampaignFolder.Valid, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Of_segments_over_one_workbook_each_keeps_its_sheets()
    {
        WriteTwoOverOneBook();
        Assert.Equal(
            [("nhom-1", "hai"), ("nhom-2", "mot")],
            Lists.Uses
                .Where(use => !use.IsSuppression)
                .Select(use => (use.Id, Assert.Single(use.Segments))));

        Assert.IsType<EditResult.Saved>(Map(sheets: [1], new() { ["phone"] = 0 }));
        var text = System.IO.File.ReadAllText(File);
        Assert.Contains("sheet: [Năm 2024]\n", text, StringComparison.Ordinal);
        Assert.Contains("sheet: [Năm 2025]\n", text, StringComparison.Ordinal);
        Assert.Equal(3, text.Split("phone: SĐT").Length);

        Assert.IsType<EditResult.Saved>(Map(sheets: [1, 2], []));
        text = System.IO.File.ReadAllText(File);
        Assert.Contains("sheet: [Năm 2025, Năm 2026]\n", text, StringComparison.Ordinal);
        Assert.Contains("sheet: [Năm 2024]\n", text, StringComparison.Ordinal);

        Assert.IsType<EditResult.Unchanged>(Map(sheets: null, []));
    }

    [Fact]
    public void Sheets_beyond_those_that_are_shown_stay_as_the_file_says()
    {
        var book = new WorkbookFile();
        for (var at = 1; at <= 102; at++)
            book.Sheet($"Xã {at}", WorkbookFile.Rows(["SĐT", "Xã/Phường"], ["0961234567", "Ea Bung"]));
        book.Write(Path.Combine(Folder, "nhieu.xlsx"));
        Write("campaign.yaml", CampaignFolder.With(
            "file: subscribers.csv\n", "file: nhieu.xlsx\n    sheet: [Xã 1, Xã 102]\n"));

        Assert.IsType<EditResult.Saved>(Map(sheets: [1], []));

        Assert.Contains("sheet: [Xã 2, Xã 102]\n", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public void All_lists_are_counted_and_the_excluded_rows_kept_masked()
    {
        Write("subscribers.csv", List + "G,0981234567,Ea Bung,\nH,0961111111,Xa Lạ,\n");
        var (progress, folder) = (new ListProgress(), _folder.File("reading"));

        var count = Desk.Count(Lists, folder, Language.Vietnamese, progress, CancellationToken.None);

        var audience = count.Audience!;
        Assert.Equal((7, 2, 5), (audience.Total, audience.RecipientTotal, audience.ExcludedTotal));
        Assert.Equal(7, progress.Rows);
        Assert.Equal([("Ea Bung", 2L)], count.Areas);
        Assert.Equal(1, audience.Excluded[ExclusionReason.Suppressed]);
        Assert.Equal(1, audience.Excluded[ExclusionReason.NoLane]);
        var rows = System.IO.File.ReadAllText(Path.Combine(folder, ListDesk.ExcludedName));
        Assert.StartsWith(
            "STT,Tệp nguồn,Dòng,Nhóm nhận tin,Lý do,Số điện thoại hoặc nội dung ô\r\n", rows,
            StringComparison.Ordinal);
        Assert.Contains("1,subscribers.csv,3,toan-tinh,", rows, StringComparison.Ordinal);
        Assert.Contains(",84961***567\r\n", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("84961234567", rows, StringComparison.Ordinal);
        Assert.Equal([ListDesk.ExcludedName], Directory.GetFiles(folder).Select(Path.GetFileName));
        Assert.Contains(count.Problems, problem => problem.Where is { File: "subscribers.csv" });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Where_the_disk_lacks_room_no_more_is_written_of_the_excluded_rows(int looks)
    {
        var rows = new StringBuilder("SĐT,Xã/Phường\n");
        for (var row = 0; row <= ListRows.RowsBetweenLooks + 1; row++) // all but one are excluded
            rows.Append("0961234567,Ea Bung\n");
        Write("subscribers.csv", rows.ToString());
        var asked = 0;
        var desk = NewDesk(_ => asked++ < looks ? long.MaxValue : 0);

        var lacking = Assert.Throws<NoRoomException>(() => desk.Count(
            Lists, _folder.File("reading"), Language.Vietnamese, new ListProgress(), CancellationToken.None));

        Assert.Contains("Đĩa của máy chủ không đủ chỗ", lacking.Words.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_in_names_of_lists_and_segments_are_masked_and_names_by_content_are_none()
    {
        foreach (var name in new[] { "0961234567.csv", "0123456789012345.csv" })
        {
            Write(name, "SĐT,Xã/Phường\n0961234567,Ea Bung\nx,Ea Bung\n");
            Write("campaign.yaml", CampaignFolder.With("name: toan-tinh", "name: so 0912345678")
                .Replace("subscribers.csv", name, StringComparison.Ordinal));
            var folder = _folder.File("reading-" + name);

            Desk.Count(Lists, folder, Language.Vietnamese, new ListProgress(), CancellationToken.None);

            var rows = System.IO.File.ReadAllText(Path.Combine(folder, ListDesk.ExcludedName));
            Assert.Contains(
                $"1,{(name.Length == 20 ? name : "0961***567.csv")},3,so 0912***678,", rows, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Where_the_file_is_not_whole_yet_its_lists_are_looked_at_and_nothing_is_counted()
    {
        Write("campaign.yaml", CampaignFolder.Valid
            .Replace("title: Tin thử\n", "", StringComparison.Ordinal)
            .Replace("message: chinh", "message: khac", StringComparison.Ordinal));

        Assert.Single(ListDesk.Look(Lists.Find("nhom-1")!)!.Tables);
        var count = Desk.Count(
            Lists, _folder.File("reading"), Language.Vietnamese, new ListProgress(), CancellationToken.None);

        Assert.Null(count.Audience);
        Assert.Equal(2, count.Others.Count);
        Assert.Empty(Directory.GetFiles(_folder.File("reading")));
    }

    [Fact]
    public void The_stamp_is_another_as_soon_as_a_list_is()
    {
        var before = Lists.Stamp;
        Assert.Equal(before, Lists.Stamp);

        Write("tu-choi.csv", "Số điện thoại\n0971234567\n0971234568\n");

        Assert.NotEqual(before, Lists.Stamp);
    }

    [Fact]
    public void The_stamp_is_another_as_soon_as_a_table_of_numbers_or_the_day_is()
    {
        foreach (var name in new[] { "smscampaign.json", "prefixes.csv", "carriers.csv" })
            _folder.Write($"config/{name}", System.IO.File.ReadAllText(Repository.PathOf($"config/{name}")));
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 7, 29, 16, 59, 0, TimeSpan.Zero));
        var desk = new ListDesk(
            new CampaignFolders(_folder.File("campaigns")),
            _folder.File("config/smscampaign.json"),
            new DataFolder(_folder.File("data")),
            time);
        var stamps = new List<string> { desk.Find(Campaign)!.Stamp };
        foreach (var name in new[] { "prefixes.csv", "carriers.csv" })
        {
            System.IO.File.AppendAllText(_folder.File($"config/{name}"), "\n");
            stamps.Add(desk.Find(Campaign)!.Stamp);
        }

        time.Advance(TimeSpan.FromMinutes(1)); // midnight in Vietnam
        stamps.Add(desk.Find(Campaign)!.Stamp);

        Assert.Equal(4, stamps.Distinct().Count());
        Assert.Equal(stamps[^1], desk.Find(Campaign)!.Stamp);
    }

    [Fact]
    public void A_list_that_lies_outside_is_named_and_not_looked_at()
    {
        _folder.Write("elsewhere.csv", List);
        Write("campaign.yaml", CampaignFolder.With("file: subscribers.csv", "file: ../../elsewhere.csv"));

        var use = Lists.Find("nhom-1")!;

        Assert.Null(ListDesk.Look(use));
        Assert.Equal("../../elsewhere.csv", use.File);
        Assert.Contains("nằm ngoài các thư mục", Assert.Single(use.Problems).What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void An_approval_is_not_made_void_unless_that_was_said_before_and_is_said_after()
    {
        var before = Lists;
        Approve();
        Assert.IsType<EditResult.ApprovedSince>(Assert.IsType<ListResult.Unnamed>(Desk.Take(
            _who, Campaign, Seen(before), "nhom-1", Bring(List + "x\n"), "brought.csv")).Why);
        Assert.IsType<EditResult.ApprovedSince>(Map(sheets: null, new() { ["phone"] = 1 }, before));
        Assert.Equal(CampaignFolder.Valid, System.IO.File.ReadAllText(File));
        Assert.Equal(3, Directory.GetFiles(Folder, "*.*").Count(name => Path.GetFileName(name)[0] != '.'));

        Assert.True(Assert.IsType<EditResult.Saved>(Map(sheets: null, new() { ["phone"] = 1 })).VoidsApproval);
        Assert.False(Lists.Edited.IsApproved);
        Assert.Contains("KHÔNG còn khớp", Lists.Edited.Note!.Value.Vi, StringComparison.Ordinal);

        Write("campaign.yaml", CampaignFolder.Valid + "# như đã duyệt\n");
        var taken = Assert.IsType<ListResult.Taken>(Take("nhom-1", Bring(List + "x\n")));
        Assert.True(taken.Saved!.VoidsApproval);
        Assert.False(Assert.IsType<ListResult.Taken>(Take("nhom-1", Bring(List + "y\n"))).Saved!.VoidsApproval);
    }

    [Fact]
    public void Where_it_cannot_be_told_who_was_reached_that_is_said_beside_the_count()
    {
        Write("subscribers.csv", "SĐT,Xã/Phường\n0961234567,Ea Bung\n");
        Assert.Empty(Count(Lists).Untold);
        AddRun("2025-07-29", RunState.Finished); // whose ledger is lost

        var count = Count(Lists);

        Assert.Equal(1, count.Audience!.RecipientTotal);
        Assert.Contains("29/07/2025", Assert.Single(count.Untold).What.Vi, StringComparison.Ordinal);
        Assert.Empty(count.Others);
    }

    void Approve() => AddRun("2025-07-30", RunState.Approved);

    void AddRun(string date, RunState state) => Ledgers.OpenRegistry(new DataFolder(_folder.File("data"))).AddRun(
        new RunRecord
        {
            Key = $"{Campaign}/{date}",
            Campaign = Campaign,
            Date = date,
            Code = "abcdefgh",
            State = state,
            File = "runs/some.db",
            CampaignFile = File,
            Definition = CampaignFolder.Valid,
            DefinitionHash = "a",
            AudienceHash = "b",
            PlanHash = "c",
        },
        DateTimeOffset.UnixEpoch);

    [Theory]
    [InlineData("../khac/cua-khac.csv")]
    [InlineData("../khac/cua-khax.csv")]
    [InlineData("../chung.csv")]
    [InlineData("lien-ket.csv")]
    public void Lists_of_another_campaign_are_not_read(string named)
    {
        foreach (var other in new[] { "khac/cua-khac.csv", "chung.csv" })
            _folder.Write($"campaigns/{other}", List);
        System.IO.File.CreateSymbolicLink(
            Path.Combine(Folder, "lien-ket.csv"), _folder.File("campaigns/khac/cua-khac.csv"));
        foreach (var (old, use) in new[] { ("subscribers.csv", "nhom-1"), ("tu-choi.csv", "tu-choi-1") })
        {
            Write("campaign.yaml", CampaignFolder.With(old, named));
            var lists = Lists;

            Assert.Null(ListDesk.Look(lists.Find(use)!));
            foreach (var problems in new[] { lists.Find(use)!.Problems, lists.Edited.Problems })
            {
                var said = Assert.Single(problems, problem => problem.Severity == Severity.Error).What.Vi;
                Assert.Contains("nằm ngoài thư mục của chiến dịch này", said, StringComparison.Ordinal);
                Assert.DoesNotContain("Có phải", said, StringComparison.Ordinal);
            }

            Assert.Null(Count(lists).Audience);
        }
    }

    ListCount Count(CampaignLists lists) => Desk.Count(
        lists,
        _folder.File(Path.GetRandomFileName()),
        Language.Vietnamese,
        new ListProgress(),
        CancellationToken.None);

    ListDesk NewDesk(Func<string, long?> free) => new(
        new CampaignFolders(_folder.File("campaigns")),
        Repository.PathOf("config/smscampaign.json"),
        new DataFolder(_folder.File("data")),
        TimeProvider.System)
    {
        FreeAt = free,
    };

    ListResult Take(string use, string path) =>
        Desk.Take(_who, Campaign, Seen(Lists), use, path, "brought.csv");

    static SeenFile Seen(CampaignLists lists) => new(lists.Edited.Hash, lists.Edited.IsApproved);

    EditResult Map(IReadOnlyList<int>? sheets, Dictionary<string, int?> columns, CampaignLists? seen = null)
    {
        seen ??= Lists;
        return Desk.Map(_who, Campaign, Seen(seen), seen.Stamp, "nhom-1", sheets, columns);
    }

    /// <summary>Two segments, each of a sheet of its own.</summary>
    void WriteTwoOverOneBook()
    {
        var book = new WorkbookFile();
        foreach (var year in new[] { 2024, 2025, 2026 })
            book.Sheet($"Năm {year}", WorkbookFile.Rows(["SĐT", "Xã/Phường"], ["0961234567", "Ea Bung"]));
        book.Write(Path.Combine(Folder, "nam.xlsx"));
        Write("campaign.yaml", CampaignFolder.With(
            """
              - name: toan-tinh
                file: subscribers.csv
                filter: { Xã/Phường: [Ea Bung, Buôn Đôn] }

            """,
            """
              - name: hai
                file: nam.xlsx
                sheet: [Năm 2025]
                message: chinh
                priority: 2
              - name: mot
                file: nam.xlsx
                sheet: [Năm 2024]

            """));
    }

    void Write(string name, string text) => _folder.Write($"campaigns/{Campaign}/{name}", text);

    string Bring(string text) => Bring(Encoding.UTF8.GetBytes(text));

    string Bring(byte[] content)
    {
        var path = _folder.File("brought.csv");
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }
}
