using SmsCampaign.Campaigns;

namespace SmsCampaign.Audience;

/// <summary>
/// Which rows of a file belong to a segment.
/// </summary>
sealed class RowFilter
{
    readonly (int Column, CellCache<bool> Matches)[] _conditions;

    /// <summary>What may stand before a commune's name, canonical: Law 72/2025/QH15, art. 1; thị trấn until 30/6/2025.</summary>
    static readonly string[] CommuneKinds = ["xã ", "phường ", "thị trấn ", "đặc khu "];

    public RowFilter(IReadOnlyList<ColumnFilter> filters, AudienceColumns columns) =>
        _conditions = [.. filters.Zip(columns.Filters, (filter, column) => (column, Compare(filter.Values, column == columns.Commune)))];

    public bool Matches(TableReader table)
    {
        foreach (var (column, matches) in _conditions)
        {
            if (!matches.Of(table.Cell(column)))
                return false;
        }

        return true;
    }

    /// <param name="isCommune">Then Ea Bung means Xã Ea Bung as well.</param>
    static CellCache<bool> Compare(IReadOnlyList<string> values, bool isCommune)
    {
        var wanted = values.Select(value => CellText.Canonical(value)).ToHashSet();
        return new CellCache<bool>(cell =>
        {
            var text = CellText.Canonical(cell);
            return wanted.Contains(text) || (isCommune && wanted.Contains(WithoutKind(text)));
        });
    }

    static string WithoutKind(string commune) =>
        CommuneKinds.FirstOrDefault(kind => commune.StartsWith(kind, StringComparison.Ordinal)) is { } kind
            ? commune[kind.Length..].TrimStart()
            : commune;
}
