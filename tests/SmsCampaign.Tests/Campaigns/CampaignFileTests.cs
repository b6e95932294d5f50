using SmsCampaign.Campaigns;

namespace SmsCampaign.Tests.Campaigns;

public sealed class CampaignFileTests : IDisposable
{
    readonly CampaignFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sheet: Đợt 1", new[] { "Đợt 1" })]
    [InlineData("sheet: [Đợt 1, ' Đợt 2 ', Đợt 1]", new[] { "Đợt 1", "Đợt 2" })]
    [InlineData("sheet: 2025", new[] { "2025" })]
    public void A_segment_names_the_sheets_columns_and_hidden_rows_of_its_file(string sheet, string[] sheets)
    {
        var read = _folder.ReadWith(
            "    file: subscribers.csv",
            $"    file: subscribers.csv\n    {sheet}\n    hiddenRows: leave\n"
                + $"    columns: {{ phone: ' Máy 1 ', commune: Nơi ở }}");

        Assert.Empty(read.Problems);
        var segment = Assert.Single(read.Campaign!.Segments);
        Assert.Equal(sheets, segment.Sheets);
        Assert.Equal(HiddenRows.Leave, segment.HiddenRows);
        Assert.Equal(
            [("commune", "Nơi ở"), ("phone", "Máy 1")],
            segment.Columns.Select(column => (column.Key, column.Value)).Order());
    }

