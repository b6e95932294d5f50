namespace SmsCampaign.Audience;

/// <summary>
/// Where a suppression list has its numbers: under each heading that means numbers, or, without headings, in the only
/// column with anything in it.
/// </summary>
/// <param name="Headings">One a column; empty where it has none.</param>
/// <param name="Phones">0-based, as all.</param>
/// <param name="IsFirstRowData">Whether the row that the table stands at is one of the list.</param>
/// <param name="Skipped">Lines above the list that may be titles, and may be people.</param>
sealed record SuppressionColumns(
    IReadOnlyList<string> Headings, IReadOnlyList<int> Phones, bool IsFirstRowData, IReadOnlyList<int> Skipped)
{
    /// <summary>Digits that make a first row without a phone column's name a number, if a spoilt
    /// one, and no heading.</summary>
    const int DigitsOfNumber = 6;

    public int Width => Headings.Count;

    /// <param name="table">At its first row with anything in it; then at the row with the headings,
    /// or the first number.</param>
    /// <returns>Null where several columns are filled and none says that it holds numbers.</returns>
    public static SuppressionColumns? Find(TableReader table)
    {
        var titles = new List<int>();
        while (FindPhones(table) is var phones)
        {
            if (phones.Count > 0)
                return new SuppressionColumns([.. ReadRow(table)], phones, IsFirstRowData: false, []);

            if (CountFilled(table) > 1)
                return null;

            // A title, or the name of the only column; more than one such line may also be people
            // whose number is not known.
            var only = FirstFilled(table);
            if (CountDigits(table.Digits(only)) >= DigitsOfNumber || table.LacksResult(only))
                return new SuppressionColumns(
                    [.. Enumerable.Repeat("", table.CellCount)], [only], IsFirstRowData: true, [.. titles.Skip(1)]);

            titles.Add(table.Line);
            if (!table.ReadNotBlank())
                break;
        }

        return new SuppressionColumns([""], [0], IsFirstRowData: false, [.. titles.Skip(1)]);
    }

    /// <summary>Whether the row is the headings once more, as where two lists were pasted together.</summary>
    public bool AreIn(TableReader table)
    {
        var again = false;
        foreach (var column in Phones)
        {
            var cell = table.Cell(column);
            if (cell.IsWhiteSpace())
                continue;

            if (CountDigits(cell) >= DigitsOfNumber || !IsHeading(cell.ToString(), Headings[column]))
                return false;
            again = true;
        }

        return again;
    }

    public static int CountDigits(ReadOnlySpan<char> text)
    {
        var digits = 0;
        foreach (var sign in text)
            digits += char.IsDigit(sign) ? 1 : 0;
        return digits;
    }

    static bool IsHeading(string cell, string heading) =>
        ColumnNames.Phone.Accepts(cell) || (heading.Length > 0 && CellText.Fold(cell) == CellText.Fold(heading));

    static List<int> FindPhones(TableReader table) =>
        [.. Enumerable.Range(0, table.CellCount).Where(column =>
            ColumnNames.MayHoldNumbers(table.Cell(column).ToString())
            && CountDigits(table.Cell(column)) < DigitsOfNumber)];

    static IEnumerable<string> ReadRow(TableReader table)
    {
        for (var column = 0; column < table.CellCount; column++)
            yield return table.Cell(column).Trim().ToString();
    }

    static int CountFilled(TableReader table) =>
        Enumerable.Range(0, table.CellCount).Count(
            column => !table.Cell(column).IsWhiteSpace() || table.LacksResult(column));

    static int FirstFilled(TableReader table) =>
        Enumerable.Range(0, table.CellCount).First(
            column => !table.Cell(column).IsWhiteSpace() || table.LacksResult(column));
}
