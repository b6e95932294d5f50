using SmsCampaign.Messages;
using SmsCampaign.Messages.Words;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Reports;

/// <summary>
/// loai-tru.csv: every row that is not a recipient, in the order the import met them, and for a duplicate where its
/// number stands.
/// </summary>
static class ExclusionFile
{
    public static readonly IReadOnlyList<Wording> Headings =
    [
        new("STT", "No."), new("Tệp nguồn", "Source file"), new("Dòng", "Line"), new("Nhóm nhận tin", "Segment"),
        new("Lý do", "Reason"), new("Số điện thoại hoặc nội dung ô", "Number or what the cell held"),
        new("Đã có ở tệp", "Stands in file"),
        new("Đã có ở dòng", "Stands at line"),
        new("Đã có ở nhóm nhận tin", "Stands in segment"),
    ];

    /// <summary>By the number of the reason.</summary>
    public static IEnumerable<string> Reasons(Language language) =>
        Enum.GetValues<ExclusionReason>().Select(reason => ExclusionReasonWords.Of(reason).In(language)).Prepend("");

    /// <param name="exclusions">In their order, written alike to one file or several.</param>
    public static void Write(
        IReadOnlyList<(CsvBytes File, bool Unmasked)> files,
        RunTables tables,
        Language language,
        IEnumerable<ExclusionLine> exclusions)
    {
        foreach (var (file, _) in files)
            file.Row(Headings.Select(heading => heading.In(language)));

        var cells = new Cells(
            [.. tables.Sources.Select(CsvBytes.Cell)],
            [.. tables.Segments.Select(segment => CsvBytes.Cell(segment.Name))],
            [.. Reasons(language).Select(CsvBytes.Cell)],
            language);
        var row = 0L;
        foreach (var exclusion in exclusions)
        {
            row++;
            foreach (var (file, unmasked) in files)
                Write(file, unmasked, cells, row, exclusion);
        }
    }

    static void Write(CsvBytes file, bool unmasked, Cells cells, long row, in ExclusionLine line)
    {
        file.Number(row);
        file.Ready(At(cells.Sources, line.Source));
        file.Number(line.Line);
        file.Ready(At(cells.Segments, line.Segment));
        file.Ready(line.Earlier is { } date ? cells.AlreadySent(date) : At(cells.Reasons, (int)line.Reason));
        WriteNumber(file, unmasked, line);

        if (line.StandsInSource is { } source)
        {
            file.Ready(At(cells.Sources, source));
            file.Number(line.StandsAtLine);
            file.Ready(At(cells.Segments, line.StandsInSegment));
        }
        else
        {
            file.Empty();
            file.Empty();
            file.Empty();
        }

        file.EndRow();
    }

    static void WriteNumber(CsvBytes file, bool unmasked, in ExclusionLine line)
    {
        if (line.Number is not { } number)
        {
            file.Text(NumberMask.In(line.Written ?? ""));
            return;
        }

        if (unmasked && !ErasedNumber.Is(number))
        {
            file.Number(number);
            return;
        }

        Span<byte> masked = stackalloc byte[20];
        file.Ready(masked[..NumberMask.Write(number, masked)]);
    }

    /// <summary>Place 0 takes what points to nothing.</summary>
    static byte[] At(byte[][] cells, int at) => (uint)at < cells.Length ? cells[at] : cells[0];

    /// <summary>What the rows repeat, as it stands in the file.</summary>
    sealed record Cells(byte[][] Sources, byte[][] Segments, byte[][] Reasons, Language Language)
    {
        readonly Dictionary<string, byte[]> _alreadySent = [];

        /// <param name="date">Of the run that may have sent already, as the ledger has it.</param>
        public byte[] AlreadySent(string date)
        {
            if (!_alreadySent.TryGetValue(date, out var cell))
                _alreadySent[date] = cell = CsvBytes.Cell(
                    ExclusionReasonWords.AlreadySent(SqlTime.DateFromSql(date)).In(Language));
            return cell;
        }
    }
}
