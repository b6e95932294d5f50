using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Reports.Words;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Reports;

/// <summary>
/// theo-dia-ban.csv, theo-dia-ban-nha-mang.csv, theo-nhom-nhan-tin.csv and loi.csv: the counts by commune, by commune
/// and carrier, segment and failure, each with its total.
/// </summary>
sealed class BreakdownFiles(RunTables tables, RunTallies tallies, Language language)
{
    static readonly Wording Number = new("STT", "No.");
    static readonly Wording Commune = new("Xã/phường", "Commune");

    /// <summary>Recipients and successes of all carriers of an area: by these columns a report that was written is read
    /// back.</summary>
    public static IEnumerable<Wording> TotalHeadings => Headings(ReportWords.Total);

    readonly TallyCells _cells = new(language);

    public void WriteAreas(ReportSheet file)
    {
        _cells.WriteHeadings(
            file,
            [
                Number,
                Commune,
                TallyCells.Recipients,
                TallyCells.PartsHandedOver,
                .. TallyCells.StatusHeadings,
                .. TallyCells.ShareHeadings,
            ]);

        var row = 0;
        foreach (var (area, tally) in tallies.ByArea.Index())
        {
            if (tally.Messages == 0)
                continue;

            file.Number(++row);
            file.Text(NameOf(area));
            WriteArea(file, tally);
        }

        BeginTotal(file);
        WriteArea(file, tallies.Sum());
    }

    /// <summary>A row a commune, and of each carrier how many were to get the message and of how many
    /// it is confirmed.</summary>
    public void WriteAreasByCarrier(ReportSheet file)
    {
        var sums = new CarrierCount[tables.Carriers.Count];
        foreach (var (carrier, count) in tallies.ByAreaAndCarrier.SelectMany(counts => (counts ?? []).Index()))
            sums[carrier] = new(sums[carrier].Messages + count.Messages, sums[carrier].Confirmed + count.Confirmed);
        var shown = Enumerable.Range(0, sums.Length).Where(carrier => sums[carrier].Messages > 0).ToList();

        _cells.WriteHeadings(file,
            [
                Number, Commune,
                .. shown.SelectMany(carrier => Headings(new(tables.Carriers[carrier], tables.Carriers[carrier]))),
                .. Headings(ReportWords.Total), .. TallyCells.ShareHeadings,
            ]);

        var row = 0;
        foreach (var (area, counts) in tallies.ByAreaAndCarrier.Index())
        {
            if (counts is null)
                continue;

            file.Number(++row);
            file.Text(NameOf(area));
            WriteByCarrier(file, counts, shown, tallies.ByArea[area]);
        }

        BeginTotal(file);
        WriteByCarrier(file, sums, shown, tallies.Sum());
    }

    public void WriteSegments(ReportSheet file)
    {
        _cells.WriteHeadings(file,
            [
                Number,
                new("Nhóm nhận tin", "Segment"),
                new("Số dòng khớp điều kiện", "Rows matched"),
                ReportWords.Excluded.Heading(),
                .. TallyCells.StatusHeadings,
                new("Chênh lệch", "Difference"),
                TallyCells.PartsHandedOver,
                .. TallyCells.ShareHeadings,
            ]);

        var row = 0;
        for (var segment = 0; segment < tables.Segments.Count; segment++)
        {
            if (segment == 0 && tables.Segments[segment].Matched == 0 && tallies.DifferenceOf(segment) == 0)
                continue;

            file.Number(++row);
            file.Text(segment == 0
                ? $"({ExclusionReasonWords.Of(ExclusionReason.OutsideSegments).In(language)})"
                : tables.Segments[segment].Name);
            WriteSegment(
                file,
                tables.Segments[segment].Matched,
                tallies.ExcludedBySegment[segment],
                tallies.DifferenceOf(segment),
                tallies.BySegment[segment]);
        }

        BeginTotal(file);
        WriteSegment(
            file,
            tables.Segments.Sum(segment => segment.Matched),
            tallies.ExcludedBySegment.Sum(),
            Enumerable.Range(0, tables.Segments.Count).Sum(tallies.DifferenceOf),
            tallies.Sum());
    }

    public void WriteFailures(ReportSheet file)
    {
        _cells.WriteHeadings(file,
            [
                Number, new("Nhóm nguyên nhân", "Failure"), new("Mã kết quả", "Carrier's code"), new("Lý do", "Reason"),
                new("Nhà mạng", "Carrier"), new("Số tin", "Messages"), new("Việc cần làm", "What to do"),
            ]);

        var row = 0;
        foreach (var (failure, reason, code, carrier, count) in tallies.Failures)
        {
            var known = failure is { } given && !Enum.IsDefined(given) ? FailureClass.Unknown : failure;
            file.Number(++row);
            file.Text((known is { } name ? FailureClassWords.Of(name) : MessageStatusWords.Of(MessageStatus.Uncertain))
                .In(language));
            file.Text(GatewayWords.Code(code, language));
            file.Text(ReasonWords.OfStored(reason).In(language));
            file.Text(tables.Carriers[carrier]);
            file.Number(count);
            file.Text(ReportWords.Advice(known).In(language));
            file.EndRow();
        }
    }

    static IEnumerable<Wording> Headings(Wording whose) =>
        [
            new($"{whose}: thuê bao nhận tin", $"{whose}: recipients"),
            new($"{whose}: thành công", $"{whose}: succeeded"),
        ];

    string NameOf(int area) => tables.Areas[area] is { Length: > 0 } name
        ? NumberMask.In(name)
        : new Wording("(không ghi)", "(not given)").In(language);

    void WriteArea(ReportSheet file, Tally tally)
    {
        file.Number(tally.Messages);
        file.Number(tally.PartsHandedOver);
        _cells.WriteStatuses(file, tally);
        _cells.WriteShare(file, tally);
        file.EndRow();
    }

    void WriteByCarrier(ReportSheet file, CarrierCount[] counts, List<int> carriers, Tally all)
    {
        foreach (var carrier in carriers)
        {
            file.Number(counts[carrier].Messages);
            file.Number(counts[carrier].Confirmed);
        }

        file.Number(all.Messages);
        file.Number(all.Confirmed);
        _cells.WriteShare(file, all);
        file.EndRow();
    }

    void WriteSegment(ReportSheet file, long matched, long excluded, long difference, Tally tally)
    {
        file.Number(matched);
        file.Number(excluded);
        _cells.WriteStatuses(file, tally);
        file.Number(difference);
        file.Number(tally.PartsHandedOver);
        _cells.WriteShare(file, tally);
        file.EndRow();
    }

    /// <summary>Writes the number and name cells of a total.</summary>
    void BeginTotal(ReportSheet file)
    {
        file.MarkTotal();
        file.Empty();
        file.Text(ReportWords.Total.In(language));
    }
}
