namespace SmsCampaign.Messages;

/// <summary>
/// What differs, word by word, between the words a directive quotes and the words that would be sent. Composition and
/// the amount of space between words do not count.
/// </summary>
public sealed class TextDifference
{
    // A table of so many cells is 64 MB; texts beyond it are shown as different from the first
    // different word to the last.
    const long MostCells = 16_000_000;

    TextDifference(IReadOnlyList<WordDifference> words, bool onlyDiacritics)
    {
        Words = words;
        OnlyDiacritics = onlyDiacritics;
    }

    /// <summary>The differences in order; empty where the texts are the same.</summary>
    public IReadOnlyList<WordDifference> Words { get; }

    /// <summary>Whether the message is the directive's unaccented form, word for word. A wrong accent is not that: Tổng
    /// đại for Tổng đài is another word.</summary>
    public bool OnlyDiacritics { get; }

    public bool None => Words.Count == 0;

    public static TextDifference Between(string directive, string message)
    {
        var ordered = WordsOf(SmsText.Compose(directive));
        var sent = WordsOf(SmsText.Compose(message));
        var words = Compare(ordered, sent);

        var onlyDiacritics = words.Count > 0
            && WordsOf(SmsText.Compose(directive).Unaccented()).SequenceEqual(sent);

        return new TextDifference(words, onlyDiacritics);
    }

    /// <summary>All differences for a person, a line each side.</summary>
    public Wording Describe()
    {
        if (None)
            return new Wording(
                "Nội dung đúng nguyên văn thông điệp trong văn bản.", "The text is exactly the directive's.");

        return OnlyDiacritics
            ? new Wording(
                "Nội dung chỉ khác văn bản ở dấu: cùng các từ ấy, viết không dấu.",
                "The text differs from the directive in diacritics only: the same words, without them.")
            : new Wording(
                $"Nội dung khác văn bản ở {Words.Count} chỗ:\n{List(Language.Vietnamese)}",
                $"The text differs from the directive in {Figures.Counted(Words.Count, "place")}:\n"
                    + $"{List(Language.English)}");
    }

    string List(Language language) => string.Join('\n', Words.Select(word => word.Describe().In(language)));

    static string[] WordsOf(SmsText text) => text.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    static List<WordDifference> Compare(string[] ordered, string[] sent)
    {
        var head = ordered.AsSpan().CommonPrefixLength(sent);
        var tail = 0;
        while (tail < Math.Min(ordered.Length, sent.Length) - head && ordered[^(tail + 1)] == sent[^(tail + 1)])
            tail++;

        var left = ordered[head..^tail];
        var right = sent[head..^tail];
        var differences = new List<WordDifference>();
        var (l, r) = (0, 0);

        foreach (var (atLeft, atRight) in Matches(left, right).Append((left.Length, right.Length)))
        {
            if (atLeft > l || atRight > r)
            {
                differences.Add(new WordDifference(
                    head + l + 1,
                    string.Join(' ', left[l..atLeft]),
                    head + r + 1,
                    string.Join(' ', right[r..atRight])));
            }

            (l, r) = (atLeft + 1, atRight + 1);
        }

        return differences;
    }

    // Longest common subsequence, so that one word left out is one difference and not all that follow.
    static IEnumerable<(int Left, int Right)> Matches(string[] left, string[] right)
    {
        if ((long)left.Length * right.Length > MostCells)
            yield break;

        var longest = new int[left.Length + 1, right.Length + 1];
        for (var l = left.Length - 1; l >= 0; l--)
        {
            for (var r = right.Length - 1; r >= 0; r--)
            {
                longest[l, r] = left[l] == right[r]
                    ? longest[l + 1, r + 1] + 1
                    : Math.Max(longest[l + 1, r], longest[l, r + 1]);
            }
        }

        for (var (l, r) = (0, 0); l < left.Length && r < right.Length;)
        {
            if (left[l] == right[r])
                yield return (l++, r++);
            else if (longest[l + 1, r] >= longest[l, r + 1])
                l++;
            else
                r++;
        }
    }
}

/// <summary>Words of the directive that are not sent, and words sent in their place.</summary>
/// <param name="DirectiveWord">Where they begin in the directive, counted in words from 1.</param>
/// <param name="Directive">The directive's words, one space between; empty where words were added.</param>
/// <param name="MessageWord">Where they begin in the message, counted in words from 1.</param>
/// <param name="Message">The message's words; empty where words were left out.</param>
public sealed record WordDifference(int DirectiveWord, string Directive, int MessageWord, string Message)
{
    public Wording Describe() => new(
        $"- văn bản (từ thứ {DirectiveWord}): {Or(Directive, "(không có)")}\n"
            + $"+ sẽ gửi (từ thứ {MessageWord}): {Or(Message, "(bỏ)")}",
        $"- directive (word {DirectiveWord}): {Or(Directive, "(nothing)")}\n+ to be sent (word {MessageWord}): "
            + $"{Or(Message, "(left out)")}");

    static string Or(string words, string none) => words.Length == 0 ? none : words;
}
