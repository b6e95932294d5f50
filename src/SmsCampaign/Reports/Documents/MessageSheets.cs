using System.Text;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Reports.Documents;

/// <summary>The sheets with a row a message: as chi-tiet.csv and chua-ro.csv, numbers masked.</summary>
sealed class MessageSheets : IDisposable
{
    readonly RunTables _tables;
    readonly Language _language;
    readonly LocalTimes _handed;
    readonly LocalTimes _settled;
    readonly LongTable _all;
    readonly LongTable _uncertain;
    readonly long?[] _receiptsUntil;
    readonly byte[][] _carriers;
    readonly byte[][] _lanes;
    readonly byte[][] _areas;
    readonly byte[][] _segments;
    readonly byte[][] _sources;
    readonly byte[][] _statuses;
    readonly byte[][] _failures;
    readonly byte[][] _rules;
    readonly byte[][] _reasons;

    public MessageSheets(ReportWorkbook workbook, RunTables tables, Language language)
    {
        (_tables, _language) = (tables, language);
        _handed = new LocalTimes(tables.Run.Zone);
        _settled = new LocalTimes(tables.Run.Zone);
        _receiptsUntil = [.. tables.Lanes.Select(lane =>
            lane.ReceiptsUntil is { } until ? _settled.LocalSeconds(until) : (long?)null)];
        _carriers = Cells(tables.Carriers);
        _lanes = Cells(tables.Lanes.Select(lane => lane.Name));
        _areas = Cells(tables.Areas.Select(NumberMask.In));
        _segments = Cells(tables.Segments.Select(segment => segment.Name));
        _sources = Cells(tables.Sources);
        _statuses = Cells(MessageFiles.Statuses(language));
        _failures = Cells(MessageFiles.FailureNames(language));
        _rules = Cells(MessageFiles.Rules(language));
        _reasons = Cells(MessageFiles.Reasons(language));
        _all = workbook.Begin(tables.Run, new("Chi tiết", "Messages"), MessageFiles.AllHeadings);
        _uncertain = workbook.Begin(
            tables.Run, new("Chưa rõ", "Uncertain"), MessageFiles.UncertainHeadings, "chua-ro");

        byte[][] Cells(IEnumerable<string> texts) => [.. texts.Select(workbook.Cell)];
    }

    /// <param name="believed">The status as far as the lane is trusted.</param>
    public void Add(MessageScan message, MessageStatus believed)
    {
        Span<byte> number = stackalloc byte[20];
        number = number[..NumberMask.Write(message.Number, number)];
        var code = message.Settled ? NumberMask.In(message.Code) : [];
        var handed = message.HandedMicros is { } at ? _handed.LocalSeconds(at) : (long?)null;

        var row = _all.Row();
        row.Number(_all.Rows);
        row.Text(number);
        row.Ready(At(_carriers, message.Carrier));
        row.Ready(At(_rules, message.Rule));
        row.Ready(_lanes[message.Lane]);
        row.Ready(At(_areas, message.Area));
        row.Ready(At(_segments, message.Segment));
        row.Number(message.Parts);
        if ((uint)believed < _statuses.Length)
            row.Ready(_statuses[(int)believed]);
        else
            row.Number((long)believed);
        row.Ready(At(_failures, message.Failure));
        row.Text(GatewayWords.Code(code, _language));
        row.Ready(At(_reasons, message.Reason));
        row.Moment(handed);
        row.Moment(message.Settled ? _settled.LocalSeconds(message.SettledMicros) : null);
        row.Moment(_tables.Lanes[message.Lane].LacksReceipt(believed) ? _receiptsUntil[message.Lane] : null);
        row.Ready(At(_sources, message.Source));
        row.Number(message.Line);
        row.EndRow();

        if (believed == MessageStatus.Uncertain)
            AddUncertain(message, number, code, handed);
    }

    public void End()
    {
        _all.End();
        _uncertain.End();
    }

    public void Dispose()
    {
        _all.Dispose();
        _uncertain.Dispose();
    }

    void AddUncertain(MessageScan message, ReadOnlySpan<byte> number, ReadOnlySpan<byte> code, long? handed)
    {
        var row = _uncertain.Row();
        row.Number(_uncertain.Rows);
        row.Text(number);
        row.Text(MessageReference.Of(_tables.Run.Code, message.Seq));
        row.Ready(At(_carriers, message.Carrier));
        row.Ready(_lanes[message.Lane]);
        row.Moment(handed);
        row.Text(ReasonWords.Of((Reason)message.Reason, Encoding.UTF8.GetString(code)).In(_language));
        row.EndRow();
    }

    /// <summary>Place 0 takes what points to nothing.</summary>
    static byte[] At(byte[][] cells, int at) => (uint)at < cells.Length ? cells[at] : cells[0];
}
