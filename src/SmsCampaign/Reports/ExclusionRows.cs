using System.Text;
using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Reports;

/// <summary>
/// The table of every row that is not a recipient, in the order the import met them, and for a duplicate where its
/// number stands. Alike as loai-tru.csv and in the workbook.
/// </summary>
/// <param name="unmasked">Whether numbers stand there in full.</param>
sealed class ExclusionRows(ILongRows rows, RunTables tables, Language language, bool unmasked)
{
    /// <summary>Bytes of the longest number, masked.</summary>
    const int LongestNumber = 20;

    public static readonly IReadOnlyList<Wording> Headings =
    [
        new("STT", "No."), new("Tệp nguồn", "Source file"), new("Dòng", "Line"), new("Nhóm nhận tin", "Segment"),
        new("Lý do", "Reason"), new("Số điện thoại hoặc nội dung ô", "Number or what the cell held"),
        new("Đã có ở tệp", "Stands in file"),
        new("Đã có ở dòng", "Stands at line"),
        new("Đã có ở nhóm nhận tin", "Stands in segment"),
    ];

    readonly byte[][] _sources = [.. tables.Sources.Select(rows.Cell)];
    readonly byte[][] _segments = [.. tables.Segments.Select(segment => rows.Cell(segment.Name))];

    /// <summary>By the number of the reason.</summary>
    readonly byte[][] _reasons = [.. Enum.GetValues<ExclusionReason>()
        .Select(reason => ExclusionReasonWords.Of(reason).In(language))
        .Prepend("")
        .Select(rows.Cell)];
    readonly Dictionary<string, byte[]> _alreadySent = [];
    long _rows;

    public void Add(in ExclusionLine line)
    {
        rows.Number(++_rows);
        rows.Ready(At(_sources, line.Source));
        rows.Number(line.Line);
        rows.Ready(At(_segments, line.Segment));
        rows.Ready(line.Earlier is { } date ? AlreadySent(date) : At(_reasons, (int)line.Reason));
        WriteNumber(line);

        if (line.StandsInSource is { } source)
        {
            rows.Ready(At(_sources, source));
            rows.Number(line.StandsAtLine);
            rows.Ready(At(_segments, line.StandsInSegment));
        }
        else
        {
            rows.Empty();
            rows.Empty();
            rows.Empty();
        }

        rows.EndRow();
    }

    void WriteNumber(in ExclusionLine line)
    {
        if (line.Number is not { } number)
        {
            rows.Text(Encoding.UTF8.GetBytes(NumberMask.In(line.Written ?? "")));
            return;
        }

        if (unmasked && !ErasedNumber.Is(number))
        {
            rows.Number(number);
            return;
        }

        Span<byte> masked = stackalloc byte[LongestNumber];
        rows.Text(masked[..NumberMask.Write(number, masked)]);
    }

    /// <param name="date">Of the run that may have sent already, as the ledger has it.</param>
    byte[] AlreadySent(string date)
    {
        if (!_alreadySent.TryGetValue(date, out var cell))
            _alreadySent[date] = cell = rows.Cell(
                ExclusionReasonWords.AlreadySent(SqlTime.DateFromSql(date)).In(language));
        return cell;
    }

    /// <summary>Place 0 takes what points to nothing.</summary>
    static byte[] At(byte[][] cells, int at) => (uint)at < cells.Length ? cells[at] : cells[0];
}
