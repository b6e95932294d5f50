using System.Globalization;

namespace SmsCampaign.Reports;

/// <summary>
/// A table of a report as it was worked out: its CSV file, its sheet of the workbook, and the tables of the page and of
/// the letter are written from this one, so that they say the same. Not for tables with a row a message.
/// </summary>
/// <param name="file">Name of its CSV file; null where it has none.</param>
/// <param name="name">Of its sheet: at most 31 characters, without any of <c>[]:*?/\</c>.</param>
sealed class ReportSheet(string? file, Wording name)
{
    readonly List<IReadOnlyList<ReportCell>> _rows = [];
    readonly HashSet<int> _totals = [];
    List<ReportCell> _row = [];
    bool _isTotal;

    public string? File => file;

    public Wording Name => name;

    /// <summary>The first row; empty before it is written.</summary>
    public IReadOnlyList<ReportCell> Headings => _rows.Count > 0 ? _rows[0] : [];

    /// <summary>All but the headings.</summary>
    public IReadOnlyList<IReadOnlyList<ReportCell>> Rows => _rows.Count > 0 ? _rows[1..] : [];

    /// <summary>Whether a row of <see cref="Rows"/>, by its place, sums up others.</summary>
    public bool IsTotal(int row) => _totals.Contains(row + 1);

    public void Text(string text) => _row.Add(text.Length == 0 ? default : new ReportCell(text));

    public void Number(decimal number) => _row.Add(new ReportCell(null, number));

    /// <param name="micros">UTC microseconds since 1970; null: the cell stays empty.</param>
    public void Moment(long? micros, LocalTimes times) => _row.Add(micros is { } moment
        ? new ReportCell(times.Text(moment), At: times.Local(moment))
        : default);

    /// <param name="local">On a carrier's own wall, to the minute; null: the cell stays empty.</param>
    public void Moment(DateTime? local) => _row.Add(local is { } moment
        ? new ReportCell(moment.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture), At: moment)
        : default);

    /// <param name="date">Null: the cell stays empty.</param>
    public void Date(DateOnly? date) => _row.Add(date is { } day
        ? new ReportCell(Figures.Date(day).Vi, At: day.ToDateTime(TimeOnly.MinValue), IsDate: true)
        : default);

    public void Empty() => _row.Add(default);

    /// <summary>The row that is being written sums up others.</summary>
    public void MarkTotal() => _isTotal = true;

    public void EndRow()
    {
        if (_isTotal)
            _totals.Add(_rows.Count);
        _isTotal = false;
        _rows.Add(_row);
        _row = [];
    }

    /// <summary>A whole row of texts.</summary>
    public void Row(params IEnumerable<string> texts)
    {
        foreach (var text in texts)
            Text(text);
        EndRow();
    }

    /// <returns>Place of the first column called so; null where there is none.</returns>
    public int? Column(string heading)
    {
        for (var column = 0; column < Headings.Count; column++)
        {
            if (Headings[column].Text == heading)
                return column;
        }

        return null;
    }

    public void WriteTo(CsvBytes csv)
    {
        foreach (var row in _rows)
        {
            foreach (var cell in row)
            {
                if (cell.Number is { } number)
                    csv.Number(number);
                else
                    csv.Text(cell.Text ?? "");
            }

            csv.EndRow();
        }
    }
}

/// <summary>A cell: a number, a moment, a text, or nothing.</summary>
/// <param name="Text">A moment has it as well, as it is read; null for a number and for nothing.</param>
/// <param name="At">Of a moment, in the run's zone, to the second; of a date, its midnight.</param>
/// <param name="IsDate">Whether <paramref name="At"/> is a day without an hour.</param>
readonly record struct ReportCell(string? Text, decimal? Number = null, DateTime? At = null, bool IsDate = false)
{
    public bool IsEmpty => Text is null && Number is null;

    /// <summary>As people read it: 1.234.567, 30/07/2025 08:00:01.</summary>
    public string In(Language language) => Number is { } number
        ? Figures.Number(number).In(language)
        : DocumentText.Of(Text ?? "");
}
