using System.Globalization;
using SmsCampaign.Letters;

namespace SmsCampaign.Reports.Documents;

/// <summary>A table of very many rows in a workbook: what one sheet cannot hold goes on the next, each with the
/// headings.</summary>
/// <param name="most">Rows of a sheet, its headings among them.</param>
/// <param name="place">Gives the next sheet's place.</param>
/// <param name="open">Opens what a part is written into.</param>
/// <param name="copyTo">Opens the part in the workbook where <paramref name="open"/> keeps it beside; else
/// null.</param>
/// <param name="header">Above every page that is printed; null: nothing.</param>
/// <param name="cell">As of <see cref="ILongRows.Cell"/>.</param>
sealed class LongTable(
    string name,
    IReadOnlyList<string> headings,
    int most,
    Func<StreamedSheet> place,
    Func<string, Stream> open,
    Func<string, Stream>? copyTo,
    string? header,
    Func<string, byte[]> cell) : ILongRows, IDisposable
{
    const int NarrowestColumn = 12;
    const int WidestColumn = 30;

    readonly List<(StreamedSheet Place, int Rows)> _sheets = [];
    readonly List<(StreamedSheet Place, Stream Spool)> _spools = [];
    (StreamedSheet Place, Stream Stream, SheetStream Rows)? _open;

    /// <summary>Where the row that is begun goes; null between two.</summary>
    SheetStream? _row;

    public string Name => name;

    public int Sheets => _sheets.Count;

    /// <summary>Without the headings.</summary>
    public long Rows { get; private set; }

    /// <summary>That which is begun; else a new one.</summary>
    SheetStream Row => _row ?? Begin();

    public byte[] Cell(string text) => cell(text);

    public void Ready(ReadOnlySpan<byte> cell) => Row.Ready(cell);

    public void Number(long number) => Row.Number(number);

    public void Text(ReadOnlySpan<byte> text) => Row.Text(text);

    public void Moment(LocalTimes times, long? micros) =>
        Row.Moment(micros is { } moment ? times.LocalSeconds(moment) : null);

    public void Empty() => Row.Empty();

    public void EndRow()
    {
        Row.EndRow();
        _row = null;
    }

    SheetStream Begin()
    {
        if (_open is not { Rows: var rows } || rows.Rows == most)
            rows = Next();
        Rows++;
        rows.BeginRow();
        return _row = rows;
    }

    /// <summary>There are no more rows. A table without one has its headings.</summary>
    public void End()
    {
        if (_sheets.Count == 0 && _open is null)
            Next();
        Close();
        foreach (var (sheet, spool) in _spools)
        {
            spool.Position = 0;
            using var part = copyTo!(sheet.Part);
            spool.CopyTo(part);
            spool.Dispose();
        }

        _spools.Clear();
    }

    /// <summary>Puts its sheets behind those that are there.</summary>
    public void ListIn(WrittenWorkbook book)
    {
        foreach (var (sheet, at) in _sheets.Select((sheet, at) => (sheet, at + 1)))
        {
            book.List(
                _sheets.Count == 1 ? name : $"{name} {at.ToString(CultureInfo.InvariantCulture)}",
                sheet.Place,
                SettingOf(sheet.Rows));
        }
    }

    public void Dispose()
    {
        _open?.Stream.Dispose();
        foreach (var (_, spool) in _spools)
            spool.Dispose();
    }

    SheetStream Next()
    {
        Close();
        var sheet = place();
        var stream = open(sheet.Part);
        var rows = new SheetStream(
            stream,
            SettingOf(1).Before([.. headings.Select(heading =>
                new SheetColumn(Math.Clamp(heading.Length + 4, NarrowestColumn, WidestColumn)))]),
            headings);
        _open = (sheet, stream, rows);
        return rows;
    }

    void Close()
    {
        if (_open is not var (sheet, stream, rows))
            return;

        _open = null;
        rows.End(SettingOf(rows.Rows).After());
        _sheets.Add((sheet, rows.Rows));
        if (copyTo is null)
            stream.Dispose();
        else
            _spools.Add((sheet, stream));
    }

    SheetSetting SettingOf(int rows) => new()
    {
        Frozen = 1,
        Filter = $"A1:{SheetRows.NameOf((uint)headings.Count)}{rows.ToString(CultureInfo.InvariantCulture)}",
        Header = header,
        HasPageNumbers = true,
    };
}
