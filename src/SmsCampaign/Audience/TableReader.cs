namespace SmsCampaign.Audience;

/// <summary>
/// Walks through the rows of a person's table, whatever the kind of file. Memory does not grow with the file.
/// </summary>
abstract class TableReader : IDisposable
{
    /// <summary>1-based line of a CSV, row of a spreadsheet, at which the current row begins.</summary>
    public int Line { get; protected set; }

    /// <summary>Cells of the current row, from 0 for a blank line of a spreadsheet.</summary>
    public abstract int CellCount { get; }

    /// <summary>What the file is called where the count of rows is told: line or row.</summary>
    public abstract Wording LineWord { get; }

    /// <returns>False at the end.</returns>
    /// <exception cref="BrokenTableException">The file cannot be read further.</exception>
    public abstract bool Read();

    /// <summary>A cell, good until the next read. Empty where the row has no such cell.</summary>
    /// <param name="column">0-based.</param>
    public abstract ReadOnlySpan<char> Cell(int column);

    /// <summary>A number as stored, all its digits, whatever format shows it; any other cell as it is.</summary>
    public virtual ReadOnlySpan<char> Digits(int column) => Cell(column);

    /// <summary>Whether Excel hides the row.</summary>
    public virtual bool IsHidden => false;

    /// <summary>Whether the current row has such formulas as <see cref="LacksResult"/> finds.</summary>
    public virtual bool HasUncomputed => false;

    /// <summary>Whether Excel hides the column.</summary>
    public virtual bool IsColumnHidden(int column) => false;

    /// <summary>The first column beyond those of <see cref="Bound"/> with anything in it in the current row; null where
    /// there is none, or nobody asked.</summary>
    public virtual int? Beside => null;

    /// <summary>How many columns beyond those of <see cref="Bound"/> can be looked into, for numbers under no name.
    /// None where nothing can stand there, or it is told of otherwise (<see cref="HasMoreThan"/>,
    /// <see cref="Beside"/>).</summary>
    public virtual int Spare => 0;

    /// <summary>Whether the cell is a formula that was never computed.</summary>
    public virtual bool LacksResult(int column) => false;

    /// <summary>What to say of such a cell.</summary>
    public Wording NoResult(int column) => new(
        $"Ô {NameOf(column)} là công thức chưa có kết quả. Hãy mở tệp bằng Excel rồi lưu lại.",
        $"Cell {NameOf(column)} is a formula without a stored result. Open the file in Excel and save it.");

    /// <summary>Says that the table has only so many columns: what lies beyond is not read, and merged cells are
    /// filled, from the next row on.</summary>
    /// <param name="seesBeside">Whether <see cref="Beside"/> is asked: no row then is blank
    /// for what lies beyond.</param>
    public virtual void Bound(int columns, bool seesBeside = false)
    {
    }

    /// <summary>Says that from the next row on it is asked for merged cells (<see cref="MergeOver"/>), which are not
    /// filled.</summary>
    /// <param name="columns">Of the table.</param>
    public virtual void SeeMerges(int columns)
    {
    }

    /// <summary>The merged range that a cell of the current row lies in and does not begin; null where there is none,
    /// or nobody said <see cref="SeeMerges"/>.</summary>
    public virtual CellMerge? MergeOver(int column) => null;

    /// <summary>SHA-256 of the file's bytes, lower-case hexadecimal. Asked once, at the end.</summary>
    public abstract string FinishHash();

    public abstract void Dispose();

    /// <summary>The cell as a spreadsheet calls it: D2.</summary>
    public virtual string NameOf(int column) => $"{column + 1}";

    public virtual bool IsBlank()
    {
        for (var column = 0; column < CellCount; column++)
        {
            if (!Cell(column).IsWhiteSpace())
                return false;
        }

        return true;
    }

    /// <summary>Whether the row has anything behind so many cells: a delimiter stands
    /// unquoted in one of them.</summary>
    public virtual bool HasMoreThan(int columns)
    {
        for (var column = columns; column < CellCount; column++)
        {
            if (!Cell(column).IsWhiteSpace())
                return true;
        }

        return false;
    }

    /// <summary>What to say of a row with more cells than the table has columns.</summary>
    public Wording TooManyCells(int columns) => new(
        $"Có {CellCount} ô mà bảng chỉ có {columns} cột: có lẽ trong một ô có dấu phân cách. "
            + $"Hãy đặt ô đó trong dấu ngoặc kép (\").",
        $"{Figures.Counted(CellCount, "cell")}, but the table has {Figures.Counted(columns, "column")}: "
            + $"a cell seems to hold a delimiter. Put that cell in quotation marks (\").");

    /// <summary>What to say of a row that is the file's next rows as well, taken in by one of its cells; null
    /// where it is not.</summary>
    public virtual Wording? RowsInCell(WrittenNumbers written) => null;

    /// <summary>As <see cref="RowsInCell"/>, of a table of figures: rows whatever figures they have.</summary>
    public virtual Wording? FiguresInCell() => null;

    /// <summary>Reads on to the next row with anything in it.</summary>
    /// <returns>False at the end.</returns>
    public bool ReadNotBlank()
    {
        while (Read())
        {
            if (!IsBlank())
                return true;
        }

        return false;
    }
}
