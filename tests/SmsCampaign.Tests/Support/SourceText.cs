using System.Text.RegularExpressions;

namespace SmsCampaign.Tests.Support;

/// <summary>
/// Source as its words are read: a sentence written in pieces is whole, and what a call is given follows its bracket.
/// </summary>
static partial class SourceText
{
    public static string Read(string file) => Join(File.ReadAllText(file));

    public static string Join(string source) =>
        AfterComma().Replace(AfterBracket().Replace(BetweenPieces().Replace(source, ""), "("), ", ");

    [GeneratedRegex("""(?<![\\"])"\s*\n\s*\+ \$?"(?!")""")]
    private static partial Regex BetweenPieces();

    [GeneratedRegex(@"\(\s*\n\s*")]
    private static partial Regex AfterBracket();

    [GeneratedRegex(@",[ ]*\n\s*")]
    private static partial Regex AfterComma();
}
