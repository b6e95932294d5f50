namespace SmsCampaign.Audience;

/// <summary>
/// A commune's name taken apart, so that "Ea Bung", "Xã Ea Bung" and "X. Ea Bung." are one commune, and "Phường
/// Tân An" is not "Xã Tân An".
/// </summary>
/// <param name="Kind">What it is said to be, canonical: xã, phường, thị trấn or đặc khu; empty
/// where that is not said.</param>
/// <param name="Name">The name alone, canonical.</param>
readonly record struct CommuneName(string Kind, string Name)
{
    /// <summary>Law 72/2025/QH15, art. 1; thị trấn until 30/6/2025. Each with the ways it is shortened.</summary>
    static readonly (string Written, string Kind)[] Kinds =
    [
        ("xã", "xã"), ("phường", "phường"), ("đặc khu", "đặc khu"), ("thị trấn", "thị trấn"),
        ("x", "xã"), ("p", "phường"), ("đk", "đặc khu"), ("tt", "thị trấn"),
    ];

    public static CommuneName Of(ReadOnlySpan<char> written)
    {
        var canonical = CellText.Canonical(written).TrimEnd('.', ',', ';', ' ');
        foreach (var (start, kind) in Kinds)
        {
            if (canonical.StartsWith(start, StringComparison.Ordinal)
                && NameAfter(canonical.AsSpan(start.Length)) is { Length: > 0 } name)
                return new CommuneName(kind, name);
        }

        return new CommuneName("", canonical);
    }

    /// <summary>Whether the two can be the same commune: by name, and by kind where both say it.</summary>
    public bool IsSame(CommuneName other) =>
        Name == other.Name && (Kind.Length == 0 || other.Kind.Length == 0 || Kind == other.Kind);

    /// <returns>Null where what was taken for a kind is the beginning of a word.</returns>
    static string? NameAfter(ReadOnlySpan<char> rest)
    {
        var name = rest.TrimStart(" .:");
        var isApart = name.Length < rest.Length || (!rest.IsEmpty && char.IsAsciiDigit(rest[0]));
        return isApart ? name.ToString() : null;
    }
}
