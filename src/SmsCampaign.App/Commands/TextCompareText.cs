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
        Add(table, ComparedTextWords.OfTexts(comparison));
        page.Add(table);
        page.Line();
        page.Line("  " + ComparedTextWords.Convention.In(page.Language));
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
        Add(table, ComparedTextWords.OfForecasts(comparison));
        page.Add(table);

        var lanes = new TextTable([page.Text("Có dấu, từng kênh xong lúc", "With diacritics, lanes end"), .. _names]);
        Add(lanes, ComparedTextWords.OfLanes(comparison));
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

    void Add(TextTable table, IReadOnlyList<ComparedRow> lines)
    {
        foreach (var line in lines)
            table.Add([line.Name.In(page.Language), .. line.Cells.Select(cell => cell.In(page.Language))]);
    }
}
