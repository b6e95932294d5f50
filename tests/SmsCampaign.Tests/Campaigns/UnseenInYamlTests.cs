using SmsCampaign.Campaigns;

namespace SmsCampaign.Tests.Campaigns;

/// <summary>What YAML reads otherwise than an officer sees it.</summary>
public sealed class UnseenInYamlTests : IDisposable
{
    const string Text = "    text: Toàn dân phòng, chống mua bán người";

    readonly CampaignFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Text, "    text: Gọi 113 hoặc #111 ngay", "15:24", "messages[1].text", "#111 ngay")]
    [InlineData(Text, "    text: Gọi 113 # hoặc 111", "15:19", "messages[1].text", "# hoặc 111")]
    [InlineData(Text, "    text: Gọi 113\n      hoặc số #111", "16:15", "messages[1].text", "#111")]
    [InlineData(Text, "    text: Gọi 113\n      #111 hoặc công an", "16:7", "messages[1].text", "#111 hoặc công an")]
    [InlineData(Text, "    text: #111 là số gọi", "15:11", "messages[1].text", "#111 là số gọi")]
    [InlineData(
        "  text: Toàn dân phòng, chống mua bán người\n  reportTo",
        "  text: Gọi số #111\n  reportTo",
        "7:16",
        "directive.text",
        "#111")]
    [InlineData("title: Tin thử", "title: Tin thử #2", "2:16", "title", "#2")]
    [InlineData("    file: subscribers.csv", "    file: subscribers.csv #2.csv", "24:27", "segments[1].file", "#2.csv")]
    [InlineData(
        "    filter: { Xã/Phường: [Ea Bung, Buôn Đôn] }",
        "    filter:\n      Xã/Phường: Ấp #2",
        "26:21",
        "segments[1].filter.Xã/Phường",
        "#2")]
    public void A_number_sign_that_cuts_a_text_is_refused_where_it_stands(
        string old, string written, string at, string key, string cut)
    {
        var problem = Assert.Single(
            Errors(_folder.ReadWith(old, written)),
            problem => problem.What.En.Contains("cut here", StringComparison.Ordinal));

        Assert.Equal((at, key), ($"{problem.Where!.Line}:{problem.Where.Column}", problem.Where.Key));
        Assert.Contains($"“{cut}”", problem.What.Vi, StringComparison.Ordinal);
        Assert.Contains("ngoặc kép", problem.What.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("title: Tin thử", "title: Tin thử   # tên đợt nhắn")]
    [InlineData("mode: exercise", "mode: exercise #live")]
    [InlineData(Text, "    text: \"Gọi #111\" # chú thích")]
    [InlineData(Text, "    text: |\n      Gọi #111\n      # và 113")]
    [InlineData(Text, "    text: Gọi C#111")]
    [InlineData(Text, Text + "\n    # tin gửi mọi người\n# hết phần tin")]
    public void A_comment_that_is_meant_so_is_one(string old, string written) =>
        Assert.Empty(Errors(_folder.ReadWith(old, written)));

    [Theory]
    [InlineData("mode: exercise", "mode:\u00A0exercise", "3:6", "dấu cách không ngắt (U+00A0)")]
    [InlineData("mode: exercise", "mode: \u2003exercise", "3:7", "dấu cách rộng (em) (U+2003)")]
    [InlineData("mode: exercise", "mode: exercise\u00A0", "3:15", "U+00A0")]
    [InlineData("mode: exercise", "mode\u2002: exercise", "3:5", "nửa em (en) (U+2002)")]
    [InlineData("title: Tin thử", "title:\u3000Tin thử", "2:7", "U+3000")]
    [InlineData("  issuer: UBND tỉnh", "\u2003 issuer: UBND tỉnh", "5:1", "Thụt lề bằng dấu cách rộng (em) (U+2003)")]
    [InlineData("  issuer: UBND tỉnh", "  issuer:\u202FUBND tỉnh", "5:10", "U+202F")]
    [InlineData("  - name: chinh", "  -\u00A0name: chinh", "12:4", "U+00A0")]
    [InlineData(
        "window: { from: \"08:00\", to: \"20:00\" }",
        "window: { from:\u00A0\"08:00\", to: \"20:00\" }",
        "18:18",
        "U+00A0")]
    [InlineData(
        "    text: Toàn dân phòng, chống mua bán người",
        "    text:\u00A0Toàn dân phòng, chống mua bán người",
        "15:10",
        "U+00A0")]
    public void A_space_that_is_none_to_YAML_is_named_and_the_rest_is_read(
        string old, string written, string at, string name)
    {
        var problem = Assert.Single(Errors(_folder.ReadWith(old, written)));

        Assert.Equal(at, $"{problem.Where!.Line}:{problem.Where.Column}");
        Assert.Contains(name, problem.What.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("    text: Gọi:\u00A0111 ngay")]
    [InlineData("    text: |\n      Gọi:\u00A0111 ngay")]
    [InlineData("    text: Toàn dân\n      gọi:\u00A0111 ngay")]
    public void Within_a_text_a_special_space_is_the_texts_own(string written)
    {
        var reading = _folder.ReadWith(Text, written);

        Assert.Empty(Errors(reading));
        Assert.Contains('\u00A0', reading.Campaign!.Messages[0].Text.Value);
    }

    [Theory]
    [InlineData("mode: exercise", "mode: “exercise”", "3:7")]
    [InlineData("title: Tin thử", "title: “Tin thử”", "2:8")]
    [InlineData("from: \"08:00\"", "from: “08:00”", "18:19")]
    [InlineData(Text, "    text: “Toàn dân phòng, chống mua bán người”", "15:11")]
    public void Curly_quotes_around_a_value_are_named(string old, string written, string at)
    {
        var problem = Assert.Single(
            Errors(_folder.ReadWith(old, written)),
            problem => problem.What.Vi.Contains("ngoặc kép cong", StringComparison.Ordinal));

        Assert.Equal(at, $"{problem.Where!.Line}:{problem.Where.Column}");
        Assert.Contains("U+201C", problem.What.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("    text: “Ngày toàn dân” và “30/7”")]
    [InlineData("    text: \"“Toàn dân phòng, chống mua bán người”\"")]
    public void Curly_quotes_that_belong_to_a_text_are_left_alone(string written) =>
        Assert.Empty(Errors(_folder.ReadWith(Text, written)));

    [Theory]
    [InlineData("title: Tin thử", "title: “Tin: thử”", "““” (U+201C)")]
    [InlineData("mode: exercise", "mode： exercise", "(U+FF1A)")]
    [InlineData(Text, "    text: Toàn dân\n      gọi #111 ngay\n      hoặc 113", "dấu # sau dấu cách")]
    public void Where_YAML_cannot_be_read_what_looks_like_its_signs_is_named(
        string old, string written, string named) =>
        Assert.Contains(
            Errors(_folder.ReadWith(old, written)),
            problem => problem.What.Vi.Contains(named, StringComparison.Ordinal));

    [Theory]
    [InlineData("title: Tin thử", "title: Tin thö nghieäm phoøng choáng", "title")]
    [InlineData("issuer: UBND tỉnh", "issuer: UBND tØnh, C«ng an", "directive.issuer")]
    [InlineData("issuer: UBND tỉnh", "issuer: UBND tá»‰nh", "directive.issuer")]
    [InlineData("issuer: UBND tỉnh", "issuer: UBND tỉnh\n  number: 12 cña UBND tØnh", "directive.number")]
    public void What_only_the_report_shows_must_be_readable_too(string old, string written, string key) =>
        Assert.Equal(key, Assert.Single(Errors(_folder.ReadWith(old, written))).Where!.Key);

    [Theory]
    [InlineData(
        "[X· Ea Bung, Buôn Đôn]",
        "25:27",
        Severity.Error,
        "“X· Ea Bung” gõ bằng bảng mã TCVN3 (ABC, phông .VnTime), có lẽ là “Xã Ea Bung”")]
    [InlineData(
        "[Ea Bung, BuÃ´n HÃ´]",
        "25:36",
        Severity.Error,
        "“BuÃ´n HÃ´” là chữ UTF-8 từng bị đọc thành Windows-1252, có lẽ là “Buôn Hô”")]
    [InlineData(
        "Phƣờng Tân Lợi",
        "25:26",
        Severity.Warning,
        "“Phƣờng Tân Lợi”: “ƣ” không phải chữ của tiếng Việt hay tiếng dân tộc nào; có lẽ là “ư”")]
    public void A_value_of_a_filter_in_other_letters_is_named(
        string values, string at, Severity severity, string expected)
    {
        var reading = _folder.ReadWith("{ Xã/Phường: [Ea Bung, Buôn Đôn] }", $"{{ Xã/Phường: {values} }}");

        var problem = Assert.Single(reading.Problems);
        Assert.Equal(
            (at, severity, "segments[1].filter.Xã/Phường"),
            ($"{problem.Where!.Line}:{problem.Where.Column}", problem.Severity, problem.Where.Key));
        Assert.StartsWith(expected, problem.What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void What_costs_without_diacritics_is_refused_in_the_form_without_them()
    {
        const string old = "    form: accented\n    text: Toàn dân phòng, chống mua bán người";

        Assert.Empty(Errors(_folder.ReadWith(old, "    form: accented\n    text: Nắng nóng trên 37°C")));
        var problem = Assert.Single(
            Errors(_folder.ReadWith(old, "    form: unaccented\n    text: Nắng nóng trên 37°C")));
        Assert.Equal(
            ("15:28", "messages[1].text"), ($"{problem.Where!.Line}:{problem.Where.Column}", problem.Where.Key));
        Assert.Contains("“37 do C”", problem.What.Vi, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("    language: cma", "13:15", "Chưa có bảng chữ cái của tiếng Mạ")]
    public void A_language_without_a_table_is_told_of(string written, string at, string expected)
    {
        var problem = Assert.Single(_folder.ReadWith("    language: vi", written).Problems);

        Assert.Equal((at, Severity.Warning), ($"{problem.Where!.Line}:{problem.Where.Column}", problem.Severity));
        Assert.StartsWith(expected, problem.What.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void Spaces_without_end_are_no_work()
    {
        // Each way to divide them between key and colon would be tried.
        var spaces = new string(' ', 400_000);

        var reading = _folder.ReadWith("sender: CHINH PHU", $"x{spaces}y\nsender: CHINH PHU");

        Assert.NotEmpty(Errors(reading));
    }

    [Fact]
    public void A_text_that_a_run_keeps_is_not_judged_again()
    {
        var kept = CampaignFolder.With(Text, "    text: Toàn dân ñ #111");

        Assert.NotEmpty(Errors(_folder.Read(kept)));
        Assert.NotNull(CampaignFile.ReadKept(kept, _folder.File));
    }

    static IEnumerable<Problem> Errors(CampaignReading reading) =>
        reading.Problems.Where(problem => problem.Severity == Severity.Error);
}
