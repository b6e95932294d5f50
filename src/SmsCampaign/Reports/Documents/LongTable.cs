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
sealed class LongTable(
    string name,
    IReadOnlyList<string> headings,
    int most,
    Func<StreamedSheet> place,
    Func<string, Stream> open,
    Func<string, Stream>? copyTo,
    string? header) : IDisposable
{
    const int NarrowestColumn = 12;
    const int WidestColumn = 30;

    readonly List<(StreamedSheet Place, int Rows)> _sheets = [];
    readonly List<(StreamedSheet Place, Stream Spool)> _spools = [];
    (StreamedSheet Place, Stream Stream, SheetStream Rows)? _open;

    public string Name => name;

    public int Sheets => _sheets.Count;

    /// <summary>Without the headings.</summary>
    public long Rows { get; private set; }

    /// <summary>Begins a row. <see cref="SheetStream.EndRow"/> ends it.</summary>
    public SheetStream Row()
    {
        if (_open is not { Rows: var rows } || rows.Rows == most)
            rows = Next();
        Rows++;
        rows.BeginRow();
        return rows;
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
