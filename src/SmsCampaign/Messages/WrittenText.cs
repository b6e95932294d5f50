using System.Globalization;
using System.Text;

namespace SmsCampaign.Messages;

/// <summary>A text as a person wrote it, and where its characters are, there and in the text composed of it.</summary>
sealed class WrittenText
{
    // What is shown around a character, on each side.
    const int MostAround = 12;

    readonly string _written;
    readonly bool _isComposed;

    public WrittenText(string written, string composed)
    {
        _written = written;
        _isComposed = string.Equals(written, composed, StringComparison.Ordinal);
        Characters = [.. Read(written, composed)];
    }

    public IReadOnlyList<WrittenCharacter> Characters { get; }

    /// <summary>Which character of the composed text it is, counted in code points from 1.</summary>
    public int PositionOf(WrittenCharacter place) => _isComposed
        ? place.Ordinal
        : SmsText.Compose(_written[..place.Index]).Value.EnumerateRunes().Count() + (place.IsComposedAway ? 0 : 1);

    /// <summary>The characters beyond ASCII, and the first one, of a stretch of the composed text.</summary>
    public IEnumerable<WrittenCharacter> PlacesOf((int Start, int Length) stretch)
    {
        var at = 0;
        foreach (var place in Characters.Where(place => !place.IsComposedAway))
        {
            var starts = at;
            at += place.Composed?.Utf16SequenceLength ?? 1;
            if (starts >= stretch.Start + stretch.Length)
                yield break;

            if (at > stretch.Start && (starts <= stretch.Start || place.Code > 0x7F))
                yield return place;
        }
    }

    /// <summary>The word a character stands in, so that a person can search for it; invisible
    /// characters left out.</summary>
    public string WordAt(WrittenCharacter place)
    {
        var (start, end) = (place.Index, place.Index);
        while (start > 0 && place.Index - start < MostAround && !char.IsWhiteSpace(_written[start - 1]))
            start--;
        while (end < _written.Length && end - place.Index < MostAround && !char.IsWhiteSpace(_written[end]))
            end++;

        return string.Concat(_written[start..end].EnumerateRunes().Where(IsVisible)).Composed();
    }

    static bool IsVisible(Rune character) => Rune.GetUnicodeCategory(character)
        is not (UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned);

    static IEnumerable<WrittenCharacter> Read(string written, string composed)
    {
        var (ordinal, line, column) = (1, 1, 1);
        var isComposed = string.Equals(written, composed, StringComparison.Ordinal);
        var elements = StringInfo.GetTextElementEnumerator(written);

        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            for (var at = 0; at < element.Length;)
            {
                Rune? character = Rune.TryGetRuneAt(element, at, out var whole) ? whole : null;
                var composedAway = !isComposed && at > 0 && IsComposedAway(element, element[at]);

                var letter = at == 0 && !isComposed && Rune.IsLetter(whole) ? FirstComposed(element) : character;
                yield return new WrittenCharacter(
                    character,
                    character?.Value ?? element[at],
                    ordinal,
                    elements.ElementIndex + at,
                    line,
                    column,
                    element,
                    composedAway)
                {
                    Composed = letter,
                };

                ordinal++;
                (line, column) = character?.Value == '\n' ? (line + 1, 1) : (line, column + 1);
                at += character?.Utf16SequenceLength ?? 1;
            }
        }
    }

    static Rune? FirstComposed(string element) =>
        Rune.TryGetRuneAt(element.Composed(), 0, out var first) ? first : null;

    // A mark that composition takes into the letter before it is no character of the text that is sent.
    static bool IsComposedAway(string element, char mark) =>
        char.GetUnicodeCategory(mark) == UnicodeCategory.NonSpacingMark
        && !SmsText.Compose(element).Value.Contains(mark);
}

/// <summary>One character of a <see cref="WrittenText"/>.</summary>
/// <param name="Character">Null where it is half a surrogate pair.</param>
/// <param name="Code">Its code point, or the half pair's unit.</param>
/// <param name="Ordinal">Which code point of the text as written, from 1.</param>
/// <param name="Index">UTF-16 index from 0.</param>
/// <param name="Column">In code points from 1.</param>
/// <param name="Element">The text element it is part of.</param>
/// <param name="IsComposedAway">Whether it is a mark that composition joins to its letter.</param>
sealed record WrittenCharacter(
    Rune? Character, int Code, int Ordinal, int Index, int Line, int Column, string Element, bool IsComposedAway)
{
    /// <summary>What it is with the marks that composition joins to it.</summary>
    public Rune? Composed { get; init; } = Character;

    public bool IsWhiteSpace => Character is { } character && Rune.IsWhiteSpace(character);

    /// <param name="before">The character before it; null at the beginning.</param>
    public CharacterFinding? Judge(TextNature nature, Rune? before)
    {
        if (Character is not { } character)
            return CharacterRules.HalfPair;

        return IsComposedAway ? null : CharacterRules.Judge(Composed ?? character, nature, before);
    }
}
