using SmsCampaign.Messages;

namespace SmsCampaign.Audience;

/// <summary>
/// The communes of an audience as first written, numbered as they come.
/// </summary>
sealed class AreaList
{
    /// <summary>Most communes: the country had about 10,600 before it was arranged anew and has 3,321 since 1/7/2025. A
    /// column with more is an address, not a commune.</summary>
    public const int Most = 12_000;

    readonly List<string> _names = [];
    readonly Dictionary<string, int> _areaOf = [];
    readonly CellCache<int> _cache;

    public AreaList() => _cache = new CellCache<int>(Number);

    public IReadOnlyList<string> Names => _names;

    /// <returns>Position counted from 1; 0 where there are too many.</returns>
    public int Of(ReadOnlySpan<char> cell) => _cache.Of(cell);

    int Number(string cell)
    {
        var canonical = CellText.Canonical(cell);
        if (_areaOf.TryGetValue(canonical, out var area))
            return area;

        if (_names.Count == Most)
            return 0;

        _names.Add(cell.Trim().Composed());
        _areaOf.Add(canonical, _names.Count);
        return _names.Count;
    }
}
