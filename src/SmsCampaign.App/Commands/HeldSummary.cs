using SmsCampaign.Campaigns;
using SmsCampaign.Orders.Words;

namespace SmsCampaign.App.Commands;

/// <summary>Shows an officer what carriers are to text to their own subscribers, as <c>check</c> and <c>plan</c> print
/// it.</summary>
sealed class HeldSummary(Campaign campaign, DateOnly date, Page page)
{
    public void Write()
    {
        if (campaign.HeldSegments.Count == 0)
            return;

        page.Line();
        page.Say(
            "NHÀ MẠNG TỰ NHẮN TỚI THUÊ BAO CỦA MÌNH, theo công văn của Sở",
            "CARRIERS THAT TEXT THEIR OWN SUBSCRIBERS, as the department's letters ask them to");
        var table = new TextTable(
            page.Text("Nhà mạng", "Carrier"),
            page.Text("Nhóm nhận tin", "Segment"),
            page.Text("Tin", "Message"),
            page.Text("Ước tính", "Estimate"),
            page.Text("Trả lời trước hết", "Answer by"),
            page.Text("Báo cáo trước hết", "Report by"))
        {
            Left = new HashSet<int> { 1, 2 },
        };
        foreach (var held in campaign.HeldSegments)
        {
            table.Add(
                held.HeldBy,
                held.Name,
                held.Message,
                Count(held.Estimate),
                Figures.Date(held.AcknowledgeBy.Before(date.AddDays(-1))).In(page.Language),
                Figures.Date(held.ReportBy.After(date)).In(page.Language));
        }

        table.Add(
            page.Text("Cộng", "Total"), "", "", Count(campaign.HeldSegments.Sum(held => held.Estimate)), "", "");
        page.Add(table);
        page.Line();
        foreach (var held in campaign.HeldSegments)
        {
            page.Say(
                $"  {held.Name}: thuê bao {HeldWords.Classes(held)} tại {string.Join(", ", held.Areas)}, theo "
                    + $"{HeldWords.Criterion(held.Criterion)}.",
                $"  {held.Name}: subscribers of {string.Join(", ", held.Areas)} ({HeldWords.Classes(held)}), by "
                    + $"{HeldWords.Criterion(held.Criterion)}.");
        }

        page.Line();
        page.Say(
            "  Chương trình không nhắn tới các thuê bao này: soạn công văn bằng 'order'.",
            "  The program does not text these subscribers: write the letters by 'order'.");
    }

    string Count(long number) => Figures.Count(number).In(page.Language);
}
