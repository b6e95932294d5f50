using System.Globalization;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Sqlite;

namespace SmsCampaign.Reports;

/// <summary>
/// loai-tru.csv: every row that is not a recipient, in the order the import met them, and for a duplicate where its
/// number stands.
/// </summary>
static class ExclusionFile
{
    static readonly IReadOnlyList<Wording> Headings =
    [
        new("STT", "No."), new("Tệp nguồn", "Source file"), new("Dòng", "Line"), new("Phân đoạn", "Segment"),
        new("Lý do", "Reason"), new("Số thuê bao hoặc nội dung ô", "Number or what the cell held"),
        new("Đã có ở tệp", "Stands in file"), new("Đã có ở dòng", "Stands at line"), new("Đã có ở phân đoạn", "Stands in segment"),
    ];

    /// <param name="exclusions">Rows of <see cref="ReadAll"/>, written alike to one file or several.</param>
    public static void Write(IReadOnlyList<(CsvBytes File, bool Unmasked)> files, RunTables tables, Language language, IEnumerable<ExclusionLine> exclusions)
    {
        foreach (var (file, _) in files)
            file.Row(Headings.Select(heading => heading.In(language)));

        var row = 0L;
        foreach (var exclusion in exclusions)
        {
            row++;
            foreach (var (file, unmasked) in files)
                Write(file, unmasked, tables, language, row, exclusion);
        }
    }

    public static IEnumerable<ExclusionLine> ReadAll(SqliteDb db)
    {
        using var statement = db.Prepare($"""
            select    exclusion.source, exclusion.line, exclusion.segment, exclusion.reason, exclusion.number, exclusion.written,
                      message.source, message.line, message.segment
            from      exclusion
            left join message on exclusion.reason = {(int)ExclusionReason.Duplicate} and message.number = exclusion.number
            order by  exclusion.id
            """);

        while (statement.Step())
        {
            yield return new ExclusionLine(
                (int)statement.Number(0),
                statement.Number(1),
                (int)statement.Number(2),
                (ExclusionReason)statement.Number(3),
                statement.NumberOrNull(4),
                statement.Text(5),
                (int?)statement.NumberOrNull(6),
                statement.Number(7),
                (int)statement.Number(8));
        }
    }

    static void Write(CsvBytes file, bool unmasked, RunTables tables, Language language, long row, in ExclusionLine line)
    {
        file.Number(row);
        file.Text(tables.Sources.ElementAtOrDefault(line.Source) ?? "");
        file.Number(line.Line);
        file.Text(tables.Segments.ElementAtOrDefault(line.Segment)?.Name ?? "");
        file.Text(Enum.IsDefined(line.Reason) ? ExclusionReasonWords.Of(line.Reason).In(language) : $"{(int)line.Reason}");

        if (line.Number is { } number)
            file.Text(unmasked ? number.ToString(CultureInfo.InvariantCulture) : new PhoneNumber(number).Masked);
        else
            file.Text(NumberMask.In(line.Written ?? ""));

        if (line.StandsInSource is { } source)
        {
            file.Text(tables.Sources.ElementAtOrDefault(source) ?? "");
            file.Number(line.StandsAtLine);
            file.Text(tables.Segments.ElementAtOrDefault(line.StandsInSegment)?.Name ?? "");
        }
        else
        {
            file.Empty();
            file.Empty();
            file.Empty();
        }

        file.EndRow();
    }
}

/// <param name="StandsInSource">Where the number of a duplicate stands; null for every other.</param>
readonly record struct ExclusionLine(
    int Source, long Line, int Segment, ExclusionReason Reason, long? Number, string? Written,
    int? StandsInSource, long StandsAtLine, int StandsInSegment);
