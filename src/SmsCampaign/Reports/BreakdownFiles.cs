using System.Globalization;
using SmsCampaign.Carriers;
using SmsCampaign.Messages;

namespace SmsCampaign.Reports;

/// <summary>
/// theo-nha-mang.csv, theo-dia-ban.csv, theo-phan-doan.csv and loi.csv: the counts by carrier and lane, commune, segment
/// and failure, each with its total.
/// </summary>
/// <remarks>
/// A share is written as text with its level of confirmation, as "98,50% đã tới máy": a bare 98,50% is read as 9850%
/// by a spreadsheet set to another country. Shares are cut, not rounded: 100% means all.
/// </remarks>
sealed class BreakdownFiles(RunTables tables, RunTallies tallies, Language language)
{
    static readonly Wording Number = new("STT", "No.");
    static readonly Wording Target = new("Số thuê bao mục tiêu", "Recipients");
    static readonly Wording PartsHandedOver = new("Số bản tin đã chuyển (quy đổi)", "Parts handed over");
    static readonly Wording Share = new("Tỷ lệ thành công (mức xác nhận)", "Success rate (as confirmed)");

    readonly LocalTimes _times = new(tables.Zone);

    public void WriteCarriers(CsvBytes file)
    {
        Headings(file,
            [
                Number, new("Nhà mạng", "Carrier"), new("Kênh gửi", "Lane"), new("Mức tin cậy biên nhận", "Receipts trusted"), Target,
                new("Số bản tin dự kiến (quy đổi)", "Parts planned"), PartsHandedOver,
                .. StatusHeadings, Share, new("Chi phí tạm tính (đồng, chưa thuế)", "Cost so far (VND, before tax)"),
                new("Giờ gửi đầu tiên", "First handed over"), new("Giờ gửi cuối cùng", "Last handed over"),
            ]);

        var row = 0;
        var cost = 0m;
        foreach (var (carrier, lane, tally) in tallies.ByCarrierAndLane)
        {
            file.Number(++row);
            file.Text(tables.Carriers[carrier]);
            file.Text(tables.Lanes[lane].Name);
            WriteCarrier(file, tally, tables.Lanes[lane].Trust, tallies.CostOf(lane, tally));
            cost += tallies.CostOf(lane, tally);
        }

        BeginTotal(file, emptyCells: 1);
        WriteCarrier(file, tallies.Sum(), null, cost);
    }

    public void WriteAreas(CsvBytes file)
    {
        Headings(file, [Number, new("Xã/phường", "Commune"), Target, PartsHandedOver, .. StatusHeadings, Share]);

        var row = 0;
        foreach (var (area, tally) in tallies.ByArea.Index())
        {
            if (tally.Messages == 0)
                continue;

            file.Number(++row);
            file.Text(tables.Areas[area] is { Length: > 0 } name ? NumberMask.In(name) : new Wording("(không ghi)", "(not given)").In(language));
            WriteArea(file, tally);
        }

        BeginTotal(file);
        WriteArea(file, tallies.Sum());
    }

    public void WriteSegments(CsvBytes file)
    {
        Headings(file,
            [
                Number, new("Phân đoạn", "Segment"), new("Số dòng khớp điều kiện", "Rows matched"), ReportWords.Excluded.Heading(),
                .. StatusHeadings, new("Chênh lệch", "Difference"), PartsHandedOver, Share,
            ]);

        var row = 0;
        for (var segment = 0; segment < tables.Segments.Count; segment++)
        {
            if (segment == 0 && tables.Segments[segment].Matched == 0 && tallies.DifferenceOf(segment) == 0)
                continue;

            file.Number(++row);
            file.Text(segment == 0 ? $"({ExclusionReasonWords.Of(ExclusionReason.OutsideSegments).In(language)})" : tables.Segments[segment].Name);
            WriteSegment(file, tables.Segments[segment].Matched, tallies.ExcludedBySegment[segment], tallies.DifferenceOf(segment), tallies.BySegment[segment]);
        }

        BeginTotal(file);
        WriteSegment(
            file,
            tables.Segments.Sum(segment => segment.Matched),
            tallies.ExcludedBySegment.Sum(),
            Enumerable.Range(0, tables.Segments.Count).Sum(tallies.DifferenceOf),
            tallies.Sum());
    }

