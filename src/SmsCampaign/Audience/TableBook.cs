namespace SmsCampaign.Audience;

/// <summary>
/// A person's file as opened: a CSV is one table, a workbook one a sheet.
/// </summary>
abstract class TableBook : IDisposable
{
    /// <summary>In the order of the tabs, hidden ones among them. A CSV has one without a name.</summary>
    public abstract IReadOnlyList<TableSheet> Sheets { get; }

    public abstract bool IsWorkbook { get; }

    /// <summary>What it is written in; null of a workbook.</summary>
    public virtual Wording? Encoding => null;

    /// <summary>What stands between its cells; null of a workbook.</summary>
    public virtual char? Delimiter => null;

    /// <summary>Of a CSV once only. The reader is good while the book is open.</summary>
    /// <exception cref="BrokenTableException">The sheet cannot be read.</exception>
    public abstract TableReader Open(TableSheet sheet);

    public abstract void Dispose();

    /// <returns>What to add to the file's name; null where it has no other sheet.</returns>
    public string? NameToShow(TableSheet sheet) => Sheets.Count > 1 ? Masking.Of(sheet.Name) : null;
}

/// <param name="Name">As on its tab; null where the file is no workbook.</param>
sealed record TableSheet(string? Name, bool IsHidden);

/// <summary>A CSV file.</summary>
sealed class CsvBook(CsvTableReader table, Wording encoding) : TableBook
{
    static readonly TableSheet[] Only = [new TableSheet(null, IsHidden: false)];

    public override IReadOnlyList<TableSheet> Sheets => Only;

    public override bool IsWorkbook => false;

    public override Wording? Encoding => encoding;

    public override char? Delimiter => table.Delimiter;

    public override TableReader Open(TableSheet sheet) => table;

    public override void Dispose() => table.Dispose();
}
