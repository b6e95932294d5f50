namespace SmsCampaign.Reports;

/// <summary>Takes the rows of a table that has very many: a CSV file, or sheets of a workbook. Cell by cell, and a row
/// begins with its first.</summary>
interface ILongRows
{
    /// <summary>A text that comes again and again, for <see cref="Ready"/>.</summary>
    byte[] Cell(string text);

    void Ready(ReadOnlySpan<byte> cell);

    void Number(long number);

    /// <param name="text">UTF-8.</param>
    void Text(ReadOnlySpan<byte> text);

    /// <param name="micros">Null: the cell is empty.</param>
    void Moment(LocalTimes times, long? micros);

    void Empty();

    void EndRow();
}
