using SmsCampaign.Campaigns;
using SmsCampaign.Directives;
using SmsCampaign.Office;
using SmsCampaign.Tests.Directives;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

/// <summary>New campaigns: from samples, orders and particulars; whole or not at all.</summary>
public sealed class NewDeskTests : IDisposable
{
    static readonly string[] Lanes = ["viettel", "vinaphone", "mobifone", "vietnamobile", "gmobile"];

    readonly TempFolder _folder = new();

    public NewDeskTests()
    {
        string[] settings = ["smscampaign.json", "prefixes.csv", "carriers.csv", "schema/campaign.schema.json"];
        foreach (var file in settings)
            Copy("config/" + file);
        foreach (var sample in new[] { "dak-lak-2025", "dak-lak-2025-don-vi" })
        {
            foreach (var file in Directory.EnumerateFiles(Repository.PathOf("samples/" + sample)))
                Copy($"samples/{sample}/{Path.GetFileName(file)}");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("dak-lak-2025", "subscribers.csv", "tu-choi.csv")]
    [InlineData("dak-lak-2025-don-vi", "subscribers.csv", "tu-choi.csv")]
    public void A_sample_is_copied_with_its_lists_alone_its_comments_and_the_new_id(
        string sample, params string[] lists)
    {
        var made = Assert.IsType<NewResult.Made>(NewDesk.FromSample(New("lao-cai-2026"), "samples/" + sample));

        Assert.Equal(
            lists.Append("campaign.yaml").Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.GetDirectoryName(made.File)!).Select(Path.GetFileName).Order(
                StringComparer.Ordinal));
        var before = File.ReadAllLines(Repository.PathOf($"samples/{sample}/campaign.yaml"));
        var after = File.ReadAllLines(made.File);
        Assert.Equal(before.Length, after.Length);
        Assert.Contains(after, line => line.StartsWith("id: lao-cai-2026 ", StringComparison.Ordinal)
            && line.Contains("# tên thư mục báo cáo", StringComparison.Ordinal));
        Assert.Equal("# yaml-language-server: $schema=../../schema/campaign.schema.json", after[0]);
        Assert.Equal(3, before.Zip(after).Count(pair => pair.First != pair.Second));
        Assert.Empty(made.Questions);
        Assert.Empty(Read(made.File).Problems);
    }

    [Fact]
    public void Lists_that_lie_elsewhere_are_copied_beside_it_and_named_so()
    {
        Copy("config/campaigns/vi-du-30-7-hang-nam.yaml");

        var made = Assert.IsType<NewResult.Made>(NewDesk.FromSample(
            New("hang-nam"), _folder.File("config/campaigns/vi-du-30-7-hang-nam.yaml")));

        var campaign = Read(made.File).Campaign!;
        Assert.Equal(_folder.File("config/campaigns/hang-nam/subscribers.csv"), Assert.Single(campaign.Segments).File);
        Assert.True(File.Exists(campaign.Segments[0].File));
        Assert.Equal(
            _folder.File("config/campaigns/hang-nam/tu-choi.csv"), Assert.Single(campaign.SuppressionFiles));
    }

    [Fact]
    public void Nothing_is_written_over()
    {
        var place = _folder.File("config/campaigns/cu");
        var kept = _folder.Write("config/campaigns/cu/giu.txt", "x");

        Assert.Equal(place, Assert.IsType<NewResult.Exists>(
            NewDesk.FromSample(New("cu"), "samples/dak-lak-2025")).Place);
        Assert.Equal([kept], Directory.EnumerateFileSystemEntries(place));
    }

    [Fact]
    public void Nothing_half_done_is_left_where_a_list_is_missing()
    {
        File.Delete(_folder.File("samples/dak-lak-2025/tu-choi.csv"));

        var refused = Assert.IsType<NewResult.Refused>(NewDesk.FromSample(New("moi"), "samples/dak-lak-2025"));

        Assert.Contains("Không tìm thấy danh sách", Assert.Single(refused.Problems).What.Vi);
        Assert.Empty(Entries());
    }

    [Fact]
    public void A_list_outside_of_what_may_be_read_is_not_copied()
    {
        using var elsewhere = new TempFolder();
        var list = elsewhere.Write("bi-mat.csv", "phone\n0912345678\n");

        var refused = Assert.IsType<NewResult.Refused>(
            NewDesk.FromParticulars(New("moi"), Particulars() with { HeldBy = [], Lists = [list] }));

        Assert.Contains("nằm ngoài", Assert.Single(refused.Problems).What.Vi);
        Assert.Empty(Entries());
    }

    [Fact]
    public void Particulars_make_a_campaign_that_asks_for_nothing_but_what_nobody_can_know()
    {
        var made = Assert.IsType<NewResult.Made>(NewDesk.FromParticulars(New("moi"), Particulars()));

        Assert.Equal(["segments[1].estimate"], made.Questions.Select(question => question.Where!.Key));
        var text = File.ReadAllText(made.File).Replace("estimate: HỎI", "estimate: 1000", StringComparison.Ordinal);
        File.WriteAllText(made.File, text);
        var campaign = Read(made.File).Campaign!;
        Assert.Equal("Phòng, chống “mua bán người”: gọi #111", campaign.Directive.Text);
        Assert.Equal(campaign.Directive.Text, Assert.Single(campaign.Messages).Text.Value);
        var held = Assert.Single(campaign.HeldSegments);
        Assert.Equal(("viettel", "tỉnh Lào Cai"), (held.HeldBy, Assert.Single(held.Areas)));
        Assert.Equal(new DateOnly(2026, 7, 30), campaign.Schedule.Date);
    }

