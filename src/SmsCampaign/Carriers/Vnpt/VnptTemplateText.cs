using System.Globalization;
using System.Text.RegularExpressions;
using SmsCampaign.Messages;

namespace SmsCampaign.Carriers.Vnpt;

/// <summary>
/// A template taken apart: fixed words, and numbered parameters between them.
/// </summary>
sealed partial class VnptTemplateText
{
    readonly string[] _words;
    readonly int[] _numbers;

    VnptTemplateText(string id, string[] words, int[] numbers) => (Id, _words, _numbers) = (id, words, numbers);

    public string Id { get; }

    /// <summary>How many parameters it has.</summary>
    public int Parameters => _numbers.Length;

    /// <returns>Null where the parameters are not numbered from 1, each once, with words between.</returns>
    public static VnptTemplateText? TryParse(VnptTemplate template)
    {
        var text = template.Text is null ? "{1}" : SmsText.Compose(template.Text).Value;
        var slots = Slot().Matches(text);
        var words = new List<string>();
        var numbers = new List<int>();
        var at = 0;
        foreach (Match slot in slots)
        {
            words.Add(text[at..slot.Index]);
            numbers.Add(int.Parse(slot.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
            at = slot.Index + slot.Length;
        }

        words.Add(text[at..]);
        var isWhole = numbers.Order().SequenceEqual(Enumerable.Range(1, numbers.Count))
            && !words.Skip(1).SkipLast(1).Any(between => between.Length == 0);
        return isWhole ? new VnptTemplateText(template.Id, [.. words], [.. numbers]) : null;
    }

    /// <summary>Finds the parameters that make the template say <paramref name="text"/>: between two fixed words each
    /// is as short as it can be.</summary>
    /// <returns>By number, from 1; null where the template cannot say it.</returns>
    public string[]? Match(string text)
    {
        var (found, at) = Walk(text, out var parameters);
        return found == _words.Length && (_words.Length > 1 || at == text.Length) ? parameters : null;
    }

    /// <summary>How many of its fixed words stand in the text, in order.</summary>
    public int MatchedOf(string text) => Walk(text, out _).Found;

    /// <summary>The first of its fixed words that does not, at most 60 characters of it.</summary>
    public string MissingOf(string text)
    {
        var words = _words[Math.Min(Walk(text, out _).Found, _words.Length - 1)];
        return words.Length <= 60 ? words : words[..60] + "…";
    }

    (int Found, int At) Walk(string text, out string[] parameters)
    {
        parameters = new string[_numbers.Length];
        if (!text.StartsWith(_words[0], StringComparison.Ordinal))
            return (0, 0);

        var at = _words[0].Length;
        for (var next = 1; next < _words.Length; next++)
        {
            var isLast = next == _words.Length - 1;
            var end = !isLast ? text.IndexOf(_words[next], at, StringComparison.Ordinal)
                : text.EndsWith(_words[next], StringComparison.Ordinal) ? text.Length - _words[next].Length : -1;
            if (end < at)
                return (next, at);

            parameters[_numbers[next - 1] - 1] = text[at..end];
            at = end + _words[next].Length;
        }

        return (_words.Length, at);
    }

    [GeneratedRegex(@"\{([1-9][0-9]?)\}")]
    private static partial Regex Slot();
}
