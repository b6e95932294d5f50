namespace SmsCampaign.Audience;

/// <summary>How places on a sheet are called: D2.</summary>
static class SheetPlace
{
    /// <summary>Rows and columns a sheet can have (Microsoft, "Excel specifications and limits").</summary>
    public const int MostRows = 1_048_576;
    public const int MostColumns = 16_384;

    /// <param name="reference">As D2.</param>
    /// <returns>0-based.</returns>
    public static int ColumnOf(ReadOnlySpan<char> reference)
    {
        var column = 0;
        foreach (var letter in reference)
        {
            if (char.IsAsciiDigit(letter))
                break;
            if (!char.IsAsciiLetter(letter) || column > MostColumns)
                throw new InvalidDataException("a cell has no place that could be");
            column = column * 26 + (char.ToUpperInvariant(letter) - 'A' + 1);
        }

        return column is > 0 and <= MostColumns
            ? column - 1
            : throw new InvalidDataException("a cell has no place that could be");
    }

    /// <param name="column">0-based.</param>
    public static string Letters(int column)
    {
        var letters = "";
        for (var left = column + 1; left > 0; left = (left - 1) / 26)
            letters = (char)('A' + (left - 1) % 26) + letters;
        return letters;
    }
}