    [Fact]
    public void Particulars_that_a_campaign_cannot_have_are_refused_with_their_key()
    {
        var refused = Assert.IsType<NewResult.Refused>(
            NewDesk.FromParticulars(New("moi"), Particulars() with { Sender = "CHÍNH PHỦ", HeldBy = ["vietel"] }));

        Assert.Equal(["sender", "segments[1].heldBy"], refused.Problems.Select(problem => problem.Where!.Key));
        Assert.Empty(Entries());
    }

    [Theory]
    [MemberData(nameof(DirectiveReaderTests.Orders), MemberType = typeof(DirectiveReaderTests))]
    public void An_order_makes_a_campaign_that_check_refuses_by_its_questions_alone(string name)
    {
        var order = DirectiveCase.Of(name, _folder);

        var made = Assert.IsType<NewResult.Made>(NewDesk.FromOrder(New("moi"), order.File));

        Assert.All(Read(made.File).Problems, problem =>
            Assert.True(problem.IsQuestion || problem.Severity == Severity.Warning, $"{problem}"));
        Assert.All(made.Questions, question => Assert.Contains("Chưa trả lời câu hỏi: ", question.What.Vi));
        var keys = made.Questions.Select(question => question.Where!.Key).ToList();
        foreach (var (field, key) in new[]
        {
            (DirectiveField.Issuer, "directive.issuer"), (DirectiveField.Number, "directive.number"),
            (DirectiveField.Date, "directive.date"), (DirectiveField.Text, "directive.text"),
            (DirectiveField.Sent, "messages[1].text"), (DirectiveField.Sender, "sender"),
            (DirectiveField.SendDate, "schedule.date"), (DirectiveField.ReportTo, "directive.reportTo"),
            (DirectiveField.ReportBy, "directive.reportBy"),
        })
            Assert.Equal(order.Expected.Single(each => each.Field == field).IsAsked, keys.Contains(key));
    }

    [Fact]
    public void The_words_of_an_order_are_sent_letter_for_letter_once_its_questions_are_answered()
    {
        var made = Assert.IsType<NewResult.Made>(
            NewDesk.FromOrder(New("moi"), DirectiveCase.Of("dak-lak-2025", _folder).File));

        var text = File.ReadAllText(made.File)
            .Replace("issuer: HỎI", "issuer: UBND tỉnh Đắk Lắk", StringComparison.Ordinal)
            .Replace("areas: [HỎI]", "areas: [tỉnh Đắk Lắk]", StringComparison.Ordinal)
            .Replace("estimate: HỎI", "estimate: 1000", StringComparison.Ordinal);
        File.WriteAllText(made.File, text);
        var campaign = Read(made.File).Campaign!;
        var wanted = DirectiveCase.Of("dak-lak-2025", _folder).Expected
            .Single(each => each.Field == DirectiveField.Text).Value;

        Assert.Equal(wanted, campaign.Directive.Text);
        Assert.Equal(wanted, Assert.Single(campaign.Messages).Text.Value);
        Assert.Equal(5, campaign.HeldSegments.Count);
        Assert.Equal(("CHINH PHU", new DateOnly(2025, 9, 30)), (campaign.Sender, campaign.Directive.ReportBy));
        Assert.Contains("# Văn bản, dòng ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_text_makes_nothing()
    {
        var refused = Assert.IsType<NewResult.Refused>(
            NewDesk.FromOrder(New("moi"), DirectiveCase.Of("hue-2024", _folder).File));

        Assert.Contains("phông chữ lỗi", Assert.Single(refused.Problems).What.Vi);
        Assert.Empty(Entries());
    }

    [Fact]
    public void A_slip_is_asked_about_with_both_readings()
    {
        var made = Assert.IsType<NewResult.Made>(
            NewDesk.FromOrder(New("moi"), DirectiveCase.Of("lai-chau-2024", _folder).File));

        var asked = made.Questions.Single(question => question.Where!.Key == "messages[1].text").What.Vi;
        Assert.Contains("“Tổng đại quốc gia 111”", asked, StringComparison.Ordinal);
        Assert.Contains("“Tổng đài quốc gia 111”", asked, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_of_another_year_is_told()
    {
        var made = Assert.IsType<NewResult.Made>(
            NewDesk.FromOrder(New("moi"), DirectiveCase.Of("hue-2024-sua", _folder).File));

        Assert.Contains(made.Findings!.Notes, note => note.Vi.Contains("25/02/2023", StringComparison.Ordinal)
            && note.Vi.Contains("năm 2023, nhưng văn bản của năm 2024", StringComparison.Ordinal));
        var asked = made.Questions.Single(question => question.Where!.Key == "directive.reportBy").What.Vi;
        Assert.All(["10/3", "10/9", "10/6", "10/12"], day => Assert.Contains(day, asked, StringComparison.Ordinal));
    }

    static NewParticulars Particulars() => new()
    {
        Issuer = "UBND tỉnh Lào Cai",
        Text = "Phòng, chống “mua bán người”: gọi #111",
        Sender = "CHINH PHU",
        SendDate = "30/7/2026",
        From = "08:00",
        To = "20:00",
        HeldBy = ["viettel"],
        ReportTo = "UBND tỉnh (qua Công an tỉnh)",
        ReportBy = "30/9/2026",
    };

    NewCampaign New(string place) => new(place, null, _folder.File("config/smscampaign.json"));

    static CampaignReading Read(string file) => CampaignFile.Read(file, Lanes, holders: Lanes);

    IEnumerable<string> Entries() => Directory.Exists(_folder.File("config/campaigns"))
        ? Directory.EnumerateFileSystemEntries(_folder.File("config/campaigns"))
        : [];

    void Copy(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(path))!);
        File.Copy(Repository.PathOf(path), _folder.File(path));
    }
}
