using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace SmsCampaign.Audience;

/// <summary>
/// The first sheet of an Excel workbook (.xlsx).
/// </summary>
sealed class SpreadsheetTableReader : TableReader
{
    /// <summary>Most bytes a workbook may unfold to. A full sheet (1,048,576 rows) of ten columns is about 700 MB.</summary>
    const long MostUnfolded = 2L * 1024 * 1024 * 1024;

    /// <summary>An entry above 16 MB that unfolds further than this is no sheet: those unfold to 5 to 40 times their size.</summary>
    const int MostUnfolding = 150;
    const long SmallEntry = 16 * 1024 * 1024;

    /// <summary>Rows a sheet can have (Microsoft, "Excel specifications and limits").</summary>
    const int MostRows = 1_048_576;

    readonly Stream _file;
    readonly string _hash;
    readonly IEnumerator<object> _rows;
    string?[] _cells = [];

    /// <param name="file">At its beginning; a zip.</param>
    /// <exception cref="BrokenTableException">It is no workbook, or one that would fill the machine.</exception>
    public SpreadsheetTableReader(Stream file)
    {
        _file = file;
        try
        {
            CheckUnfolding(file);
            file.Position = 0;
            _hash = Convert.ToHexStringLower(SHA256.HashData(file));
            file.Position = 0;
            Sheets = MiniExcel.GetSheetNames(file);
            file.Position = 0;
            _rows = MiniExcel.Query(file, useHeaderRow: false, excelType: ExcelType.XLSX, configuration: new OpenXmlConfiguration
            {
                // Keeps rows where they stand in the sheet, so that counting them gives their number.
                IgnoreEmptyRows = false,
                EnableSharedStringCache = true,
            }).GetEnumerator();
        }
        catch (Exception damaged) when (IsDamage(damaged))
        {
            file.Dispose();
            throw Damaged(null);
        }
        catch (BrokenTableException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Names of all sheets. Only the first is read.</summary>
    public IReadOnlyList<string> Sheets { get; }

    public override int CellCount => _cells.Length;

    public override Wording LineWord => new("hàng", "row");

    public override bool Read()
    {
        try
        {
            if (!_rows.MoveNext())
                return false;
        }
        catch (Exception damaged) when (IsDamage(damaged))
        {
            throw Damaged(Line + 1);
        }

        // Else a row that says it is the thousand millionth would have the library make up all the blank ones before it.
        if (++Line > MostRows)
            throw Damaged(Line);

        var cells = (IDictionary<string, object?>)_rows.Current;
        if (_cells.Length != cells.Count)
            _cells = new string?[cells.Count];

        var at = 0;
        foreach (var value in cells.Values)
            _cells[at++] = Write(value);
        return true;
    }

    public override ReadOnlySpan<char> Cell(int column) => column < _cells.Length ? _cells[column] : default;

    public override string FinishHash() => _hash;

    public override void Dispose()
    {
        _rows.Dispose();
        _file.Dispose();
    }

    /// <summary>A number cell holds the number whatever format shows it in, 9.12E+08 included: all digits are written.</summary>
    internal static string? Write(object? value) => value switch
    {
        null => null,
        string text => text,
        double number when double.IsInteger(number) && Math.Abs(number) < 1e15 => ((long)number).ToString(CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    static void CheckUnfolding(Stream file)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var entries = zip.Entries;

        // The library never unfolds more of an entry than the zip's directory says, so the directory can be believed.
        if (entries.Sum(entry => entry.Length) > MostUnfolded
            || entries.Any(entry => entry.Length > SmallEntry && entry.Length > entry.CompressedLength * MostUnfolding))
        {
            throw new BrokenTableException(null, new Wording(
                "Sổ Excel này bung ra lớn bất thường (bom nén), không đọc. Hãy chép riêng bảng thuê bao sang một sổ mới rồi lưu lại.",
                "This workbook unfolds to an abnormal size (a zip bomb) and is not read. Copy the table alone into a new workbook and save that."));
        }

        if (entries.All(entry => entry.FullName != "xl/workbook.xml"))
            throw new BrokenTableException(null, TableKinds.NotAWorkbook);
    }

    /// <summary>MiniExcel says in many ways what is wrong with a workbook, or trips over it (a sheet id beyond 32 bits
    /// overflows): all but a disk that cannot be read and a machine that is full is the file's fault.</summary>
    static bool IsDamage(Exception exception) => exception is EndOfStreamException or not (BrokenTableException or IOException or OutOfMemoryException);

    static BrokenTableException Damaged(int? row) => new(row, new Wording(
        "Sổ Excel bị hỏng ở đây. Hãy mở bằng Excel, cho sửa chữa, lưu thành tệp .xlsx mới.",
        "The workbook is damaged here. Open it in Excel, let it repair the file, and save it as a new .xlsx."));
}
