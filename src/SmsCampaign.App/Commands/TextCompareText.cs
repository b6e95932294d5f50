using SmsCampaign.Messages;
using SmsCampaign.Office;
using SmsCampaign.Planning;

namespace SmsCampaign.App.Commands;

/// <summary>Shows candidate texts side by side, a column each.</summary>
sealed class TextCompareText(
    TextComparison comparison, IReadOnlyList<string> files, CandidateAudience? audience, Page page)
{
    readonly IReadOnlyList<string> _names =
        [.. Enumerable.Range(0, files.Count).Select(at => ((char)('A' + at)).ToString())];

    public void Write()
    {
        page.Title("CÁC PHƯƠNG ÁN", "CANDIDATES");
        foreach (var (text, at) in comparison.Texts.Select((text, at) => (text, at)))
        {
            page.Line($"  {_names[at]}  {Path.GetFileName(files[at])}");
            foreach (var line in text.Accented.Value.Split('\n'))
                page.Line("     " + line);
        }

        WriteTexts();
        if (comparison.For is { } planned)
            WriteForecasts(planned);
    }

    void WriteTexts()
    {
        page.Title("SO SÁNH", "SIDE BY SIDE");
        var table = new TextTable(["", .. _names]);
        var standard = LengthTable.Standard;
        Row(table, new("Có dấu: số ký tự", "With diacritics: characters"), text =>
            Count(text.Accented.Split(standard).UnitsUsed));
        Row(table, new("Có dấu: số phần", "With diacritics: parts"), text => Count(text.Accented.PartsIn(standard)));
        Price(table, new("Có dấu: đồng mỗi thuê bao", "With diacritics: VND each"), text => text.Accented);
        Row(table, new("Không dấu: số ký tự", "Without: characters"), text =>
            Count(text.Unaccented.Split(standard).UnitsUsed));
        Row(table, new("Không dấu: số phần", "Without: parts"), text => Count(text.Unaccented.PartsIn(standard)));
        Price(table, new("Không dấu: đồng mỗi thuê bao", "Without: VND each"), text => text.Unaccented);
        Row(table, new("Số câu", "Sentences"), text => Count(text.Reading.Sentences));
        Row(table, new("Số tiếng", "Syllables"), text => Count(text.Reading.Syllables));
        Row(table, new("Câu dài nhất (tiếng)", "Longest sentence (syllables)"), text => Count(text.Reading.Longest));
        Row(table, new("Đọc", "Reads"), text => EaseOf(text.Reading.Ease).In(page.Language));
        Row(table, new("Lỗi", "Errors"), text =>
            Count(text.Problems.Count(problem => problem.Severity == Severity.Error)));
        page.Add(table);
        page.Line();
        page.Say(
            $"  Đọc dễ: câu dài nhất không quá {TextReading.MostOfEasy} tiếng; vừa: không quá "
                + $"{TextReading.MostOfFair}. Đây là quy ước, không phải chuẩn: hãy đưa vài người dân đọc thử.",
            $"  Easy: no sentence longer than {TextReading.MostOfEasy} syllables; fair: {TextReading.MostOfFair}. "
                + $"A convention and no norm: have some people read it.");
    }

    /// <summary>Of the cheapest lane and the dearest, before tax.</summary>
    void Price(TextTable table, Wording name, Func<ComparedText, SmsText> form)
    {
        var priced = comparison.Lanes.Where(lane => lane.Options.PricePerPart is not null).ToList();
        if (priced.Count == 0)
            return;

        Row(table, name, text =>
        {
            var prices = priced
                .Select(lane => form(text).PartsIn(lane.Options.LengthTable) * lane.Options.PricePerPart!.Value)
                .ToList();
            var (least, most) = (Count((long)prices.Min()), Count((long)prices.Max()));
            return least == most ? least : $"{least}-{most}";
        });
    }

    void WriteForecasts(PlannedCampaign planned)
    {
        var all = audience!.Subscribers ?? planned.Plan.Batches.Sum(batch => batch.Messages);
        page.Title("CHI PHÍ VÀ GIỜ XONG, dự báo", "COST AND END, forecast");
        page.Say(
            $"  {Figures.Counted(all, "subscriber")} thuê bao, mỗi nhà mạng {audience.Accounts} tài khoản gửi, theo "
                + $"tốc độ của kênh; chi phí chưa thuế.",
            $"  {Figures.Counted(all, "subscriber")}, {Figures.Counted(audience.Accounts, "account")} a carrier at the "
                + $"lanes' rates; cost before tax.");
        var table = new TextTable(["", .. _names]);
        WriteForm(table, new("Có dấu", "With diacritics"), lane => lane.Sent);
        WriteForm(table, new("Không dấu", "Without"), lane => lane.Unaccented);
        page.Add(table);

        var lanes = new TextTable([page.Text("Có dấu, từng kênh xong lúc", "With diacritics, lanes end"), .. _names]);
        foreach (var (lane, at) in planned.Lanes.Select((lane, at) => (lane, at)))
            Row(lanes, new(lane.Name, lane.Name), text => Moment(text.Shared!.Lanes[at].Sent.End));
        page.Line();
        page.Add(lanes);
        if (audience.Accounts > 1)
        {
            page.Line();
            page.Say(
                "  Chương trình gửi mỗi nhà mạng của một chiến dịch qua một kênh. Muốn dùng nhiều tài khoản, hãy chia "
                    + "địa bàn thành nhiều chiến dịch, mỗi chiến dịch một kênh.",
                "  Of a campaign each carrier is sent through one lane. To use several accounts, divide the areas "
                    + "among campaigns, each with a lane of its own.");
        }
    }

    void WriteForm(TextTable table, Wording form, Func<LaneForecast, LaneLoad> load)
    {
        Row(table, new($"{form}: số phần", $"{form}: parts"), text =>
            Count(text.Total!.Lanes.Sum(lane => load(lane).Parts)));
        Row(table, new($"{form}: chi phí", $"{form}: cost"), text =>
            Figures.Money(text.Total!.Lanes.Sum(lane => load(lane).CostVnd)).In(page.Language));
        Row(table, new($"{form}: xong lúc", $"{form}: ends"), text =>
            Moment(text.Shared!.Lanes.Max(lane => load(lane).End)));
        Row(table, new($"{form}: số ngày gửi", $"{form}: days"), text =>
            Count(text.Shared!.Lanes.Max(lane => load(lane).Days)));
    }

    void Row(TextTable table, Wording name, Func<ComparedText, string> cell) =>
        table.Add([name.In(page.Language), .. comparison.Texts.Select(cell)]);

    static Wording EaseOf(ReadingEase ease) => ease switch
    {
        ReadingEase.Easy => new("dễ", "easy"),
        ReadingEase.Fair => new("vừa", "fair"),
        _ => new("khó", "hard"),
    };

    string Count(long number) => Figures.Count(number).In(page.Language);

    string Moment(DateTimeOffset moment) =>
        Figures.Expected(comparison.For!.Campaign.Schedule.Window.ToLocal(moment)).In(page.Language);
}
