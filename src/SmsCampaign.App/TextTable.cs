namespace SmsCampaign.App;

/// <summary>
/// Prints rows in aligned columns: the first to the left, the others, which hold figures, to the right. Plain text, so
/// that it reads the same on a screen, in a file and in a mail.
/// </summary>
sealed class TextTable(params IReadOnlyList<string> headings)
{
    const string Indent = "  ";

    /// <summary>Columns before the first.</summary>
    public const int Indented = 2;

    readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>Columns that hold words, besides the first.</summary>
    public IReadOnlySet<int> Left { get; init; } = new HashSet<int>();

    /// <summary>Columns between two.</summary>
    public int Gap { get; init; } = 3;

    public IReadOnlyList<string> Headings => headings;

    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    /// <summary>Adds a row; each cell is one line, whatever it holds.</summary>
    public void Add(params IReadOnlyList<string> cells) => _rows.Add([.. cells.Select(cell => UnseenText.Show(cell))]);

    public void Write(TextWriter output)
    {
        var hasHeadings = headings.Any(heading => heading.Length > 0);
        var all = hasHeadings ? _rows.Prepend(headings) : _rows;
        var widths = headings.Select((_, column) => all.Max(row => row[column].Length)).ToList();

        foreach (var row in all)
        {
            var cells = row.Select((cell, column) =>
                column == 0 || Left.Contains(column) ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            output.WriteLine((Indent + string.Join(new string(' ', Gap), cells)).TrimEnd());
        }
    }
}
