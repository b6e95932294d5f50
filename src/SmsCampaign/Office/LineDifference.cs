namespace SmsCampaign.Office;

/// <summary>What became of a line between two texts.</summary>
public enum LineFate
{
    Same,
    Gone,
    Added,
}

/// <param name="Before">Its number in the text before, from 1; null where it was not there.</param>
/// <param name="After">Its number in the text after; null where it is not there.</param>
public readonly record struct ComparedLine(LineFate Fate, string Text, int? Before, int? After)
{
    /// <summary>A table of so many cells is 16 MB; texts beyond it are told as all gone and all added.</summary>
    const long MostCells = 4_000_000;

    /// <summary>Two texts line by line, line ends left out.</summary>
    public static IReadOnlyList<ComparedLine> Between(string before, string after)
    {
        var (old, now) = (LinesOf(before), LinesOf(after));
        var head = old.AsSpan().CommonPrefixLength(now);
        var tail = 0;
        while (tail < Math.Min(old.Length, now.Length) - head && old[^(tail + 1)] == now[^(tail + 1)])
            tail++;

        var lines = new List<ComparedLine>();
        for (var at = 0; at < head; at++)
            lines.Add(new ComparedLine(LineFate.Same, old[at], at + 1, at + 1));
        AddMiddle(old, now, head, tail, lines);
        for (var at = tail; at > 0; at--)
            lines.Add(new ComparedLine(LineFate.Same, old[^at], old.Length - at + 1, now.Length - at + 1));
        return lines;
    }

    static void AddMiddle(string[] old, string[] now, int head, int tail, List<ComparedLine> lines)
    {
        var (left, right) = (old.Length - tail, now.Length - tail);
        var (l, r) = (head, head);
        if ((long)(left - head) * (right - head) <= MostCells)
        {
            var longest = new int[left - head + 1, right - head + 1];
            for (var x = left - 1; x >= head; x--)
            {
                for (var y = right - 1; y >= head; y--)
                {
                    longest[x - head, y - head] = old[x] == now[y]
                        ? longest[x - head + 1, y - head + 1] + 1
                        : Math.Max(longest[x - head + 1, y - head], longest[x - head, y - head + 1]);
                }
            }

            while (l < left && r < right)
            {
                if (old[l] == now[r])
                    lines.Add(new ComparedLine(LineFate.Same, old[l], ++l, ++r));
                else if (longest[l - head + 1, r - head] >= longest[l - head, r - head + 1])
                    lines.Add(new ComparedLine(LineFate.Gone, old[l], ++l, null));
                else
                    lines.Add(new ComparedLine(LineFate.Added, now[r], null, ++r));
            }
        }

        while (l < left)
            lines.Add(new ComparedLine(LineFate.Gone, old[l], ++l, null));
        while (r < right)
            lines.Add(new ComparedLine(LineFate.Added, now[r], null, ++r));
    }

    static string[] LinesOf(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