    public void WriteFailures(CsvBytes file)
    {
        Headings(file,
            [
                Number, new("Lớp lỗi", "Failure"), new("Mã nhà mạng", "Carrier's code"), new("Lý do", "Reason"), new("Nhà mạng", "Carrier"),
                new("Số tin", "Messages"), new("Việc cần làm", "What to do"),
            ]);

        var row = 0;
        foreach (var (failure, reason, code, carrier, count) in tallies.Failures)
        {
            var known = failure is { } given && !Enum.IsDefined(given) ? FailureClass.Unknown : failure;
            file.Number(++row);
            file.Text((known is { } name ? FailureClassWords.Of(name) : MessageStatusWords.Of(MessageStatus.Uncertain)).In(language));
            file.Text(code);
            file.Text(ReasonWords.OfStored(reason).In(language));
            file.Text(tables.Carriers[carrier]);
            file.Number(count);
            file.Text(ReportWords.Advice(known).In(language));
            file.EndRow();
        }
    }

    static IEnumerable<Wording> StatusHeadings => ReportWords.Order.Select(status => MessageStatusWords.Of(status).Heading());

    /// <param name="trust">Null for the total of several.</param>
    void WriteCarrier(CsvBytes file, Tally tally, ReceiptTrust? trust, decimal cost)
    {
        if (trust is { } one)
            file.Text(ReportWords.Of(one).In(language));
        else
            file.Empty();

        file.Number(tally.Messages);
        file.Number(tally.PartsPlanned);
        file.Number(tally.PartsHandedOver);
        WriteStatuses(file, tally);
        file.Text(ShareOf(tally));
        file.Number(cost);
        WriteTime(file, tally.FirstHandedMicros);
        WriteTime(file, tally.LastHandedMicros);
        file.EndRow();
    }

    void WriteArea(CsvBytes file, Tally tally)
    {
        file.Number(tally.Messages);
        file.Number(tally.PartsHandedOver);
        WriteStatuses(file, tally);
        file.Text(ShareOf(tally));
        file.EndRow();
    }

    void WriteSegment(CsvBytes file, long matched, long excluded, long difference, Tally tally)
    {
        file.Number(matched);
        file.Number(excluded);
        WriteStatuses(file, tally);
        file.Number(difference);
        file.Number(tally.PartsHandedOver);
        file.Text(ShareOf(tally));
        file.EndRow();
    }

    void WriteStatuses(CsvBytes file, Tally tally)
    {
        foreach (var status in ReportWords.Order)
        {
            // A 0 would say that none arrived, where in truth nobody can know.
            if (tally.Trust is { } trust && trust.Believe(status) != status)
                file.Text(ReportWords.NotConfirmed.In(language));
            else
                file.Number(tally[status]);
        }
    }

    string ShareOf(Tally tally)
    {
        if (tally.Messages == 0)
            return "";

        var hundredths = (long)((Int128)tally.Confirmed * 10_000 / tally.Messages);
        var point = language == Language.Vietnamese ? ',' : '.';
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{hundredths / 100}{point}{hundredths % 100:00}% {ReportWords.Level(tally.Trust).In(language)}");
    }

    void WriteTime(CsvBytes file, long? micros)
    {
        if (micros is { } moment)
            file.Ready(_times.Utf8(moment));
        else
            file.Empty();
    }

    void Headings(CsvBytes file, IEnumerable<Wording> headings) => file.Row(headings.Select(heading => heading.In(language)));

    /// <summary>Writes the number and name cells of a total, and cells it leaves empty.</summary>
    void BeginTotal(CsvBytes file, int emptyCells = 0)
    {
        file.Empty();
        file.Text(ReportWords.Total.In(language));
        for (var cell = 0; cell < emptyCells; cell++)
            file.Empty();
    }
}
