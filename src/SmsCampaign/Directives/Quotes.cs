namespace SmsCampaign.Directives;

/// <param name="Start">Index of the mark that opens it.</param>
/// <param name="Inside">What stands between the marks, without space around it.</param>
readonly record struct Quote(int Start, int Length, string Inside);

/// <summary>What stands in quotation marks, of whatever kind, and however they were mixed.</summary>
static class Quotes
{
    const string Openers = "“„«‟";
    const string Closers = "”»";

    /// <summary>The outer ones, in their order; one that is never closed is none.</summary>
    public static IReadOnlyList<Quote> Find(string text)
    {
        var found = new List<Quote>();
        var (start, depth) = (-1, 0);
        for (var at = 0; at < text.Length; at++)
        {
            var (next, isStraight) = Step(text, at, depth, start);
            if (depth == 0 && next > 0)
                start = at;
            if (depth > 0 && next == 0)
                found.Add(new Quote(start, at + 1 - start, text[(start + 1)..at].Trim()));
            depth = isStraight && depth > 1 ? depth : next;
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
            var (next, _) = Step(text, at, depth, start);
            if (depth == 0 && next > 0)
                start = at;
            depth = next;
        }

        return depth > 0;
    }

    /// <summary>Whether a character lies within one.</summary>
    public static bool Holds(IReadOnlyList<Quote> quotes, int index) =>
        quotes.Any(quote => quote.Start < index && index < quote.Start + quote.Length);

    static (int Depth, bool IsStraight) Step(string text, int at, int depth, int start) => text[at] switch
    {
        // A straight mark closes what a straight one opened; within others it is a letter among letters.
        '"' when depth == 0 => (1, true),
        '"' when text[start] == '"' => (0, true),

        // “so“, as keyboards without a closing mark have it.
        '“' when depth == 1 && text[start] is '“' or '„' && !OpensWord(text, at) => (0, false),
        var mark when Openers.Contains(mark, StringComparison.Ordinal) => (Opened(text, depth, start), false),
        var mark when Closers.Contains(mark, StringComparison.Ordinal) && depth > 0 && text[start] != '"' =>
            (depth - 1, false),
        var mark when Closers.Contains(mark, StringComparison.Ordinal) && depth > 0 => (depth, false),
        _ => (depth, false),
    };

    static int Opened(string text, int depth, int start) => depth > 0 && text[start] == '"' ? depth : depth + 1;

    static bool OpensWord(string text, int at) => at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]);
}
