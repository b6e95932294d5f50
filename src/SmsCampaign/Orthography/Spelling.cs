using System.Globalization;

namespace SmsCampaign.Orthography;

/// <summary>
/// Finds what a person most likely meant by a word that is not known.
/// </summary>
public static class Spelling
{
    /// <returns>Null where no candidate is near.</returns>
    public static string? Nearest(string written, IEnumerable<string> candidates)
    {
        var wanted = Plain(written);
        return candidates
            .Select(candidate => (Word: candidate, Distance: Distance(wanted, Plain(candidate))))
            .Where(found => found.Distance <= Math.Max(1, Math.Max(wanted.Length, found.Word.Length) / 3))
            .OrderBy(found => found.Distance)
            .ThenBy(found => found.Word, StringComparer.Ordinal)
            .Select(found => found.Word)
            .FirstOrDefault();
    }

    /// <summary>The end of a sentence that offers it, with the space before; empty where none is near.</summary>
    public static Wording DidYouMean(string? nearest) => nearest is null
        ? new Wording("", "")
        : new Wording($" Có phải là '{nearest}' không?", $" Did you mean '{nearest}'?");

    /// <summary>Least number of letters to add, drop, change or swap with a neighbour (Damerau-Levenshtein,
    /// restricted).</summary>
    public static int Distance(string one, string other)
    {
        // Rows of the distance table: this one and the two before. A long word is no misspelt key.
        if (one.Length > 300 || other.Length > 300)
            return int.MaxValue;

        var beforeLast = new int[other.Length + 1];
        var last = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var row = 1; row <= one.Length; row++)
        {
            var current = new int[other.Length + 1];
            current[0] = row;
            for (var column = 1; column <= other.Length; column++)
            {
                var change = one[row - 1] == other[column - 1] ? 0 : 1;
                current[column] = Math.Min(
                    Math.Min(current[column - 1], last[column]) + 1, last[column - 1] + change);

                if (row > 1 && column > 1 && one[row - 1] == other[column - 2] && one[row - 2] == other[column - 1])
                    current[column] = Math.Min(current[column], beforeLast[column - 2] + 1);
            }

            (beforeLast, last) = (last, current);
        }

        return last[other.Length];
    }

    // Case, diacritics and the choice between '-', '_' and space are what people get wrong first.
    static string Plain(string word) => Diacritics.Strip(word.Composed()).Composed()
        .ToLower(CultureInfo.InvariantCulture).Replace('_', '-').Replace(' ', '-');
}
