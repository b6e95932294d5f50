using SmsCampaign.Campaigns;
using SmsCampaign.Orthography;

namespace SmsCampaign.Audience;

/// <summary>
/// The rows of one file that no segment takes: how many, and which of their values may be a
/// segment's, written otherwise.
/// </summary>
sealed class OutsideRows
{
    /// <summary>Most values told to a person.</summary>
    const int Most = 10;

    readonly List<FilteredColumn> _columns = [];
    long _rows;

    /// <param name="over">All segments over the file.</param>
    public OutsideRows(IReadOnlyList<(Segment Segment, AudienceColumns Columns)> over)
    {
        var conditions = over
            .SelectMany(read => read.Segment.Filter.Zip(
                read.Columns.Filters, (filter, column) => (Filter: filter, Column: column, read.Columns.Commune)))
            .GroupBy(condition => (condition.Column, condition.Commune));
        foreach (var condition in conditions)
        {
            _columns.Add(new FilteredColumn(
                condition.Key.Column,
                condition.Key.Column == condition.Key.Commune,
                [.. condition.SelectMany(each => each.Filter.Values).Distinct()]));
        }
    }

    public void Add(TableReader row)
    {
        _rows++;
        foreach (var column in _columns)
            column.Add(row.Cell(column.Index), row.Line);
    }

    /// <param name="line">What the file calls a line.</param>
    public void Report(FileProblems problems, Wording line)
    {
        if (_rows == 0)
            return;

        var rows = Figures.Count(_rows);
        var values = _columns.SelectMany(column => column.Values).ToList();
        var near =
            values.Where(value => value.Near is not null).OrderByDescending(value => value.Rows).Take(Most).ToList();
        var others =
            values.Where(value => value.Near is null).OrderByDescending(value => value.Rows).Take(Most / 2).ToList();

        problems.Warn(null, null, new Wording(
            $"{rows} {line} của tệp không thuộc nhóm nhận tin nào, nên không được gửi{Ask(near, line)}"
                + $"{List(others, isRest: near.Count > 0)} Nếu cần gửi, hãy sửa tệp hoặc ghi thêm giá trị vào filter.",
            $"{rows} {line}s of the file are in no segment and get nothing{Ask(near, line)}"
                + $"{List(others, isRest: near.Count > 0)} If they should, mend the file or "
                + $"add the values to the filter."));
    }

    static Wording Ask(List<Value> near, Wording line) =>
        near.Count == 0 ? new("", "") : new Wording(": ", ": ") + Wording.Join("; ", near.Select(value => new Wording(
            $"{Figures.Count(value.Rows)} {line} “{value.Text}” (đầu tiên ở {line} {value.FirstLine}), có phải "
                + $"là “{value.Near}” không?",
            $"{Figures.Count(value.Rows)} with '{value.Text}' (the first at {line} {value.FirstLine}), "
                + $"meant as '{value.Near}'?")));

    /// <param name="isRest">Whether others have been asked for before.</param>
    static Wording List(List<Value> others, bool isRest)
    {
        if (others.Count == 0)
            return isRest ? new("", "") : new(".", ".");

        var all = Wording.Join(", ", others.Select(value => value.Text.Length == 0
            ? new Wording($"ô trống ({Figures.Count(value.Rows)})", $"blank cells ({Figures.Count(value.Rows)})")
            : new Wording(
                $"“{value.Text}” ({Figures.Count(value.Rows)})", $"'{value.Text}' ({Figures.Count(value.Rows)})")));
        return isRest
            ? new($" Còn lại nhiều nhất là {all}.", $" Most of the rest have {all}.")
            : new($", nhiều nhất là {all}.", $", most of them with {all}.");
    }

    /// <summary>A column that a filter looks at, with what it holds beside the wanted values.</summary>
    sealed class FilteredColumn
    {
        readonly IReadOnlyList<string> _wanted;
        readonly CellCache<bool> _isWanted;
        readonly CellCache<Value> _values;
        readonly bool _isCommune;

        public FilteredColumn(int index, bool isCommune, IReadOnlyList<string> wanted)
        {
            (Index, _isCommune, _wanted) = (index, isCommune, wanted);
            _isWanted = RowFilter.Compare(wanted, isCommune);
            _values = new CellCache<Value>(Describe);
        }

        public int Index { get; }

        public List<Value> Values { get; } = [];

        public void Add(ReadOnlySpan<char> cell, int line)
        {
            // Beyond so many values, or in so long a text, nothing is looked for: each would cost the same again.
            if (_isWanted.Of(cell)
                || cell.Length > AreaList.Longest
                || (Values.Count >= CellCache<Value>.Most && !_values.Knows(cell)))
                return;

            var value = _values.Of(cell);
            if (value.Rows++ == 0)
            {
                value.FirstLine = line;
                Values.Add(value);
            }
        }

        Value Describe(string cell)
        {
            var folded = Fold(cell);
            return new Value(
                cell.AsSpan().IsWhiteSpace() ? "" : Masking.Of(cell),
                folded.Length == 0 ? null : _wanted.FirstOrDefault(wanted => IsNear(folded, Fold(wanted))));
        }

        string Fold(string written) => CellText.Fold(_isCommune ? CommuneName.Of(written).Name : written);

        /// <summary>The same but for marks and signs, or one letter in five, or a name with something written around
        /// it. A digit makes another name or day of it.</summary>
        static bool IsNear(string cell, string wanted) =>
            cell.Where(char.IsDigit).SequenceEqual(wanted.Where(char.IsDigit)) && IsNearWord(cell, wanted);

        static bool IsNearWord(string cell, string wanted) =>
            Spelling.Distance(cell, wanted) <= wanted.Length / 5
            || (wanted.Length >= 4 && cell.Contains(wanted, StringComparison.Ordinal));
    }

    sealed class Value(string text, string? near)
    {
        public string Text => text;

        /// <summary>The wanted value that may be meant.</summary>
        public string? Near => near;

        public int FirstLine { get; set; }

        public long Rows { get; set; }
    }
}
