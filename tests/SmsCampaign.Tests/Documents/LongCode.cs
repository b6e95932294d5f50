using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SmsCampaign.Tests.Documents;

/// <summary>
/// Finds the lines of a C# file that are too long and could be broken.
/// </summary>
/// <remarks>
/// What is taken as it stands cannot: a line within a raw or a verbatim literal, and one that begins with such a
/// literal. Nor can a line that is one word, with signs about it: a long name, an address, a literal without a blank.
/// </remarks>
static class LongCode
{
    static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.Parse);

    /// <returns>Numbers of lines, from 1 on, and how many columns each has.</returns>
    public static IEnumerable<(int Line, int Columns)> Find(string source, int most)
    {
        if (!source.Split('\n').Any(line => line.Length > most))
            return [];

        var root = CSharpSyntaxTree.ParseText(source, Parsing).GetRoot();
        return root.SyntaxTree.GetText().Lines
            .Where(line => line.Span.Length > most && CanBeBroken(root, line))
            .Select(line => (line.LineNumber + 1, line.Span.Length));
    }

    static bool CanBeBroken(SyntaxNode root, TextLine line)
    {
        var words = WordsOn(root, line).ToList();
        if (words.Count == 0)
            return line.ToString().Trim() is var text && text.StartsWith("//", StringComparison.Ordinal)
                && HasBlank(text.TrimStart('/').TrimStart());
        if (words[0].SpanStart < line.Start)
            return false;

        return HasComment(root, line) || !(IsAsItStands(words[0]) || (words.Count == 1 && !HasBlank(words[0])));
    }

    /// <summary>The names and literals on a line, a literal with holes as one; signs are no words.</summary>
    static IEnumerable<SyntaxNodeOrToken> WordsOn(SyntaxNode root, TextLine line) =>
        root.DescendantTokens(line.Span)
            .Where(token => token.Span.OverlapsWith(line.Span))
            .Select(WholeOf)
            .Where(word => !SyntaxFacts.IsPunctuation(word.Kind()))
            .Distinct();

    static SyntaxNodeOrToken WholeOf(SyntaxToken token) =>
        token.Parent!.AncestorsAndSelf().OfType<InterpolatedStringExpressionSyntax>().LastOrDefault() is { } whole
            ? whole
            : token;

    static bool HasComment(SyntaxNode root, TextLine line) =>
        root.DescendantTrivia(line.Span).Any(trivia =>
            trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && line.Span.Contains(trivia.SpanStart));

    static bool IsAsItStands(SyntaxNodeOrToken word) => word.ToString().TrimStart('$') is var text
        && (text.StartsWith('@') || text.StartsWith("\"\"\"", StringComparison.Ordinal));

    static bool HasBlank(SyntaxNodeOrToken word) => word.AsNode() is InterpolatedStringExpressionSyntax holed
        ? holed.Contents.OfType<InterpolatedStringTextSyntax>().Any(text => HasBlank(text.ToString()))
        : HasBlank(word.ToString());

    static bool HasBlank(string text) => text.Contains(' ', StringComparison.Ordinal);
}
