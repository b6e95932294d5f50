using System.Text;
using SmsCampaign.Files;

namespace SmsCampaign.Reports;

/// <summary>A table of a report, as it was written (RFC 4180), read back whole: one of those with a row a carrier, an
/// area or an item, not one with a row a message.</summary>
sealed class ReportTable
{
    /// <summary>The longest that a report writes is that of areas: 102 communes in some 20 columns.</summary>
    const long MostBytes = 16 * 1024 * 1024;

    /// <summary>Letters in which the headings and a row are: the longest cell a workbook can hold has 32,767.</summary>
    const int HeadLetters = 256 * 1024;

    readonly IReadOnlyList<IReadOnlyList<string>> _rows;

    ReportTable(IReadOnlyList<IReadOnlyList<string>> rows) => _rows = rows;

    public IReadOnlyList<string> Headings => _rows.Count > 0 ? _rows[0] : [];

    public IEnumerable<IReadOnlyList<string>> Rows => _rows.Skip(1);

    /// <exception cref="IOException">It cannot be read, or is none.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public static ReportTable Read(string path)
    {
        using var file = OrdinaryFile.OpenRead(path);
        if (file.Length > MostBytes)
            throw new IOException($"{path} is longer than any table of a report");

        using var reader = new StreamReader(file, new UTF8Encoding(false));
        return new ReportTable(Split(reader.ReadToEnd()));
    }

    /// <summary>The headings and the first row alone, of a table with a row a message as well.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static ReportTable ReadHead(string path)
    {
        using var reader = new StreamReader(OrdinaryFile.OpenRead(path), new UTF8Encoding(false));
        var letters = new char[HeadLetters];
        var read = reader.ReadBlock(letters);
        var rows = Split(new string(letters, 0, read));
        if (read == HeadLetters)
            rows.RemoveAt(rows.Count - 1); // cut off there
        return new ReportTable([.. rows.Take(2)]);
    }

    /// <returns>Null where no column is called so in either language.</returns>
    public int? Column(Wording heading)
    {
        for (var column = 0; column < Headings.Count; column++)
        {
            if (Headings[column] == heading.Vi || Headings[column] == heading.En)
                return column;
        }

        return null;
    }

    /// <returns>Empty where there is no such cell.</returns>
    public static string Cell(IReadOnlyList<string> row, int? column) =>
        column is { } at && at < row.Count ? row[at] : "";

    static List<IReadOnlyList<string>> Split(string text)
    {
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (quoted && letter == '"' && at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append(letter);
                at++;
            }
            else if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && letter is (',' or '\n'))
            {
                EndCell();
                if (letter == '\n')
                    EndRow();
            }
            else if (quoted || letter != '\r')
            {
                cell.Append(letter);
            }
        }

        if (cell.Length > 0 || row.Count > 0)
        {
            EndCell();
            EndRow();
        }

        return rows;

        void EndCell()
        {
            row.Add(cell.ToString());
            cell.Clear();
        }

        void EndRow()
        {
            rows.Add([.. row]);
            row.Clear();
        }
    }
}
