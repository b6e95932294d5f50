using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Architecture;

/// <summary>No "1 rows": a number before an English noun comes from <c>Figures.Counted</c>, in
/// every text of src.</summary>
public sealed partial class CountedNounsTests
{
    /// <summary>Never exactly one where they are said, or no number.</summary>
    static readonly HashSet<(string File, string Hole)> Others =
    [
        ("UsageProblems.cs", "often.Groups[2].Value"), // given more than once
        ("AudienceColumns.cs", "found.Count"), // a heading that stands there more than once
        ("AudienceImport.cs", "prefixes.Carriers.Count"), // more than a table may have
        ("SheetChoice.cs", "lists.Count"), // several sheets
        ("SenderRule.cs", "length"), // too long
        ("HttpInquiryAnswer.cs", "elements.Count"), // not one
        ("MobiFoneSession.cs", "times"), // as often as it is tried
        ("ViettelLaneOptions.cs", "positions.Count"), // several places
        ("ViettelLaneOptions.cs", "text.Value.Length"), // too long
        ("ValueReader.cs", "days"), // of a month
        ("JsonFile.cs", "info.Length"), // too long
        ("FileText.cs", "Math.Max(file.Length, read)"), // too long
        ("YamlReader.cs", "DeepestLevel"),
        ("CsvTableReader.cs", "Figures.Count(LongestRow)"),
        ("HoldWords.cs", "longest.TotalMinutes"),
        ("TextCheck.cs", "count"), // too long
        ("TextCheck.cs", "places"), // several
        ("PlannedCall.cs", "messages.Count"), // others than one
        ("WorkerSight.cs", "what"), // it runs
        ("AudienceColumns.cs", "role.Key"), // it names a column
        ("BackupManifest.cs", "path"), // it names a file
    ];

    [Fact]
    public void A_number_before_an_English_noun_knows_one_from_many()
    {
        var found = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => HolesOf(file).Select(hole => (File: Path.GetFileName(file), Hole: hole)))
            .Distinct()
            .ToList();

        Assert.Empty(found.Except(Others).Select(each => $"{each.File}: {{{each.Hole}}}"));
        Assert.Empty(Others.Except(found).Select(each => $"{each.File} no longer says {{{each.Hole}}}"));
    }

    /// <summary>Holes before a noun of many, constants that tell a limit aside.</summary>
    static IEnumerable<string> HolesOf(string file)
    {
        var strings = CSharpSyntaxTree.ParseText(SourceText.Read(file))
            .GetRoot()
            .DescendantNodes()
            .OfType<InterpolatedStringExpressionSyntax>();
        foreach (var each in strings)
        {
            for (var at = 1; at < each.Contents.Count; at++)
            {
                if (each.Contents[at - 1] is InterpolationSyntax { Expression: var hole }
                    && each.Contents[at] is InterpolatedStringTextSyntax text
                    && Many().IsMatch(text.TextToken.ValueText)
                    && !Known().IsMatch(hole.ToString()))
                    yield return hole.ToString();
            }
        }
    }

    [GeneratedRegex(
        @"\A (?:(?:more|other|of its|of the|old|new|uncertain) )*(?:rows|messages|errors|warnings|parts|receipts|files|"
            + "ledgers|days|characters|septets|units|cells|columns|carriers|sheets|numbers|requests|runs|lanes|places|recipients|"
            + "subscribers|people|persons|phones|items|answers|times|minutes|hours|seconds|names|segments|problems|attempts|copies|"
            + @"bytes|levels|lists|records|approvals|decisions|texts|lines|addresses|connections|others)\b")]
    private static partial Regex Many();

    [GeneratedRegex(
        @"\A(?:Figures\.Counted\(.*\)(?:\.En)?|(?:[A-Z]\w*\.)?(?:Most|Longest|Shortest|Fewest)\w*)\z", RegexOptions.Singleline)]
    private static partial Regex Known();
}
