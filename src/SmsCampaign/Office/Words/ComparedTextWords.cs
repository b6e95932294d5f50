using SmsCampaign.Messages;
using SmsCampaign.Planning;

namespace SmsCampaign.Office.Words;

/// <summary>A line of a table that has a candidate text in each column.</summary>
public sealed record ComparedRow(Wording Name, IReadOnlyList<Wording> Cells);

/// <summary>What candidate texts are compared by, a line each: for the screen of a terminal and for a page.</summary>
public static class ComparedTextWords
{
    /// <summary>By what a text is called easy.</summary>
    public static Wording Convention => new(
        $"Đọc dễ: câu dài nhất không quá {TextReading.MostOfEasy} tiếng; vừa: không quá {TextReading.MostOfFair}. Đây "
            + $"là quy ước, không phải chuẩn: hãy đưa vài người dân đọc thử.",
        $"Easy: no sentence longer than {TextReading.MostOfEasy} syllables; fair: {TextReading.MostOfFair}. "
            + $"A convention and no norm: have some people read it.");

    /// <summary>Of the texts alone.</summary>
    public static IReadOnlyList<ComparedRow> OfTexts(TextComparison comparison)
    {
        var standard = LengthTable.Standard;
        return
        [
            Line(new("Có dấu: số ký tự", "With diacritics: characters"), text =>
                Figures.Count(text.Accented.Split(standard).UnitsUsed)),
            Line(new("Có dấu: số phần", "With diacritics: parts"), text =>
                Figures.Count(text.Accented.PartsIn(standard))),
            .. Price(new("Có dấu: đồng mỗi thuê bao", "With diacritics: VND each"), text => text.Accented),
            Line(new("Không dấu: số ký tự", "Without: characters"), text =>
                Figures.Count(text.Unaccented.Split(standard).UnitsUsed)),
            Line(new("Không dấu: số phần", "Without: parts"), text =>
                Figures.Count(text.Unaccented.PartsIn(standard))),
            .. Price(new("Không dấu: đồng mỗi thuê bao", "Without: VND each"), text => text.Unaccented),
            Line(new("Số câu", "Sentences"), text => Figures.Count(text.Reading.Sentences)),
            Line(new("Số tiếng", "Syllables"), text => Figures.Count(text.Reading.Syllables)),
            Line(new("Câu dài nhất (tiếng)", "Longest sentence (syllables)"), text =>
                Figures.Count(text.Reading.Longest)),
            Line(new("Đọc", "Reads"), text => EaseOf(text.Reading.Ease)),
            Line(new("Lỗi", "Errors"), text =>
                Figures.Count(text.Problems.Count(problem => problem.Severity == Severity.Error))),
        ];

        ComparedRow Line(Wording name, Func<ComparedText, Wording> cell) =>
            new(name, [.. comparison.Texts.Select(cell)]);

        // Of the cheapest lane and the dearest, before tax.
        IEnumerable<ComparedRow> Price(Wording name, Func<ComparedText, SmsText> form)
        {
            var priced = comparison.Lanes.Where(lane => lane.Options.PricePerPart is not null).ToList();
            return priced.Count == 0 ? [] : [Line(name, text =>
            {
                var prices = priced.ConvertAll(
                    lane => form(text).PartsIn(lane.Options.LengthTable) * lane.Options.PricePerPart!.Value);
                var (least, most) = (Figures.Count((long)prices.Min()), Figures.Count((long)prices.Max()));
                return least == most ? least : new($"{least}-{most}", $"{least}-{most}");
            })];
        }
    }

    /// <summary>Of what all of it costs and when it ends; the comparison is for a campaign.</summary>
    public static IReadOnlyList<ComparedRow> OfForecasts(TextComparison comparison)
    {
        return
        [
            .. Form(new("Có dấu", "With diacritics"), lane => lane.Sent),
            .. Form(new("Không dấu", "Without"), lane => lane.Unaccented),
        ];

        IEnumerable<ComparedRow> Form(Wording form, Func<LaneForecast, LaneLoad> load) =>
        [
            Line(new($"{form}: số phần", $"{form}: parts"), text =>
                Figures.Count(text.Total!.Lanes.Sum(lane => load(lane).Parts))),
            Line(new($"{form}: chi phí", $"{form}: cost"), text =>
                Figures.Money(text.Total!.Lanes.Sum(lane => load(lane).CostVnd))),
            Line(new($"{form}: xong lúc", $"{form}: ends"), text =>
                Moment(comparison, text.Shared!.Lanes.Max(lane => load(lane).End))),
            Line(new($"{form}: số ngày gửi", $"{form}: days"), text =>
                Figures.Count(text.Shared!.Lanes.Max(lane => load(lane).Days))),
        ];

        ComparedRow Line(Wording name, Func<ComparedText, Wording> cell) =>
            new(name, [.. comparison.Texts.Select(cell)]);
    }

    /// <summary>When each lane would be done; the comparison is for a campaign.</summary>
    public static IReadOnlyList<ComparedRow> OfLanes(TextComparison comparison) =>
    [
        .. comparison.For!.Lanes.Select((lane, at) => new ComparedRow(
            new(lane.Name, lane.Name),
            [.. comparison.Texts.Select(text => Moment(comparison, text.Shared!.Lanes[at].Sent.End))])),
    ];

    static Wording Moment(TextComparison comparison, DateTimeOffset moment) =>
        Figures.Expected(comparison.For!.Campaign.Schedule.Window.ToLocal(moment));

    static Wording EaseOf(ReadingEase ease) => ease switch
    {
        ReadingEase.Easy => new("dễ", "easy"),
        ReadingEase.Fair => new("vừa", "fair"),
        _ => new("khó", "hard"),
    };
}
