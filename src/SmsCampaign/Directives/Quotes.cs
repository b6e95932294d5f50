namespace SmsCampaign.Directives;

/// <param name="Start">Index of the mark that opens it.</param>
/// <param name="Inside">What stands between the marks, without space around it.</param>
readonly record struct Quote(int Start, int Length, string Inside);

/// <summary>What stands in quotation marks, of whatever kind, and however they were mixed.</summary>
static class Quotes
{
    const string Openers = "“„«‟";
    const string Closers = "”»";

    /// <summary>The outer ones, in their order; one that is never closed is none, and hides none behind it.</summary>
    public static IReadOnlyList<Quote> Find(string text) => Scan(text, 0, []);

    /// <summary>Indices of marks that open what is never closed.</summary>
    public static IReadOnlyList<int> FindUnclosed(string text)
    {
        var unclosed = new List<int>();
        Scan(text, 0, unclosed);
        return unclosed;
    }

    static List<Quote> Scan(string text, int from, List<int> unclosed)
    {
        var (pairs, open) = (new List<Quote>(), new List<int>());
        for (var at = from; at < text.Length; at++)
        {
            var next = Step(text, at, open.Count, open.Count > 0 ? open[0] : -1);
            if (next > open.Count)
            {
                open.Add(at);
            }
            else if (next < open.Count)
            {
                var start = open[^1];
                open.RemoveAt(open.Count - 1);
                pairs.Add(new Quote(start, at + 1 - start, text[(start + 1)..at].Trim()));
            }
        }

        unclosed.AddRange(open);

        // Behind a straight mark nothing else counts; as it is not closed, none follows it.
        if (open.Count > 0 && text[open[0]] == '"')
            pairs.AddRange(Scan(text, open[0] + 1, unclosed));

        var found = new List<Quote>();
        foreach (var pair in pairs.OrderBy(pair => pair.Start))
        {
            if (found.Count == 0 || pair.Start >= found[^1].Start + found[^1].Length)
                found.Add(pair);
        }

        return found;
    }

    public static bool Opens(string text) =>
        text.Length > 0 && (text[0] == '"' || Openers.Contains(text[0], StringComparison.Ordinal));

    public static bool IsOpenAtEnd(string text)
    {
        var (start, depth) = (-1, 0);
        for (var at = 0; at < text.Length; at++)
        {
            var next = Step(text, at, depth, start);
            if (depth == 0 && next > 0)
                start = at;
            depth = next;
        }

        return depth > 0;
    }

    /// <summary>Whether a character lies within one.</summary>
    public static bool Holds(IReadOnlyList<Quote> quotes, int index) =>
        quotes.Any(quote => quote.Start < index && index < quote.Start + quote.Length);

    /// <returns>How deep within them the next character is.</returns>
    static int Step(string text, int at, int depth, int start) => text[at] switch
    {
        // A straight mark closes what a straight one opened; within others it is a letter among letters.
        '"' when depth == 0 => 1,
        '"' when text[start] == '"' => 0,

        // “so“, as keyboards without a closing mark have it.
        '“' when depth == 1 && text[start] is '“' or '„' && !OpensWord(text, at) => 0,
        var mark when Openers.Contains(mark, StringComparison.Ordinal) => Opened(text, depth, start),
        var mark when Closers.Contains(mark, StringComparison.Ordinal) && depth > 0 && text[start] != '"' => depth - 1,
        _ => depth,
    };

    static int Opened(string text, int depth, int start) => depth > 0 && text[start] == '"' ? depth : depth + 1;

    static bool OpensWord(string text, int at) => at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]);
}
