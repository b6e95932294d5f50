using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Architecture;

/// <summary>Nobody but the rooms of Storage that keep rows knows a connection or SQL, and nobody outside Storage the
/// file of a run (src/README.md, Decisions taken): what is kept is spoken of in the words of Storage/Run,
/// Storage/Registry and Storage/Receipts, and a run's ledger by its address.</summary>
public sealed partial class OneWayToLedgersTests
{
    static readonly string[] Behind =
    [
        "src/SmsCampaign/Storage/Postgres/", "src/SmsCampaign/Storage/Rows/", "src/SmsCampaign/Storage/Sqlite/",
    ];

    /// <summary>The room that may open <see cref="Behind"/>'s namespaces: it gives out what stands there.</summary>
    const string Room = "src/SmsCampaign/Storage/";

    /// <summary>Those that must know SQLite, by why. Only ever shortened.</summary>
    static readonly Dictionary<string, string> Exceptions = new()
    {
        ["src/SmsCampaign.App/Worker/SchedulerFile.cs"] = "Quartz's own store, which is no ledger",
        ["src/SmsCampaign/Words/FaultWords.cs"] = "words for SQLite's codes and Quartz's package",
    };

    static readonly string[] Names =
    [
        "Db", "SqliteDb", "PostgresDb", "Statement", "Sql", "SqlText", "SqliteConnection", "SqliteCommand",
        "SqliteException", "Dapper", "SQLitePCL", "Npgsql",
    ];

    /// <summary>By which a run's address is made of a file, or gives it away, and the folder they lie in.</summary>
    static readonly string[] NamesOfFiles = ["OfFile", "SqliteFile", "KeptIn", "RunsFolder", "PathIn"];

    /// <summary>What would look for a file, or open one.</summary>
    static readonly string[] OnFiles = ["File", "Directory", "Path", "FileInfo", "FileStream"];

    /// <summary>By which somebody comes to an address, or to another file that Storage keeps.</summary>
    static readonly string[] Addresses = ["AddressOf", "AddressIn", "Address", "Ledger", "Marks"];

    static readonly IReadOnlyList<string> Found =
    [
        .. FilesNotIn(Behind).SelectMany(file => FindIn(file, File.ReadAllText(Repository.PathOf(file)))),
    ];

    static readonly IReadOnlyList<string> FoundOfRuns =
    [
        .. FilesNotIn(Room).SelectMany(file => FindRunsIn(file, File.ReadAllText(Repository.PathOf(file)))),
    ];

    [Fact]
    public void Nobody_but_the_rooms_of_rows_knows_SQL()
    {
        var strange = Found.Where(found => !Exceptions.ContainsKey(FileOf(found))).ToList();

        Assert.True(
            strange.Count == 0,
            $"only {string.Join(", ", Behind)} know SQL and connections:\n{string.Join("\n", strange)}");
    }

    [Fact]
    public void Nobody_outside_Storage_knows_where_a_runs_file_lies()
    {
        var strange = FoundOfRuns.ToList();

        Assert.True(strange.Count == 0, $"only {Room} knows the files of runs:\n{string.Join("\n", strange)}");
    }

    /// <summary>An exception that is not needed any more would hide the next.</summary>
    [Fact]
    public void Every_exception_is_needed() => Assert.Empty(Exceptions.Keys.Except(Found.Select(FileOf)));

