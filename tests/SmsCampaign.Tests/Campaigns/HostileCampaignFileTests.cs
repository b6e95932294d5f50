using System.Text;
using SmsCampaign.Campaigns;

namespace SmsCampaign.Tests.Campaigns;

/// <summary>
/// Files that are not there, not campaign files, or made to do harm.
/// </summary>
public sealed class HostileCampaignFileTests : IDisposable
{
    readonly CampaignFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_wrong_is_told_at_once_in_the_order_of_the_file()
    {
        var read = _folder.Read(
            """
            id: Thử
            titel: Tin thử
            mode: exercize
            directive:
              issuer: UBND tỉnh
              text: Một
              reportTo: Công an tỉnh
              reportBy: 2025-02-30
            sender: CHÍNH PHỦ 2025
            messages:
              - name: chinh
                text: Một
              - name: chinh
                text: Một
            schedule:
              yearly: 31/4
              window: { from: "20:00", to: "08:00" }
              timeZone: Asia/Hanoi
              missed: start-late
            segments:
              - name: toan-tinh
                file: khong-co.csv
                message: phu
                priority: 1.0
            lanes: [vietel, viettel, viettel]
            lanes: []
            limits:
              messages: 1.000.000
            """);

        Assert.Null(read.Campaign);
        Assert.Equal(
            [
                "1 id", "2 titel", "3 mode", "8 directive.reportBy", "9 sender", "9 sender", "11 messages",
                "13 messages[2].name", "13 messages", "15 schedule.leftovers", "16 schedule.yearly",
                "17 schedule.window.to", "18 schedule.timeZone", "22 segments[1].file", "23 segments[1].message",
                "24 segments[1].priority", "25 lanes[1]", "25 lanes[3]", "26 lanes", "27 limits.costVnd",
                "28 limits.messages",
            ],
            read.Problems.Select(problem => $"{problem.Where!.Line} {problem.Where.Key}"));
    }

    [Fact]
    public void A_section_that_is_no_YAML_does_not_hide_what_is_wrong_in_the_others()
    {
        var read = _folder.Read(CampaignFolder.Valid
            .Replace("  text: Toàn dân", "  text: \"Toàn dân", StringComparison.Ordinal)
            .Replace("sender: CHINH PHU", "sender: 1900", StringComparison.Ordinal)
            .Replace("missed: start-late", "missed: start: late", StringComparison.Ordinal)
            .Replace("viettel", "vietel", StringComparison.Ordinal));

        Assert.Equal(
            ["7:9 ", "10:9 sender", "15:11 ", "20:16 ", "29:9 lanes[1]"],
            read.Problems.Where(problem => problem.Severity == Severity.Error)
                .Select(problem => $"{problem.Where!.Line}:{problem.Where.Column} {problem.Where.Key}"));
    }

    [Fact]
    public void Tabs_are_told_line_by_line_and_the_rest_is_still_read()
    {
        var read = _folder.Read(CampaignFolder.Valid
            .Replace(
                "  issuer: UBND tỉnh\n  date: 2025-07-01",
                "\tissuer: UBND tỉnh\n\tdate: 2025-02-30",
                StringComparison.Ordinal));

        Assert.Equal(
            ["5:1", "6:1", "6:8"], read.Problems.Select(problem => $"{problem.Where!.Line}:{problem.Where.Column}"));
    }

