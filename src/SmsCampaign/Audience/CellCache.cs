namespace SmsCampaign.Audience;

/// <summary>
/// Remembers what was worked out for a cell's text, so that a column with few different texts costs one look-up a row
/// and no string.
/// </summary>
sealed class CellCache<T>(Func<string, T> workOut)
{
    /// <summary>Most texts remembered: all communes of the country in three spellings. A column with more is worked out
    /// anew each time, so that memory does not grow with the file.</summary>
    public const int Most = 10_000;

    /// <summary>Longest text remembered, characters: no name, and no value that one filters by, is longer.</summary>
    const int Longest = 200;

    readonly Dictionary<string, T> _known = [];

    public bool Knows(ReadOnlySpan<char> cell) => _known.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(cell);

    public T Of(ReadOnlySpan<char> cell)
    {
        if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(cell, out var known))
            return known;

        var text = cell.ToString();
        var value = workOut(text);
        if (_known.Count < Most && text.Length <= Longest)
            _known.Add(text, value);
        return value;
    }
}