    [Theory]
    [InlineData("class A { string B = \"select key from run\"; }")]
    [InlineData("class A { string B = \"SELECT key FROM run\"; }")]
    [InlineData("class A { string B = $\"select {1} from run\"; }")]
    [InlineData("class A { string B = $\"select id from run where id = {1}\"; }")]
    [InlineData("class A { string B = \"\"\"\n    insert into run\n    values (1)\n    \"\"\"; }")]
    [InlineData("class A { string B = $\"\"\"\n    select id\n    from run where id = {1}\n    \"\"\"; }")]
    [InlineData("class A { string B = \"insert or replace into run values (1)\"; }")]
    [InlineData("class A { string B = \"update run set state = 1\"; }")]
    [InlineData("class A { string B = \"delete from run\"; }")]
    [InlineData("class A { string B = \"pragma user_version\"; }")]
    [InlineData("class A { string B = \"begin immediate\"; }")]
    [InlineData("class A { string B = \"create table run (id)\"; }")]
    [InlineData("using Dapper; class A;")]
    [InlineData("using Microsoft.Data.Sqlite; class A;")]
    [InlineData("using SmsCampaign.Storage.Sqlite.Run; class A;")]
    [InlineData("using SmsCampaign.Storage.Rows; class A;")]
    [InlineData("using SmsCampaign.Storage.Postgres; class A;")]
    [InlineData("using Npgsql; class A;")]
    [InlineData("class A { SqliteDb? _db; }")]
    [InlineData("class A { void B(Statement row) { } }")]
    [InlineData("class A { int B => SQLitePCL.raw.SQLITE_FULL; }")]
    public void What_knows_it_is_found_with_its_line(string text) =>
        Assert.StartsWith("src/A.cs(1)", FindIn("src/A.cs", text).First(), StringComparison.Ordinal);

    [Theory]
    [InlineData("class A { string B = \"Select a lane, then update it\"; }")]
    [InlineData("class A { string B = \"delete the file from the folder\"; }")]
    [InlineData("// select key from run\nclass A;")]
    [InlineData("class A { /// <summary>See <see cref=\"SqliteDb\"/>.</summary>\n int B; }")]
    public void Words_are_no_SQL(string text) => Assert.Empty(FindIn("src/A.cs", text));

    [Fact]
    public void Storage_may_give_out_what_stands_behind() =>
        Assert.Empty(FindIn(Room + "A.cs", "using SmsCampaign.Storage.Sqlite; class A;"));

    [Theory]
    [InlineData("class A { object B(RunRecord run) => run.PathIn(data); }")]
    [InlineData("class A { object B => RunAddress.OfFile(\"a\"); }")]
    [InlineData("class A { object B(RunAddress run) => run.KeptIn.Name; }")]
    [InlineData("class A { object B => data.RunsFolder; }")]
    [InlineData("class A { object B => Path.Combine(data.Root, \"runs\"); }")]
    [InlineData("class A { object B => \"runs/a-2025-07-30\"; }")]
    [InlineData("class A { object B => key.FileName + \".db\"; }")]
    [InlineData("class A { object B => $\"{key.FileName}.db\"; }")]
    [InlineData("class A { bool B(RunRecord run) => File.Exists(run.AddressIn(data).ToString()); }")]
    [InlineData("class A { bool B(RunKey key) => System.IO.File.Exists($\"{data.AddressOf(key)}\"); }")]
    [InlineData("class A { object B(IRunView run) => new FileInfo(run.Address.ToString()); }")]
    [InlineData("class A { bool B => Path.Exists(data.Ledger); }")]
    [InlineData("class A { bool B => Directory.Exists(data.Marks); }")]
    public void Who_knows_a_runs_file_is_found(string text) =>
        Assert.StartsWith("src/A.cs(1)", FindRunsIn("src/A.cs", text).First(), StringComparison.Ordinal);

    [Theory]
    [InlineData("class A { bool B(RunRecord run) => Ledgers.RunAt(run.AddressIn(data)).Exists; }")]
    [InlineData("class A { string B(RunRecord run) => $\"the ledger {run.AddressIn(data)}\"; }")]
    [InlineData("class A { string B => \"the file ledger.db, kept for two runs\"; }")]
    [InlineData("class A { bool B => File.Exists(campaign.File); }")]
    public void Handing_an_address_over_is_not_knowing_the_file(string text) =>
        Assert.Empty(FindRunsIn("src/A.cs", text));

