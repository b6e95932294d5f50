using SmsCampaign.Campaigns;

namespace SmsCampaign.Audience;

/// <summary>
/// Which rows of a file belong to a segment.
/// </summary>
sealed class RowFilter
{
    readonly (int Column, CellCache<bool> Matches)[] _conditions;

    /// <param name="columns">Where each filter's column stands, in the filters' order.</param>
    public RowFilter(IReadOnlyList<ColumnFilter> filters, IReadOnlyList<int> columns) =>
        _conditions = [.. filters.Zip(columns, (filter, column) => (column, Compare(filter.Values)))];

    public bool Matches(TableReader table)
    {
        foreach (var (column, matches) in _conditions)
        {
            if (!matches.Of(table.Cell(column)))
                return false;
        }

        return true;
    }

    static CellCache<bool> Compare(IReadOnlyList<string> values)
    {
        var wanted = values.Select(value => Spelling.Canonical(value)).ToHashSet();
        return new CellCache<bool>(cell => wanted.Contains(Spelling.Canonical(cell)));
    }
}
