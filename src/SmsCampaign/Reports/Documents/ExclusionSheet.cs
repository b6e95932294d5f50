using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Reports.Documents;

/// <summary>The sheet with a row for each that is not a recipient: as loai-tru.csv, numbers masked.</summary>
sealed class ExclusionSheet(ReportWorkbook workbook, RunTables tables, Language language) : IDisposable
{
    readonly LongTable _table = workbook.Begin(
        tables.Run, new("Loại trừ", "Excluded"), ExclusionFile.Headings);
    readonly byte[][] _sources = [.. tables.Sources.Select(workbook.Cell)];
    readonly byte[][] _segments = [.. tables.Segments.Select(segment => workbook.Cell(segment.Name))];
    readonly byte[][] _reasons =
        [.. ExclusionFile.Reasons(language).Select(workbook.Cell)];
    readonly Dictionary<string, byte[]> _alreadySent = [];

    public void Add(in ExclusionLine line)
    {
        var row = _table.Row();
        row.Number(_table.Rows);
        row.Ready(At(_sources, line.Source));
        row.Number(line.Line);
        row.Ready(At(_segments, line.Segment));
        row.Ready(line.Earlier is { } date ? AlreadySent(date) : At(_reasons, (int)line.Reason));
        WriteNumber(row, line);
        if (line.StandsInSource is { } source)
        {
            row.Ready(At(_sources, source));
            row.Number(line.StandsAtLine);
            row.Ready(At(_segments, line.StandsInSegment));
        }

        row.EndRow();
    }

    public void End() => _table.End();

    public void Dispose() => _table.Dispose();

    static void WriteNumber(SheetStream row, in ExclusionLine line)
    {
        if (line.Number is not { } number)
        {
            row.Text(NumberMask.In(line.Written ?? ""));
            return;
        }

        Span<byte> masked = stackalloc byte[20];
        row.Text(masked[..NumberMask.Write(number, masked)]);
    }

    /// <param name="date">Of the run that may have sent already, as the ledger has it.</param>
    byte[] AlreadySent(string date)
    {
        if (!_alreadySent.TryGetValue(date, out var cell))
            _alreadySent[date] = cell = workbook.Cell(
                ExclusionReasonWords.AlreadySent(SqlTime.DateFromSql(date)).In(language));
        return cell;
    }

    /// <summary>Place 0 takes what points to nothing.</summary>
    static byte[] At(byte[][] cells, int at) => (uint)at < cells.Length ? cells[at] : cells[0];
}
