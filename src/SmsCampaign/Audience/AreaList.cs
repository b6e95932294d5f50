namespace SmsCampaign.Audience;

/// <summary>
/// The communes of an audience as first written, numbered as they come.
/// </summary>
sealed class AreaList
{
    /// <summary>Most communes: the country had about 10,600 before it was arranged anew and has 3,321 since 1/7/2025. A
    /// column with more is an address, not a commune.</summary>
    public const int Most = 12_000;

    /// <summary>Longest name, characters, with whatever is written around it. "Xã" and the longest
    /// of a commune are 22.</summary>
    public const int Longest = 200;

    readonly List<string> _names = [];

    /// <summary>By name alone: a name may be that of a xã and of a phường, or be written
    /// without saying which.</summary>
    readonly Dictionary<string, List<(string Kind, int Area)>> _areasOf = [];
    readonly CellCache<int> _cache;

    public AreaList() => _cache = new CellCache<int>(Number);

    public IReadOnlyList<string> Names => _names;

    /// <returns>Position counted from 1; 0 where there are too many, or the cell is too long for a name.</returns>
    public int Of(ReadOnlySpan<char> cell) => cell.Length <= Longest ? _cache.Of(cell) : 0;

    int Number(string cell)
    {
        var commune = CommuneName.Of(cell);
        if (!_areasOf.TryGetValue(commune.Name, out var areas))
            _areasOf.Add(commune.Name, areas = []);

        var at = areas.FindIndex(area => area.Kind == commune.Kind);
        if (at < 0)
            at = areas.FindIndex(area => area.Kind.Length == 0 || commune.Kind.Length == 0);
        if (at >= 0)
        {
            // What was written without its kind first is of the kind that is named with it first.
            if (areas[at].Kind.Length == 0)
                areas[at] = (commune.Kind, areas[at].Area);
            return areas[at].Area;
        }

        if (_names.Count == Most)
            return 0;

        _names.Add(CellText.OnOneLine(cell));
        areas.Add((commune.Kind, _names.Count));
        return _names.Count;
    }
}