    [Theory]
    [InlineData("sender: !!số CHINH PHU\n")]
    [InlineData("sender: !<tag:x y> CHINH PHU\n")]
    [InlineData("sender: !<%%> CHINH PHU\n")]
    [InlineData("%TAG ! http://[\n---\nsender: !a CHINH PHU\n")]
    [InlineData("%TAG !! ^\n---\nsender: !!a CHINH PHU\n")]
    public void A_tag_that_is_none_is_refused_with_its_line(string text)
    {
        var errors = _folder.Read(text).Problems.Where(problem => problem.Severity == Severity.Error).ToList();

        Assert.NotEmpty(errors);
        Assert.All(errors, problem => Assert.True(problem.Where!.Line >= 1, $"{problem}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n  \n")]
    [InlineData("# chỉ có chú thích\n")]
    [InlineData("---\n")]
    public void An_empty_file_is_said_to_be_empty(string text) =>
        Assert.Contains("Tệp trống", Assert.Single(_folder.Read(text).Problems).What.Vi, StringComparison.Ordinal);

    [Theory]
    [InlineData("xin chào")]
    [InlineData("- id: a\n- id: b\n")]
    [InlineData("Số điện thoại;Họ tên\n0912345678;A\n")] // the subscribers by mistake
    public void A_file_without_keys_is_said_to_be_no_campaign_file(string text) =>
        Assert.Contains(
            "'khóa: giá trị'", Assert.Single(_folder.Read(text).Problems).What.Vi, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_named_in_full_with_one_like_it()
    {
        _folder.Write("campaign.yaml", CampaignFolder.Valid);

        var problem = Assert.Single(
            CampaignFile.Read(Path.Combine(_folder.Folder, "campain.yml"), CampaignFolder.Lanes).Problems);

        Assert.Contains(Path.Combine(_folder.Folder, "campain.yml"), problem.What.Vi, StringComparison.Ordinal);
        Assert.Contains("'campaign.yaml'", problem.What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_no_file_and_the_file_in_it_is_offered()
    {
        _folder.Write("campaign.yaml", CampaignFolder.Valid);

        var problem = Assert.Single(CampaignFile.Read(_folder.Folder, CampaignFolder.Lanes).Problems);

        Assert.Contains("thư mục", problem.What.Vi, StringComparison.Ordinal);
        Assert.Contains(_folder.File, problem.What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_50_MB_is_refused_without_being_read()
    {
        using (var file = File.Create(_folder.File))
            file.SetLength(50_000_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = CampaignFile.Read(_folder.File, CampaignFolder.Lanes);

        Assert.Contains("50,000,000", Assert.Single(read.Problems).What.En, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    [Fact]
    public void A_file_of_just_the_most_bytes_is_read()
    {
        var filled = CampaignFolder.Valid + "#" + new string(
            'x', 1_000_000 - Encoding.UTF8.GetByteCount(CampaignFolder.Valid) - 2) + "\n";

        Assert.NotNull(_folder.Read(filled).Campaign);
        Assert.Null(_folder.Read(filled + " ").Campaign);
    }

    [Fact]
    public void An_alias_bomb_is_refused_anchor_by_anchor_and_never_unfolded()
    {
        var bomb = new StringBuilder("a0: &a0 [tin, tin, tin, tin, tin, tin, tin, tin, tin]\n");
        for (var level = 1; level < 10; level++)
            bomb.Append(null, $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 9))}]\n");

        var read = _folder.Read(bomb.ToString());

        Assert.Null(read.Campaign);
        Assert.Equal(
            10, read.Problems.Count(problem => problem.What.En.StartsWith("The anchor", StringComparison.Ordinal)));
        Assert.Equal(
            81, read.Problems.Count(problem => problem.What.En.StartsWith("The alias", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    public void Deep_nesting_is_refused_where_it_gets_too_deep(string open, string close)
    {
        var read = _folder.Read(
            "title: " + string.Concat(Enumerable.Repeat(open, 1000)) + string.Concat(Enumerable.Repeat(close, 1000)));

        Assert.Single(
            read.Problems,
            problem => problem.What.En.StartsWith("Nested more than 20 levels", StringComparison.Ordinal));
    }

    [Fact]
    public void Beyond_a_hundred_levels_nothing_more_is_read()
    {
        // Each level costs the parser a look at all around it: of 300,000 it would take hours.
        var read = _folder.Read(
            "id: a\ntitle: " + string.Concat(Enumerable.Repeat("[", 300_000)) + "\nmode: strange\n");

        Assert.Single(
            read.Problems,
            problem => problem.What.En.StartsWith("Nested more than 20 levels", StringComparison.Ordinal));
        Assert.DoesNotContain(read.Problems, problem => problem.Where!.Line > 2);
    }

    [Theory]
    [InlineData("title", "\"Tin\\nlỗi: giả\"", "U+000A")]
    [InlineData("title", "\"Tin\\e[2J\"", "U+001B")]
    [InlineData("number", "\"12\\u202E34\"", "U+202E")]
    [InlineData("id", "\"thu-nghiem\\n\"", null)] // trimmed, but no id
    public void What_is_not_seen_is_refused_in_values_that_are_shown(string key, string value, string? named)
    {
        var text = key == "number"
            ? CampaignFolder.Valid.Replace(
                "  date: 2025-07-01", $"  number: {value}\n  date: 2025-07-01", StringComparison.Ordinal)
            : CampaignFolder.Valid.Replace(
                key == "id" ? "id: thu-nghiem" : "title: Tin thử", $"{key}: {value}", StringComparison.Ordinal);

        var problem = Assert.Single(_folder.Read(text).Problems, problem => problem.Severity == Severity.Error);

        Assert.EndsWith(key, problem.Where!.Key, StringComparison.Ordinal);
        Assert.Contains(named ?? "An id has only", problem.What.En, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.In(Language.Vietnamese));
    }

    [Theory]
    [InlineData("con")]
    [InlineData("nul")]
    [InlineData("com1")]
    public void An_id_that_Windows_has_for_a_device_is_refused(string id)
    {
        var problem = Assert.Single(
            _folder.Read(CampaignFolder.Valid.Replace("thu-nghiem", id, StringComparison.Ordinal)).Problems,
            problem => problem.Severity == Severity.Error);

        Assert.Equal((1, "id"), (problem.Where!.Line!.Value, problem.Where.Key));
        Assert.Contains($"{id}-2025", problem.What.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VIETTEL_TOKEN: s3cret\nPASSWORD: s3cret\n")]
    [InlineData("VIETTEL_TOKEN=s3cret\nPASSWORD=s3cret\n")]
    [InlineData("{ \"token\": \"s3cret\" }")]
    [InlineData("s3cret\n")]
    [InlineData("s3cret: [\n")]
    public void Of_a_file_that_is_no_campaign_nothing_is_repeated(string text)
    {
        var problems = _folder.Read(text).Problems;

        Assert.NotEmpty(problems);
        Assert.DoesNotContain(problems, problem =>
            $"{problem} {problem.In(Language.Vietnamese)}".Contains("s3cret", StringComparison.OrdinalIgnoreCase)
                || $"{problem}".Contains("token", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_flood_of_problems_is_cut_and_counted()
    {
        var read = _folder.Read(
            "id: a\n" + string.Concat(Enumerable.Range(0, 20_000).Select(number => $"khoa{number}: 1\n")));

        Assert.Equal(201, read.Problems.Count);
        Assert.Contains("more are not listed", read.Problems[^1].What.En, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_list_of_endless_length_is_refused_once()
    {
        var read = _folder.ReadWith(
            "[tu-choi.csv]", "[" + string.Concat(Enumerable.Repeat("tu-choi.csv,", 50_000)) + "]");

        Assert.Null(read.Campaign);
        var problem = Assert.Single(read.Problems, problem => problem.Severity == Severity.Error);
        Assert.Equal((28, 14), (problem.Where!.Line, problem.Where.Column));
        Assert.Contains("5000", problem.What.Vi, StringComparison.Ordinal);
    }

    /// <summary>Whatever is cut out of or put into a good file, reading it ends in a campaign or in errors.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void No_change_to_a_file_makes_reading_fail() =>
        CsCheck.Check.Sample(
            CsCheck.Gen.Select(
                CsCheck.Gen.Int[0, CampaignFolder.Valid.Length - 1],
                CsCheck.Gen.Int[0, 20],
                CsCheck.Gen.String["\t\n\r :-[]{}&*!|>'\"%@`#,?\u0000\u00A0\uFEFFaê0"]),
            (at, cut, put) =>
            {
                using var folder = new CampaignFolder();
                var kept =
                    CampaignFolder.Valid.Remove(at, Math.Min(cut, CampaignFolder.Valid.Length - at)).Insert(at, put);

                var read = folder.Read(kept);

                Assert.Equal(read.Campaign is null, read.Problems.Any(problem => problem.Severity == Severity.Error));
            },
            iter: 300);
}
