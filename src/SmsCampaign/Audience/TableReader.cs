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

    /// <summary>SHA-256 of the file's bytes, lower-case hexadecimal. Asked once, at the end.</summary>
    public abstract string FinishHash();

    public abstract void Dispose();

    public bool IsBlank()
    {
        for (var column = 0; column < CellCount; column++)
        {
            if (!Cell(column).IsWhiteSpace())
                return false;
        }

        return true;
    }

    /// <summary>Whether the row has anything behind so many cells: a delimiter stands unquoted in one of them.</summary>
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
        $"Có {CellCount} ô mà bảng chỉ có {columns} cột: có lẽ trong một ô có dấu phân cách. Hãy đặt ô đó trong dấu ngoặc kép (\").",
        $"{CellCount} cells, but the table has {columns} columns: a cell seems to hold a delimiter. Put that cell in quotation marks (\").");

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
