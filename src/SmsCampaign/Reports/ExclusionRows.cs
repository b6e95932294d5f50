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
/// <param name="sources">By their position, from 1; place 0 stands for none.</param>
/// <param name="segments">Their names, likewise.</param>
/// <param name="inFull">Where numbers stand there in full: for whom; null: masked.</param>
/// <param name="places">Whether it is known where the number of a duplicate stands: else there are no columns for
/// it.</param>
sealed class ExclusionRows(
    ILongRows rows,
    IReadOnlyList<string> sources,
    IReadOnlyList<string> segments,
    Language language,
    UnmaskedExport? inFull = null,
    bool places = true)
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

    /// <summary>The last ones of <see cref="Headings"/>, of where a duplicate's number stands.</summary>
    public const int PlaceColumns = 3;

    readonly byte[][] _sources = [.. sources.Select(rows.Cell)];
    readonly byte[][] _segments = [.. segments.Select(rows.Cell)];

    /// <summary>By the number of the reason.</summary>
    readonly byte[][] _reasons = [.. Enum.GetValues<ExclusionReason>()
        .Select(reason => ExclusionReasonWords.Of(reason).In(language))
        .Prepend("")
        .Select(rows.Cell)];
    readonly Dictionary<string, byte[]> _alreadySent = [];
    readonly byte[] _for = rows.Cell(inFull?.For ?? "");
    long _rows;

    public void Add(in ExclusionLine line)
    {
        rows.Number(++_rows);
        rows.Ready(At(_sources, line.Source));
        rows.Number(line.Line);
        rows.Ready(At(_segments, line.Segment));
        rows.Ready(line.Earlier is { } date ? AlreadySent(date) : At(_reasons, (int)line.Reason));
        WriteNumber(line);

        if (!places)
        {
            rows.EndRow();
            return;
        }

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

        if (inFull is not null)
            rows.Ready(_for);
        rows.EndRow();
    }

    void WriteNumber(in ExclusionLine line)
    {
        if (line.Number is not { } number)
        {
            rows.Text(Encoding.UTF8.GetBytes(NumberMask.In(line.Written ?? "")));
            return;
        }

        if (inFull is not null && !ErasedNumber.Is(number))
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
