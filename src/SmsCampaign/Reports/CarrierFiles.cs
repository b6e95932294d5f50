using SmsCampaign.Carriers;
using SmsCampaign.Messages;
using SmsCampaign.Reports.Words;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Reports;

/// <summary>
/// theo-nha-mang.csv, which prints on one page: of each carrier and lane what came of its messages, in columns that add
/// up to the recipients; and theo-kenh.csv with all that is counted of them.
/// </summary>
sealed class CarrierFiles(RunTables tables, RunTallies tallies, Language language)
{
    static readonly Wording Carrier = new("Nhà mạng", "Carrier");
    static readonly Wording Lane = new("Kênh gửi", "Lane");

    /// <summary>By this column a report that was written is read back.</summary>
    public static readonly Wording Trust = new("Mức tin cậy biên nhận", "Receipts trusted");

    readonly LocalTimes _times = new(tables.Run.Zone);
    readonly TallyCells _cells = new(language);

    public void WritePage(ReportSheet file)
    {
        _cells.WriteHeadings(file,
            [
                Carrier, Lane, TallyCells.Recipients, TallyCells.Confirmed, new("Thất bại", "Failed"),
                new("Chưa rõ kết quả", "Uncertain"), new("Chờ biên nhận", "Receipt awaited"),
                new("Chưa gửi", "Not sent"), .. TallyCells.ShareHeadings, new("Chi phí (đồng)", "Cost (VND)"),
            ]);

        foreach (var (carrier, lane, tally) in tallies.ByCarrierAndLane)
        {
            file.Text(tables.Carriers[carrier]);
            file.Text(tables.Lanes[lane].Name);
            WritePage(file, tally, tallies.CostOf(lane, tally));
        }

        BeginTotal(file);
        WritePage(file, tallies.Sum(), Cost);
    }

    public void WriteLanes(ReportSheet file)
    {
        _cells.WriteHeadings(file,
            [
                Carrier, Lane, Trust, TallyCells.Recipients,
                new("Số bản tin quy đổi dự kiến", "Parts planned"),
                TallyCells.PartsHandedOver,
                .. TallyCells.StatusHeadings,
                TallyCells.Cost,
                new("Giờ chuyển đầu tiên", "First handed over"),
                new("Giờ chuyển cuối cùng", "Last handed over"),
            ]);

        foreach (var (carrier, lane, tally) in tallies.ByCarrierAndLane)
        {
            file.Text(tables.Carriers[carrier]);
            file.Text(tables.Lanes[lane].Name);
            WriteLane(file, tally, tables.Lanes[lane].Trust, tallies.CostOf(lane, tally));
        }

        BeginTotal(file);
        WriteLane(file, tallies.Sum(), null, Cost);
    }

    decimal Cost => tallies.ByCarrierAndLane.Sum(row => tallies.CostOf(row.Lane, row.Tally));

    void WritePage(ReportSheet file, Tally tally, decimal cost)
    {
        foreach (var count in new[]
        {
            tally.Messages,
            tally.Confirmed,
            tally[MessageStatus.Failed],
            tally[MessageStatus.Uncertain],
            tally.Awaited,
            tally.Unsent,
        })
            file.Number(count);
        _cells.WriteShare(file, tally);
        file.Number(cost);
        file.EndRow();
    }

    /// <param name="trust">Null for the total of several.</param>
    void WriteLane(ReportSheet file, Tally tally, ReceiptTrust? trust, decimal cost)
    {
        if (trust is { } one)
            file.Text(ReportWords.Of(one).In(language));
        else
            file.Empty();

        file.Number(tally.Messages);
        file.Number(tally.PartsPlanned);
        file.Number(tally.PartsHandedOver);
        _cells.WriteStatuses(file, tally);
        file.Number(cost);
        file.Moment(tally.FirstHandedMicros, _times);
        file.Moment(tally.LastHandedMicros, _times);
        file.EndRow();
    }

    void BeginTotal(ReportSheet file)
    {
        file.MarkTotal();
        file.Text(ReportWords.Total.In(language));
        file.Empty();
    }
}
