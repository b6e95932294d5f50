using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Architecture;

/// <summary>One place of a source file that uses another room.</summary>
/// <param name="File">From the root of the repository.</param>
/// <param name="What">As it stands there.</param>
sealed record SourceUse(string File, int Line, string From, string To, string What)
{
    /// <summary>Whether it names what does something: a class or an interface that is neither a record, an exception,
    /// nor among the words. A namespace does nothing.</summary>
    public bool IsOfDoer { get; init; }

    public override string ToString() => $"{File}({Line}): {From} uses {To} ({What})";
}

/// <summary>
/// Finds which room uses which, by what the compiler takes each name for: also a name written in full, one
/// that an opened or a global namespace gives, one of the namespace around, an extension called as a
/// method, and one in a comment's cref.
/// </summary>
static class SourceUses
{
    static readonly string[] Ours = ["SmsCampaign", "sms-campaign"];

    /// <summary>As the SDK opens them in every file.</summary>
    static readonly string[] Implicit =
        [
            "System",
            "System.Collections.Generic",
            "System.IO",
            "System.Linq",
            "System.Net.Http",
            "System.Threading",
            "System.Threading.Tasks",
        ];

    static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.Parse);

    static readonly MetadataReference[] References = ReadReferences();

    /// <summary>Whoever asks first has it worked out, which takes seconds.</summary>
    static readonly Lazy<IReadOnlyList<SourceUse>> Whole = new(ReadRepository);

    public static IReadOnlyList<SourceUse> OfRepository() => Whole.Value;

    static IReadOnlyList<SourceUse> ReadRepository()
    {
        var src = Repository.PathOf("src");
        var files = Directory.EnumerateFiles(src, "*.cs", SearchOption.AllDirectories)
            .Select(
                file => (Path.GetRelativePath(Repository.PathOf(""), file).Replace('\\', '/'), File.ReadAllText(file)));
        var opened = Directory.EnumerateFiles(src, "*.csproj", SearchOption.AllDirectories)
            .SelectMany(project => XDocument.Load(project).Descendants("Using"))
            .Select(each => each.Attribute("Include")!.Value);
        return Of(files, opened);
    }

    /// <param name="opened">Namespaces that are opened in every file.</param>
    public static IReadOnlyList<SourceUse> Of(IEnumerable<(string Path, string Text)> files, IEnumerable<string> opened)
    {
        var trees =
            files.AsParallel().Select(file => CSharpSyntaxTree.ParseText(file.Text, Parsing, file.Path)).ToList();
        var globals = string.Concat(Implicit.Concat(opened).Distinct().Select(name => $"global using {name};\n"));
        var code = CSharpCompilation.Create(
            "src", [.. trees, CSharpSyntaxTree.ParseText(globals, Parsing)], References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, allowUnsafe: true));
        var known = NamesIn(trees);

        var uses = new ConcurrentBag<SourceUse>();
        Parallel.ForEach(trees, tree =>
        {
            var model = code.GetSemanticModel(tree, ignoreAccessibility: true);
            var root = (CompilationUnitSyntax)tree.GetRoot();
            if (Rooms.Of(root.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString()
                ?? "") is not { } from)
                return;

            foreach (var node in root.DescendantNodes(descendIntoTrivia: true))
            {
                var found = node switch
                {
                    UsingDirectiveSyntax { NamespaceOrType: { } name } => model.GetSymbolInfo(name),
                    SimpleNameSyntax name when known.Contains(name.Identifier.ValueText) => model.GetSymbolInfo(name),
                    _ => default,
                };
                if (NamespaceOf(found) is { } used && Rooms.Of(used) is { } to && from != to)
                {
                    var line = tree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
                    var isComment = node.Ancestors().Any(around => around is DocumentationCommentTriviaSyntax);
                    uses.Add(new SourceUse(tree.FilePath, line, from, to, node.ToString())
                    {
                        IsOfDoer = !isComment && IsDoer(found),
                    });
                }
            }
        });
        return [.. uses.OrderBy(use => use.File, StringComparer.Ordinal).ThenBy(use => use.Line)];
    }

    /// <summary>Types and extensions that the files declare: only these names are looked up.</summary>
    static HashSet<string> NamesIn(IEnumerable<SyntaxTree> trees)
    {
        const string Attribute = "Attribute";

        var names = new HashSet<string>();
        foreach (var node in trees.SelectMany(tree => tree.GetRoot().DescendantNodes()))
        {
            var name = node switch
            {
                BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
                DelegateDeclarationSyntax type => type.Identifier.ValueText,
                MethodDeclarationSyntax { ParameterList.Parameters: [var first, ..] } method
                    when first.Modifiers.Any(SyntaxKind.ThisKeyword) =>
                    method.Identifier.ValueText,
                _ => null,
            };
            if (name is null)
                continue;

            names.Add(name);
            if (name.EndsWith(Attribute, StringComparison.Ordinal))
                names.Add(name[..^Attribute.Length]);
        }

        return names;
    }

    /// <summary>An extension of an enum says what the enum says.</summary>
    static bool IsDoer(SymbolInfo found) =>
        found.Symbol is not IMethodSymbol { IsExtensionMethod: true, ReceiverType.TypeKind: TypeKind.Enum }
            && TypeOf(found) is { IsRecord: false, TypeKind: TypeKind.Class or TypeKind.Interface } type
            && !BasesOf(type).Any(each => each is { Name: "Exception", ContainingNamespace.Name: "System" })
            && type.ContainingNamespace?.Name != "Words";

    static INamedTypeSymbol? TypeOf(SymbolInfo found) => (found.Symbol
        ?? found.CandidateSymbols.FirstOrDefault()) switch
    {
        INamedTypeSymbol type => type,
        IMethodSymbol method => method.ContainingType,
        _ => null,
    };

    static IEnumerable<INamedTypeSymbol> BasesOf(INamedTypeSymbol type)
    {
        for (var each = type.BaseType; each is not null; each = each.BaseType)
            yield return each;
    }

    /// <returns>Null where it is neither a namespace, nor a type, nor an extension, or none of the files'.</returns>
    static string? NamespaceOf(SymbolInfo found) => (found.Symbol ?? found.CandidateSymbols.FirstOrDefault()) switch
    {
        INamespaceSymbol { IsGlobalNamespace: false } opened => opened.ToDisplayString(),
        INamedTypeSymbol type => NamespaceOf(type),
        IMethodSymbol { MethodKind: MethodKind.Constructor } made => NamespaceOf(made.ContainingType),
        IMethodSymbol { IsExtensionMethod: true } method => NamespaceOf(method.ContainingType),
        _ => null,
    };

    static string? NamespaceOf(INamedTypeSymbol type) =>
        !type.Locations.Any(place => place.IsInSource) || type.ContainingNamespace is not { } around
            ? null
            : around.IsGlobalNamespace ? "" : around.ToDisplayString();

    /// <summary>What the tests run with, but for what is compiled here.</summary>
    static MetadataReference[] ReadReferences() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Ours.Any(ours => Path.GetFileName(path).StartsWith(ours, StringComparison.Ordinal)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];
}
