namespace SmsCampaign.Messages;

/// <summary>Something wrong with a text a person wrote, at one character of it.</summary>
/// <param name="Position">Which character of the composed text, counted in code points from 1.</param>
/// <param name="Index">Where it is in the text as written: UTF-16 index from 0.</param>
/// <param name="Line">The same as a line of the text as written, from 1.</param>
/// <param name="Column">The same as a column of that line, in code points from 1.</param>
/// <param name="CodePoint">Such as U+04C3.</param>
/// <param name="Element">The text element it is part of, such as a letter with its marks.</param>
/// <param name="What">What it is and what to do, its position and code point included.</param>
public sealed record TextProblem(
    int Position, int Index, int Line, int Column, string CodePoint, string Element, Wording What, Severity Severity)
{
    /// <summary>Whether it is the character itself that is wrong, wherever it stands: not a passage that begins with
    /// it, nor the space it is one of too many of.</summary>
    internal bool IsOfCharacter { get; init; }

    /// <summary>Whether it is wrong alone as it makes an otherwise plain text Unicode.</summary>
    internal bool IsPlainWanted { get; init; }
}