    [Fact]
    public void Names_of_files_and_folders_are_compared_composed()
    {
        var folder = Path.Combine(_folder.Folder, "tha\u0301ng 7");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "tu\u031B\u0300 cho\u0302\u0301i.csv"), "SĐT\n");

        var read = _folder.ReadWith("[tu-choi.csv]", "[tháng 7/từ chối.csv]");

        Assert.Empty(read.Problems);
        Assert.True(File.Exists(Assert.Single(read.Campaign!.SuppressionFiles)));
        Assert.Equal(CampaignHash.Of(read.Campaign), CampaignHash.Of(read.Campaign with
        {
            SuppressionFiles = [Path.Combine(_folder.Folder, "tháng 7/từ chối.csv")],
        }));
    }

    [Fact]
    public void A_good_file_is_read_whole()
    {
        var read = _folder.Read(CampaignFolder.Valid);

        Assert.Empty(read.Problems);
        var campaign = read.Campaign!;
        Assert.Equal("thu-nghiem", campaign.Id);
        Assert.Equal("Tin thử", campaign.Title);
        Assert.Equal(CampaignMode.Exercise, campaign.Mode);
        Assert.Equal(
            new Directive(
                "UBND tỉnh", null, new DateOnly(2025, 7, 1), null, null, "Toàn dân phòng, chống mua bán người",
                "Công an tỉnh", new DateOnly(2025, 9, 30)),
            campaign.Directive);
        Assert.Equal("CHINH PHU", campaign.Sender);
        var message = Assert.Single(campaign.Messages);
        Assert.Equal(("chinh", "vi", "Toàn dân phòng, chống mua bán người", false),
            (message.Name, message.Language, message.Text.Value, message.Unaccented));
        Assert.Equal(new DateOnly(2025, 7, 30), campaign.Schedule.Date);
        Assert.Equal(
            (new TimeOnly(8, 0), new TimeOnly(20, 0)),
            (campaign.Schedule.Window.Opens, campaign.Schedule.Window.Closes));
        Assert.Equal("Asia/Ho_Chi_Minh", campaign.Schedule.Window.Zone.Id);
        Assert.Equal(
            (MissedPolicy.StartLate, LeftoverPolicy.NextDay), (campaign.Schedule.Missed, campaign.Schedule.Leftovers));
        var segment = Assert.Single(campaign.Segments);
        Assert.Equal(("toan-tinh", Path.Combine(_folder.Folder, "subscribers.csv"), "chinh", 1),
            (segment.Name, segment.File, segment.Message, segment.Priority));
        Assert.Equal(["Ea Bung", "Buôn Đôn"], Assert.Single(segment.Filter).Values);
        Assert.Equal([Path.Combine(_folder.Folder, "tu-choi.csv")], campaign.SuppressionFiles);
        Assert.Equal(["viettel", "gmobile"], campaign.Lanes);
        Assert.Equal(new Limits(5000, 20_000_000), campaign.Limits);
        Assert.Equal(RetryPolicy.Default, campaign.Retry);
        Assert.Equal(_folder.File, campaign.File);
        Assert.Equal(CampaignFolder.Valid, campaign.Source);
    }

    [Fact]
    public void A_yearly_campaign_may_be_reported_on_by_a_day_of_every_year()
    {
        var read = _folder.Read(CampaignFolder.Valid
            .Replace("  date: 2025-07-30", "  yearly: 30/7", StringComparison.Ordinal)
            .Replace("reportBy: 2025-09-30", "reportBy: 30/9", StringComparison.Ordinal));

        Assert.Empty(read.Problems);
        Assert.Equal((7, 30), (read.Campaign!.Schedule.YearlyMonth, read.Campaign.Schedule.YearlyDay));
        Assert.Null(read.Campaign.Schedule.Date);
        Assert.Equal(new DateOnly(2027, 9, 30), read.Campaign.Directive.ReportByFor(new DateOnly(2027, 7, 30)));
    }

    /// <summary>The order of Thừa Thiên Huế, 2024: 10/3, 10/6, 10/9, 10/12.</summary>
    [Fact]
    public void Periodic_reports_fall_on_the_first_such_day_from_the_day_of_sending()
    {
        var read = _folder.ReadWith(
            "reportBy: 2025-09-30", "reportBy: 2025-09-30\n  reports: [10/3, 10/6, 10/09, 30/7]");

        Assert.Empty(read.Problems);
        Assert.Equal(
            ["10/3 2026-03-10", "10/6 2026-06-10", "10/9 2025-09-10", "30/7 2025-07-30"],
            read.Campaign!.Directive.Reports.Select(day => $"{day} {day.After(new DateOnly(2025, 7, 30)):yyyy-MM-dd}"));
    }

    [Theory]
    [InlineData("[10/3, 10/03]", "Ngày 10/3 ghi hai lần")]
    [InlineData("[31/6]", "tháng 6 có 30 ngày")]
    [InlineData("[10/3/2026]", "Viết ngày/tháng")]
    public void A_periodic_report_that_is_no_day_of_every_year_or_stands_twice_is_refused(string days, string said)
    {
        var read = _folder.ReadWith("reportBy: 2025-09-30", $"reportBy: 2025-09-30\n  reports: {days}");

        var problem = Assert.Single(read.Problems);
        Assert.Equal("directive.reports", problem.Where!.Key);
        Assert.Contains(said, problem.What.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30/7/2025")]
    [InlineData("30/07/2025")]
    [InlineData("2025-7-30")]
    [InlineData("\"2025-07-30\"")]
    public void A_date_is_read_as_officers_write_it(string written) =>
        Assert.Equal(
            new DateOnly(2025, 7, 30),
            _folder.ReadWith("  date: 2025-07-30", "  date: " + written).Campaign!.Schedule.Date);

    [Theory]
    [InlineData("    text: >-\n      Toàn dân\n      phòng, chống\n", "Toàn dân phòng, chống")]
    // its last line end is not sent
    [InlineData("    text: >\n      Toàn dân\n      phòng, chống\n\n", "Toàn dân phòng, chống")]
    [InlineData("    text: |\n      Toàn dân\n      phòng, chống\n", "Toàn dân\nphòng, chống")]
    [InlineData("    text: \"Toàn dân\\nphòng, chống\"\n", "Toàn dân\nphòng, chống")]
    [InlineData("    text: Toàn dân\n      phòng, chống\n", "Toàn dân phòng, chống")]
    [InlineData("    text: Toa\u0300n da\u0302n\n", "Toàn dân")] // composed
    public void The_text_is_what_the_YAML_says_without_its_last_line_end(string written, string expected)
    {
        var read = _folder.ReadWith("    text: Toàn dân phòng, chống mua bán người\n", written);

        Assert.Equal(expected, read.Campaign!.Messages[0].Text.Value);
    }

    [Fact]
    public void An_unaccented_message_is_sent_without_diacritics()
    {
        var message = _folder.ReadWith("form: accented", "form: unaccented").Campaign!.Messages[0];

        Assert.True(message.Unaccented);
        Assert.Equal("Toan dan phong, chong mua ban nguoi", message.Text.Value);
    }

    [Theory]
    [InlineData("lanes:", 5)] // as the file stands
    [InlineData("priority: 1\nlanes:", 1)]
    [InlineData("priority: 10\nlanes:", 10)]
    [InlineData("priority: 0\nlanes:", null)]
    [InlineData("priority: 11\nlanes:", null)]
    public void A_campaigns_priority_is_1_to_10_and_5_unless_set(string lanes, int? priority) =>
        Assert.Equal(priority, _folder.ReadWith("lanes:", lanes).Campaign?.Priority);

    [Fact]
    public void Segments_come_in_order_of_priority_and_then_of_the_file()
    {
        var read = _folder.ReadWith("suppression:",
            """
              - { name: cuoi, file: subscribers.csv, message: chinh, priority: 9 }
              - { name: dau, file: subscribers.csv, message: chinh }
            suppression:
            """);

        Assert.Equal(["toan-tinh", "dau", "cuoi"], read.Campaign!.Segments.Select(segment => segment.Name));
    }

    [Theory]
    [InlineData("retry: { tries: 3, validHours: 6 }", 3, 6)]
    [InlineData("retry: { tries: 100 }", 100, 24)]
    [InlineData("retry: { validHours: 168 }", 10, 168)]
    public void How_long_a_message_is_tried_is_the_campaigns_to_say(string written, int tries, int hours)
    {
        var read = _folder.Read(CampaignFolder.Valid + written + "\n");

        Assert.Empty(read.Problems);
        Assert.Equal(new RetryPolicy(tries, TimeSpan.FromHours(hours)), read.Campaign!.Retry);
    }

    [Theory]
    [InlineData("", 50, 60, 5, 20)]
    [InlineData("canary: { messages: 0 }", 0, 60, 5, 20)]
    [InlineData("canary: { messages: 10000, receiptsPercent: 0, receiptsMinutes: 120, failuresPercent: 100 }",
        10_000, 0, 120, 100)]
    public void The_first_batch_of_a_lane_is_the_campaigns_to_say(
        string written, int messages, int receipts, int minutes, int failures)
    {
        var read = _folder.Read(CampaignFolder.Valid + written + "\n");

        Assert.Empty(read.Problems);
        Assert.Equal(
            new CanaryPolicy(messages, receipts, TimeSpan.FromMinutes(minutes), failures), read.Campaign!.Canary);
    }

    [Theory]
    [InlineData("", 20, 5, 200)]
    [InlineData("guard: { failuresPercent: 0 }", 0, 5, 200)]
    [InlineData("guard: { failuresPercent: 100, minutes: 60, messages: 10 }", 100, 60, 10)]
    public void So_is_when_a_lane_is_held(string written, int failures, int minutes, int messages)
    {
        var read = _folder.Read(CampaignFolder.Valid + written + "\n");

        Assert.Empty(read.Problems);
        Assert.Equal(new GuardPolicy(failures, TimeSpan.FromMinutes(minutes), messages), read.Campaign!.Guard);
    }

    [Fact]
    public void A_path_may_be_written_as_on_Windows()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Folder, "du-lieu"));
        _folder.Write("du-lieu/a.csv", "");

        var read = _folder.ReadWith("file: subscribers.csv", @"file: .\du-lieu\a.csv");

        Assert.Equal(Path.Combine(_folder.Folder, "du-lieu", "a.csv"), read.Campaign!.Segments[0].File);
    }

    /// <summary>What a person should look at, and that does not stop the work.</summary>
    [Theory]
    [InlineData("from: \"08:00\"", "from: \"06:59\"", "18:19", "schedule.window.from", "07:00")]
    [InlineData("to: \"20:00\"", "to: \"22:01\"", "18:32", "schedule.window.to", "22:00")]
    [InlineData("reportBy: 2025-09-30", "reportBy: 29/7/2025", "9:13", "directive.reportBy", "30/7/2025")]
    [InlineData("  date: 2025-07-30", "  yearly: 29/2", "17:11", "schedule.yearly", "29/2")]
    [InlineData("limits:\n  messages: 5000\n  costVnd: 20000000\n", "", ":", "limits", "limits")]
    [InlineData("  messages: 5000\n", "", "30:1", "limits.messages", "messages")]
    [InlineData("  costVnd: 20000000\n", "", "30:1", "limits.costVnd", "costVnd")]
    [InlineData("[tu-choi.csv]", "[tu-choi.csv, ./tu-choi.csv]", "28:28", "suppression[2]", "đã ghi ở trên")]
    [InlineData("schedule:", "  - { name: phu, language: en, text: People }\nschedule:", "16:13", "messages", "'phu'")]
    public void A_warning_leaves_the_campaign_readable(
        string old, string replacement, string where, string key, string vi)
    {
        var read = _folder.ReadWith(old, replacement);

        Assert.NotNull(read.Campaign);
        var problem = Assert.Single(read.Problems);
        Assert.Equal(
            (Severity.Warning, where, key),
            (problem.Severity, $"{problem.Where!.Line}:{problem.Where.Column}", problem.Where.Key));
        Assert.Contains(vi, problem.What.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from: \"08:00\"", "from: \"07:00\"")]
    [InlineData("to: \"20:00\"", "to: \"22:00\"")]
    [InlineData("reportBy: 2025-09-30", "reportBy: 30/7/2025")]
    // past: whether it may still be sent is not the file's to say
    [InlineData("  date: 2025-07-30", "  date: 1999-07-30")]
    public void The_edge_of_what_is_usual_is_no_warning(string old, string replacement) =>
        Assert.Empty(_folder.ReadWith(old, replacement).Problems);

    [Fact]
    public void Where_no_lane_is_defined_that_is_said()
    {
        _folder.Write("campaign.yaml", CampaignFolder.Valid);

        var problems = CampaignFile.Read(_folder.File, []).Problems;

        Assert.Equal(2, problems.Count);
        Assert.All(
            problems, problem => Assert.Contains("chưa khai báo kênh nào", problem.What.Vi, StringComparison.Ordinal));
    }

    /// <summary>Wherever in the YAML a character stands, that is where it is reported.</summary>
    [Theory]
    [InlineData("    text: To\u200Bàn dân phòng, chống mua bán người\n", "15:13")]
    [InlineData("    text: \"Toàn dân phòng, ch\u200Bống mua bán người\"\n", "15:30")]
    [InlineData("    text: >-\n      Toàn dân phòng,\n      chống m\u200Bua bán người\n", "17:14")] // folded
    [InlineData("    text: |\n      Toàn dân\n      phòng, chống mua bán ngư\u200Bời\n", "17:31")] // literal
    [InlineData("    text: Toàn dân phòng,\n      chống mua\n      b\u200Bán người\n", "17:8")] // plain over lines
    // an escape: where the text starts
    [InlineData("    text: \"To\\u200Bàn dân phòng, chống mua bán người\"\n", "15:11")]
    [InlineData("    text: 'To\uE000àn dân'\n", "15:14")] // from a broken PDF
    public void A_character_a_phone_cannot_show_is_reported_where_it_stands(string written, string where)
    {
        var read = _folder.ReadWith("    text: Toàn dân phòng, chống mua bán người\n", written);

        Assert.Null(read.Campaign);
        var problem = Assert.Single(read.Problems, problem => problem.Severity == Severity.Error);
        Assert.Equal((where, "messages[1].text"), ($"{problem.Where!.Line}:{problem.Where.Column}", problem.Where.Key));
        Assert.Contains("U+", problem.What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void The_words_of_the_order_are_checked_as_well()
    {
        var read = _folder.ReadWith(
            "  text: Toàn dân phòng, chống mua bán người\n  reportTo",
            "  text: Toàn dân ph\uE001òng, chống mua bán người\n  reportTo");

        var problem = Assert.Single(read.Problems, problem => problem.Severity == Severity.Error);
        Assert.Equal((7, 20, "directive.text"), (problem.Where!.Line, problem.Where.Column, problem.Where.Key));
    }

    [Theory]
    [InlineData("rad", 0)]
    [InlineData("vi", 4)] // both are judged, and č is of neither
    public void The_words_of_the_order_may_be_of_the_language_that_all_messages_are_in(string language, int errors)
    {
        var file = CampaignFolder.Valid
            .ReplaceLineEndings("\n")
            .Replace("Toàn dân phòng, chống mua bán người", "Mnuih ƀuôn sang čih", StringComparison.Ordinal);
        var read = _folder.Read(file.Replace("language: vi", $"language: {language}", StringComparison.Ordinal));

        Assert.Equal(errors, read.Problems.Count(problem => problem.Severity == Severity.Error));
    }

    [Theory]
    [InlineData("Toàn dân phòng chống mua bán người", "15:20", "'phòng,'", "'phòng'")] // one comma
    [InlineData("Toàn dân phòng, chống bán người", "15:33", "'mua'", "(bỏ)")]
    [InlineData("Toàn dân hãy phòng, chống mua bán người", "15:20", "(không có)", "'hãy'")]
    // no form: unaccented here
    [InlineData("Toan dan phong, chong mua ban nguoi", "15:11", "'Toàn dân phòng, chống'", "'Toan dan phong, chong'")]
    public void Where_a_message_differs_from_the_order_that_is_shown(
        string text, string where, string ordered, string sent)
    {
        var read = _folder.ReadWith("    text: Toàn dân phòng, chống mua bán người\n", $"    text: {text}\n");

        Assert.NotNull(read.Campaign);
        var problem = read.Problems[0];
        Assert.Equal(
            (Severity.Warning, where, "messages[1].text"),
            (problem.Severity, $"{problem.Where!.Line}:{problem.Where.Column}", problem.Where.Key));
        Assert.Contains(ordered, problem.What.Vi, StringComparison.Ordinal);
        Assert.Contains(sent, problem.What.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("form: accented", "form: unaccented")] // asked for
    [InlineData("language: vi", "language: rad")] // a translation
    public void A_difference_that_is_meant_is_no_warning(string old, string replacement) =>
        Assert.DoesNotContain(
            _folder.ReadWith(old, replacement).Problems,
            problem => problem.What.En.Contains("differs", StringComparison.Ordinal));
}
