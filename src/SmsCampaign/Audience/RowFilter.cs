using SmsCampaign.Campaigns;

namespace SmsCampaign.Audience;

/// <summary>
/// Which rows of a file belong to a segment.
/// </summary>
sealed class RowFilter
{
    readonly (int Column, CellCache<bool> Matches)[] _conditions;

    public RowFilter(IReadOnlyList<ColumnFilter> filters, AudienceColumns columns) =>
        _conditions = [.. filters.Zip(
            columns.Filters, (filter, column) => (column, Compare(filter.Values, column == columns.Commune)))];

    public bool Matches(TableReader table)
    {
        foreach (var (column, matches) in _conditions)
        {
            if (!matches.Of(table.Cell(column)))
                return false;
        }

        return true;
    }

    /// <returns>Index of the first that takes the row; -1 where none does.</returns>
    public static int FindTaker(RowFilter[] filters, TableReader table)
    {
        for (var at = 0; at < filters.Length; at++)
        {
            if (filters[at].Matches(table))
                return at;
        }

        return -1;
    }

    /// <param name="isCommune">Then Ea Bung means Xã Ea Bung as well.</param>
    /// <returns>Whether a cell is one of the values.</returns>
    public static CellCache<bool> Compare(IReadOnlyList<string> values, bool isCommune)
    {
        if (isCommune)
        {
            var communes = values.Select(value => CommuneName.Of(value)).ToLookup(commune => commune.Name);
            return new CellCache<bool>(
                cell => CommuneName.Of(cell) is var commune && communes[commune.Name].Any(commune.IsSame));
        }

        var wanted = values.Select(value => CellText.Canonical(value)).ToHashSet();
        return new CellCache<bool>(cell => wanted.Contains(CellText.Canonical(cell)));
    }
}