    static IEnumerable<string> FilesNotIn(params string[] rooms) =>
        Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.PathOf(""), file).Replace('\\', '/'))
            .Where(file => !rooms.Any(room => file.StartsWith(room, StringComparison.Ordinal)))
            .Where(file => !file.Contains("/obj/"))
            .Order(StringComparer.Ordinal);

    static IEnumerable<string> FindRunsIn(string file, string text)
    {
        foreach (var node in CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes())
        {
            var isKnown = node switch
            {
                SimpleNameSyntax name => NamesOfFiles.Contains(name.Identifier.ValueText),
                LiteralExpressionSyntax literal => IsRunsFile(literal.Token.ValueText),
                InterpolatedStringTextSyntax part => IsRunsFile(part.TextToken.ValueText),
                InvocationExpressionSyntax call =>
                    call.Expression is MemberAccessExpressionSyntax { Expression: var on }
                    && OnFiles.Contains(on.ToString().Split('.')[^1]) && NamesAnAddress(call.ArgumentList),
                ObjectCreationExpressionSyntax made =>
                    OnFiles.Contains(made.Type.ToString()) && NamesAnAddress(made.ArgumentList),
                _ => false,
            };
            if (isKnown)
                yield return $"{file}({node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): "
                    + Shorten(node.ToString());
        }
    }

    static bool NamesAnAddress(SyntaxNode? arguments) => arguments is not null && arguments.DescendantNodes()
        .OfType<SimpleNameSyntax>()
        .Any(name => Addresses.Contains(name.Identifier.ValueText));

    static bool IsRunsFile(string text) =>
        text is "runs" or ".db" || text.StartsWith("runs/", StringComparison.Ordinal);

    static IEnumerable<string> FindIn(string file, string text)
    {
        foreach (var token in CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens())
        {
            var what = token.Kind() switch
            {
                SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
                    or SyntaxKind.MultiLineRawStringLiteralToken
                    or SyntaxKind.Utf8StringLiteralToken => SqlIn(token.ValueText),
                SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedVerbatimStringStartToken
                    or SyntaxKind.InterpolatedSingleLineRawStringStartToken
                    or SyntaxKind.InterpolatedMultiLineRawStringStartToken =>
                    SqlIn(TextOf((InterpolatedStringExpressionSyntax)token.Parent!)),
                SyntaxKind.IdentifierToken => NameIn(token, file),
                _ => null,
            };
            if (what is not null)
                yield return $"{file}({token.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {Shorten(what)}";
        }
    }

    /// <summary>Words of a sentence begin with one capital letter, a statement with none or all.</summary>
    static string? SqlIn(string text) =>
        Statement().IsMatch(text) && text.TrimStart() is var begun && char.IsUpper(begun[0]) == char.IsUpper(begun[1])
            ? text
            : null;

    static string? NameIn(SyntaxToken token, string file)
    {
        if (Names.Contains(token.ValueText))
            return token.ValueText;
        if (token.ValueText is not ("Sqlite" or "Postgres" or "Rows")
            || !token.GetPreviousToken().IsKind(SyntaxKind.DotToken))
            return null;

        return token.GetPreviousToken().GetPreviousToken().ValueText switch
        {
            "Data" when token.ValueText == "Sqlite" => "Microsoft.Data.Sqlite",
            "Storage" when !file.StartsWith(Room, StringComparison.Ordinal) => $"SmsCampaign.Storage.{token.ValueText}",
            _ => null,
        };
    }

    static string TextOf(InterpolatedStringExpressionSyntax whole) => string.Concat(
        whole.Contents.Select(part => part is InterpolatedStringTextSyntax text ? text.TextToken.ValueText : "?"));

    static string FileOf(string found) => found[..found.IndexOf('(', StringComparison.Ordinal)];

    static string Shorten(string what)
    {
        var line = what.Trim().ReplaceLineEndings(" ");
        return line.Length > 60 ? line[..60] + "…" : line;
    }

    /// <summary>How a statement begins.</summary>
    [GeneratedRegex(
        @"^\s*(select\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s|pragma\s"
            + @"|begin\s+immediate\b|create\s+(unique\s+)?(table|index|view|trigger)\s)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Statement();
}
